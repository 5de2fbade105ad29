using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Feeds.Inbox;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>
/// Framing as real senders break it, several oddities on one connection. Every whole message is answered once, under its own control id and in
/// order; what was not whole is sent again afterwards.
/// </summary>
internal sealed class FramingCorrupted : Fault
{
    private const byte Start = 0x0B;
    private const byte End = 0x1C;

    /// <summary>@ is the start block, # the end block, 1 to 3 a message each.</summary>
    private static readonly (string Stream, string Answered)[] Streams =
    [
        ("@1#\r@2#\r@3#\r", "123"),
        ("junk of any kind@1#\r", "1"),
        ("@1#\r\0\0\r\n  junk\r@2#\r", "12"),
        ("@@1#\r@2##\r", "12"),
        ("@1#\n@2#\r\n\r\n@3#\r", "123"),
        ("@1#@2#\r", "12"),
        ("@1@2#\r", "2"),
        ("@1#\r2#\r@3#\r", "1?3"),
        ("@1#\r@2#\r", "12"),
    ];

    private readonly List<Finding> _wrong = [];
    private readonly List<Planned> _messages = [.. Enumerable.Range(0, Streams.Length * 3).Select(MessageOf)];

    public override string Code => "F06";

    public override string Name => "corrupt framing";

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed) =>
        [.. CountyTraffic.Of(seed, Math.Min(scale.Messages, 2000) / 4), .. _messages];

    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice) => [.. told.Except(_messages)];

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        for (var i = 0; i < Streams.Length; i++)
        {
            var stream = i;
            await Scene.WithinAsync(30, limit => StreamAsync(scene, stream, byteByByte: false, limit));
            await Scene.WithinAsync(30, limit => StreamAsync(scene, stream, byteByByte: true, limit));
        }

        await scene.Lines(2).SendAsync(_messages, CancellationToken.None);
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) => _wrong;

    public override bool MayBePoison(InboxRow row) => row.Format == Formats.Hl7v2Refused;

    /// <summary>The last stream's messages have an end block in their text.</summary>
    private static Planned MessageOf(int number) => Said.Admission(
        "A31", $"FRAME{number:d3}", $"FRAME{number % 5}", number, number / 3 == Streams.Length - 1 ? ["ZZ1|a\u001Cb\u000Bc"] : []);

    private async Task StreamAsync(Scene scene, int stream, bool byteByByte, CancellationToken limit)
    {
        var (pattern, answered) = Streams[stream];
        var bytes = new List<byte>();
        foreach (var c in pattern)
        {
            if (c is >= '1' and <= '3')
                bytes.AddRange(_messages[stream * 3 + c - '1'].Body);
            else
                bytes.Add(c switch { '@' => Start, '#' => End, _ => (byte)c });
        }

        using var wire = await Wire.ConnectAsync(scene.PortOf(_messages[0].Source), CancellationToken.None);
        var numbers = new Dictionary<char, long>();
        foreach (var c in pattern.Where(char.IsAsciiDigit))
        {
            var message = _messages[stream * 3 + c - '1'];
            numbers[c] = await scene.Journal.SendingAsync(message.Source, message.Control, message.Sha256);
        }

        await (byteByByte ? wire.SendByteByByteAsync(bytes.ToArray(), limit) : wire.SendAsync(bytes.ToArray(), limit));
        foreach (var expected in answered)
        {
            var answer = await wire.AnswerAsync(limit);
            var wanted = expected == '?' ? null : _messages[stream * 3 + expected - '1'].Control;
            if (answer is null || (wanted is not null && (answer.ControlId != wanted || !answer.Accepted)))
                _wrong.Add(new Finding(Code, $"stream {stream}: an answer is not that of message {expected}"));
            else if (wanted is not null)
                await scene.Journal.AnsweredAsync(numbers[expected], answer.Code);
        }

        await wire.EndAsync(limit);
    }
}
