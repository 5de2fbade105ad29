namespace DorsetCareRecord.Access.Reading;

/// <summary>Why a record is opened. Only direct care, and what supports it, is a purpose of this record.</summary>
public enum Purpose
{
    DirectCare = 1,

    /// <summary>Booking, sending, filing for those who give the care.</summary>
    SupportOfDirectCare = 2,
}

public static class Purposes
{
    /// <summary>Why somebody of this role opens records at all.</summary>
    public static Purpose Of(Rules.Role role) => role == Rules.Role.Clerical ? Purpose.SupportOfDirectCare : Purpose.DirectCare;

    internal static string Name(Purpose purpose) => purpose switch
    {
        Purpose.DirectCare => "direct-care",
        Purpose.SupportOfDirectCare => "support-of-direct-care",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    /// <summary>An unknown purpose is none.</summary>
    internal static Purpose? Find(string name) => name switch
    {
        "direct-care" => Purpose.DirectCare,
        "support-of-direct-care" => Purpose.SupportOfDirectCare,
        _ => null,
    };
}
