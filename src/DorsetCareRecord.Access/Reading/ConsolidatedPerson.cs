using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Reading;

/// <summary>A value one source has for something the sources do not agree on.</summary>
public sealed record Said(string Source, string Value, DateTimeOffset StatedAt);

/// <summary>Something the sources do not agree on, for a person to see (hazard H01: it may be somebody else's data).</summary>
public sealed record Difference(string What, IReadOnlyList<Said> Says);

/// <summary>
/// Who somebody is, drawn together over all the sources that know them. For each detail the newest statement counts,
/// a source whose NHS number is verified before one whose is not; where sources differ, the difference is kept and shown.
/// </summary>
public sealed record ConsolidatedPerson
{
    public string? FamilyName { get; private init; }
    public string? GivenNames { get; private init; }
    public string? Title { get; private init; }
    public string? PreferredName { get; private init; }
    public ClinicalDate? BornOn { get; private init; }
    public string? Gender { get; private init; }
    public NhsNumber? NhsNumber { get; private init; }

    /// <summary>Some source has traced the number (NHS NUMBER STATUS INDICATOR 01).</summary>
    public bool IsNhsNumberVerified { get; private init; }

    /// <summary>Some source says so; a source that does not know it does not contradict.</summary>
    public bool IsDeceased { get; private init; }

    public ClinicalDate? DiedOn { get; private init; }
    public string? Address { get; private init; }
    public string? Postcode { get; private init; }
    public string? Telephone { get; private init; }
    public string? Mobile { get; private init; }
    public string? PracticeName { get; private init; }
    public string? GpName { get; private init; }
    public string? Ethnicity { get; private init; }
    public string? Language { get; private init; }
    public bool? InterpreterRequired { get; private init; }
    public string? CommunicationNeeds { get; private init; }

    /// <summary>Their whereabouts are protected.</summary>
    public bool IsRestricted { get; private init; }

    public IReadOnlyList<Difference> Differences { get; private init; } = [];

    /// <summary>The feeds that know this person.</summary>
    public IReadOnlyList<string> Sources { get; private init; } = [];

    internal static ConsolidatedPerson Of(IReadOnlyList<Entry<Demographics>> entries, bool isRestricted = false)
    {
        var ordered = entries
            .OrderByDescending(entry => entry.Item.NhsNumberStatus == "01")
            .ThenByDescending(entry => entry.StatedAt).ThenByDescending(entry => entry.Message)
            .ToList();
        // A name or an address is taken whole from one source: half of one and half of another is nobody's.
        var named = ordered.FirstOrDefault(entry => entry.Item.FamilyName is not null)?.Item;
        var placed = ordered.FirstOrDefault(entry => entry.Item.Address is not null || entry.Item.Postcode is not null)?.Item;
        return new ConsolidatedPerson
        {
            FamilyName = named?.FamilyName,
            GivenNames = named?.GivenNames,
            Title = named?.Title ?? First(d => d.Title),
            PreferredName = First(d => d.PreferredName),
            BornOn = ordered.Select(entry => entry.Item.BornOn).FirstOrDefault(date => date is not null),
            Gender = First(d => d.Gender),
            NhsNumber = ordered.Select(entry => Parsed(entry.Item.NhsNumber)).FirstOrDefault(number => number is not null),
            IsNhsNumberVerified = ordered.Exists(entry => entry.Item.NhsNumber is not null && entry.Item.NhsNumberStatus == "01"),
            IsDeceased = ordered.Exists(entry => entry.Item.Deceased == true || entry.Item.DiedOn is not null),
            DiedOn = ordered.Select(entry => entry.Item.DiedOn).FirstOrDefault(date => date is not null),
            Address = placed?.Address,
            Postcode = placed?.Postcode,
            Telephone = First(d => d.Telephone),
            Mobile = First(d => d.Mobile),
            PracticeName = First(d => d.PracticeName),
            GpName = First(d => d.GpName),
            Ethnicity = First(d => d.Ethnicity),
            Language = First(d => d.Language),
            InterpreterRequired = ordered.Select(entry => entry.Item.InterpreterRequired).FirstOrDefault(yes => yes is not null),
            CommunicationNeeds = First(d => d.CommunicationNeeds),
            IsRestricted = isRestricted || ordered.Exists(entry => entry.Item.Restricted == true),
            Sources = [.. ordered.Select(entry => entry.Source).Distinct()],
            Differences = PersonDifferences.Of(ordered),
        };

        string? First(Func<Demographics, string?> detail) =>
            ordered.Select(entry => detail(entry.Item)).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
    }

    /// <summary>The same person without anything that tells where they are.</summary>
    /// <param name="name">What a source is called instead, because which it is tells where they are.</param>
    internal ConsolidatedPerson WithoutWhereabouts(Func<string, string> name) => this with
    {
        IsRestricted = true,
        Address = null,
        Postcode = null,
        Telephone = null,
        Mobile = null,
        PracticeName = null,
        GpName = null,
        Sources = [.. Sources.Select(name)],
        Differences =
        [
            .. Differences.Where(difference => !PersonDifferences.IsWhereabouts(difference))
                .Select(difference => difference with { Says = [.. difference.Says.Select(said => said with { Source = name(said.Source) })] }),
        ],
    };

    /// <summary>What stands on a page before the record is open: enough to know that it is the right person, and no more.</summary>
    internal ConsolidatedPerson OnlyName() => new()
    {
        FamilyName = FamilyName,
        GivenNames = GivenNames,
        Title = Title,
        BornOn = BornOn,
        NhsNumber = NhsNumber,
        IsRestricted = IsRestricted,
    };

    private static NhsNumber? Parsed(string? digits) => Record.Values.NhsNumber.TryParse(digits, out var number) ? number : null;
}
