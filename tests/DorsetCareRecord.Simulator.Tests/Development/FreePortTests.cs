using DorsetCareRecord.Simulator.Development;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Development;

public sealed class FreePortTests
{
    [Fact]
    public void When_ports_are_asked_for_then_none_is_one_that_connections_are_given_and_none_comes_twice()
    {
        var ports = Enumerable.Range(0, 200).Select(_ => FreePort.Find()).ToList();

        Assert.All(ports, port => Assert.InRange(port, 1024, 32_767)); // Linux gives connections 32768 and above
        Assert.Equal(ports.Count, ports.Distinct().Count());
    }
}
