using System.Net;
using System.Threading.RateLimiting;
using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Portal.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace DorsetCareRecord.Portal.Tests.SignIn;

/// <summary>
/// The limits as the portal sets them, asked directly (S22): a hospital behind one address is not one person, and an organisation has a
/// bound of its own. So slow that no permission comes back while a test runs.
/// </summary>
public sealed class ManyAtOneAddressTests
{
    /// <summary>At this pace the fastest limit gives one permission back in half a minute.</summary>
    private const double Frozen = 0.0001;

    [Fact]
    public void When_five_hundred_read_from_one_address_then_none_of_them_is_refused()
    {
        var limiter = Limiter();
        var staff = Enumerable.Range(0, 500).Select(_ => Guid.NewGuid()).ToList();

        var refused = staff.Sum(one => Enumerable.Range(0, 5).Count(_ => !Ask(limiter, one, "dch")));

        Assert.Equal(0, refused);
    }

    [Fact]
    public void When_an_organisation_asks_for_more_than_all_its_people_could_read_then_it_waits_and_others_do_not()
    {
        var limiter = Limiter();
        var answered = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).Sum(one => Enumerable.Range(0, 100).Count(_ => Ask(limiter, one, "dch")));

        Assert.Equal(3000, answered);
        Assert.False(Ask(limiter, Guid.NewGuid(), "dch"));
        Assert.True(Ask(limiter, Guid.NewGuid(), "poole"));
    }

    [Theory]
    [InlineData("GET", "/record/x", 120)]
    [InlineData("POST", "/", 30)]
    [InlineData("GET", "/record/x/print", 30)]
    [InlineData("GET", "/record/x/letters/y/original", 30)]
    public void When_one_person_asks_and_asks_then_the_route_decides_how_much_is_too_much(string method, string path, int most)
    {
        var limiter = Limiter();
        var one = Guid.NewGuid();

        Assert.Equal(most, Enumerable.Range(0, 200).Count(_ => Ask(limiter, one, "dch", method, path)));
    }

    private static PartitionedRateLimiter<HttpContext> Limiter()
    {
        var options = new RateLimiterOptions();
        Limits.Configure(options, new Settings { Database = "", Listen = new Uri("http://127.0.0.1:1"), Providers = [OpenPortal.Nobody], Pace = Frozen });
        return options.GlobalLimiter!;
    }

    private static bool Ask(PartitionedRateLimiter<HttpContext> limiter, Guid account, string organisation, string method = "GET", string path = "/record/x")
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Loopback }, Request = { Method = method, Path = path } };
        http.Features.Set(new Viewer(account, Guid.NewGuid(), "*", $"{account:n}", "Someone", organisation, organisation, Role.Nurse));
        using var lease = limiter.AttemptAcquire(http);
        return lease.IsAcquired;
    }
}
