using System.Globalization;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Cutover;

/// <summary>What a comparison found, before it has a number.</summary>
internal sealed record ComparisonFound(
    long Messages, long Unreadable, string ExtractDigest, IReadOnlyDictionary<string, int> Tolerances, IReadOnlyList<ComparisonCount> Counts,
    IReadOnlyList<ComparisonDifference> Differences);

/// <summary>
/// The dry run: the new source's whole extract laid into a shadow record that nobody sees, and compared with the old source's record patient
/// by patient, by the same rules that decide after the cut what stands for what.
/// </summary>
public sealed class Comparing(Cutovers cutovers, TimeProvider time)
{
    private const int Page = 200;
    private const int MostDifferences = 10_000;

    /// <param name="connection">Writes the comparison, within the caller's transaction.</param>
    /// <param name="connectionString">Of the worker's role; the shadow has a connection of its own, and is gone with it.</param>
    /// <param name="plan">Which cutover.</param>
    /// <param name="extract">The extract as its adapter reads it.</param>
    /// <param name="unreadable">Asked after the last message: how many were not understood. Any stops the cut.</param>
    /// <param name="digest">Of the extract's files.</param>
    /// <param name="tolerances">How many of a concept may be missing in the new system, agreed with the trust; allergies have none.</param>
    /// <returns>The number of the comparison, or null with the reason why not.</returns>
    public async Task<(int? N, string? Refused)> RunAsync(
        NpgsqlConnection connection, string connectionString, CutoverPlan plan, IEnumerable<MessageFacts> extract, Func<long> unreadable, string digest,
        IReadOnlyDictionary<string, int> tolerances, string by, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentNullException.ThrowIfNull(tolerances);
        if ((await CutoverReader.ReadAsync(connection, plan, cancellation)).Crosswalk == 0)
            return (null, "Load the crosswalk first: without it nobody can be compared.");

        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
        await using var beside = new NpgsqlConnection(settings.ConnectionString);
        await beside.OpenAsync(cancellation);
        await using var transaction = await beside.BeginTransactionAsync(cancellation);
        var shadow = new Shadow(beside, Replay.OfNothing, null);
        await shadow.MakeAsync(cancellation);
        long messages = 0;
        foreach (var chunk in extract.Chunk(Page))
        {
            await shadow.AddAsync(chunk, cancellation);
            messages += chunk.Length;
        }

        var tally = new Tally(tolerances, Stamp.Storable(time.GetUtcNow()));
        await CompareAsync(connection, beside, plan, tally, cancellation);
        await transaction.RollbackAsync(cancellation);
        var found = new ComparisonFound(
            messages, unreadable() + shadow.Unreadable.Count, digest, tolerances, tally.Counts(), [.. tally.Differences.Take(MostDifferences)]);
        return (await cutovers.RecordAsync(connection, plan, found, by, why, cancellation), null);
    }

