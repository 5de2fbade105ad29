namespace DorsetCareRecord.Record.Sections;

/// <summary>Whom an item is kept for, on top of the rules of its section; numbers are stored and never reused.</summary>
public enum Audience
{
    /// <summary>From a council's files on children: only for those who work with children, whatever else a role sees of the section.</summary>
    ChildrensSocialCare = 1,
}
