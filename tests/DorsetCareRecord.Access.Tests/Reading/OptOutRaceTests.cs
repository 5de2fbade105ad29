using System.Collections.Concurrent;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

/// <summary>Somebody opts out while many are opening their record (S30; ASVS 5.0, 15.4.2): no opening that begins after is let in, whatever else goes on.</summary>
public sealed class OptOutRaceTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const int Readers = 8;

    private ReadingHouse _house = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _house = await ReadingHouse.BeginAsync(postgres);

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_somebody_opts_out_during_openings_then_none_that_begins_afterwards_is_let_in()
    {
        var edith = await _house.TellEdithAsync();
        var viewer = await Setup.SignInAsync(_house.Access, "clinician.dch", _house.Clock);
        var openings = new ConcurrentBag<(bool BeganAfter, Opening Opening)>();
        var hasOptedOut = false;
        using var warm = new CountdownEvent(Readers);

        var readers = Enumerable.Range(0, Readers).Select(_ => Task.Run(ReadAsync, Cancel)).ToList();
        await Task.Run(() => warm.Wait(Cancel), Cancel);
        await _house.AskAsync("insert into access.opt_out (id, nhs_number, valid_from, made_by, made_at, why) values (gen_random_uuid(), '9990000018', '2000-01-01Z', 't', now(), 't')");
        Volatile.Write(ref hasOptedOut, true); // only now: what began before may see either
        await Task.WhenAll(readers);

        Assert.Contains(openings, one => one is { BeganAfter: false, Opening: Opening.Opened });
        Assert.True(openings.Count(one => one.BeganAfter) >= Readers * 3);
        Assert.All(openings.Where(one => one.BeganAfter), one => Assert.IsType<Opening.NothingForYou>(one.Opening));
        Assert.Equal($"{openings.Count}", await _house.AskAsync($"select count(*) from access.audit where person_id = '{edith}' and action = 'view'"));
        Assert.Equal($"{openings.Count(one => one.Opening is Opening.Opened)}",
            await _house.AskAsync($"select count(*) from access.audit where person_id = '{edith}' and action = 'view' and outcome = 'allowed'"));

        async Task ReadAsync()
        {
            for (var (before, after) = (0, 0); after < 3;)
            {
                var beganAfter = Volatile.Read(ref hasOptedOut);
                openings.Add((beganAfter, await _house.OpenAsync(viewer, edith, Errand.Summary)));
                after += beganAfter ? 1 : 0;
                if (!beganAfter && ++before == 1)
                    warm.Signal();
            }
        }
    }
}
