using System.Globalization;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Feeds.Desk;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Portal.Pages.Feeds;

/// <summary>The desk's words: states, reasons and who mends them, lengths of time.</summary>
internal static class Words
{
    /// <summary>Symbol, class and word; never fewer than the three.</summary>
    internal static (string Icon, string Class, string Word) State(FeedRow row) => (row.State, row.Pause) switch
    {
        (SourceState.Silent, _) => ("i-warn", "is-silent", "Silent"),
        (SourceState.Late, _) => ("i-clock", "is-late", "Late"),
        (_, not null) => ("i-pause", "is-paused", "Paused"),
        (SourceState.NotConnected, _) => ("i-off", "is-off", "Not connected"),
        _ => ("i-tick", "is-live", "Live"),
    };

    internal static string MessageState(string state) => state switch
    {
        "waiting" => "Waiting",
        "parked" => "Parked",
        "applied" => "Applied",
        "no-concern" => "Of no concern",
        "duplicate" => "Duplicate",
        "set-aside" => "Set aside",
        _ => "In no state: this is a fault of ours",
    };

    /// <summary>What a reason means, and what mends it.</summary>
    internal static (string Meaning, string Mend) Reason(string reason) => reason switch
    {
        Reasons.Unreadable => ("Cannot be read", "the sender; then replay, or mend a copy"),
        Reasons.UnknownType => ("Of a type we do not know", "us: an adapter; then replay"),
        Reasons.NoPatient => ("No patient in it that we can tell", "the sender; or mend a copy"),
        Reasons.InvalidNhsNumber => ("NHS number cannot be one", "the sender"),
        Reasons.InvalidDate => ("A date that cannot be", "the sender"),
        Reasons.TooLarge => ("Too large", "the sender: in parts, or raise the limit"),
        Reasons.WrongVersion => ("Of a version we do not read", "us: an adapter; then replay"),
        Reasons.ManifestMismatch => ("Files and manifest disagree", "the council: send the extract again"),
        Reasons.Incomplete => ("Cut short", "the sender sends it again; set this aside"),
        Reasons.WrongEnvironment => ("A test message", "the sender: their test system points here; set this aside"),
        Reasons.MergeNeedsReview => ("A merge two people must look at", "the list of possible same persons"),
        Reasons.AdapterFault => ("Our adapter failed", "us: mend the adapter, then replay"),
        Reasons.ApplyFault => ("Could not be written", "us: look into it, then replay"),
        Reasons.MachineryFault => ("The database failed each attempt", "us: look at the database, then replay"),
        _ => (reason, "look at one"),
    };

    internal static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => "under 1 s",
        { TotalSeconds: < 100 } => $"{span.TotalSeconds:0} s",
        { TotalMinutes: < 100 } => $"{span.TotalMinutes:0} min",
        { TotalHours: < 48 } => $"{span.TotalHours:0} h",
        _ => $"{span.TotalDays:0} days",
    };

    internal static string Number(double number) =>
        number.ToString(number is > 0 and < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);

    /// <summary>Points of a sparkline 100 wide and 24 high.</summary>
    internal static string Spark(IReadOnlyList<int> hours)
    {
        var top = Math.Max(1, hours.Max());
        return string.Join(' ', hours.Select((count, i) => string.Create(CultureInfo.InvariantCulture,
            $"{i * 100.0 / Math.Max(1, hours.Count - 1):0.#},{23 - 21.0 * count / top:0.#}")));
    }

    internal static string Asked(string kind) => kind switch
    {
        "replay" => "Replay",
        "pause" => "Pause",
        "resume" => "Resume",
        "set-aside" => "Set aside",
        "edit" => "Mend a copy",
        "code" => "Rule on a code",
        "look" => "Look up",
        _ => kind,
    };

    internal static string State(CodeState state) => state switch
    {
        CodeState.Open => "Open",
        CodeState.Mapped => "Mapped",
        CodeState.Ignored => "Ignored",
        _ => throw new InvalidOperationException("A state of a code that no page shows."),
    };

    internal static string Ruled(RuleOnCode.Answer? answer) => answer switch
    {
        { State: CodeState.Mapped } => $"Mapped by version {answer.ProfileVersion} of the profile. ./dcr rebuild reads again what came before.",
        { State: CodeState.Ignored } => "Ignored; it stays in the list.",
        _ => "Open again.",
    };

    /// <summary>What readers are told of a source in this state.</summary>
    internal static string ToldReaders(FeedRow row, DateTimeOffset now) => row switch
    {
        { LastReceived: null } => "Not connected",
        { State: SourceState.Silent } => $"Nothing received since: {Shares.Brief(row.Source.Code)} {Dates.Lately(row.LastReceived.Value, now)}",
        { State: SourceState.Late } => $"Late, nothing since: {Shares.Brief(row.Source.Code)} {Dates.Lately(row.LastReceived.Value, now)}",
        _ => $"{Shares.Brief(row.Source.Code)} {Dates.Lately(row.LastReceived.Value, now)}",
    };
}
