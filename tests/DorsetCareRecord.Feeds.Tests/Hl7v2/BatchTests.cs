using System.Text;
using CsCheck;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Tests.Hl7v2;

public sealed class BatchTests
{
    private const string One = "MSH|^~\\&|A|B\rPID|||1\r";
    private const string Two = "MSH|^~\\&|A|B\rPID|||2\rOBX|1|TX|||MSH in text\r";

    [Fact]
    public void When_a_body_is_one_message_then_it_is_left_as_it_is()
    {
        var body = Encoding.ASCII.GetBytes("\r\n" + Two);

        var messages = Batch.Divide(body, out var fault);

        Assert.Equal(body, Assert.Single(messages).ToArray());
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("FHS|^~\\&\rBHS|^~\\&\r", "BTS|2\rFTS|1\r")]
    [InlineData("BHS|^~\\&\r", "BTS|\r")]
    [InlineData("\uFEFFFHS|^~\\&\nBHS|^~\\&\n", "BTS|2|all\nFTS|1\n")]
    [InlineData("", "")]
    public void When_messages_come_together_then_each_is_given_in_order(string before, string after)
    {
        var body = Encoding.UTF8.GetBytes(before + One + Two + after);

        var messages = Batch.Divide(body, out var fault);

        Assert.Equal([One, Two], messages.Select(m => Encoding.UTF8.GetString(m.Span)));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("BTS|3\rFTS|1\r", "BTS-1")]
    [InlineData("BTS|2\rFTS|2\r", "FTS-1")]
    public void When_a_trailer_counts_otherwise_then_the_fault_says_so(string trailer, string place)
    {
        Batch.Divide(Encoding.ASCII.GetBytes("BHS|^~\\&\r" + One + Two + trailer), out var fault);

        Assert.Equal((Reasons.Incomplete, place), (fault!.Reason, fault.Place));
    }

    [Fact]
    public void When_any_bytes_are_divided_then_no_message_is_invented() =>
        Gen.OneOf("MSH|x", "PID", "\r", "\n", "FHS|^~", "BHS|", "BTS|1", "FTS|", "\uFEFF", " ", "\0", "x").Array[0, 30]
            .Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)))
            .Sample(body =>
            {
                var messages = Batch.Divide(body, out _);

                Assert.NotEmpty(messages);
                Assert.True(messages.Sum(m => m.Length) <= body.Length);
            }, iter: 5_000);
}