    private static async Task CompareAsync(
        NpgsqlConnection record, NpgsqlConnection shadow, CutoverPlan plan, Tally tally, CancellationToken cancellation)
    {
        var (compared, arrived) = (new HashSet<LocalPatient>(), new HashSet<Guid>());
        foreach (var page in (await PatientsAsync(record, plan.OldSource, cancellation)).Chunk(Page))
        {
            var old = await Relations.ExploreAsync(record, page, [], cancellation);
            var chains = old.Chains;
            var maps = old.PatientMaps.Where(m => m.Cutover == plan.Id).ToLookup(m => chains.SurvivorOf(m.Old));
            var @new = await Relations.ExploreAsync(shadow, maps.SelectMany(m => m).Select(m => m.New), [], cancellation);
            var newChains = @new.Chains;
            var olds = await EntryRows.ReadAsync(record, [.. old.Known.Values.Select(m => (m.Home, m.Id))], cancellation);
            var news = await EntryRows.ReadAsync(shadow, [.. @new.Known.Values.Select(m => (m.Home, m.Id))], cancellation);
            var pictures = await Covers.PicturesAsync(shadow, [.. @new.Known.Values], cancellation);
            var state = await CutoverReader.ReadAsync(record, plan, cancellation);
            var crosswalk = await Covers.CrosswalkAsync(
                record, plan.Id, state.Crosswalk, olds.SelectMany(o => o).Where(e => e.Item is Encounter or Letter).Select(e => e.SourceKey), cancellation);

            foreach (var patient in old.Known.Values.Where(m => m.Patient.Source == plan.OldSource).GroupBy(m => chains.SurvivorOf(m.Patient)))
            {
                if (!compared.Add(patient.Key))
                    continue;
                var members = maps[patient.Key].SelectMany(m => (LocalPatient[])[m.New, newChains.SurvivorOf(m.New)]).Distinct()
                    .Select(p => @new.Known.GetValueOrDefault(p)).OfType<Member>().ToList();
                arrived.UnionWith(members.Select(m => m.Id));
                var entries = patient.SelectMany(m => olds[m.Id]).GroupBy(e => (e.Item.GetType(), e.SourceKey))
                    .Select(g => g.MaxBy(e => (e.Version.At, e.MessageId))!).ToList();
                tally.Add(patient.First().Id, new PatientPair
                {
                    Old = entries,
                    New = [.. members.SelectMany(m => news[m.Id])],
                    NewIdentityId = members.Count == 0 ? Guid.Empty : members[0].Id,
                    Crosswalk = crosswalk,
                    Pictures = members.SelectMany(m => pictures[m.Id]).ToHashSet(),
                }, isMapped: maps.Contains(patient.Key), isThere: members.Count > 0);
            }
        }

        foreach (var unknown in (await IdentitiesAsync(shadow, plan.NewSource, cancellation)).Except(arrived))
            tally.OnlyNewPerson(unknown);
    }

    private static async Task<List<LocalPatient>> PatientsAsync(NpgsqlConnection connection, string source, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select local_id from identifier where source = $1 order by local_id", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var patients = new List<LocalPatient>();
        while (await row.ReadAsync(cancellation))
            patients.Add(new LocalPatient(source, row.GetString(0)));
        return patients;
    }

    private static async Task<List<Guid>> IdentitiesAsync(NpgsqlConnection connection, string source, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select identity_id from identifier where source = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<Guid>();
        while (await row.ReadAsync(cancellation))
            ids.Add(row.GetGuid(0));
        return ids;
    }

    /// <summary>The counts while they grow.</summary>
    private sealed class Tally(IReadOnlyDictionary<string, int> tolerances, DateTimeOffset now)
    {
        private readonly Dictionary<string, Sum> _sums = Concepts.All.ToDictionary(c => c, _ => new Sum());

        public List<ComparisonDifference> Differences { get; } = [];

        public void Add(Guid patient, PatientPair pair, bool isMapped, bool isThere)
        {
            var people = _sums[Concepts.People];
            people.Old++;
            if (isThere)
                (people.New, people.Paired) = (people.New + 1, people.Paired + 1);
            else
                Missing(Concepts.People, patient, null, isMapped ? "in the crosswalk, not in the extract" : "not in the crosswalk");

            var covers = Pairing.Of(pair).Where(c => c.ByEntryId is not null).ToDictionary(c => c.Old.Id, c => c.ByEntryId!.Value);
            PairContacts(pair, covers);
            foreach (var old in pair.Old)
            {
                if (Concepts.Of(old, now) is not { } concept)
                    continue;
                _sums[concept].Old++;
                if (covers.ContainsKey(old.Id))
                    _sums[concept].Paired++;
                else
                    Missing(concept, patient, old.Id, isThere ? "in the old system only" : isMapped ? "the patient is not in the extract" : "the patient is not in the crosswalk");
            }

            var partners = covers.Values.ToHashSet();
            foreach (var entry in pair.New)
            {
                if (Concepts.Of(entry, now) is not { } concept)
                    continue;
                _sums[concept].New++;
                if (!partners.Contains(entry.Id))
                    _sums[concept].OnlyNew++;
            }
        }

