using System.Globalization;
using System.Text.Json.Serialization;

namespace DorsetCareRecord.Benchmarks;

/// <summary>
/// One line of <c>bench.json</c>: the figure's minimum, median and maximum over the rounds of one run, the limit measured in
/// the same run and the ratio to it. Absolute figures are this machine's; only ratios travel.
/// </summary>
/// <param name="Limit">Name of the measurement this one is held against; null for limits themselves.</param>
/// <param name="Ratio">Median divided by the limit's median.</param>
/// <param name="CpuMs">Milliseconds of CPU an operation, portal or worker and database together; null where it says nothing.</param>
internal sealed record Measurement(
    string Name,
    string Unit,
    double Min,
    double Median,
    double Max,
    int Rounds,
    string? Limit,
    double? Ratio,
    [property: JsonPropertyName("cpu_ms")] double? CpuMs);

/// <summary>Collects each round's figures and closes them into measurements.</summary>
internal sealed class Rounds
{
    private readonly Dictionary<string, List<double>> _values = [];
    private readonly Dictionary<string, List<double>> _cpu = [];
    private readonly List<(string Name, string Unit, string? Limit)> _order = [];

    public void Add(string name, string unit, double value, string? limit = null, double? cpuMs = null)
    {
        if (!_values.TryGetValue(name, out var values))
        {
            _values[name] = values = [];
            _order.Add((name, unit, limit));
        }

        values.Add(value);
        if (cpuMs is { } ms)
            (_cpu.TryGetValue(name, out var list) ? list : _cpu[name] = []).Add(ms);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-44} {value,12:N1} {unit}"));
    }

    /// <summary>Of the rounds so far; null when it was not measured.</summary>
    public double? MedianOf(string name) => _values.TryGetValue(name, out var values) ? Median(values) : null;

    public IReadOnlyList<Measurement> Close() =>
        [.. _order.Select(o => new Measurement(
            o.Name, o.Unit, _values[o.Name].Min(), Median(_values[o.Name]), _values[o.Name].Max(), _values[o.Name].Count,
            o.Limit, o.Limit is not null && _values.TryGetValue(o.Limit, out var limit) ? Median(_values[o.Name]) / Median(limit) : null,
            _cpu.TryGetValue(o.Name, out var cpu) ? Median(cpu) : null))];

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
