using System.Globalization;
using DorsetCareRecord.Testing;
using Npgsql;

namespace DorsetCareRecord.Access.Tests.Privacy;

/// <summary>
/// How much of seeded misuse the rules find, and how often they cry wolf. Twelve days by default; <c>DCR_MISUSE_YEAR=whole</c> lives the
/// whole year with fifty of each kind.
/// </summary>
public sealed class WatchYearTests(PostgresFixture postgres)
{
    [Fact]
    public async Task When_a_year_of_work_holds_misuse_then_the_rules_find_it_and_seldom_cry_wolf()
    {
        var isWhole = Environment.GetEnvironmentVariable("DCR_MISUSE_YEAR") == "whole";
        await using var house = await ReadingHouse.BeginAsync(postgres);
        var year = new MisuseYear(house, seed: 20261126, days: isWhole ? 250 : 12, ofEachKind: isWhole ? 50 : 4, patients: isWhole ? 1500 : 450);

        await year.LiveAsync();

        var alerts = await AlertsAsync(house);
        var missed = year.Done.Where(misuse => !alerts.Any(alert => Tells(alert, misuse))).ToList();
        // Whoever is on the watch list is told of on request, rightly looked at or not.
        var wolf = alerts.Where(alert => alert.Rule != "P6" && !year.Done.Any(misuse => IsAbout(alert, misuse))).ToList();
        var found = 1 - ((double)missed.Count / year.Done.Count);
        var figures = string.Create(CultureInfo.InvariantCulture, $"""
            {year.Notes} notes, {year.UserDays} user-days, {year.Done.Count} misuses, {found:P1} found, {wolf.Count} false alerts ({200.0 * wolf.Count / year.UserDays:0.00} per 200 user-days)
            missed: {string.Join(", ", missed.GroupBy(one => one.Kind).Select(kind => $"{kind.Key} {kind.Count()}"))}
            false: {string.Join(", ", wolf.GroupBy(one => one.Rule).Select(rule => $"{rule.Key} {rule.Count()}"))}
            """);
        TestContext.Current.SendDiagnosticMessage(figures);
        Assert.True(found >= 0.95, figures);
        Assert.True(200.0 * wolf.Count / year.UserDays <= 1, figures);
    }

    private static readonly Dictionary<string, string> RuleOf = new()
    {
        ["own"] = "P3", ["house"] = "P4", ["phone"] = "P4", ["contact"] = "P4", ["colleague"] = "P5", ["watched"] = "P6", ["crowd"] = "P7", ["volume"] = "P8",
        ["misses"] = "P9", ["walking"] = "P9", ["dead"] = "P10", ["papers"] = "P11", ["address"] = "P13",
    };

    private static bool Tells(Raised alert, Misuse misuse) => alert.Rule == RuleOf[misuse.Kind] && IsAbout(alert, misuse);

    private static bool IsAbout(Raised alert, Misuse misuse) => alert.Account is { } account
        ? misuse.Accounts.Contains(account) && alert.Day == misuse.Day
        : alert.Person == misuse.Person;

    private sealed record Raised(string Rule, Guid? Account, Guid? Person, DateOnly Day);

    private static async Task<List<Raised>> AlertsAsync(ReadingHouse house)
    {
        await using var connection = await house.Database.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select rule, account_id, person_id, (seen_at at time zone 'Europe/London')::date from access.alert where once is not null", connection);
        await using var row = await command.ExecuteReaderAsync();
        var alerts = new List<Raised>();
        while (await row.ReadAsync())
            alerts.Add(new(row.GetString(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetFieldValue<DateOnly>(3)));
        return alerts;
    }
}
