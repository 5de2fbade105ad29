using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Schema;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>Writes everything that became different, in one round trip: many rows a statement, by unnest.</summary>
internal static class RecordWriter
{
    public static async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<PatientState> patients, LinkChanges links, DateTimeOffset at, bool notify,
        CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in Commands(patients, links, at, notify))
            batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count == 0)
            return;
        await batch.PrepareAsync(cancellation);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static IEnumerable<NpgsqlBatchCommand> Commands(
        IReadOnlyList<PatientState> patients, LinkChanges links, DateTimeOffset at, bool notify)
    {
        foreach (var command in IdentityWrites.Of(patients))
            yield return command;
        foreach (var command in LinkWrites.Of(links, at))
            yield return command;
        foreach (var command in LogWrites.Of(patients))
            yield return command;
        foreach (var command in ItemWrites.Of(patients))
            yield return command;
        if (notify && NewsOf(patients, links) is { } notification)
            yield return notification;
    }

    /// <summary>History being loaded is no news, and neither is whom it made known.</summary>
    private static NpgsqlBatchCommand? NewsOf(IReadOnlyList<PatientState> patients, LinkChanges links)
    {
        var news = patients.Where(p => !p.Intake.IsQuiet).ToList();
        return Notification.Of(news, news.Exists(p => p.NeedsMatching) ? links.PersonsChanged : new HashSet<Guid>());
    }
}
