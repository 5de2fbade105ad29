using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// RXE, RXO and RXD (RDE, OMP, RDS, ORM). The prescriber's words are kept whole and nothing is computed from them (hazard H12).
/// The key is the order's: placer's number, else filler's.
/// </summary>
internal static class MedicineSegments
{
    public static void Hear(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        foreach (var order in MedicineOrder.Of(group))
        {
            var what = WhatOf(order);
            if (Codings.WordsOrCodeOf(what) is not { } name)
            {
                hearing.Remark(Reasons.Incomplete, "RXE-2", "no medicine");
                continue;
            }

            var key = KeyOf(order, name);
            facts.Add(order.Orc[1].TextOf(1) == "DE"
                ? new Withdrawn(key, typeof(Medicine), hearing.Version)
                : new Stated(key, Medicine(order, name, what, hearing), hearing.Version));
        }
    }

    private static Piece WhatOf(MedicineOrder order) =>
        order.Encoded.IsThere ? order.Encoded[2] : order.Ordered.IsThere ? order.Ordered[1] : order.Dispensed[2];

    private static string KeyOf(MedicineOrder order, string name)
    {
        // A dispensing that repeats nothing of its order must not overwrite it.
        var kind = order.Encoded.IsThere || order.Ordered.IsThere ? null : "dispensed";
        var number = order.Orc[2].TextOf(1) is { } placer ? Keys.Of("placer", placer, order.Orc[2].TextOf(2))
            : order.Orc[3].TextOf(1) is { } filler ? Keys.Of("filler", filler, order.Orc[3].TextOf(2))
            : order.Encoded[15].TextOf(1) is { } prescription ? Keys.Of("prescription", prescription)
            : Keys.Of("name", Keys.Folded(name), order.Encoded[1][4].Text ?? order.Timing[7].Text);
        return kind is null ? number : Keys.Of(kind, number);
    }

    private static Medicine Medicine(MedicineOrder order, string name, Piece what, Hearing hearing)
    {
        var (rxe, rxo) = (order.Encoded, order.Ordered);
        var status = StatusOf(order.Orc);
        var ended = hearing.When(rxe, 1, 5) ?? hearing.When(order.Timing, 8);
        return new Medicine
        {
            Name = name,
            Coding = Codings.Of(what),
            Strength = Join(rxe[25].Text, Codings.WordsOrCodeOf(rxe[26])),
            Form = Codings.WordsOrCodeOf(rxe[6]) ?? Codings.WordsOrCodeOf(rxo[5]),
            Dose = rxe.IsThere ? Dose(rxe[3], rxe[4], rxe[5]) : Dose(rxo[2], rxo[3], rxo[4]),
            Route = Codings.WordsOrCodeOf(order.Route[1]),
            Frequency = TimingPart(order, 2) ?? Codings.WordsOrCodeOf(order.Timing[3][1]) ?? order.Timing[3].TextOf(1),
            Duration = DurationWords(TimingPart(order, 3)) ?? Join(order.Timing[6].TextOf(1), order.Timing[6][2][1].Text),
            DosageText = Instructions(rxe[7]) ?? Instructions(rxo[7]) ?? Instructions(rxo[6]) ?? order.Timing[11].Text ?? TimingPart(order, 8),
            Quantity = rxe.IsThere
                ? Join(rxe[10].Text, Codings.WordsOrCodeOf(rxe[11]))
                : rxo.IsThere ? Join(rxo[11].Text, Codings.WordsOrCodeOf(rxo[12])) : Join(order.Dispensed[4].Text, Codings.WordsOrCodeOf(order.Dispensed[5])),
            Kind = MedicineKind.Hospital,
            Status = status,
            StartedOn = StartOf(order, hearing),
            EndedOn = ended ?? (status == MedicineStatus.Stopped ? hearing.When(order.Orc, 15) ?? hearing.When(order.Orc, 9) : null),
            LastIssuedOn = hearing.When(order.Dispensed, 3) ?? hearing.When(rxe, 18),
            Prescriber = Names.OfFirstClinician(order.Orc[12]) ?? Names.OfFirstClinician(rxe[13]) ?? Names.OfFirstClinician(rxo[14]),
            Notes = order.Notes.Count == 0 ? null : string.Join('\n', order.Notes),
            Organisation = hearing.Profile.OriginOf(hearing.Message),
        };
    }

    /// <summary>A component of the timing (TQ): of RXE-1, else of ORC-7.</summary>
    private static string? TimingPart(MedicineOrder order, int part) => order.Encoded[1][part].Text ?? order.Orc[7][part].Text;

    private static ClinicalDate? StartOf(MedicineOrder order, Hearing hearing) =>
        hearing.When(order.Encoded, 1, 4) ?? hearing.When(order.Timing, 7) ?? hearing.When(order.Orc, 7, 4)
        ?? (StatusOf(order.Orc) == MedicineStatus.Stopped ? null : hearing.When(order.Orc, 15) ?? hearing.When(order.Orc, 9));

    /// <summary>ORC-1 (HL7 table 0119), else ORC-5 (0038).</summary>
    private static MedicineStatus StatusOf(Segment orc) => orc[1].TextOf(1)?.ToUpperInvariant() switch
    {
        "CA" or "OC" or "CR" or "DC" or "OD" or "DR" => MedicineStatus.Stopped,
        "HD" or "OH" or "HR" => MedicineStatus.Suspended,
        _ => orc[5].TextOf(1)?.ToUpperInvariant() switch
        {
            "CM" => MedicineStatus.Completed,
            "CA" or "DC" or "RP" => MedicineStatus.Stopped,
            "HD" => MedicineStatus.Suspended,
            "ER" => MedicineStatus.EnteredInError,
            _ => orc.IsThere ? MedicineStatus.Active : MedicineStatus.NotStated,
        },
    };

    private static string? Dose(Piece least, Piece most, Piece unit)
    {
        var amount = least.Text is { } from && most.Text is { } to && from != to ? $"{from} to {to}" : least.Text ?? most.Text;
        return amount is null ? null : Join(amount, Codings.WordsOrCodeOf(unit));
    }

    private static string? Instructions(Piece field)
    {
        var words = field.Repetitions.ToList().Select(Codings.WordsOrCodeOf).Where(w => w is not null).ToList();
        return words.Count == 0 ? null : string.Join('\n', words);
    }

    /// <summary>TQ.3: a letter and a number (HL7 v2.8 chapter 4.3.3), said in words; anything else as sent.</summary>
    private static string? DurationWords(string? duration)
    {
        if (duration is not { Length: > 1 and < 6 } || !int.TryParse(duration.AsSpan(1), out var number))
            return duration;
        var unit = duration[0] switch
        {
            'S' => "second",
            'M' => "minute",
            'H' => "hour",
            'D' => "day",
            'W' => "week",
            'L' => "month",
            'X' => "time",
            _ => null,
        };
        return unit is null ? duration : $"{number} {unit}{(number == 1 ? "" : "s")}";
    }

    private static string? Join(string? first, string? second) => first is null ? null : second is null ? first : $"{first} {second}";
}