        public void OnlyNewPerson(Guid identity)
        {
            _sums[Concepts.People].New++;
            _sums[Concepts.People].OnlyNew++;
            Differences.Add(new(Differences.Count + 1, Concepts.People, identity, null, "in the extract, not in the crosswalk"));
        }

        public IReadOnlyList<ComparisonCount> Counts() =>
        [
            .. _sums.Select(s => new ComparisonCount(
                s.Key, s.Value.Old, s.Value.New, s.Value.Paired, s.Value.OnlyOld, s.Value.OnlyNew, s.Value.People.Count, ToleranceOf(s.Key), StateOf(s.Key, s.Value))),
        ];

        private void Missing(string concept, Guid patient, Guid? entry, string what)
        {
            _sums[concept].OnlyOld++;
            _sums[concept].People.Add(patient);
            Differences.Add(new(Differences.Count + 1, concept, patient, entry, what));
        }

        /// <summary>After the cut the new source's contacts count as a whole; before it their names are compared.</summary>
        private static void PairContacts(PatientPair pair, Dictionary<Guid, Guid> covers)
        {
            var free = pair.New.Where(e => e.Item is Contact).ToList();
            foreach (var old in pair.Old.Where(e => e.Item is Contact))
            {
                if (free.Find(e => NameKeys.SameWords(((Contact)e.Item).Name, ((Contact)old.Item).Name)) is { } same)
                {
                    free.Remove(same);
                    covers[old.Id] = same.Id;
                }
            }
        }

        private int ToleranceOf(string concept) => concept == Concepts.Allergies ? 0 : tolerances.GetValueOrDefault(concept);

        private string StateOf(string concept, Sum sum) =>
            sum.OnlyOld == 0 ? "same" : sum.OnlyOld <= ToleranceOf(concept) ? "tolerated" : "stops";

        private sealed class Sum
        {
            public long Old { get; set; }

            public long New { get; set; }

            public long Paired { get; set; }

            public long OnlyOld { get; set; }

            public long OnlyNew { get; set; }

            public HashSet<Guid> People { get; } = [];
        }
    }
}

/// <summary>What is compared; a closed list.</summary>
public static class Concepts
{
    public const string People = "people";
    public const string OpenAdmissions = "open admissions";
    public const string PastEncounters = "past encounters";
    public const string FutureAppointments = "future appointments";
    public const string Allergies = "allergies";
    public const string NextOfKin = "next of kin";
    public const string Problems = "problems";
    public const string Medicines = "medicines";
    public const string Results = "results";
    public const string Reports = "reports";
    public const string Letters = "letters";
    public const string Alerts = "alerts";

    public static IReadOnlyList<string> All { get; } =
    [
        People, OpenAdmissions, FutureAppointments, Allergies, PastEncounters, Letters, Results, Reports, Problems, Medicines, NextOfKin, Alerts,
    ];

    /// <summary>Null for what is not counted: who they are (that is people), and the statement that no allergy is known.</summary>
    internal static string? Of(Entry<Item> entry, DateTimeOffset now) => entry.Ended ? null : entry.Item switch
    {
        Allergy { Kind: AllergyKind.NoKnownAllergies } or Allergy { Status: AllergyStatus.EnteredInError } => null,
        Allergy => Allergies,
        Encounter { Status: EncounterStatus.InProgress, EndAt: null } => OpenAdmissions,
        Encounter { Status: EncounterStatus.Planned, StartAt: { } start } when start.AsInstant() >= now => FutureAppointments,
        Encounter { Status: EncounterStatus.EnteredInError } => null,
        Encounter => PastEncounters,
        Contact => NextOfKin,
        Problem => Problems,
        Medicine => Medicines,
        Result => Results,
        Report => Reports,
        Letter => Letters,
        Flag => Alerts,
        _ => null,
    };
}
