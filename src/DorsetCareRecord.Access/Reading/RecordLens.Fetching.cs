using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>How the tables of an errand are fetched, and how much in them is hidden.</summary>
public sealed partial class RecordLens
{
    /// <summary>
    /// One round trip for all, the look of this visit among them. Should it fail, each is tried by itself: one table in trouble shows as that
    /// section being unavailable, and the rest still helps.
    /// </summary>
    private async Task FetchAsync(HiddenItems hidden, Asked[] all, IReadOnlyList<KnownEntry>? known, CancellationToken cancel)
    {
        var wanted = Array.FindAll(all, asked => asked.State == SectionState.Read);
        try
        {
            await FetchTogetherAsync(wanted, hidden, known, cancel);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            await LookAsync(cancel);
            foreach (var asked in wanted)
            {
                try
                {
                    await FetchTogetherAsync([asked], null, known, cancel);
                }
                catch (Exception own) when (own is NpgsqlException or TimeoutException)
                {
                    asked.Fail(own);
                }
            }
        }
    }

    private async Task FetchTogetherAsync(IReadOnlyList<Asked> wanted, HiddenItems? hidden, IReadOnlyList<KnownEntry>? known, CancellationToken cancel)
    {
        await using var batch = _database.Source.CreateBatch();
        var isAll = hidden is not null;
        if (isAll)
            batch.BatchCommands.Add(Look());
        var marks = HidingMarks.Of(_scope.Hidden);
        foreach (var asked in wanted)
            batch.BatchCommands.Add(asked.Command(_places, marks, known));
        if (hidden is not null && CountHidden() is { } count)
            batch.BatchCommands.Add(count);
        else
            hidden = null;
        await using var row = await batch.ExecuteReaderAsync(cancel);
        if (isAll)
        {
            _lastLooked = await Visits.ReadAsync(row, cancel);
            await row.NextResultAsync(cancel);
        }

        foreach (var asked in wanted)
        {
            await asked.ReadAsync(row, cancel);
            await row.NextResultAsync(cancel);
        }

        while (hidden is not null && await row.ReadAsync(cancel))
            hidden.Add((Section)row.GetInt16(0), (int)row.GetInt64(1));
    }

    private NpgsqlBatchCommand Look() => Visits.Command(_viewer, _person, _clock.GetUtcNow(), _errand.IsLook);

    private async Task LookAsync(CancellationToken cancel)
    {
        await using var batch = _database.Source.CreateBatch();
        batch.BatchCommands.Add(Look());
        await using var row = await batch.ExecuteReaderAsync(cancel);
        _lastLooked = await Visits.ReadAsync(row, cancel);
    }

    /// <summary>Null when nothing can be hidden that may be known of; that is most often so, and then costs nothing.</summary>
    private NpgsqlBatchCommand? CountHidden()
    {
        string[] shut = [.. _errand.Sections.SelectMany(section => _scope.Of(section).SealedFeeds.Where(feed => !Sight.Hides(feed, section)).Select(feed => $"{(short)section}|{feed}"))];
        if (shut.Length == 0 && _scope.Marked.Length == 0)
            return null;
        var command = new NpgsqlBatchCommand(Shelves.CountHidden);
        _places.AddTo(command.Parameters);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. _errand.Sections.SelectMany(section => _scope.Of(section).Seen.Where(feed => !Sight.Hides(feed, section)).Select(feed => $"{(short)section}|{feed}"))],
        });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = shut });
        HidingMarks.Of(_scope.Marked).AddTo(command.Parameters);
        HidingMarks.Of(_scope.Silent).AddTo(command.Parameters);
        return command;
    }
}
