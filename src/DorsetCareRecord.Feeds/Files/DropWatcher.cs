using DorsetCareRecord.Feeds.Door;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.SocialCare;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DorsetCareRecord.Feeds.Files;

/// <summary>
/// Takes extracts out of the councils' drop folders (docs/feeds/socialcare.md). An extract is one message; its folder moves
/// to <c>done</c> or <c>quarantine</c> after commit, and nothing is ever deleted. Stopped between commit and move, the next
/// start stores it again, and it is found to be a duplicate.
/// </summary>
public sealed class DropWatcher(
    DropSettings settings, Func<Delivery, CancellationToken, Task<long>> accept, TimeProvider time, ILogger<DropWatcher> log) : BackgroundService
{
    private const string Done = "done";
    private const string Quarantine = "quarantine";

    private readonly Dictionary<string, (string Fingerprint, DateTimeOffset Since)> _unmatched = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _stored = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Every, time);
        do
            await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One look at every folder. What fails is tried again at the next.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var (council, source) in Drop.Councils)
        {
            try
            {
                await LookAsync(Directory.CreateDirectory(Path.Combine(settings.Folder, council)), source, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogError("The drop folder of {Council} cannot be read: {Kind}.", council, e.GetType().Name);
            }
        }
    }

    private async Task LookAsync(DirectoryInfo drop, string source, CancellationToken cancellation)
    {
        var extracts = drop.EnumerateDirectories()
            .Where(d => d.Name is not (Done or Quarantine) && d.Name[0] != '.' && !d.Attributes.HasFlag(FileAttributes.ReparsePoint))
            .OrderBy(d => d.Name, StringComparer.Ordinal).ToList();
        foreach (var extract in extracts)
        {
            try
            {
                await TakeAsync(extract.FullName, source, cancellation);
            }
#pragma warning disable CA1031 // One extract must not stop the others, nor the worker; it stays where it is and is tried again.
            catch (Exception e) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.LogWarning("An extract of {Source} could not be taken now: {Kind}.", source, e.GetType().Name);
            }
        }
    }

    private async Task TakeAsync(string path, string source, CancellationToken cancellation)
    {
        if (_stored.TryGetValue(path, out var aside))
        {
            Move(path, aside);
            return;
        }

        if (ExtractFolder.Look(path) is not { } extract)
            return;
        if (extract.Bytes > settings.MostBytes)
        {
            log.LogError("An extract of {Source} has {Bytes} bytes, too many to store; it was moved to quarantine.", source, extract.Bytes);
            Move(path, Quarantine);
            return;
        }

        if (_unmatched.TryGetValue(path, out var seen) && seen.Fingerprint == extract.Fingerprint && time.GetUtcNow() - seen.Since < settings.Patience)
            return;
        var files = extract.Read();
        var fault = ExtractFolder.FaultOf(source, files);
        if (fault is not null && IsStillArriving(extract))
            return;

        var id = await accept(
            new Delivery
            {
                Source = source,
                Format = Formats.CareExtract,
                Body = ExtractArchive.Pack(files),
                ControlId = extract.Name,
                Peer = "drop folder",
            },
            cancellation);
        if (fault is null)
            log.LogInformation("Extract of {Source} stored as message {Id}.", source, id);
        else
            log.LogWarning("Extract of {Source} stored as message {Id} and put in quarantine: {Reason} at {Place}, {Shape}.",
                source, id, fault.Reason, fault.Place, fault.Shape);
        _stored[path] = fault is null ? Done : Quarantine;
        Move(path, _stored[path]);
    }

    /// <summary>A manifest may be there before the last bytes are: nothing is broken while anything still changes.</summary>
    private bool IsStillArriving(ExtractFolder extract)
    {
        if (_unmatched.TryGetValue(extract.Path, out var seen) && seen.Fingerprint == extract.Fingerprint)
            return time.GetUtcNow() - seen.Since < settings.Patience;
        _unmatched[extract.Path] = (extract.Fingerprint, time.GetUtcNow());
        return true;
    }

    private void Move(string path, string aside)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, aside)).FullName;
        var target = Path.Combine(folder, Path.GetFileName(path));
        for (var n = 2; Directory.Exists(target); n++)
            target = Path.Combine(folder, $"{Path.GetFileName(path)}-{n}");
        Directory.Move(path, target);
        _stored.Remove(path);
        _unmatched.Remove(path);
    }
}
