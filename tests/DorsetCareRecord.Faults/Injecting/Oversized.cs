using System.Net;
using System.Net.Http.Headers;
using DorsetCareRecord.Faults.House;
using DorsetCareRecord.Faults.Ledger;
using DorsetCareRecord.Faults.Traffic;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Record.Organisations;

namespace DorsetCareRecord.Faults.Injecting;

/// <summary>Messages beyond any limit: the sender is told, its connection goes on, and memory stays where it was.</summary>
internal sealed class Oversized : Fault
{
    private const int Piece = 1 << 20;
    private const double BearableMebibytes = 80;
    private readonly List<Finding> _wrong = [];

    public override string Code => "F14";

    public override string Name => "oversized messages";

    public override IReadOnlyList<Planned> Tell(Scale scale, int seed) => [.. CountyTraffic.Of(seed, Math.Min(scale.Messages, 2000) / 2), After];

    public override IReadOnlyList<Planned> Send(IReadOnlyList<Planned> told, Random dice) => [.. told.Where(m => m != After)];

    public override async Task StrikeAsync(Scene scene, int sends, CancellationToken over)
    {
        await scene.AnsweredAsync(sends / 2, over);
        var before = scene.Worker.ResidentMebibytes();
        var most = before;
        await Scene.WithinAsync(60, limit => FrameAsync(scene, scene.Scale.IsSmall ? 80 : 1024, mebibytes => most = Math.Max(most, mebibytes), limit));
        await BundleAsync(scene);
        scene.Say(FormattableString.Invariant($"resident memory {before:n0} MiB before, {most:n0} MiB at most"));
        if (most - before > BearableMebibytes)
            _wrong.Add(new Finding(Code, FormattableString.Invariant($"resident memory rose by {most - before:n0} MiB")));
    }

    public override IReadOnlyList<Finding> Check(IReadOnlyList<Sent> journal, IReadOnlyList<InboxRow> inbox) => _wrong;

    public override bool MayBePoison(InboxRow row) => row.Format == Formats.Hl7v2Refused;

    private static Planned After { get; } = Said.Admission("A31", "AFTER", "OVERSIZED", 1);

    private async Task FrameAsync(Scene scene, int mebibytes, Action<double> measured, CancellationToken limit)
    {
        using var wire = await Wire.ConnectAsync(scene.Worker.PortOf(SourceCodes.SystemC), CancellationToken.None);
        await wire.SendAsync(Wire.Text("\v" + Said.Header("MDM^T02", "HUGE", Said.At(1)) + "\rOBX|1|ED|||^^^Base64^"), limit);
        var piece = new byte[Piece];
        Array.Fill(piece, (byte)'A');
        for (var sent = 0; sent < mebibytes; sent++)
        {
            await wire.SendAsync(piece, limit);
            if (sent % 8 == 0)
                measured(scene.Worker.ResidentMebibytes());
        }

        await wire.SendAsync(Wire.Text("\r\u001C\r"), limit);
        if (await wire.AnswerAsync(limit) is not { Code: "AR" })
            _wrong.Add(new Finding(Code, "the sender of the huge frame was not told"));
        measured(scene.Worker.ResidentMebibytes());

        var number = await scene.Journal.SendingAsync(After.Source, After.Control, After.Sha256);
        await wire.SendAsync(Simulator.Writing.Hl7.Mllp.Frame(After.Body), limit);
        if (await wire.AnswerAsync(limit) is { Accepted: true } answer)
            await scene.Journal.AnsweredAsync(number, answer.Code);
        else
            _wrong.Add(new Finding(Code, "the connection did not go on after the huge frame"));
    }

    private async Task BundleAsync(Scene scene)
    {
        using var client = new HttpClient();
        using var content = new StreamContent(new Endless(500L << 20));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scene.Worker.Door, "/fhir")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WorkerProcess.DoorKey);
        request.Headers.ExpectContinue = true;
        using var answer = await client.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.RequestEntityTooLarge)
            _wrong.Add(new Finding(Code, $"the huge bundle was answered {(int)answer.StatusCode}"));
    }

    /// <summary>So many bytes of nothing, with a length that is stated.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long _at;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => _at; set => _at = value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - _at);
            Array.Fill(buffer, (byte)' ', offset, read);
            _at += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => _at = offset;

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
