using System.Globalization;
using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;
using DorsetCareRecord.Simulator.Writing.Hl7;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>Segments about people that all three hospitals write alike.</summary>
internal static class People
{
    private static readonly Dictionary<string, string> Severities = new() { ["mild"] = "MI", ["moderate"] = "MO", ["severe"] = "SV" };

    /// <summary>NK1: the whole list, so that it replaces the one before.</summary>
    public static void NextOfKin(HospitalDialect dialect, Hl7Message message, Person person)
    {
        var n = 0;
        foreach (var kin in person.Kin)
        {
            var segment = message.Add("NK1");
            segment[1] = Number(++n);

            // Medway writes names of relatives as one text; the others part them.
            segment[2] = dialect is SystemC && n > 1
                ? $"{kin.Forename} {kin.Surname}"
                : Encoded.Components(kin.Surname, kin.Forename, default, default, kin.Title);
            segment[3] = Encoded.Components(kin.Code, kin.Relationship);
            segment[4] = AddressOf(kin.Address);
            segment[5] = kin.Telephone;
            segment[6] = kin.Mobile;
            segment[7] = n == 1 ? Encoded.Components("NOK", "Next of Kin") : kin.IsCarer ? Encoded.Components("C", "Carer") : Encoded.Components("EC", "Emergency contact");
        }
    }

    /// <summary>AL1: the whole list as the hospital knows it on that day; left out where nobody asked.</summary>
    public static void Allergies(Hl7Message message, History history, DateOnly day)
    {
        var n = 0;
        foreach (var entry in history.Allergies.Where(entry => entry.Recorded <= day && (entry.Ended is null || entry.Ended > day)))
        {
            var segment = message.Add("AL1");
            segment[1] = Number(++n);
            segment[2] = entry.Allergen?.Hl7Type ?? "DA";
            segment[3] = entry.Code is null ? Encoded.Components(default, entry.Substance) : Encoded.Components(entry.Code, entry.Substance, "SNM3");
            if (entry.Reaction is { } reaction)
            {
                segment[4] = Severities[reaction.Severity];
                segment[5] = reaction.Term;
            }

            segment[6] = Encoded.Date(entry.Recorded);
        }
    }

    /// <summary>DG1: the visit's diagnoses, coded when it ends.</summary>
    public static void Diagnoses(Hl7Message message, Visit visit, DateTime at)
    {
        var n = 0;
        foreach (var (code, text) in visit.Diagnoses)
        {
            var segment = message.Add("DG1");
            segment[1] = Number(++n);
            segment[3] = Encoded.Components(code, text, "I10UK");
            segment[5] = Encoded.Time(at);
            segment[6] = "F";
            segment[15] = Number(n);
        }
    }

    /// <summary>XAD: line, second line, post town, county, postcode, then the kind of address.</summary>
    public static Encoded AddressOf(Address address) =>
        Encoded.Components(address.Line1, address.Line2, address.PostTown, "Dorset", address.Postcode, default, "HOME");

    public static Encoded Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
