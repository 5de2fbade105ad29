namespace DorsetCareRecord.Access.Reading;

/// <summary>Why a record is opened. Only direct care, and what supports it, is a purpose of this record.</summary>
public enum Purpose
{
    DirectCare = 1,

    /// <summary>Booking, sending, filing for those who give the care.</summary>
    SupportOfDirectCare = 2,
}

internal static class Purposes
{
    internal static string Name(Purpose purpose) => purpose switch
    {
        Purpose.DirectCare => "direct-care",
        Purpose.SupportOfDirectCare => "support-of-direct-care",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };
}
