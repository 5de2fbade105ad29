using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// PID and PD1. Only the patient administration system's own messages (ADT) speak for address, telephone, practice and death;
/// a laboratory's PID is believed for who the patient is and no more, because it was copied when the specimen was booked in.
/// </summary>
internal static class DemographicsSegments
{
    /// <summary>Nobody has more; matching looks at each.</summary>
    private const int MostOtherNames = 20;

    public static void Hear(PatientGroup group, Hearing hearing, bool isAdministration, ICollection<Fact> facts)
    {
        var clearing = new Clearing(hearing);
        var person = Identity(group.Pid, hearing, clearing);
        if (isAdministration)
            person = Circumstances(group, hearing, clearing, person);
        facts.Add(new Stated(Demographics.Key, person with { Cleared = clearing.Names }, hearing.Version));
    }

    private static Demographics Identity(Segment pid, Hearing hearing, Clearing clearing)
    {
        var nhs = NhsNumbers.Read(pid, hearing.Profile.NhsNumberShapes);
        if (nhs.Fault is { } fault)
            hearing.Remark(fault.Reason, fault.Place, fault.Shape);
        clearing.If(nhs.IsDeleted, nameof(Demographics.NhsNumber), nameof(Demographics.NhsNumberStatus));
        clearing.If(pid[7].IsDeleted, nameof(Demographics.BornOn));

        var name = OfficialName(pid[5]);
        var family = clearing.Text(name[1][1], nameof(Demographics.FamilyName));
        return new Demographics
        {
            NhsNumber = nhs.Number?.Digits,
            NhsNumberStatus = nhs.Status,
            FamilyName = family,
            GivenNames = GivenNames(name, clearing),
            Title = clearing.Text(name[5], nameof(Demographics.Title)),
            PreferredName = NameOfType(pid[5], "N", hearing),
            OtherFamilyNames = OtherFamilyNames(pid, family, hearing),
            BornOn = hearing.Day(pid, 7),
            Gender = Gender(pid[8], hearing, clearing),
        };
    }

    private static Demographics Circumstances(PatientGroup group, Hearing hearing, Clearing clearing, Demographics person)
    {
        var (pid, pd1) = (group.Pid, group.First("PD1"));
        var address = Addresses.Of(pid[11], hearing);
        var telecoms = Telecoms.Of(hearing, pid[13], pid[14]);
        clearing.If(pid[11].IsDeleted, nameof(Demographics.Address), nameof(Demographics.Postcode));
        clearing.If(pid[13].IsDeleted, nameof(Demographics.Telephone), nameof(Demographics.Mobile), nameof(Demographics.Email));
        clearing.If(pd1[3].IsDeleted, nameof(Demographics.PracticeCode), nameof(Demographics.PracticeName));
        clearing.If(pd1[4].IsDeleted, nameof(Demographics.GpName));
        clearing.If(pd1[12].IsDeleted, nameof(Demographics.Restricted), nameof(Demographics.Confidentiality));
        clearing.If(pid[29].IsDeleted, nameof(Demographics.DiedOn));
        return person with
        {
            Deceased = IsDeceased(group, clearing),
            DiedOn = hearing.Day(pid, 29),
            Address = address.Lines,
            Postcode = address.Postcode,
            Telephone = telecoms.Telephone,
            Mobile = telecoms.Mobile,
            Email = telecoms.Email,
            PracticeCode = hearing.Text(pd1[3][3]),
            PracticeName = hearing.Text(pd1[3][1]),
            GpName = Names.OfFirstClinician(pd1[4]) ?? GpInRole(group),
            Ethnicity = Ethnicity(pid, hearing, clearing),
            Language = hearing.Text(pid[15][2]) ?? clearing.Text(pid[15][1], nameof(Demographics.Language)),
            Restricted = YesNo(pd1[12]),
            Confidentiality = Confidentialities.OfIndicator(pd1[12]),
        };
    }

