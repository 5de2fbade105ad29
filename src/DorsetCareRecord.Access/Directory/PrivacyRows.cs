namespace DorsetCareRecord.Access.Directory;

// What privacy officers work with: what is watched for, whom it is about, and what became of it.

/// <summary>A rule for privacy alerts with its limits. Data: a limit is changed by ending the row and saying it anew.</summary>
internal sealed class WatchRuleRow : Said
{
    /// <summary>P3 to P13.</summary>
    public required string Rule { get; set; }

    /// <summary>Named numbers and words of the rule, as JSON: <c>{"users": 5, "hours": 24}</c>.</summary>
    public required string Limits { get; set; }
}

/// <summary>Somebody whose every opening a privacy officer wants to hear of: in the news, or in an incident. By NHS number, so that a merge does not lose it.</summary>
internal sealed class WatchedPersonRow : Said
{
    public required string NhsNumber { get; set; }

    /// <summary>Whose officer asked; alerts go to the officer of whoever looked.</summary>
    public required string OrganisationCode { get; set; }
}

/// <summary>
/// What tells that a patient is a member of staff, or of their household, without saying who works there: salted hashes, one a
/// row, from the organisation's own list.
/// </summary>
internal sealed class StaffKeyRow
{
    public required string OrganisationCode { get; set; }

    /// <summary>Of their account here; empty for staff without one.</summary>
    public required string Subject { get; set; }

    /// <summary><c>number</c>, <c>born</c>, <c>house</c>, <c>phone</c> or <c>contact</c>.</summary>
    public required string Kind { get; set; }

    public required byte[] Hash { get; set; }
}

internal sealed class StaffSaltRow
{
    public short Id { get; set; }
    public required byte[] Salt { get; set; }
}

/// <summary>How far each chain of the audit has been watched.</summary>
internal sealed class WatchPlaceRow
{
    public required string Chain { get; set; }
    public long Link { get; set; }
}

/// <summary>How many people all but the busiest half per cent of a role's hours open, over the days before.</summary>
internal sealed class WatchPaceRow
{
    public required string Role { get; set; }
    public int AnHour { get; set; }
    public DateTimeOffset LearntAt { get; set; }
}

/// <summary>What became of an alert, in order; the last is its state.</summary>
internal sealed class AlertStepRow
{
    public Guid AlertId { get; set; }
    public int Step { get; set; }
    public required string State { get; set; }
    public required string Words { get; set; }
    public Guid AccountId { get; set; }
    public required string Name { get; set; }
    public required string OrganisationCode { get; set; }
    public DateTimeOffset TakenAt { get; set; }
}
