using System.Diagnostics;

namespace DorsetCareRecord.Benchmarks;

/// <summary>
/// Whether a refusal takes longer about somebody who is there: pages about a person who opted out and about an id that is nobody's, asked in
/// pairs, the order changing, so that whatever else the machine does falls on both. Their difference is the oracle that must not be.
/// </summary>
internal static class Refusals
{
    private const string Nobody = "a page about nobody: not found";
    private const int Pairs = 400;

    public static async Task RunAsync(House house, IReadOnlyList<Uri> pages, Rounds rounds)
    {
        var person = pages[^1].Segments[^1];
        await OptOutAsync("""
            insert into access.opt_out (id, nhs_number, valid_from, made_by, made_at, why)
            select gen_random_uuid(), d.nhs_number, '2000-01-01Z', 'bench', now(), 'bench' from record.demographics d
            join record.person_link l on l.identity_id = d.identity_id and l.ended_at is null
            where l.person_id = $1::uuid and d.nhs_number is not null limit 1
            """);
        try
        {
            using var browser = await Browser.SignInAsync(house.Portal, "clinician.dch");
            var differences = new double[Pairs];
            var (there, absent) = (new double[Pairs], new double[Pairs]);
            for (var i = 0; i < Pairs; i++)
            {
                var nobody = new Uri(house.Portal, $"record/{Guid.NewGuid()}");
                if (i % 2 == 0)
                    absent[i] = await TimeAsync(browser, nobody);
                there[i] = await TimeAsync(browser, pages[^1]);
                if (i % 2 == 1)
                    absent[i] = await TimeAsync(browser, nobody);
                differences[i] = there[i] - absent[i];
            }

            rounds.Add(Nobody, "ms", Median(absent));
            rounds.Add("a page about somebody who opted out: not found", "ms", Median(there), Nobody);
            rounds.Add("the difference of the two, median of pairs", "ms", Median(differences));
        }
        finally
        {
            await OptOutAsync("delete from access.opt_out where made_by = 'bench' and $1::uuid is not null");
        }

        async Task OptOutAsync(string sql)
        {
            await using var command = house.Owner.CreateCommand(sql);
            command.Parameters.Add(new() { Value = Guid.Parse(person) });
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<double> TimeAsync(Browser browser, Uri page)
    {
        var since = Stopwatch.GetTimestamp();
        if (await browser.StatusAsync(page) != System.Net.HttpStatusCode.NotFound)
            throw new InvalidOperationException("A page that should be refused was not.");
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
