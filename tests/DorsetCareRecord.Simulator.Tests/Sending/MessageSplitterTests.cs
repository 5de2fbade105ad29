using System.Text;
using DorsetCareRecord.Simulator.Sending;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Sending;

public sealed class MessageSplitterTests
{
    private const string One = "MSH|^~\\&|A|B|||20260101||ADT^A01|1|P|2.4\rPID|||1\r";
    private const string Two = "MSH|^~\\&|A|B|||20260101||ADT^A03|2|P|2.4\rPID|||1\r";

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\r\n")]
    [InlineData("\n\n")]
    public void When_segments_end_in_any_way_then_each_message_ends_them_with_a_carriage_return(string ending)
    {
        var file = (One + Two).Replace("\r", ending, StringComparison.Ordinal);

        var messages = Split(file);

        Assert.Equal([One, Two], messages);
    }

    [Fact]
    public void When_endings_are_mixed_and_the_last_is_missing_then_nothing_else_changes()
    {
        var messages = Split("MSH|^~\\&|A|B|||20260101||ADT^A01|1|P|2.4\nPID|||1\r\n\r\nMSH|^~\\&|A|B|||20260101||ADT^A03|2|P|2.4\rPID|||1");

        Assert.Equal([One, Two], messages);
    }

    [Fact]
    public void When_files_with_byte_order_marks_were_joined_then_the_marks_are_gone()
    {
        var messages = Split("\uFEFF" + One + "\uFEFF" + Two);

        Assert.Equal([One, Two], messages);
    }

    [Fact]
    public void When_messages_are_framed_already_then_the_frames_are_taken_off()
    {
        var messages = Split($"\v{One}\u001c\r\v{Two}\u001c\r\n");

        Assert.Equal([One, Two], messages);
    }

    [Fact]
    public void When_it_is_a_batch_then_its_envelope_is_left_out()
    {
        var messages = Split($"FHS|^~\\&|A\rBHS|^~\\&|A\r{One}{Two}BTS|2\rFTS|1\r");

        Assert.Equal([One, Two], messages);
    }

    [Fact]
    public void When_a_segment_only_begins_like_an_envelope_then_it_stays()
    {
        var messages = Split(One + "BTSX|2\r");

        Assert.Equal([One + "BTSX|2\r"], messages);
    }

    [Fact]
    public void When_there_is_no_header_then_it_is_one_message_all_the_same()
    {
        var messages = Split("PID|||1\nPV1||I\n");

        Assert.Equal(["PID|||1\rPV1||I\r"], messages);
    }

    [Fact]
    public void When_something_stands_before_the_header_then_it_is_a_message_of_its_own()
    {
        var messages = Split("something else\n" + One);

        Assert.Equal(["something else\r", One], messages);
    }

    [Fact]
    public void When_the_file_is_empty_or_blank_then_there_is_nothing_to_send()
    {
        Assert.Empty(Split(""));
        Assert.Empty(Split("\r\n \t\0\n"));
    }

    [Fact]
    public void When_bytes_are_of_any_character_set_then_they_stay_as_they_are()
    {
        byte[] file = [.. "MSH|^~\\&|A"u8, 0xE9, 0xFF, (byte)'|', (byte)'\n'];

        var message = Assert.Single(MessageSplitter.Split(file));

        Assert.Equal([.. file[..^1], (byte)'\r'], message);
    }

    [Theory]
    [InlineData("MSH|^~\\&|A|B|||20260101||ADT^A01|RBD_7|P|2.4\r", "RBD_7")]
    [InlineData("MSH#^~\\&#A#B###20260101##ADT^A01#9#P#2.4\r", "9")]
    [InlineData("MSH|^~\\&|A|B|||20260101||ADT^A01\r", "")]
    [InlineData("PID|||||||||X\r", "")]
    public void When_a_control_id_is_read_then_the_senders_own_separator_counts(string message, string expected) =>
        Assert.Equal(expected, ControlId.Of(Encoding.Latin1.GetBytes(message)));

    private static IEnumerable<string> Split(string file) => MessageSplitter.Split(Encoding.UTF8.GetBytes(file)).Select(Encoding.UTF8.GetString);
}
