using System.Security.Cryptography;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>An entry as facts name it: its type, its key, the id that follows from them.</summary>
internal readonly record struct EntryKey(Guid Id, short ItemType, string SourceKey);

/// <summary>A list as facts name it.</summary>
internal readonly record struct ListKey(string List, short ItemType);

/// <summary>What one message says of one patient, as it can be stored.</summary>
internal sealed class PatientIntake(LocalPatient patient)
{
    public LocalPatient Patient { get; } = patient;

    public Guid IdentityId { get; } = NameIds.Identity(patient);

    /// <summary>Receipt of the earliest message of this batch that names the patient.</summary>
    public DateTimeOffset SeenAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>All that is said of the patient here is history being loaded.</summary>
    public bool IsQuiet { get; set; } = true;

    /// <summary>In the order of the batch: a message is finished before the next, or the log would show which came together.</summary>
    public List<MessageIntake> Messages { get; } = [];

    public IEnumerable<(EntryKey Entry, Said Said)> Statements => Messages.SelectMany(m => m.Statements);

    public IEnumerable<(ListKey List, Listed Listed)> Lists => Messages.SelectMany(m => m.Lists);

    public List<MergeIntake> Merges { get; } = [];

    public List<LinkIntake> Links { get; } = [];

    /// <summary>Patients its merges and links name: who is who may change for all of them.</summary>
    public IEnumerable<LocalPatient> Relatives => Merged.Concat(Links.SelectMany(l => (LocalPatient[])[l.One, l.Other]));

    /// <summary>Patients its merges name.</summary>
    public IEnumerable<LocalPatient> Merged => Merges.SelectMany(m => (LocalPatient[])[m.Survivor, m.Prior]);

    public List<Move> Moves { get; } = [];

    /// <summary>Entries it says nothing of, which a move makes part of its record or takes out of it.</summary>
    public List<Guid> MovedEntries { get; } = [];

    /// <summary>Lists of moved encounters, likewise.</summary>
    public List<ListKey> MovedLists { get; } = [];

    public List<(Guid EntryId, string Hash, Document Document)> Documents { get; } = [];
}

/// <summary>Statements and whole lists of one message about one patient.</summary>
internal sealed class MessageIntake
{
    public List<(EntryKey Entry, Said Said)> Statements { get; } = [];

    public List<(ListKey List, Listed Listed)> Lists { get; } = [];
}

/// <summary>The source says prior is survivor.</summary>
internal sealed record MergeIntake(LocalPatient Survivor, LocalPatient Prior, Stamp Stamp, DateTimeOffset RecordedAt);

/// <summary>The source says that two of its patients are one person, or are not; the one whose id sorts first comes first.</summary>
internal sealed record LinkIntake(LocalPatient One, LocalPatient Other, bool Stands, Stamp Stamp, DateTimeOffset RecordedAt);

/// <summary>Sorts a batch of facts by patient and makes them storable; no I/O.</summary>
internal sealed class Intake
{
    private readonly Dictionary<LocalPatient, PatientIntake> _patients = [];
    private readonly Dictionary<long, HashSet<Fault>> _remarks = [];

    public Intake(IEnumerable<MessageFacts> messages)
    {
        foreach (var message in messages)
        {
            var ordinal = 0;
            foreach (var patient in message.Patients)
                Add(message, patient, ref ordinal);
        }
    }

    public IReadOnlyCollection<PatientIntake> Patients => _patients.Values;

    /// <summary>By message id.</summary>
    public IReadOnlyDictionary<long, HashSet<Fault>> Remarks => _remarks;

    public void Remark(long messageId, Fault fault)
    {
        if (!_remarks.TryGetValue(messageId, out var faults))
            _remarks[messageId] = faults = [];
        faults.Add(fault);
    }