    /// <summary>ROL with the role of primary care provider, where PD1-4 is not used (HL7 table 0443).</summary>
    private static string? GpInRole(PatientGroup group) => group.All("ROL")
        .Where(r => r[3].TextOf(1)?.ToUpperInvariant() is "PP" or "GP").Select(r => Names.OfFirstClinician(r[4])).FirstOrDefault(n => n is not null);

    /// <summary>Legal, display, current or untyped; aliases and maiden names only when there is no other.</summary>
    private static Piece OfficialName(Piece field)
    {
        Piece? first = null;
        foreach (var repetition in field.Repetitions)
        {
            if (repetition.TextOf(7) is null or "L" or "D" or "U" or "CURRENT" or "OFFICIAL")
                return repetition;
            first ??= repetition;
        }

        return first ?? default;
    }

    private static string? GivenNames(Piece name, Clearing clearing)
    {
        var first = clearing.Text(name[2], nameof(Demographics.GivenNames));
        return name.TextOf(3) is { } further && first is not null ? $"{first} {further}" : first;
    }

    private static string? NameOfType(Piece field, string type, Hearing hearing)
    {
        foreach (var repetition in field.Repetitions)
        {
            if (repetition.TextOf(7) == type)
                return hearing.Text(repetition[2]) ?? hearing.Text(repetition[1][1]);
        }

        return null;
    }

    /// <summary>PID-5's other repetitions and PID-9, where 2.3 senders put an alias.</summary>
    private static List<string>? OtherFamilyNames(Segment pid, string? family, Hearing hearing)
    {
        List<string>? others = null;
        foreach (var field in (ReadOnlySpan<Piece>)[pid[5], pid[9]])
        {
            foreach (var repetition in field.Repetitions)
            {
                if (hearing.Text(repetition[1][1]) is not { } other || string.Equals(other, family, StringComparison.OrdinalIgnoreCase))
                    continue;
                others ??= [];
                if (others.Count < MostOtherNames && !others.Contains(other, StringComparer.OrdinalIgnoreCase))
                    others.Add(other);
            }
        }

        return others;
    }

    private static string? Gender(Piece field, Hearing hearing, Clearing clearing)
    {
        if (clearing.Text(field[1], nameof(Demographics.Gender)) is not { } code)
            return null;
        if (hearing.Profile.Genders.TryGetValue(code, out var gender))
            return gender;
        hearing.Remark(Reasons.UnmappedCode, "PID-8", Shapes.Of(code));
        return null;
    }

    private static string? Ethnicity(Segment pid, Hearing hearing, Clearing clearing)
    {
        foreach (var field in hearing.Profile.EthnicityFields)
        {
            clearing.If(pid[field].IsDeleted, nameof(Demographics.Ethnicity));
            if (hearing.Text(pid[field][2]) is { } words)
                return words;
            if (hearing.Text(pid[field][1]) is { } code)
                return hearing.Profile.EthnicCategories.TryGetValue(code, out var category) ? category : code;
        }

        return null;
    }

    /// <summary>
    /// PID-30, a date of death, or a discharge by death. A deleted date of death revives: hospitals do record the wrong
    /// patient's death, and take it back so (R32).
    /// </summary>
    private static bool? IsDeceased(PatientGroup group, Clearing clearing)
    {
        var pid = group.Pid;
        if (YesNo(pid[30]) is { } stated)
            return stated;
        if (pid[29].HasValue)
            return true;
        if (pid[29].IsDeleted)
            return false;
        clearing.If(pid[30].IsDeleted, nameof(Demographics.Deceased));
        return group.First("PV1")[36].TextOf(1) == CodeMaps.PatientDied ? true : null;
    }

    private static bool? YesNo(Piece piece) => piece.TextOf(1)?.ToUpperInvariant() switch
    {
        "Y" or "YES" or "1" => true,
        "N" or "NO" or "0" => false,
        _ => null,
    };
}
