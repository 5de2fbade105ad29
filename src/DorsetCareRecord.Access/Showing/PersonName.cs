namespace DorsetCareRecord.Access.Showing;

/// <summary>A person's name by NHS CUI PAB-0049 to 0053: <c>FAMILY, Given (Title)</c>, without a label.</summary>
public static class PersonName
{
    public const string NotKnown = "Not Known";

    public static string Of(string? family, string? given, string? title)
    {
        var familyPart = string.IsNullOrWhiteSpace(family) ? NotKnown : family.Trim().ToUpperInvariant();
        var givenPart = string.IsNullOrWhiteSpace(given) ? "" : $", {given.Trim()}";
        var titlePart = string.IsNullOrWhiteSpace(title) ? "" : $" ({title.Trim()})";
        return familyPart + givenPart + titlePart;
    }
}