    private void Add(MessageFacts message, PatientFacts facts, ref int ordinal)
    {
        var patient = Storable(facts.Patient);
        if (!_patients.TryGetValue(patient, out var intake))
            _patients[patient] = intake = new PatientIntake(patient);
        var receivedAt = Stamp.Storable(message.ReceivedAt);
        if (receivedAt < intake.SeenAt)
            intake.SeenAt = receivedAt;
        intake.IsQuiet &= message.IsQuiet;
        var said = new MessageIntake();
        intake.Messages.Add(said);

        var lists = new Dictionary<(ListKey, DateTimeOffset), (Stamp Stamp, List<string> Keys)>();
        foreach (var fact in facts.Facts)
        {
            var stamp = new Stamp(Stamp.Storable(fact.Version.At), message.MessageId, ordinal++);
            switch (fact)
            {
                case Stated stated:
                    State(intake, said, message, stated, stamp, receivedAt);
                    break;
                case Withdrawn withdrawn:
                    said.Statements.Add((EntryOf(patient, withdrawn.ItemType, withdrawn.Key),
                        new Said(stamp, receivedAt, message.AdapterVersion, list: null, json: null)));
                    break;
                case ListStated listed:
                    // A list stated in two parts by one message is one list.
                    var key = (new ListKey(Applying.Storable.Text(listed.List), ItemTables.Of(listed.ItemType).Number), stamp.At);
                    if (!lists.TryGetValue(key, out var parts))
                        lists[key] = parts = (stamp with { Ordinal = 0 }, []);
                    parts.Keys.AddRange(listed.Keys.Select(Applying.Storable.Text));
                    break;
                case Merged merged:
                    intake.Merges.Add(new MergeIntake(Storable(merged.Survivor), Storable(merged.Prior), stamp, receivedAt));
                    break;
                case Linked linked:
                    intake.Links.Add(LinkOf(Storable(linked.One), Storable(linked.Other), linked.Stands, stamp, receivedAt));
                    break;
                case Moved moved:
                    intake.Moves.Add(new Move(PlaceOf(moved.Prior, moved.PriorKey), PlaceOf(moved.Owner, moved.Key), stamp with { Ordinal = 0 }, receivedAt));
                    break;
                default:
                    throw new NotSupportedException($"No rule for the fact {fact.GetType().Name}.");
            }
        }

        foreach (var ((list, _), (stamp, keys)) in lists)
            said.Lists.Add((list, new Listed(stamp, receivedAt, Listed.Ordered(keys))));
    }

    private void State(
        PatientIntake intake, MessageIntake said, MessageFacts message, Stated stated, Stamp stamp, DateTimeOffset receivedAt)
    {
        var source = stated.Item is Letter { Document: { } attached, ContentHash: null } bare
            ? bare with { ContentHash = HashOf(attached), ContentType = bare.ContentType ?? attached.ContentType, ContentLength = attached.Bytes.Length }
            : stated.Item;
        var (item, json, altered) = Applying.Storable.Item(source);
        if (altered)
            Remark(message.MessageId, new Fault(Reasons.UnstorableCharacter, item.GetType().Name));

        var entry = EntryOf(intake.Patient, item.GetType(), stated.Key);
        var list = stated.List is null ? null : Applying.Storable.Text(stated.List);
        said.Statements.Add((entry, new Said(stamp, receivedAt, message.AdapterVersion, list, json, item)));
        if (item is Letter { Document: { } document, ContentHash: { } hash })
            intake.Documents.Add((entry.Id, hash, document));
    }

    private static EntryKey EntryOf(LocalPatient patient, Type itemType, string key)
    {
        var number = ItemTables.Of(itemType).Number;
        var storable = Applying.Storable.Text(key);
        return new EntryKey(NameIds.Entry(patient, number, storable), number, storable);
    }

    private static LinkIntake LinkOf(LocalPatient one, LocalPatient other, bool stands, Stamp stamp, DateTimeOffset receivedAt) =>
        string.CompareOrdinal(one.Id, other.Id) <= 0 ? new(one, other, stands, stamp, receivedAt) : new(other, one, stands, stamp, receivedAt);

    private static Place PlaceOf(LocalPatient patient, string key) => new(Storable(patient), Applying.Storable.Text(key));

    private static LocalPatient Storable(LocalPatient patient) => patient with { Id = Applying.Storable.Text(patient.Id) };

    private static string HashOf(Document document) => Convert.ToHexStringLower(SHA256.HashData(document.Bytes));
}
