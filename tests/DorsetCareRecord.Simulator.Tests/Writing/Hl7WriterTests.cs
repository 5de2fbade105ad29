using DorsetCareRecord.Simulator.Writing.Hl7;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Writing;

public sealed class Hl7WriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a|b", @"a\F\b")]
    [InlineData("a^b", @"a\S\b")]
    [InlineData("a&b", @"a\T\b")]
    [InlineData("a~b", @"a\R\b")]
    [InlineData(@"a\b", @"a\E\b")]
    [InlineData("a\nb", @"a\.br\b")]
    [InlineData("a\r\nb", @"a\.br\b")]
    [InlineData("a\rb", @"a\.br\b")]
    [InlineData("a\u001cb\v", @"a\X1C\b\X0B\")]
    [InlineData("10^9/L", @"10\S\9/L")]
    [InlineData(null, "")]
    public void When_text_is_written_then_no_delimiter_of_it_is_left(string? plain, string encoded) =>
        Assert.Equal(encoded, Encoded.Of(plain).ToString());

    [Fact]
    public void When_components_end_empty_then_the_end_is_left_out()
    {
        var field = Encoded.Components("a", null, "c|d", null, null);

        Assert.Equal(@"a^^c\F\d", field.ToString());
    }

    [Fact]
    public void When_fields_are_set_by_number_then_they_stand_there()
    {
        var message = new Hl7Message();
        var msh = message.Add("MSH").WithEncodingCharacters();
        msh[3] = "APP";
        msh[10] = "7";
        message.Add("PID")[3] = Encoded.Repeats(Encoded.Components("1", null, null, "X"), default, "2");

        var text = message.ToString();

        Assert.Equal("MSH|^~\\&|APP|||||||7\rPID|||1^^^X~2\r", text);
    }

    [Fact]
    public void When_a_message_is_framed_then_the_block_characters_surround_it() =>
        Assert.Equal([0x0B, (byte)'M', 0x1C, 0x0D], Mllp.Frame("M"u8));
}
