using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Record.Organisations;
using Npgsql;

namespace DorsetCareRecord.Worker.Acts;

/// <summary>Stops applying a source: no drain claims its lanes from the commit on. What is being applied at that moment is finished.</summary>
internal sealed class PauseSource(TimeProvider time) : ActHandler<Pause.Args>
{
    public override string Kind => Pause.Kind;

    protected override async Task<ActAnswer> HandleAsync(ActContext context, Pause.Args args, CancellationToken cancellation)
    {
        if (Dorset.SourceOf(args.Source) is null)
            return Sources.Unknown(args.Source);
        await using var command = new NpgsqlCommand("""
            insert into inbox.pause (id, source, since, by, why) values ($1, $2, $3, $4, $5)
            on conflict (source) where ended_at is null do nothing
            """, context.Connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = context.Act.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = args.Source });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = context.By });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = context.Act.Why });
        return await command.ExecuteNonQueryAsync(cancellation) == 1
            ? new ActAnswer.Done(new Pause.Answer(args.Source))
            : new ActAnswer.Refused($"{args.Source} is paused already.");
    }
}

/// <summary>Ends a pause; what gathered is applied in its order.</summary>
internal sealed class ResumeSource(TimeProvider time) : ActHandler<Resume.Args>
{
    public override string Kind => Resume.Kind;

    protected override async Task<ActAnswer> HandleAsync(ActContext context, Resume.Args args, CancellationToken cancellation)
    {
        if (Dorset.SourceOf(args.Source) is null)
            return Sources.Unknown(args.Source);
        await using var command = new NpgsqlCommand("""
            with ended as (
              update inbox.pause set ended_at = $2, ended_by = $3, ended_why = $4 where source = $1 and ended_at is null returning 1)
            select (select count(*) from inbox.waiting where source = $1), pg_notify('inbox_waiting', '') from ended
            """, context.Connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = args.Source });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = context.By });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = context.Act.Why });
        return await command.ExecuteScalarAsync(cancellation) is long waiting
            ? new ActAnswer.Done(new Resume.Answer(args.Source, waiting))
            : new ActAnswer.Refused($"{args.Source} is not paused.");
    }
}

internal static class Sources
{
    internal static ActAnswer Unknown(string source) =>
        new ActAnswer.Refused($"\"{source}\" is no source: it is one of {string.Join(", ", Dorset.Sources.Select(s => s.Code))}.");
}
