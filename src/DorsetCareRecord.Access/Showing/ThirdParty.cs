using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>
/// Content about somebody else than the person: their next of kin, their carers, a child a parent is linked to. What is handed to the person
/// carries the label, for it wants a look first (Data Protection Act 2018, schedule 2, paragraph 16). Staff and providers in their work are not meant.
/// </summary>
public static class ThirdParty
{
    public const string Label = "Third-party content";

    public const string Advice = "Lines marked “third-party content” are about other people: have somebody look at them before this is given to the person.";

    public static bool IsIn(Item item) => item is Contact;
}
