using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>A line as it came. A patient's content.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Group">What it is about, one of <see cref="SegmentGroups"/>; the same word marks fields and facts that came of it.</param>
/// <param name="IsCut">Longer than shown: a document of megabytes.</param>
public sealed record RawLine(int Number, string Group, string Name, string Text, bool IsCut);

/// <summary>A field as we read it. A patient's content.</summary>
public sealed record ReadField(int Line, string Group, string Place, string Meaning, string Value);

/// <summary>A fact the message states. A patient's content.</summary>
/// <param name="What">allergy, result ...</param>
/// <param name="Says">Each detail and its value.</param>
public sealed record ReadFact(string Group, string What, string Verb, string Key, IReadOnlyList<(string Detail, string Value)> Says);

/// <summary>
/// A message laid open for whoever mends it: as it came, as we read it, and what it states by today's adapters. Pure; everything in it
/// is a patient's content and is shown only after a note.
/// </summary>
public sealed record Anatomy(
    IReadOnlyList<RawLine> Lines, IReadOnlyList<ReadField> Fields, IReadOnlyList<ReadFact> Facts, IReadOnlyList<Fault> Remarks,
    string? NotUnderstood, IReadOnlyList<LocalPatient> Patients, string Text)
{
    private const int Longest = 1200;
    private const int MostLines = 600;

    public static Anatomy Of(InboxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var reading = Adapters.Read(message);
        var patients = reading is Understood understood ? understood.Patients : [];
        var body = message.Format == Formats.Hl7v2Refused ? message.Body[(message.Body.Span.IndexOf((byte)'\n') + 1)..] : message.Body;
        var (lines, fields, text) = message.Format is Formats.Hl7v2 or Formats.Hl7v2Refused ? OfHl7(body, message.Source) : OfText(body, message.Format);
        return new Anatomy(
            lines, fields,
            [.. patients.SelectMany(patient => patient.Facts.Select(FactOf))],
            reading is Understood { Remarks: var remarks } ? remarks : [],
            reading switch
            {
                NotUnderstood not => $"{not.Fault.Reason} {not.Fault.Place} {not.Fault.Shape}".TrimEnd(),
                OfNoConcern none => $"of no concern: {none.Why}",
                _ => null,
            },
            [.. patients.Select(patient => patient.Patient)], text);
    }

    private static (IReadOnlyList<RawLine>, IReadOnlyList<ReadField>, string) OfHl7(ReadOnlyMemory<byte> body, string source)
    {
        if (!Profiles.Has(source) || !Message.TryRead(body.Span, Profiles.Of(source).Charset, out var message, out _))
            return OfText(body, Formats.Hl7v2);
        var lines = new List<RawLine>();
        var fields = new List<ReadField>();
        foreach (var segment in message.Segments.Take(MostLines))
        {
            var name = segment.Name.ToString();
            var group = SegmentGroups.OfSegment(name);
            lines.Add(Line(lines.Count + 1, group, name, segment.Raw));
            for (var field = name == "MSH" ? 3 : 1; field <= segment.FieldCount && fields.Count < 2000; field++)
            {
                var piece = segment[field];
                if (!piece.IsEmpty)
                    fields.Add(new ReadField(lines.Count, group, $"{name}-{field}", FieldNames.Of(name, field), Cut(piece.Raw).Text));
            }
        }

        return (lines, fields, string.Join('\n', message.Segments.Select(s => s.Raw.ToString())));
    }

    private static (IReadOnlyList<RawLine>, IReadOnlyList<ReadField>, string) OfText(ReadOnlyMemory<byte> body, string format)
    {
        if (format == Formats.CareExtract)
            return ([], [], "");
        var text = Encoding.UTF8.GetString(body.Span);
        return ([.. text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(MostLines).Select((line, i) => Line(i + 1, SegmentGroups.Other, "", line))],
            [], text);
    }

    private static RawLine Line(int number, string group, string name, ReadOnlySpan<char> raw)
    {
        var (text, isCut) = Cut(raw);
        return new RawLine(number, group, name, text, isCut);
    }

    private static (string Text, bool IsCut) Cut(ReadOnlySpan<char> raw) => raw.Length <= Longest ? (raw.ToString(), false) : (raw[..Longest].ToString(), true);

    private static ReadFact FactOf(Fact fact) => fact switch
    {
        Stated stated => new ReadFact(
            SegmentGroups.OfItem(stated.Item.GetType().Name), Words(stated.Item.GetType().Name), "states", stated.Key,
            [.. stated.Item.GetType().GetProperties()
                .Select(property => (Words(property.Name), Value: Show(property.GetValue(stated.Item))))
                .Where(detail => detail.Value is not null)
                .Select(detail => (detail.Item1, detail.Value!))]),
        Withdrawn withdrawn => new ReadFact(SegmentGroups.OfItem(withdrawn.ItemType.Name), Words(withdrawn.ItemType.Name), "withdraws", withdrawn.Key, []),
        ListStated list => new ReadFact(
            SegmentGroups.OfItem(list.ItemType.Name), Words(list.ItemType.Name), "sends whole", list.List, [("items", $"{list.Keys.Count}")]),
        Merged merged => new ReadFact(SegmentGroups.Person, "patients", "merges", merged.Prior.Id, [("into", merged.Survivor.Id)]),
        Linked linked => new ReadFact(SegmentGroups.Person, "patients", linked.Stands ? "links" : "unlinks", linked.One.Id, [("with", linked.Other.Id)]),
        Moved moved => new ReadFact(
            SegmentGroups.OfItem(nameof(Record.Sections.Encounter)), "encounter", "moves", moved.PriorKey,
            [("from", moved.Prior.Id), ("to", moved.Owner.Id), ("as", moved.Key)]),
        _ => new ReadFact(SegmentGroups.Other, Words(fact.GetType().Name), "says", "", []),
    };

    private static string? Show(object? value) => value switch
    {
        null or false or "" => null,
        byte[] bytes => $"{bytes.Length} bytes",
        string text => Cut(text).Text,
        System.Collections.IEnumerable many and not string => string.Join(", ", many.Cast<object?>().Select(Show).Where(text => text is not null)) is { Length: > 0 } all ? all : null,
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>CareService becomes "care service".</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : $"{c}"));
}
