using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>Gathers the facts of an extract, person by person.</summary>
internal sealed class CareFacts(string source)
{
    /// <summary>The files the record has a section for: the column of the row's own key, the item's type, and how a row is read.</summary>
    private static readonly Dictionary<string, (string Key, Type ItemType, Func<CareRow, Item?> Read)> Files = new()
    {
        ["relationship.csv"] = ("relationship_id", typeof(Contact), CareContact.Read),
        ["involvement.csv"] = ("involvement_id", typeof(CareWorker), CareCareWorker.Read),
        ["service.csv"] = ("service_id", typeof(CareService), row => CareCareService.IsInError(row) ? null : CareCareService.Read(row)),
        ["alert.csv"] = ("alert_id", typeof(Flag), CareFlag.Read),
        ["contact_referral.csv"] = ("referral_id", typeof(Encounter), CareEncounter.Read),
    };

    private const string Persons = "person.csv";

    private readonly Dictionary<string, List<Fact>> _facts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wholePersons = [];
    private readonly HashSet<string> _notWholeFiles = [];
    private readonly List<Fault> _remarks = [];

    public IReadOnlyList<Fault> Remarks => _remarks;

    public IReadOnlyList<PatientFacts> Patients =>
        [.. _facts.Select(person => new PatientFacts(new LocalPatient(source, person.Key), person.Value))];

    public void Remark(Fault fault) => _remarks.Add(fault);

    public void Add(SealedTable file)
    {
        if (file.Table.File == Persons)
            AddPersons(file);
        else if (Files.TryGetValue(file.Table.File, out var known))
            AddRows(file, known.Key, known.ItemType, known.Read);
        else
            Remark(new Fault(Reasons.UnknownType, file.Table.File));
    }

    /// <summary>
    /// A full file is a whole list for every person of a full person.csv, also for those of whom it has no row. Of people it
    /// does not name, an extract says nothing. A file of which a row could not be read ends nothing: that row may be the one.
    /// </summary>
    public void StateLists(IReadOnlyList<SealedTable> tables)
    {
        foreach (var file in tables.Where(t => t.IsFull && Files.ContainsKey(t.Table.File) && !_notWholeFiles.Contains(t.Table.File)))
        {
            foreach (var person in _wholePersons)
            {
                var keys = _facts[person].OfType<Stated>().Where(s => s.List == file.Table.File).Select(s => s.Key).Distinct();
                _facts[person].Add(new ListStated(file.Table.File, Files[file.Table.File].ItemType, [.. keys], file.Version));
            }
        }
    }

    private void AddPersons(SealedTable file)
    {
        foreach (var row in file.Table.Rows)
        {
            if (PersonOf(row) is { } person)
            {
                var version = row.Instant("updated_at") is { } at ? new SourceVersion(at) : file.Version;
                Of(person).Add(new Stated(Demographics.Key, CareDemographics.Read(row), version));
                if (file.IsFull)
                    _wholePersons.Add(person);
            }

            _remarks.AddRange(row.Remarks);
        }
    }

    private void AddRows(SealedTable file, string keyColumn, Type itemType, Func<CareRow, Item?> read)
    {
        foreach (var row in file.Table.Rows)
        {
            if (PersonOf(row) is not { } person || KeyOf(row, keyColumn) is not { } key)
                _notWholeFiles.Add(file.Table.File);
            else if (read(row) is { } item)
                Of(person).Add(new Stated(key, item, file.Version, file.IsFull ? file.Table.File : null));
            else
                Of(person).Add(new Withdrawn(key, itemType, file.Version));
            _remarks.AddRange(row.Remarks);
        }
    }

    private static string? PersonOf(CareRow row)
    {
        if (row.IsMisshapen)
        {
            row.RemarkMisshapen();
            return null;
        }

        if (row["person_id"] is { } person)
            return person;
        row.Remark(Reasons.NoPatient, "person_id");
        return null;
    }

    private static string? KeyOf(CareRow row, string column)
    {
        if (row[column] is { } key)
            return key;
        row.Remark(Reasons.Incomplete, column);
        return null;
    }

    private List<Fact> Of(string person)
    {
        if (!_facts.TryGetValue(person, out var facts))
            _facts[person] = facts = [];
        return facts;
    }
}
