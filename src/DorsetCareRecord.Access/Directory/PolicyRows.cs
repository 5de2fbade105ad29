namespace DorsetCareRecord.Access.Directory;

/// <summary>Something said for a time, by somebody, for a reason. It is never changed: it is ended, and said anew.</summary>
internal abstract class Said
{
    public Guid Id { get; set; }
    public DateTimeOffset ValidFrom { get; set; }
    public DateTimeOffset? ValidTo { get; set; }
    public required string MadeBy { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    public required string Why { get; set; }
    public string? EndedBy { get; set; }
    public string? EndedWhy { get; set; }
}

/// <summary>One organisation lets another see one category for one purpose. No row, no access.</summary>
internal sealed class SharingAgreementRow : Said
{
    public required string SourceOrg { get; set; }
    public required string ConsumerOrg { get; set; }
    public short Category { get; set; }
    public required string Purpose { get; set; }
    public required string Preset { get; set; }
}

/// <summary>In a preset, how much of a category a role sees.</summary>
internal sealed class RoleRuleRow : Said
{
    public required string Preset { get; set; }
    public required string Role { get; set; }
    public short Category { get; set; }
    public required string Extent { get; set; }
}

/// <summary>A switch, for all (no organisation) or for one.</summary>
internal sealed class PolicySettingRow : Said
{
    public required string Name { get; set; }
    public string? OrganisationCode { get; set; }
    public required string Value { get; set; }
}

/// <summary>A set of codes and clinics whose items are of a category.</summary>
internal sealed class SensitiveSetRow : Said
{
    public required string Name { get; set; }
    public short Category { get; set; }
}

/// <summary><c>code:system|code</c>, <c>code:</c> for items without a code, or <c>clinic:name</c> in lower case.</summary>
internal sealed class SensitiveMemberRow
{
    public Guid SetId { get; set; }
    public required string Key { get; set; }
}

/// <summary>Somebody chose not to have a Dorset Care Record. By NHS number, so that a merge or a rebuild does not lose it.</summary>
internal sealed class OptOutRow : Said
{
    public required string NhsNumber { get; set; }
}

/// <summary>Somebody whose whereabouts are protected though no source says so.</summary>
internal sealed class RestrictedPersonRow : Said
{
    public required string NhsNumber { get; set; }
}

internal sealed class NationalCodeRow
{
    public required string Code { get; set; }
    public required string Permission { get; set; }
}

internal sealed class NationalInclusionRow
{
    public required string Code { get; set; }
    public required string Includes { get; set; }
}

/// <summary>One row; triggers on the tables of policy let it grow with every change, whoever makes it.</summary>
internal sealed class PolicyVersionRow
{
    public short Id { get; set; }
    public long Version { get; set; }
}

/// <summary>Why somebody looks, said by themselves: for one session and one person, and for a time.</summary>
internal sealed class DeclarationRow
{
    public Guid Id { get; set; }
    public Guid SessionId { get; set; }
    public Guid AccountId { get; set; }
    public Guid PersonId { get; set; }

    /// <summary><c>relationship</c> or <c>break-glass</c>.</summary>
    public required string Kind { get; set; }

    public required string ReasonCode { get; set; }
    public string? Words { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>Something a privacy officer must look at. Never changed: what becomes of it is told elsewhere.</summary>
internal sealed class AlertRow
{
    public Guid Id { get; set; }
    public DateTimeOffset RaisedAt { get; set; }

    /// <summary>P1 to P13 of the rules for privacy alerts.</summary>
    public required string Rule { get; set; }

    /// <summary>Whose privacy officer decides: the user's organisation.</summary>
    public required string OrganisationCode { get; set; }

    /// <summary>Feeds that know the person: the officers of their organisations are told too.</summary>
    public required string[] Feeds { get; set; }

    public Guid? AccountId { get; set; }
    public Guid? PersonId { get; set; }

    /// <summary>The declaration that raised it; null when a rule noticed something.</summary>
    public Guid? DeclarationId { get; set; }

    /// <summary>The reason given, or what was noticed in figures.</summary>
    public required string Reason { get; set; }

    /// <summary>How officers speak of it: it tells nobody whom it is about.</summary>
    public long Number { get; set; }

    /// <summary>What makes it the same alert again, so that a rule evaluated twice alerts once; null for what is always its own.</summary>
    public string? Once { get; set; }

    /// <summary>When what it is about was done.</summary>
    public DateTimeOffset? SeenAt { get; set; }
}
