using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Audit;

/// <summary>Where a request came from; written with every act.</summary>
/// <param name="Address">The viewer's network address.</param>
/// <param name="RequestId">Ours, also in the log, so that the two can be laid side by side.</param>
public sealed record Origin(string? Address, string? RequestId);

/// <summary>What was done. A closed list: the audit's readers count by it.</summary>
public enum Act
{
    SignIn,
    SignOut,

    /// <summary>The provider ended it.</summary>
    ProviderSignOut,

    /// <summary>The same browser signed in anew.</summary>
    ReplaceSession,

    /// <summary>Proved who they are, and was asked for which of several organisations they come.</summary>
    AskOrganisation,

    /// <summary>Goes on for another organisation: from which, in the rules.</summary>
    SwitchOrganisation,

    /// <summary>Saw their own sign-ins.</summary>
    ListSessions,

    /// <summary>Ended other sign-ins of their own: which, in the rules.</summary>
    EndSession,

    /// <summary>An administrator ended all sign-ins of somebody: of whose account, in the found.</summary>
    EndUserSessions,
    Search,
    View,
    LiveRefresh,
    OpenLetter,
    OpenReport,
    DownloadLetter,

    /// <summary>The record as it was known at a moment, which the note's rules name.</summary>
    ViewAsKnown,
    OpenChanges,
    SearchInside,
    ReportProblem,
    ListCorrections,
    WorkCorrection,
    Print,
    Export,
    OpenMyWork,
    KeepList,
    ToldOfNews,
    ListAccounts,
    EnableAccount,
    DisableAccount,

    /// <summary>Asked the worker for something (replay, pause, link ...): what, in the rules; why, in the words.</summary>
    AskAct,

    /// <summary>Read a message as its sender wrote it: which, in the rules; why, in the words.</summary>
    ReadMessage,

    /// <summary>Saw what tells two records apart, to decide whether they are one person: which pair in the rules, whose in the found.</summary>
    ReadMatch,

    /// <summary>Saw the differences of a cutover, person by person.</summary>
    ReadCutover,

    /// <summary>Looked for messages.</summary>
    SearchMessages,

    /// <summary>Set who sees a new source.</summary>
    StageFeed,

    /// <summary>An operator tells everybody something.</summary>
    SayNotice,

    /// <summary>An operator takes it back before its time.</summary>
    EndNotice,
    BreakGlass,
    InviteUser,
    RecordTraining,
    KeepUser,
    SetRole,
    ListTeams,
    OpenTeam,
    CloseTeam,
    SetTeam,
    ProposeChange,
    ApproveChange,
    RefuseChange,
    ListAgreements,
    EndAgreement,
    ExplainDecision,
    DeclareRelationship,
    AskReason,

    /// <summary>Who looked at a person, for the person who asks.</summary>
    ReadHistory,
    ExportHistory,
    OpenPrivacyDesk,
    ReadAlert,
    DecideAlert,
    ReadWatchList,
    ChangeWatchList,
    ReadFigures,
}

public enum Outcome
{
    Allowed,
    Refused,
}

/// <summary>One line of the audit, before it has a number and a time.</summary>
internal sealed record Note
{
    public required Act Act { get; init; }

    /// <summary>Its number, where one was drawn beforehand; else it is given one as it is written.</summary>
    public long? Number { get; init; }
    public required Outcome Outcome { get; init; }
    public required Viewer? Viewer { get; init; }
    public required Origin Origin { get; init; }
    public Reading.Purpose? Purpose { get; init; }
    public Guid? Person { get; init; }
    public Guid? Entry { get; init; }
    public IReadOnlyList<Section> Sections { get; init; } = [];
    public IReadOnlyList<string> Rules { get; init; } = [];
    public string? Searched { get; init; }
    public IReadOnlyList<Guid> Found { get; init; } = [];

    /// <summary>Who tried to sign in, when that made no viewer.</summary>
    public (string Issuer, string Subject)? Stranger { get; init; }
}
