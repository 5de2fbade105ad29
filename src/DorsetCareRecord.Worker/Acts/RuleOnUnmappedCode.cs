using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Record.Organisations;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>
/// Keeps a person's word on a code. A map is made in the source's profile, which is deployed like any configuration and read at the start;
/// so "mapped" is taken only when the profile this worker runs with has the code.
/// </summary>
internal sealed class RuleOnUnmappedCode(TimeProvider time) : ActHandler<RuleOnCode.Args>
{
    public override string Kind => RuleOnCode.Kind;

    protected override async Task<ActAnswer> HandleAsync(ActContext context, RuleOnCode.Args args, CancellationToken cancellation)
    {
        if (Dorset.SourceOf(args.Source) is null)
            return Sources.Unknown(args.Source);
        int? version = null;
        if (args.State == CodeState.Mapped)
        {
            if (CodeMapCheck.SettingOf(args.Source, args.Place) is not { } setting)
                return new ActAnswer.Refused($"No profile maps {args.Place}: it needs a new version of the adapter. Leave it open, or ignore it.");
            version = args.Code is { Length: > 0 } code ? CodeMapCheck.VersionThatMaps(args.Source, args.Place, code.Trim()) : null;
            if (version is null)
                return new ActAnswer.Refused($"The profile {args.Source}.json does not map this code: add it under {setting}, raise its version, and start the worker again.");
        }

        await using var command = new NpgsqlCommand("""
            insert into inbox.code_ruling (id, source, place, shape, state, profile_version, by, why, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, context.Connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = context.Act.Id });
        foreach (var text in (string[])[args.Source, args.Place, args.Shape, UnmappedCodes.NameOf(args.State)])
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)version ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = context.By });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = context.Act.Why });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellation);
        return new ActAnswer.Done(new RuleOnCode.Answer(args.State, version));
    }
}
