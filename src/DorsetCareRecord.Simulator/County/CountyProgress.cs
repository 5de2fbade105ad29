using System.Globalization;

namespace DorsetCareRecord.Simulator.County;

/// <summary>How far the county is.</summary>
/// <param name="Sent">Messages, bundles and extracts that were answered or dropped.</param>
/// <param name="Resent">Times something had to be sent again because no answer came.</param>
/// <param name="IsLive">The backload is over.</param>
public sealed record CountyProgress(int PeopleDone, int People, long Sent, long Refused, long Resent, double PerSecond, TimeSpan Elapsed, bool IsLive)
{
    public double Share => People == 0 ? 1 : (double)PeopleDone / People;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Share * 100,3:F0}%  {PeopleDone:N0} of {People:N0} people, {Sent:N0} messages, {PerSecond:N0} a second, {Elapsed:mm\\:ss}{Trouble}");

    private string Trouble => (Refused, Resent) switch
    {
        (0, 0) => "",
        (var refused, 0) => string.Create(CultureInfo.InvariantCulture, $"; {refused:N0} refused"),
        (0, var resent) => string.Create(CultureInfo.InvariantCulture, $"; {resent:N0} sent again"),
        var (refused, resent) => string.Create(CultureInfo.InvariantCulture, $"; {refused:N0} refused, {resent:N0} sent again"),
    };
}

/// <summary>Shows the backload: a bar that moves on a terminal, plain lines now and then anywhere else.</summary>
public sealed class ProgressBar(TextWriter output, bool isTerminal) : IProgress<CountyProgress>
{
    private const int Width = 28;
    private readonly Lock _lock = new();
    private int _shownTenths = -1;
    private bool _done;

    public void Report(CountyProgress value)
    {
        lock (_lock)
        {
            if (_done)
                return;
            var finished = value.IsLive || value.PeopleDone >= value.People;
            if (isTerminal)
            {
                var full = (int)(value.Share * Width);
                output.Write($"\r[{new string('#', full)}{new string('.', Width - full)}] {value}   ");
                if (finished)
                    output.WriteLine();
            }
            else if (finished || (int)(value.Share * 10) > _shownTenths)
            {
                _shownTenths = (int)(value.Share * 10);
                output.WriteLine($"Loading the county: {value}");
            }

            _done = finished;
        }
    }
}
