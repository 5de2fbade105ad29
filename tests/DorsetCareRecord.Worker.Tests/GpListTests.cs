using System.Text;
using DorsetCareRecord.Feeds.Files;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Testing;
using DorsetCareRecord.Worker.Drain;
using Npgsql;
using Xunit;

namespace DorsetCareRecord.Worker.Tests;

/// <summary>A practice's list of allergies over four nights, from the door's bytes to the rows that are shown.</summary>
public sealed class GpListTests(PostgresFixture postgres)
{
    private const string Patient = """{"resource":{"resourceType":"Patient","id":"p1","name":[{"family":"Hardwick"}]}}""";

    private const string Warning = """
        ,"extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ListWarningCode","valueCodeableConcept":{"coding":[{"code":"data-in-transit"}]}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_a_list_has_a_warning_then_it_ends_nothing_and_the_next_whole_one_does()
    {
        await using var database = await postgres.CreateFullDatabaseAsync();
        await using var worker = NpgsqlDataSource.Create(RecordSchema.WithSearchPath(database.Worker));

        var shown = new List<string>();
        foreach (var bundle in (string[])
            [
                Bundle(1, List("", "a1", "a2"), Allergy("a1"), Allergy("a2")),
                Bundle(2, List(Warning, "a1"), Allergy("a1")),
                Bundle(3),
                Bundle(4, """{"resource":{"resourceType":"OperationOutcome","issue":[{"code":"not-found"}]}}"""),
                Bundle(5, List("", "a1"), Allergy("a1")),
                Bundle(6, List("")),
            ])
        {
            await TakeAsync(worker, bundle);
            shown.Add(await ShownAsync(worker));
        }

        Assert.Equal(
            [
                "a1 a2 | ", "a1 a2 | DataInTransit", "a1 a2 | DataInTransit", "a1 a2 | DataInTransit", "a1 | ", " | NothingRecorded",
            ],
            shown);
    }

    private static async Task TakeAsync(NpgsqlDataSource database, string bundle)
    {
        await using (var inbox = new Inbox(database, TimeProvider.System, new WaitingSignal()))
        {
            await inbox.AcceptAsync(
                new Delivery { Source = SourceCodes.Gp, Format = Formats.FhirJson, Body = Encoding.UTF8.GetBytes(bundle), Patient = "p1" }, Cancel);
        }

        var lanes = new Lanes(database, TimeProvider.System);
        var work = new LaneWork(new Projector(), new ExtractGuard(CollapseSettings.From(_ => null)));
        while ((await lanes.DrainOneAsync(work, Cancel)).Messages > 0)
        {
        }
    }

    /// <summary>Allergies that have not ended, and what the list says of itself.</summary>
    private static async Task<string> ShownAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            select coalesce((select string_agg(source_key, ' ' order by source_key) from allergy where not ended), ''),
              coalesce((select string_agg(kind::text, ' ' order by kind) from notice where not ended), '')
            """);
        await using var row = await command.ExecuteReaderAsync(Cancel);
        await row.ReadAsync(Cancel);
        var kinds = row.GetString(1).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(k => Enum.Parse<Record.Sections.NoticeKind>(k));
        return $"{row.GetString(0)} | {string.Join(' ', kinds)}";
    }

    private static string Bundle(int night, params string[] entries) => $$"""
        {"resourceType":"Bundle","type":"collection","timestamp":"2026-11-2{{night}}T02:00:00Z","entry":[{{string.Join(',', entries.Prepend(Patient))}}]}
        """;

    private static string Allergy(string id) =>
        $$$$"""{"resource":{"resourceType":"AllergyIntolerance","id":"{{{{id}}}}","code":{"text":"Nuts"},"patient":{"reference":"Patient/p1"}}}""";

    private static string List(string warning, params string[] ids)
    {
        var items = string.Join(',', ids.Select(id => $$$"""{"item":{"reference":"AllergyIntolerance/{{{id}}}"}}"""));
        var entry = ids.Length == 0 ? "" : $",\"entry\":[{items}]";
        return $$$"""
            {"resource":{"resourceType":"List","id":"l1","status":"current","mode":"snapshot","code":{"coding":[{"code":"886921000000105"}]},
            "subject":{"reference":"Patient/p1"}{{{entry}}}{{{warning}}} }}
            """;
    }
}
