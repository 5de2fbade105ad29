using System.Globalization;
using System.Text.Json;

namespace DorsetCareRecord.Benchmarks;

/// <summary>The table people read and the file machines read.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Print(IReadOnlyList<Measurement> measurements)
    {
        var invariant = CultureInfo.InvariantCulture;
        Console.WriteLine();
        Console.WriteLine($"{"measure",-54} {"min",10} {"median",10} {"max",10}  {"unit",-15} {"ratio",7} {"CPU ms",7}");
        foreach (var m in measurements)
        {
            var ratio = m.Ratio is { } r ? r.ToString("0.000", invariant) : "";
            var cpu = m.CpuMs is { } c ? c.ToString("0.00", invariant) : "";
            Console.WriteLine(string.Create(invariant,
                $"{m.Name,-54} {m.Min,10:N1} {m.Median,10:N1} {m.Max,10:N1}  {m.Unit,-15} {ratio,7} {cpu,7}").TrimEnd());
        }
    }

    public static async Task WriteAsync(string file, IReadOnlyList<Measurement> measurements)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(measurements, Json) + "\n");
        Console.WriteLine($"written to {file}");
    }
}
