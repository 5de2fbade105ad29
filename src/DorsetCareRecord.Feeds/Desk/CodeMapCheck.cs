using DorsetCareRecord.Feeds.Sources.Hl7;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>Whether a source's profile maps a code, so that nobody calls mapped what the adapter will not know.</summary>
public static class CodeMapCheck
{
    /// <summary>The profile's setting that maps codes of a place; null where there is none, because the place is no code of a list.</summary>
    public static string? SettingOf(string source, string place) => !Profiles.Has(source) ? null : place switch
    {
        "PID-8" => "codes.genders",
        "PV1-2" => "codes.encounterKinds",
        _ => null,
    };

    /// <summary>The version of the profile that maps it; null when none does.</summary>
    public static int? VersionThatMaps(string source, string place, string code)
    {
        if (SettingOf(source, place) is not { } setting)
            return null;
        var profile = Profiles.Of(source);
        var maps = setting == "codes.genders" ? profile.Genders.ContainsKey(code) : profile.EncounterKinds.ContainsKey(code);
        return maps ? profile.Version : null;
    }
}
