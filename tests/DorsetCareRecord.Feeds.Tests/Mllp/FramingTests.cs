using System.Security.Cryptography;
using System.Text;
using CsCheck;
using DorsetCareRecord.Feeds.Mllp;

namespace DorsetCareRecord.Feeds.Tests.Mllp;

public sealed class FramingTests
{
    private const int Limit = 40;

    [Theory]
    [InlineData("<a>\r", "Whole:a")]
    [InlineData("<a>\r<b>\r", "Whole:a Whole:b")]
    [InlineData("<a><b>\r", "Whole:a Whole:b")]
    [InlineData("<a>\n<b>\r\n", "Whole:a Whole:b")]
    [InlineData("<a>", "Whole:a")]
    [InlineData("<a>\r\0\0 \r\n<b>\r", "Whole:a Whole:b")]
    [InlineData("junk<a>\rmore junk<b>\r", "Whole:a Whole:b")]
    [InlineData("<<a>\r", "Whole:a")]
    [InlineData("<a>>\r<b>\r", "Whole:a Whole:b")]
    [InlineData("<a>x>\r", "Whole:a>x")]
    [InlineData("<a<b>\r", "Whole:a<b")]
    [InlineData("<a<MSx<MS>\r", "Whole:a<MSx<MS")]
    [InlineData("<MSH1<MSH2>\r", "Unended:MSH1 Whole:MSH2")]
    [InlineData("<MSH1<<MSH2>\r", "Unended:MSH1< Whole:MSH2")]
    [InlineData("MSH1>\r<MSH2>\r", "Unbegun:MSH1 Whole:MSH2")]
    [InlineData("<>\r", "Whole:")]
    [InlineData(">\r>\r<a>\r", "Whole:a")]
    [InlineData("<a>\r<b", "Whole:a")]
    [InlineData("", "")]
    public void When_a_stream_is_framed_then_each_message_is_found_once(string stream, string expected) =>
        Assert.Equal(expected, Describe(Frames(Wire(stream), [1000])));

    [Fact]
    public void When_a_frame_is_larger_than_the_limit_then_its_digest_is_kept_and_the_next_is_found()
    {
        var large = new string('x', 3 * Limit);

        var frames = Frames(Wire($"<{large}>\r<b>\r"), [7]);

        Assert.Equal([FrameKind.TooLarge, FrameKind.Whole], frames.Select(f => f.Kind));
        Assert.Equal(large.Length, frames[0].Length);
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(large)), frames[0].Sha256);
    }

    [Fact]
    public void When_a_frame_is_exactly_at_the_limit_then_it_is_whole()
    {
        var frames = Frames(Wire($"<{new string('x', Limit)}>\r<{new string('x', Limit + 1)}>\r"), [1000]);

        Assert.Equal([FrameKind.Whole, FrameKind.TooLarge], frames.Select(f => f.Kind));
    }

    [Fact]
    public void When_much_junk_comes_then_memory_is_bounded_and_it_is_counted()
    {
        var framing = new Framing(Limit);
        ReadOnlySpan<byte> junk = Wire(new string('j', 200_000) + "<a>\r");

        var found = framing.TryTake(ref junk, out var frame);

        Assert.True(found);
        Assert.Equal("a", Encoding.ASCII.GetString(frame.Content.Span));
        Assert.Equal(200_000, framing.JunkBytes);
    }

    [Fact]
    public void When_a_stream_is_cut_anywhere_then_the_frames_are_the_same()
    {
        var pieces = Gen.OneOf("<", ">", "\r", "\n", "\0", "M", "S", "H", "MSH|", "x", "<MSH", ">\r", "<MSH|a>\r", new string('y', 30));
        var streams = pieces.Array[0, 20].Select(string.Concat);
        var cuts = Gen.Int[1, 9].Array[1, 6];

        Gen.Select(streams, cuts).Sample((stream, cut) =>
        {
            var whole = Describe(Frames(Wire(stream), [int.MaxValue]));

            Assert.Equal(whole, Describe(Frames(Wire(stream), cut)));
            Assert.Equal(whole, Describe(Frames(Wire(stream), [1])));
        }, iter: 20_000);
    }

    [Fact]
    public void When_whole_messages_are_sent_then_all_arrive_as_they_were()
    {
        var content = Gen.Char["abMSH|^~\r\n\\&0é"].Array[1, 30].Select(c => "MSH|" + new string(c));

        Gen.Select(content.List[1, 6], Gen.Int[1, 9].Array[1, 6]).Sample((messages, cut) =>
        {
            var stream = Encoding.UTF8.GetBytes(string.Concat(messages.Select(m => $"\u000B{m}\u001C\r")));

            var frames = Frames(stream, cut, limit: 1000);

            Assert.Equal(messages, frames.Select(f => Encoding.UTF8.GetString(f.Content.Span)));
        }, iter: 5_000);
    }

    /// <summary>&lt; is the start block and &gt; the end block, to be readable.</summary>
    private static byte[] Wire(string text) => Encoding.ASCII.GetBytes(text.Replace('<', '\u000B').Replace('>', '\u001C'));

    private static List<Frame> Frames(byte[] stream, int[] cuts, int limit = Limit)
    {
        var framing = new Framing(limit);
        var frames = new List<Frame>();
        var at = 0;
        for (var i = 0; at < stream.Length; i++)
        {
            var length = Math.Min(cuts[i % cuts.Length], stream.Length - at);
            ReadOnlySpan<byte> chunk = stream.AsSpan(at, length);
            while (framing.TryTake(ref chunk, out var frame))
                frames.Add(frame);
            at += length;
        }

        if (framing.Settle(out var last))
            frames.Add(last);
        return frames;
    }

    private static string Describe(List<Frame> frames) => string.Join(' ', frames.Select(f =>
        $"{f.Kind}:{Encoding.ASCII.GetString(f.Content.Span).Replace('\u000B', '<').Replace('\u001C', '>')}"));
}
