using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Portal.Hosting;
using Npgsql;

namespace DorsetCareRecord.Portal.Commands;

/// <summary>Proof that no note was touched, and what stood on a screen at a moment. Both read as the owner, for nobody else may.</summary>
internal static class Audit
{
    private static readonly JsonSerializerOptions ForReading = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <returns>1 when anything is broken, so that a nightly run fails loudly.</returns>
    internal static async Task<int> VerifyAsync(bool asJson)
    {
        if (Settings.Owner is not { } owner)
            return Usage.Fail(Settings.NoOwner);
        var watch = Stopwatch.StartNew();
        AuditVerdict verdict;
        try
        {
            verdict = await Verification.RunAsync(owner, Settings.ReadOrUp("DCR_AUDIT_ANCHORS"));
        }
        catch (NpgsqlException fault)
        {
            return Usage.Fail($"The audit could not be read: {fault.Message}");
        }

        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(verdict, JsonSerializerOptions.Web));
            return verdict.IsWhole ? 0 : 1;
        }

        foreach (var found in verdict.Breaks)
            Console.WriteLine($"BROKEN  chain {found.Chain}, line {found.Link}: {found.What}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{verdict.Chains} chains, {verdict.Rows} lines, {verdict.Rows / Math.Max(0.001, watch.Elapsed.TotalSeconds):0} a second"));
        if (verdict.Unchained > 0)
            Console.WriteLine($"{verdict.Unchained} lines are older than the chains and prove nothing");
        Console.WriteLine(verdict.LastAnchor is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"{verdict.Anchors} anchors, the last of {last:yyyy-MM-dd HH:mm:ss}Z")
            : "no anchors: a tail cut off together with its head would not be found");
        Console.WriteLine(verdict.IsWhole ? "no break" : $"{verdict.Breaks.Count} broken");
        return verdict.IsWhole ? 0 : 1;
    }

    internal static async Task<int> ScreenAsync(string subject, string time)
    {
        if (Settings.Owner is not { } owner)
            return Usage.Fail(Settings.NoOwner);
        if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var at))
            return Usage.Fail("The time is not one: 2026-11-25T14:02 is.");
        Screen? screen;
        try
        {
            screen = await Screen.AtAsync(owner, subject, at);
        }
        catch (NpgsqlException fault)
        {
            return Usage.Fail($"The audit could not be read: {fault.Message}");
        }

        if (screen is null)
        {
            Console.WriteLine("nothing was opened by that user in the 12 hours before");
            return 1;
        }

        Console.WriteLine(JsonSerializer.Serialize(screen, ForReading));
        return 0;
    }
}
