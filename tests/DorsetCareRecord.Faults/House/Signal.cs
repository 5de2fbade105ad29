using System.Diagnostics;

namespace DorsetCareRecord.Faults.House;

/// <summary>Sends a signal to a process of ours.</summary>
internal static class Signal
{
    public static void Send(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process}"]);
        kill.WaitForExit();
    }
}
