using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// A place where an NHS number may stand and the mark by which it is known there: the field of PID, the component that holds
/// the mark (0: none, the field is the number), and the marks in use.
/// </summary>
internal sealed record NhsNumberShape(int Field, int MarkAt, params string[] Marks)
{
    /// <summary>
    /// Every shape met in British messages: Cerner <c>^^^NHSNBR^NHSNMBR</c>, Epic <c>^^^NHS^HN</c>, PKB and genomics
    /// <c>^^^NHS^NH</c> with <c>{status:01}</c> glued on, Medway <c>^^^NHS^NHS</c> in PID-3 or PID-2, ITK <c>^^^NHS</c>, iPM
    /// PID-2, Renalware's <c>number^NHS</c>, Homerton's bare PID-19; and the number's OID as authority.
    /// </summary>
    public static IReadOnlyList<NhsNumberShape> Known { get; } =
    [
        new(3, 4, "NHS", "NHSNBR", "2.16.840.1.113883.2.1.4.1"),
        new(3, 5, "NHS", "NHSNMBR", "NH"),
        new(2, 4, "NHS", "NHSNBR", "2.16.840.1.113883.2.1.4.1"),
        new(2, 5, "NHS", "NHSNMBR", "NH"),
        new(2, 2, "NHS"),
        new(4, 4, "NHS", "NHSNBR"),
        new(4, 5, "NHS", "NHSNMBR", "NH"),
        new(19, 4, "NHS", "NHSNBR"),
        new(19, 0),
    ];

    public bool Fits(int field, Piece repetition) => field == Field && MarkAt != 0 && IsMark(repetition[MarkAt]);

    /// <summary>A namespace may carry its OID in the second subcomponent; a status may be glued to the mark in braces.</summary>
    private bool IsMark(Piece component)
    {
        foreach (var part in component.Subcomponents)
        {
            var raw = part.Raw.Trim();
            var brace = raw.IndexOf('{');
            var name = brace < 0 ? raw : raw[..brace];
            foreach (var mark in Marks)
            {
                if (name.Equals(mark, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}

/// <summary>What a message says of the NHS number.</summary>
/// <param name="Number">Valid; null when absent, deleted, invalid or contradictory.</param>
/// <param name="Status">01 to 08 (NHS Data Dictionary, NHS NUMBER STATUS INDICATOR CODE); 02 when a number has none; null without.</param>
/// <param name="IsDeleted">The sender takes the number back.</param>
/// <param name="Fault">An invalid number, or two different ones.</param>
internal sealed record NhsNumberReading(NhsNumber? Number, string? Status, bool IsDeleted, Fault? Fault);

/// <summary>Finds the NHS number and its status wherever a sender may have put them.</summary>
internal static class NhsNumbers
{
    private const string NotTraced = "02";

    public static bool IsNhsNumber(int field, Piece repetition, IReadOnlyList<NhsNumberShape> shapes)
    {
        foreach (var shape in shapes)
        {
            if (shape.Fits(field, repetition))
                return true;
        }

        return false;
    }

    public static NhsNumberReading Read(Segment pid, IReadOnlyList<NhsNumberShape> shapes)
    {
        NhsNumber? found = null;
        string? status = null;
        var isDeleted = false;
        Fault? fault = null;
        foreach (var shape in shapes)
        {
            foreach (var repetition in pid[shape.Field].Repetitions)
            {
                if (!(shape.MarkAt == 0 ? IsBareNumber(repetition) : shape.Fits(shape.Field, repetition)))
                    continue;
                isDeleted |= repetition[1].IsDeleted;
                status ??= StatusIn(repetition[2]) ?? StatusInBraces(repetition[5]);
                if (repetition.TextOf(1) is not { } digits)
                    continue;
                if (!NhsNumber.TryParse(digits, out var number))
                    fault ??= new Fault(Reasons.InvalidNhsNumber, $"PID-{shape.Field}", Shapes.Of(digits));
                else if (found is { } other && other != number)
                    return new(null, null, false, new Fault(Reasons.InvalidNhsNumber, $"PID-{shape.Field}", "two different numbers"));
                else
                    found = number;
            }
        }

        foreach (var repetition in pid[32].Repetitions)
            status ??= StatusIn(repetition);
        return new(found, found is null ? null : status ?? NotTraced, isDeleted && found is null, found is null ? fault : null);
    }

    /// <summary>PID-19 holds other numbers elsewhere: only ten digits whose check digit is right are taken for an NHS number.</summary>
    private static bool IsBareNumber(Piece repetition) =>
        repetition.Raw.Trim().Length == 10 && NhsNumber.TryParse(repetition.Text, out _);

    /// <summary>NSTS01 to NSTS08 (ITK table 0445), or the two digits alone.</summary>
    private static string? StatusIn(Piece piece)
    {
        var raw = piece.Raw.Trim();
        if (raw.StartsWith("NSTS", StringComparison.OrdinalIgnoreCase))
            raw = raw[4..];
        return raw.Length == 2 && raw[0] == '0' && raw[1] is >= '1' and <= '8' ? raw.ToString() : null;
    }

    private static string? StatusInBraces(Piece piece)
    {
        var raw = piece.Raw;
        var at = raw.IndexOf("{status:", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && raw.Length >= at + 10 && raw[at + 8] == '0' && raw[at + 9] is >= '1' and <= '8'
            ? raw.Slice(at + 8, 2).ToString()
            : null;
    }
}
