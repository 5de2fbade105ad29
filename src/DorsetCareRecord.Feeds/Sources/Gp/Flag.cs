using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-Flag.</summary>
internal static class GpFlag
{
    public static Flag Read(R4.Flag flag, GpEntry entry, GpBundle bundle) => new()
    {
        Kind = KindOf(flag),
        Text = Concepts.TextOf(flag.Code) ?? "Alert not described",
        Coding = Concepts.CodingOf(flag.Code),
        Active = GpBundle.Raw(flag.StatusElement) != "inactive",
        From = bundle.Date(flag.Period?.StartElement, entry, "period.start"),
        Until = bundle.Date(flag.Period?.EndElement, entry, "period.end"),
    };

    private static FlagKind KindOf(R4.Flag flag)
    {
        var words = string.Join(' ', [.. Concepts.Codes(flag.Category), Concepts.TextOf(flag.Category), Concepts.TextOf(flag.Code)]);
        return Says("safeguard") || Says("child protection") ? FlagKind.Safeguarding
            : Says("adjustment") || Says("communication") ? FlagKind.ReasonableAdjustment
            : Says("resuscitat") || Says("respect form") || Says("dnacpr") ? FlagKind.Resuscitation
            : Says("care plan") || Says("advance-directive") || Says("end of life") ? FlagKind.CarePlan
            : Says("risk") || Says("safety") || Says("behavioral") ? FlagKind.Risk
            : FlagKind.Other;

        bool Says(string word) => words.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
