using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.SocialCare;

/// <summary>
/// Gathers the facts of an extract, person by person. A file is taken whole or not at all: when one of its rows cannot be told
/// apart from its neighbours, every such row is reported and none of the file is read (trust, F27).
/// </summary>
internal sealed class CareFacts(string source, CareExtract extract)
{
    private readonly Dictionary<string, List<Fact>> _facts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wholePersons = [];
    private readonly HashSet<string> _taken = [];
    private readonly List<Fault> _remarks = [];

    public IReadOnlyList<Fault> Remarks => _remarks;

    public IReadOnlyList<PatientFacts> Patients =>
        [.. _facts.Select(person => new PatientFacts(new LocalPatient(source, extract.Set.IdPrefix + person.Key), person.Value))];

    public void Remark(Fault fault) => _remarks.Add(fault);

    public void Read()
    {
        foreach (var table in extract.Tables)
        {
            if (!extract.Set.Files.TryGetValue(table.Table.File, out var file))
                Remark(new Fault(Reasons.UnknownType, table.Table.File));
            else if (IsTaken(table, file))
                Add(table, file);
        }

        StateLists();
    }

    private bool IsTaken(SealedTable table, CareFile file)
    {
        var required = file.RequiredOf(table.Table).ToList();
        var bad = table.Table.Rows.Count(row => !row.HasIts(required) || !HasPerson(file, row));
        foreach (var row in table.Table.Rows)
            _remarks.AddRange(row.TakeRemarks());
        if (bad > 0)
            Remark(new Fault(Reasons.Incomplete, file.Name, $"{bad} of {table.Table.Rows.Count} rows cannot be read; the file was not taken"));
        else
            _taken.Add(file.Name);
        return bad == 0;
    }

    private bool HasPerson(CareFile file, CareRow row)
    {
        if (file.Via is null || file.PersonOf(row, extract) is not null)
            return true;
        row.Remark(Reasons.Incomplete, file.Via.Column);
        return false;
    }

    private void Add(SealedTable table, CareFile file)
    {
        if (file.Person is null)
            return; // Looked up by others.
        foreach (var row in table.Table.Rows)
        {
            var (person, key) = (file.PersonOf(row, extract)!, row[file.Key]!);
            if (file == extract.Set.Persons)
                AddPerson(table, row, person);
            else
                AddItems(table, file, row, person, key);
            _remarks.AddRange(row.TakeRemarks());
        }
    }

    private void AddPerson(SealedTable table, CareRow row, string person)
    {
        var version = row.Instant("updated_at") is { } at ? new SourceVersion(at) : table.Version;
        Of(person).Add(new Stated(Demographics.Key, extract.Set.Persons.Readings[0].Read(row, extract)!, version));
        if (table.IsFull)
            _wholePersons.Add(person);
    }

    private void AddItems(SealedTable table, CareFile file, CareRow row, string person, string key)
    {
        foreach (var reading in file.Readings)
        {
            Of(person).Add(reading.Read(row, extract) is { } item
                ? new Stated(key, item with { Audience = extract.Set.Audience ?? item.Audience }, table.Version, table.IsFull && !file.LastsLong ? file.Name : null)
                : new Withdrawn(key, reading.ItemType, table.Version));
        }
    }

    /// <summary>
    /// A full file is a whole list for every person of a full file of people, also for those of whom it has no row. Of people it
    /// does not name, an extract says nothing; a file that was not taken ends nothing.
    /// </summary>
    private void StateLists()
    {
        foreach (var table in extract.Tables.Where(t => t.IsFull && _taken.Contains(t.Table.File)))
        {
            var file = extract.Set.Files[table.Table.File];
            if (file.LastsLong || file == extract.Set.Persons)
                continue;
            foreach (var (person, type) in _wholePersons.SelectMany(p => file.Readings.Select(r => (p, r.ItemType))))
            {
                var keys = _facts[person].OfType<Stated>().Where(s => s.List == file.Name && s.Item.GetType() == type).Select(s => s.Key).Distinct();
                _facts[person].Add(new ListStated(file.Name, type, [.. keys], table.Version));
            }
        }
    }

    private List<Fact> Of(string person)
    {
        if (!_facts.TryGetValue(person, out var facts))
            _facts[person] = facts = [];
        return facts;
    }
}
