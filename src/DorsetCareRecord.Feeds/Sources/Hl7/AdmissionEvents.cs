using System.Collections.Frozen;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>What an ADT trigger is about (HL7 table 0003, chapter 3).</summary>
internal enum AdmissionEvent
{
    /// <summary>A visit: admitted, moved, discharged, booked, cancelled, updated.</summary>
    Visit = 1,

    /// <summary>The person alone; PV1 is there because the structure wants it.</summary>
    Person = 2,

    /// <summary>Two of the source's patients are one, or a patient got another number.</summary>
    Merge = 3,

    /// <summary>A visit was another patient's.</summary>
    Move = 4,

    /// <summary>A visit got another number, or two are one.</summary>
    VisitNumber = 5,

    /// <summary>Who is who changes in a way only a human should decide on.</summary>
    NeedsReview = 6,

    /// <summary>A query or bed census.</summary>
    NoConcern = 7,

    /// <summary>Two patients are the same person, and both numbers stay in use.</summary>
    Link = 8,

    /// <summary>They are not, after all.</summary>
    Unlink = 9,

    /// <summary>A patient's number was kept for the wrong person.</summary>
    MoveNumber = 10,
}

internal static class AdmissionEvents
{
    public static AdmissionEvent? Of(string trigger) => Known.TryGetValue(trigger, out var known) ? known : null;

    private static readonly FrozenDictionary<string, AdmissionEvent> Known = Build();

    private static FrozenDictionary<string, AdmissionEvent> Build()
    {
        var known = new Dictionary<string, AdmissionEvent>();
        // Visits. A09 to A33 of them say where a patient is on the way; A52 to A62 leave of absence and who attends.
        Add(AdmissionEvent.Visit, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 21, 22, 23, 25, 26, 27, 32, 33, 38);
        Add(AdmissionEvent.Visit, 52, 53, 54, 55, 61, 62);
        Add(AdmissionEvent.Person, 28, 31, 60, 48);
        // A46 and A47 change a patient's number: the old one is the same person as the new.
        Add(AdmissionEvent.Merge, 18, 30, 34, 36, 39, 40, 46, 47);
        Add(AdmissionEvent.Move, 44, 45);
        // Accounts and visits merged (35, 41, 42) or numbered anew (49, 50, 51).
        Add(AdmissionEvent.VisitNumber, 35, 41, 42, 49, 50, 51);
        Add(AdmissionEvent.Link, 24);
        Add(AdmissionEvent.Unlink, 37);
        Add(AdmissionEvent.MoveNumber, 43);
        // Deleting a person: who they are would go, and with it the way to all that was said of them. Only a human should do that.
        Add(AdmissionEvent.NeedsReview, 29);
        Add(AdmissionEvent.NoConcern, 19, 20);
        return known.ToFrozenDictionary();

        void Add(AdmissionEvent about, params ReadOnlySpan<int> triggers)
        {
            foreach (var trigger in triggers)
                known.Add($"A{trigger:00}", about);
        }
    }
}
