using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Projection.Cutover;
using Npgsql;

namespace DorsetCareRecord.Access.Matching;

/// <summary>One person's difference in a comparison: what, and whose it is at the old source.</summary>
public sealed record PersonDifference(string Concept, string What, string Source, string LocalId);

/// <param name="Step">Its stored name.</param>
public sealed record StepTaken(string Step, DateTimeOffset At, string By, string Why);

/// <param name="State"><c>same</c>, <c>tolerated</c> or <c>stops</c>.</param>
public sealed record ConceptCount(string Concept, long Old, long New, long OnlyOld, long OnlyNew, long People, int Tolerance, string State);

/// <param name="WhatStops">In words; null when nothing does.</param>
/// <param name="IsOfThisCrosswalk">Made with the crosswalk in force.</param>
public sealed record ComparisonMade(
    int N, DateTimeOffset At, string By, long Messages, int Crosswalk, IReadOnlyList<ConceptCount> Counts, string? WhatStops, bool IsOfThisCrosswalk);

/// <param name="Name">Null while nobody has signed.</param>
public sealed record Signature(string Role, string Title, string? Name, DateTimeOffset? At);

/// <summary>How far a cutover is.</summary>
public sealed record CutoverView(
    string Plan, string Title, bool NewSpeaks, bool IsAnnounced, bool IsSigned, bool IsClosed, IReadOnlyList<StepTaken> Steps, ComparisonMade? Latest,
    IReadOnlyList<Signature> Signatures, IReadOnlyDictionary<string, long> CrosswalkRows, IReadOnlyList<(string Why, long Count)> Covers)
{
    public StepTaken? Last(string step) => Steps.LastOrDefault(s => s.Step == step);
}

/// <summary>The cutover for the operators' desk. The view names nobody; the differences do, and looking at them is noted.</summary>
public sealed class CutoverDesk(AccessDatabase database, DeskNotes notes)
{
    private static readonly CutoverPlan Plan = CutoverPlan.Bournemouth;

    public async Task<CutoverView> ReadAsync(CancellationToken cancel)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        var state = await CutoverReader.ReadAsync(connection, Plan, cancel);
        var covers = state.IsAnnounced ? await CutoverReport.CoversAsync(connection, Plan, cancel) : [];
        return new CutoverView(
            Plan.Id, Plan.Title, state.NewSpeaks, state.IsAnnounced, state.IsSigned, state.IsClosed,
            [.. state.Steps.Select(s => new StepTaken(s.Step, s.At, s.By, s.Why))],
            state.Latest is { } latest ? Of(latest, state.Crosswalk) : null,
            [.. CutoverState.Signatories.Select(s => Of(s.Key, s.Value, state.Signed.FirstOrDefault(d => d.Role == s.Key)))],
            state.CrosswalkRows, covers);
    }

    /// <summary>Null when the role may not, which is noted, or when there is no comparison.</summary>
    /// <exception cref="Reading.NotNotedException">The audit did not take the note; nothing is shown.</exception>
    public async Task<IReadOnlyList<PersonDifference>?> DifferencesAsync(
        Viewer viewer, int comparison, int most, Origin origin, CancellationToken cancel)
    {
        if (await notes.WriteAsync(viewer, Act.ReadCutover, $"{Plan.Id}:{comparison}", "the cutover's differences", origin, cancel) is null)
            return null;
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        var differences = await CutoverReader.DifferencesAsync(connection, Plan, comparison, most, cancel);
        var whose = await WhoseAsync(connection, [.. differences.Select(d => d.IdentityId).OfType<Guid>().Distinct()], cancel);
        return
        [
            .. differences.Select(d => d.IdentityId is { } id && whose.TryGetValue(id, out var local)
                ? new PersonDifference(d.Concept, d.What, local.Source, local.Id)
                : new PersonDifference(d.Concept, d.What, Plan.NewSource, "not in the record yet")),
        ];
    }

    private static async Task<Dictionary<Guid, (string Source, string Id)>> WhoseAsync(NpgsqlConnection connection, Guid[] identities, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select id, source, local_id from record.identity where id = any($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = identities });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var whose = new Dictionary<Guid, (string, string)>();
        while (await row.ReadAsync(cancel))
            whose[row.GetGuid(0)] = (row.GetString(1), row.GetString(2));
        return whose;
    }

    private static ComparisonMade Of(Comparison latest, int crosswalk) => new(
        latest.N, latest.At, latest.By, latest.Messages, latest.Crosswalk,
        [.. latest.Counts.Select(c => new ConceptCount(c.Concept, c.Old, c.New, c.OnlyOld, c.OnlyNew, c.People, c.Tolerance, c.State))],
        latest.Stops ? Cutovers.WhatStops(latest) : null, latest.Crosswalk == crosswalk);

    private static Signature Of(string role, string title, SignOff? signed) => new(role, title, signed?.Name, signed?.At);
}
