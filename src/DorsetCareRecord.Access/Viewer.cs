using DorsetCareRecord.Access.Rules;

namespace DorsetCareRecord.Access;

/// <summary>
/// Who looks, as the directory had them at this request. Passed to everything that reads; there is no ambient user.
/// </summary>
/// <param name="Account">Ours.</param>
/// <param name="Session">The sign-in this request belongs to.</param>
/// <param name="Issuer">With <paramref name="Subject"/> the identity; never a name or an e-mail address.</param>
/// <param name="Subject">As the issuer knows them.</param>
/// <param name="Name">For people.</param>
/// <param name="Organisation">Code of the organisation that enabled them.</param>
/// <param name="OrganisationName">In full.</param>
/// <param name="Role">Given by that organisation.</param>
public sealed record Viewer(
    Guid Account,
    Guid Session,
    string Issuer,
    string Subject,
    string Name,
    string Organisation,
    string OrganisationName,
    Role Role)
{
    /// <summary>Whether their account may be used; unless somebody says so, it may not.</summary>
    public AccountStanding Standing { get; init; }

    /// <summary>Of policy at this request; zero when it was not asked, and policy is then read anew.</summary>
    public long PolicyVersion { get; init; }

    /// <summary>Other organisations have enabled them too, and their sign-in does not say that it is for this one.</summary>
    public bool WorksElsewhere { get; init; }

    /// <summary>When they last proved who they are; the beginning of time when the provider did not say.</summary>
    public DateTimeOffset AuthenticatedAt { get; init; }
}
