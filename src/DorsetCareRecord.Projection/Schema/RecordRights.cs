namespace DorsetCareRecord.Projection.Schema;

/// <summary>Who may do what in schema <c>record</c>: the worker writes, the portal reads, nobody else sees it.</summary>
internal static class RecordRights
{
    /// <summary>
    /// Roles belong to the whole cluster, so two databases migrated at once may both try to make them: finding one made
    /// meanwhile is success. Tables of later migrations are covered by the default privileges.
    /// </summary>
    public const string Grant = $"""
        do $$
        declare name text;
        begin
          foreach name in array array['{RecordSchema.WorkerRole}', '{RecordSchema.PortalRole}'] loop
            begin
              if not exists (select from pg_roles where rolname = name) then
                execute format('create role %I login', name);
              end if;
            exception when duplicate_object or unique_violation then null;
            end;
          end loop;
        end $$;
        revoke all on schema {RecordSchema.Name} from public;
        grant usage on schema {RecordSchema.Name} to {RecordSchema.WorkerRole}, {RecordSchema.PortalRole};
        grant select, insert, update, delete on all tables in schema {RecordSchema.Name} to {RecordSchema.WorkerRole};
        grant select on all tables in schema {RecordSchema.Name} to {RecordSchema.PortalRole};
        alter default privileges in schema {RecordSchema.Name}
          grant select, insert, update, delete on tables to {RecordSchema.WorkerRole};
        alter default privileges in schema {RecordSchema.Name} grant select on tables to {RecordSchema.PortalRole};
        """;
}
