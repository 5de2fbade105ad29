using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Record.Facts;
using Npgsql;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>
/// Lays facts over the record: reads what it knows of the batch's patients, adds what is said to their logs in memory, folds,
/// and writes what became different. Two round trips for a batch, two more when somebody's name, number or birthday changed.
/// </summary>
/// <remarks>
/// Statements name tables without schema: the connection's search path decides (<see cref="Schema.RecordSchema.WithSearchPath"/>).
/// The transaction is read committed, so that what is read after a lock was taken is what its former holder left.
/// </remarks>
public sealed class Projector
{
    private readonly ProjectorOptions _options;

    public Projector()
        : this(ProjectorOptions.Live)
    {
    }

    internal Projector(ProjectorOptions options) => _options = options;

    /// <summary>Applies the messages within the caller's transaction; applied again, they change nothing.</summary>
    /// <returns>Remarks by message id, on what could not be stored or linked as told; codes and places only.</returns>
    public Task<IReadOnlyDictionary<long, IReadOnlyCollection<Fault>>> ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<MessageFacts> messages, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return ApplyAsync(connection, messages, cancellation);
    }

    /// <summary>Within whatever transaction the connection is in.</summary>
    internal async Task<IReadOnlyDictionary<long, IReadOnlyCollection<Fault>>> ApplyAsync(
        NpgsqlConnection connection, IReadOnlyList<MessageFacts> messages, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var intake = new Intake(messages);
        if (intake.Patients.Count == 0)
            return new Dictionary<long, IReadOnlyCollection<Fault>>();

        var (patients, moves) = await Moving.LoadAsync(connection, [.. intake.Patients], _options, cancellation);
        foreach (var patient in patients)
            patient.Apply();
        Moving.Route(patients, moves);
        var at = messages.Max(m => Stamp.Storable(m.ReceivedAt));
        var links = await Linking.AfterBatchAsync(connection, patients, _options, at, cancellation);
        await RecordWriter.WriteAsync(connection, patients, links, at, notify: !_options.Alone, cancellation);
        await Covers.AfterBatchAsync(connection, patients, _options, cancellation);

        foreach (var merge in patients.SelectMany(p => p.Intake.Merges))
        {
            if (links.ContradictedPriors.Contains(NameIds.Identity(merge.Prior)))
                intake.Remark(merge.Stamp.MessageId, new Fault(Reasons.MergeNeedsReview));
            if (links.RefusedMerges.Contains(merge.Stamp.MessageId))
                intake.Remark(merge.Stamp.MessageId, new Fault(Reasons.MergeLoop));
        }

        foreach (var link in patients.SelectMany(p => p.Intake.Links).Where(l => l.Stands
            && links.ContradictedPriors.Contains(NameIds.Identity(l.One)) && links.ContradictedPriors.Contains(NameIds.Identity(l.Other))))
        {
            intake.Remark(link.Stamp.MessageId, new Fault(Reasons.MergeNeedsReview));
        }

        foreach (var patient in patients.Where(p => p.MergedAwayAt is not null))
        {
            foreach (var (_, said) in patient.Intake.Statements.Where(s => s.Said.First.At > patient.MergedAwayAt))
                intake.Remark(said.First.MessageId, new Fault(Reasons.MergedAway));
        }

        return intake.Remarks.ToDictionary(r => r.Key, r => (IReadOnlyCollection<Fault>)r.Value);
    }
}
