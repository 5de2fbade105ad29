namespace DorsetCareRecord.Access.Rules;

/// <summary>Whether an account may be used at a moment. The default is no.</summary>
public enum AccountStanding
{
    Unknown = 0,
    Active = 1,

    /// <summary>Enabled and never yet signed in; signing in makes it active.</summary>
    Invited = 2,

    /// <summary>Stopped by their organisation's administrator.</summary>
    Disabled = 3,

    /// <summary>Training is not recorded, or its time is over.</summary>
    TrainingOver = 4,

    /// <summary>The account was given for a time, which is over.</summary>
    Expired = 5,

    /// <summary>Not used for 180 days.</summary>
    Unused = 6,

    /// <summary>Their organisation is not a partner any more.</summary>
    OrganisationClosed = 7,
}

/// <summary>What the directory knows of an account that bears on its standing.</summary>
/// <param name="LastUsedAt">Last sign-in, or when an administrator last said to keep it.</param>
public sealed record AccountState(
    DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, DateOnly? TrainedUntil, DateOnly? ExpiresOn, DateTimeOffset? LastUsedAt,
    bool HasSignedIn, DateTimeOffset? OrganisationClosedAt);

public static class Standings
{
    public static readonly TimeSpan UnusedAfter = TimeSpan.FromDays(180);

    /// <summary>The first reason against, else active or invited. A day counts to its end in Dorset.</summary>
    public static AccountStanding Of(AccountState account, DateTimeOffset now)
    {
        var today = Showing.Dates.Today(now);
        return account switch
        {
            { OrganisationClosedAt: { } closed } when closed <= now => AccountStanding.OrganisationClosed,
            { DisabledAt: not null } => AccountStanding.Disabled,
            { ExpiresOn: { } end } when end < today => AccountStanding.Expired,
            { TrainedUntil: null } => AccountStanding.TrainingOver,
            { TrainedUntil: { } trained } when trained < today => AccountStanding.TrainingOver,
            _ when now - (account.LastUsedAt ?? account.CreatedAt) > UnusedAfter => AccountStanding.Unused,
            { HasSignedIn: false } => AccountStanding.Invited,
            _ => AccountStanding.Active,
        };
    }

    /// <summary>May sign in, and go on.</summary>
    public static bool MayEnter(this AccountStanding standing) => standing is AccountStanding.Active or AccountStanding.Invited;
}
