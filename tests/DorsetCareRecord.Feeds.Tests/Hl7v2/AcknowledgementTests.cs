using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Tests.Hl7v2;

public sealed class AcknowledgementTests
{
    private static readonly DateTimeOffset At = new(2026, 7, 23, 13, 2, 5, TimeSpan.Zero);

    [Fact]
    public void When_a_message_is_accepted_then_sides_are_changed_and_its_id_returned()
    {
        var answer = Answer(@"MSH|^~\&|MEDWAY|RBD01|DCR|MSE|20260723140200||ADT^A05|RBD_19891315|P|2.4|||AL|NE|||", Verdict.Accepted);

        Assert.Equal("MSH|^~\\&|DCR|MSE|MEDWAY|RBD01|20260723140205||ACK^A05|D1|P|2.4\rMSA|AA|RBD_19891315\r", answer);
    }

    [Theory]
    // style, MSH-15, MSH-16, verdict, expected
    [InlineData(AckStyle.Original, "AL", "NE", Verdict.Accepted, "AA")]
    [InlineData(AckStyle.Original, "NE", "NE", Verdict.Accepted, "AA")]
    [InlineData(AckStyle.Original, "", "", Verdict.Rejected, "AR")]
    [InlineData(AckStyle.Auto, "", "", Verdict.Accepted, "AA")]
    [InlineData(AckStyle.Auto, "AL", "NE", Verdict.Accepted, "CA")]
    [InlineData(AckStyle.Auto, "AL", "NE", Verdict.Rejected, "CR")]
    [InlineData(AckStyle.Enhanced, "AL", "AL", Verdict.Accepted, "CA")]
    [InlineData(AckStyle.Enhanced, "NE", "AL", Verdict.Accepted, "AA")]
    [InlineData(AckStyle.Enhanced, "NE", "NE", Verdict.Accepted, null)]
    [InlineData(AckStyle.Enhanced, "ER", "", Verdict.Accepted, null)]
    [InlineData(AckStyle.Enhanced, "ER", "", Verdict.Rejected, "CR")]
    [InlineData(AckStyle.Enhanced, "SU", "", Verdict.Accepted, "CA")]
    [InlineData(AckStyle.Enhanced, "SU", "", Verdict.Rejected, null)]
    internal void When_a_mode_is_asked_for_then_the_code_follows_it(
        AckStyle style, string accept, string application, Verdict verdict, string? code)
    {
        var answer = Answer($@"MSH|^~\&|A|B|C|D|||ADT^A01|7|P|2.4|||{accept}|{application}", verdict, style);

        Assert.Equal(code, answer?.Split('\r')[1].Split('|')[1]);
    }

    [Fact]
    public void When_separators_and_charset_are_unusual_then_they_are_kept()
    {
        var answer = Answer("MSH#*@!%#A#B#C#D###ORU*R01*ORU_R01#7#T*x#2.5.1######8859/1", Verdict.Accepted);

        Assert.Equal("MSH#*@!%#C#D#A#B#20260723140205##ACK*R01*ACK#D1#T*x#2.5.1######8859/1\rMSA#AA#7\r", answer);
    }

    [Fact]
    public void When_the_control_id_is_in_another_character_set_then_its_bytes_are_returned()
    {
        byte[] body = [.. @"MSH|^~\&|A|B|C|D|||ADT^A01|"u8, 0xE9, 0x80, .. " x|P|2.4\r"u8];

        var answer = Acknowledgement.Of(body, Verdict.Accepted, null, AckStyle.Original, "D1", At)!;

        Assert.True(answer.AsSpan().IndexOf((ReadOnlySpan<byte>)[(byte)'|', 0xE9, 0x80, (byte)' ', (byte)'x', (byte)'\r']) > 0);
    }

    [Theory]
    [InlineData("2.4", false)]
    [InlineData("2.5", true)]
    [InlineData("2.8", true)]
    public void When_a_message_is_rejected_then_ERR_is_sent_only_where_its_version_has_it(string version, bool hasError)
    {
        var refusal = new Refusal("test message sent to production", "MSH^1^11", "202");

        var answer = Encoding.ASCII.GetString(Acknowledgement.Of(
            Encoding.ASCII.GetBytes($@"MSH|^~\&|A|B|C|D|||ADT^A01|7|T|{version}"), Verdict.Rejected, refusal, AckStyle.Original, "D1", At)!);

        Assert.Contains("MSA|AR|7|test message sent to production\r", answer, StringComparison.Ordinal);
        Assert.Equal(hasError, answer.Contains("ERR||MSH^1^11|202^^HL70357|E\r", StringComparison.Ordinal));
    }

    [Fact]
    public void When_there_is_no_header_then_the_answer_has_no_control_id()
    {
        var answer = Encoding.ASCII.GetString(Acknowledgement.Of(
            default, Verdict.Rejected, new Refusal("no readable MSH segment", "MSH^1", "100"), AckStyle.Enhanced, "D1", At)!);

        Assert.Equal("MSH|^~\\&|||||20260723140205||ACK|D1|P|2.4\rMSA|AR||no readable MSH segment\r", answer);
    }

    private static string? Answer(string header, Verdict verdict, AckStyle style = AckStyle.Original) =>
        Acknowledgement.Of(Encoding.ASCII.GetBytes(header + "\rPID|||1\r"), verdict, null, style, "D1", At) is { } answer
            ? Encoding.ASCII.GetString(answer)
            : null;
}
