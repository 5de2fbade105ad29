using System.Reflection;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Audit;

/// <summary>Writes the audit. A method that returns has committed; there is no way to write later or not at all.</summary>
internal static class AuditLog
{
    private static readonly string Version =
        typeof(AuditLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    internal static Task<long> WriteAsync(AccessDatabase database, Note note, CancellationToken cancel) =>
        database.Audit.AddAsync(note.Viewer?.Organisation ?? AuditWriter.NobodysChain, LineOf(note, database.Clock.GetUtcNow()), cancel);

    /// <param name="seq">Number of the note that this is what it showed.</param>
    internal static Task ShownAsync(AccessDatabase database, Viewer viewer, long seq, int part, Guid[] entries, long[] messages,
        IReadOnlyDictionary<Section, int> withheld, CancellationToken cancel) =>
        database.Audit.AddAsync(viewer.Organisation, new ShownLine
        {
            AuditSeq = seq,
            Part = part,
            Entries = entries,
            Messages = messages,
            Withheld = [.. withheld.Select(pair => $"{(short)pair.Key}:{pair.Value}")],
        }, cancel);

    private static NoteLine LineOf(Note note, DateTimeOffset now)
    {
        var viewer = note.Viewer;
        return new NoteLine
        {
            Seq = note.Number ?? 0,
            OccurredAt = now.UtcDateTime.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMicrosecond)), // what the database keeps of it
            Action = ActName(note.Act),
            Outcome = note.Outcome == Outcome.Allowed ? "allowed" : "refused",
            Purpose = note.Purpose is { } purpose ? Reading.Purposes.Name(purpose) : null,
            Person = note.Person,
            Sections = [.. note.Sections.Select(section => (short)section)],
            Rules = [.. note.Rules],
            Entry = note.Entry,
            Searched = note.Searched,
            Found = [.. note.Found],
            Account = viewer?.Account,
            Issuer = viewer?.Issuer ?? note.Stranger?.Issuer,
            Subject = viewer?.Subject ?? note.Stranger?.Subject,
            Name = viewer?.Name,
            Role = viewer is null ? null : Rules.RoleNames.Name(viewer.Role),
            Organisation = viewer?.Organisation,
            Session = viewer?.Session,
            Address = note.Origin.Address,
            RequestId = note.Origin.RequestId,
            Version = Version,
        };
    }

    private static string ActName(Act act) => act switch
    {
        Act.SignIn => "sign-in",
        Act.SignOut => "sign-out",
        Act.ProviderSignOut => "provider-sign-out",
        Act.ReplaceSession => "replace-session",
        Act.AskOrganisation => "ask-organisation",
        Act.SwitchOrganisation => "switch-organisation",
        Act.ListSessions => "list-sessions",
        Act.EndSession => "end-session",
        Act.EndUserSessions => "end-user-sessions",
        Act.Search => "search",
        Act.View => "view",
        Act.LiveRefresh => "live-refresh",
        Act.OpenLetter => "open-letter",
        Act.OpenReport => "open-report",
        Act.DownloadLetter => "download-letter",
        Act.ViewAsKnown => "view-as-known",
        Act.OpenChanges => "open-changes",
        Act.SearchInside => "search-inside",
        Act.ReportProblem => "report-problem",
        Act.ListCorrections => "list-corrections",
        Act.WorkCorrection => "work-correction",
        Act.Print => "print",
        Act.Export => "export",
        Act.OpenMyWork => "open-my-work",
        Act.KeepList => "keep-list",
        Act.ToldOfNews => "told-of-news",
        Act.ListAccounts => "list-accounts",
        Act.EnableAccount => "enable-account",
        Act.DisableAccount => "disable-account",
        Act.AskAct => "ask-act",
        Act.ReadMatch => "read-match",
        Act.ReadCutover => "read-cutover",
        Act.ReadMessage => "read-message",
        Act.SearchMessages => "search-messages",
        Act.StageFeed => "stage-feed",
        Act.SayNotice => "say-notice",
        Act.EndNotice => "end-notice",
        Act.BreakGlass => "break-glass",
        Act.InviteUser => "invite-user",
        Act.RecordTraining => "record-training",
        Act.KeepUser => "keep-user",
        Act.SetRole => "set-role",
        Act.ListTeams => "list-teams",
        Act.OpenTeam => "open-team",
        Act.CloseTeam => "close-team",
        Act.SetTeam => "set-team",
        Act.ProposeChange => "propose-change",
        Act.ApproveChange => "approve-change",
        Act.RefuseChange => "refuse-change",
        Act.ListAgreements => "list-agreements",
        Act.EndAgreement => "end-agreement",
        Act.ExplainDecision => "explain-decision",
        Act.DeclareRelationship => "declare-relationship",
        Act.AskReason => "ask-reason",
        Act.ReadHistory => "read-history",
        Act.ExportHistory => "export-history",
        Act.OpenPrivacyDesk => "open-privacy-desk",
        Act.ReadAlert => "read-alert",
        Act.DecideAlert => "decide-alert",
        Act.ReadWatchList => "read-watch-list",
        Act.ChangeWatchList => "change-watch-list",
        Act.ReadFigures => "read-figures",
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };
}
