namespace DorsetCareRecord.Feeds.Sources;

/// <summary>NHS Data Dictionary, ETHNIC CATEGORY (2001 census): the codes that systems send without words.</summary>
internal static class Ethnicity
{
    /// <summary>The category's words; what is no code of the list is kept as it came.</summary>
    public static string? Of(string? text) => Words.Of(text) switch
    {
        "A" => "White - British",
        "B" => "White - Irish",
        "C" => "White - any other background",
        "D" => "Mixed - White and Black Caribbean",
        "E" => "Mixed - White and Black African",
        "F" => "Mixed - White and Asian",
        "G" => "Mixed - any other background",
        "H" => "Asian - Indian",
        "J" => "Asian - Pakistani",
        "K" => "Asian - Bangladeshi",
        "L" => "Asian - any other background",
        "M" => "Black - Caribbean",
        "N" => "Black - African",
        "P" => "Black - any other background",
        "R" => "Chinese",
        "S" => "Any other ethnic group",
        "Z" => "Not stated",
        var words => words,
    };
}
