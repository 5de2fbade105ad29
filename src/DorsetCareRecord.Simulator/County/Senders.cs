using DorsetCareRecord.Simulator.Dialects;
using DorsetCareRecord.Simulator.Sending;

namespace DorsetCareRecord.Simulator.County;

/// <summary>
/// One line of every source: a connection to each hospital's port and a client of the door. Sends until it is answered, as
/// integration engines do: no answer means the same message again, with the same control id.
/// </summary>
internal sealed class Senders : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly CountyOptions _options;
    private readonly Counts _counts;
    private readonly Dictionary<string, MllpLink> _links;
    private readonly HttpClient _client;

    public Senders(CountyOptions options, Counts counts)
    {
        (_options, _counts) = (options, counts);
        _links = new()
        {
            ["systemc"] = new(Address.Parse(options.SystemC), options.AnswerWithin),
            ["camis"] = new(Address.Parse(options.Camis), options.AnswerWithin),
            ["carecentric"] = new(Address.Parse(options.CareCentric), options.AnswerWithin),
        };
        _client = new HttpClient { Timeout = options.AnswerWithin };
    }

    public Task HospitalAsync(WireMessage message, CancellationToken ct) => UntilAnsweredAsync(
        async () => (await _links[message.Source].SendAsync(message.Body, ct))?.Accepted, ct);

    public Task GpAsync(byte[] bundle, CancellationToken ct) => UntilAnsweredAsync(() => PostAsync(bundle, ct), ct);

    public void Dispose()
    {
        foreach (var link in _links.Values)
            link.Dispose();
        _client.Dispose();
    }

    // 503 asks for the same again later; any other answer is one.
    private async Task<bool?> PostAsync(byte[] bundle, CancellationToken ct)
    {
        using var request = DoorSend.Request(_options.Door, _options.DoorKey, bundle);
        try
        {
            using var answer = await _client.SendAsync(request, ct);
            return answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable ? null : answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task UntilAnsweredAsync(Func<Task<bool?>> send, CancellationToken ct)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            bool? accepted;
            try
            {
                accepted = await send();
            }
            catch (SendException)
            {
                accepted = null;
            }

            if (accepted is { } answer)
            {
                _counts.Answered(answer);
                return;
            }

            _counts.Again();
            await Task.Delay(pause, _options.Clock, ct);
        }
    }
}

/// <summary>Counts over all senders.</summary>
internal sealed class Counts
{
    private long _sent;
    private long _refused;
    private long _resent;

    public long Sent => Interlocked.Read(ref _sent);

    public long Refused => Interlocked.Read(ref _refused);

    public long Resent => Interlocked.Read(ref _resent);

    public void Answered(bool accepted)
    {
        Interlocked.Increment(ref _sent);
        if (!accepted)
            Interlocked.Increment(ref _refused);
    }

    public void Again() => Interlocked.Increment(ref _resent);
}
