using System.Globalization;

namespace DorsetCareRecord.Benchmarks;

/// <summary>CPU time from /proc of processes and all their descendants: steadier than throughput on a shared machine.</summary>
internal static class Cpu
{
    private const double TicksPerSecond = 100;

    /// <summary>User and system time in milliseconds of the tree below <paramref name="root"/>, the root included.</summary>
    public static double OfTree(int root)
    {
        var parents = new Dictionary<int, (int Parent, double Ticks)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid) && Stat(pid) is { } stat)
                parents[pid] = stat;

        return parents.Where(p => IsBelow(p.Key)).Sum(p => p.Value.Ticks) / TicksPerSecond * 1000;

        bool IsBelow(int pid)
        {
            for (var steps = 0; steps < 64; steps++)
            {
                if (pid == root)
                    return true;
                if (!parents.TryGetValue(pid, out var entry) || entry.Parent <= 1)
                    return false;
                pid = entry.Parent;
            }

            return false;
        }
    }

    /// <summary>Resident memory in MiB of one process.</summary>
    public static double ResidentMebibytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    // A process may end between listing and reading; it then counts for nothing. Its reaped children's time is in cutime/cstime.
    private static (int Parent, double Ticks)? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture),
                Enumerable.Range(11, 4).Sum(i => double.Parse(fields[i], CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
