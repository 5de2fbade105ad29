namespace DorsetCareRecord.Record.Values;

/// <summary>
/// How closely a source wants an item kept (HL7 v3-Confidentiality, of which the record keeps three steps; HL7 v2 tables 0177 and
/// 0272). In order of strictness, so the stricter of two is the greater. What an item does not say is not said, never normal.
/// </summary>
public enum Confidentiality
{
    /// <summary>N, and whatever is less than it (U, L, M).</summary>
    Normal = 1,

    /// <summary>R: for those directly concerned.</summary>
    Restricted = 2,

    /// <summary>V: the most sensitive, as its source says.</summary>
    VeryRestricted = 3,
}
