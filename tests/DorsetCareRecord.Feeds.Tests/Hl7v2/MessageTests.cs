using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Tests.Hl7v2;

public sealed class MessageTests
{
    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("\n \r")]
    public void When_lines_end_differently_then_the_segments_are_the_same(string end)
    {
        var body = Encoding.UTF8.GetBytes($"{Hl7.Header}{end}PID|||D1{end}ZU1||x{end}");

        var message = Hl7.Read(body);

        Assert.Equal(["MSH", "PID", "ZU1"], message.Segments.Select(s => s.Name.ToString()));
        Assert.Equal("D1", message.First("PID")[3].Text);
        Assert.Equal("x", message.First("ZU1")[2].Text);
    }

    [Fact]
    public void When_text_is_torn_by_a_line_break_then_it_stays_with_its_segment()
    {
        var body = Encoding.UTF8.GetBytes($"{Hl7.Header}\rOBX|1|TX|R||first line\nsecond line\n\nfourth line||||||F\rNTE|1||end\r");

        var message = Hl7.Read(body);

        Assert.Equal(3, message.Count);
        Assert.Equal("first line\nsecond line\n\nfourth line", message[1][5].Text);
        Assert.Equal("F", message[1][11].Text);
    }

    [Fact]
    public void When_other_separators_are_declared_then_they_divide()
    {
        var message = Hl7.Read("MSH#*@!%#APP#FAC", "PID###12*x@34*y%z");

        Assert.Equal("APP", message.Header[3].Text);
        Assert.Equal("12", message[1][3][1].Text);
        Assert.Equal(["12*x", "34*y%z"], message[1][3].Repetitions.ToList().Select(r => r.Raw.ToString()));
        Assert.Equal("z", message[1][3].Repetitions.ToList()[1][2][2].Text);
    }

    [Fact]
    public void When_a_fifth_encoding_character_is_declared_then_the_message_is_read()
    {
        var message = Hl7.Read(@"MSH|^~\&#|APP|FAC", "PID|||1");

        Assert.Equal("APP", message.Header[3].Text);
    }

    [Fact]
    public void When_header_fields_are_asked_for_then_they_count_from_the_separator()
    {
        var message = Hl7.Read(Hl7.Header);

        Assert.Equal("|", message.Header[1].Raw.ToString());
        Assert.Equal(@"^~\&", message.Header[2].Raw.ToString());
        Assert.Equal("A08", message.Header[9][2].Text);
        Assert.Equal("2.4", message.Header[12].Text);
        Assert.Equal(12, message.Header.FieldCount);
    }

    [Fact]
    public void When_a_value_is_two_quotes_then_it_is_deleted_and_not_absent()
    {
        var name = Hl7.Read(Hl7.Header, @"PV1||||||||||||""""|Singh^SK^""""^^Dr")[1];

        Assert.True(name[12].IsDeleted);
        Assert.True(name[13][3].IsDeleted);
        Assert.False(name[13][4].IsDeleted);
        Assert.True(name[13][4].IsEmpty);
        Assert.Null(name[13][3].Text);
        Assert.Equal("Dr", name[13][5].Text);
        Assert.True(name[99].IsEmpty);
    }

    [Theory]
    [InlineData("", "MSH")]
    [InlineData("hello", "MSH")]
    [InlineData("MSH", "MSH")]
    [InlineData("PID|||1", "MSH")]
    [InlineData("MSHA^~\\&|x", "MSH-1")]
    [InlineData("MSH|\r", "MSH")]
    [InlineData("MSH|abcd|x", "MSH-2")]
    [InlineData("MSH|^^\\&|x", "MSH-2")]
    [InlineData("MSH||x|y", "MSH-2")]
    [InlineData("MSH|^~\\&|\rMSH|^~\\&|", "MSH")]
    public void When_the_header_cannot_be_read_then_the_fault_names_the_place(string body, string place)
    {
        var read = Message.TryRead(Encoding.UTF8.GetBytes(body), null, out _, out var fault);

        Assert.False(read);
        Assert.Equal((Reasons.Unreadable, place), (fault!.Reason, fault.Place));
    }

    [Fact]
    public void When_the_bytes_are_utf16_then_the_fault_says_so()
    {
        var read = Message.TryRead(Encoding.Unicode.GetBytes(Hl7.Header), null, out _, out var fault);

        Assert.False(read);
        Assert.Equal("UTF-16", fault!.Shape);
    }

    [Fact]
    public void When_marks_and_nul_surround_the_message_then_they_are_left_out()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, 0, (byte)'\r', .. Hl7.Bytes(Hl7.Header, "PID|||D\0" + "1")];

        var message = Hl7.Read(body);

        Assert.True(message.HadNul);
        Assert.Equal("D1", message.First("PID")[3].Text);
    }

    [Fact]
    public void When_a_message_has_more_segments_than_any_true_one_then_it_is_refused()
    {
        var body = Encoding.ASCII.GetBytes(Hl7.Header + string.Concat(Enumerable.Repeat("\rNTE", Lines.MostSegments + 1)));

        var read = Message.TryRead(body, null, out _, out var fault);

        Assert.False(read);
        Assert.Equal(Reasons.TooLarge, fault!.Reason);
    }
}
