using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Tests.Hl7v2;

public sealed class CharsetTests
{
    private static readonly Encoding Windows1252 = Charset.Windows1252;

    [Fact]
    public void When_a_message_is_plain_then_no_decision_is_needed() => Assert.Equal(CharsetGround.Plain, Read("", "Smith", Windows1252).Ground);

    [Theory]
    [InlineData("UNICODE UTF-8", CharsetGround.Stated)]
    [InlineData("UNICODE", CharsetGround.Stated)]
    [InlineData("", CharsetGround.WellFormed)]
    [InlineData("ASCII", CharsetGround.WellFormed)]
    [InlineData("8859/1", CharsetGround.WellFormed)]
    internal void When_the_bytes_are_well_formed_utf8_then_they_are_read_so(string stated, CharsetGround ground)
    {
        var read = Read(stated, "Zoë", Encoding.UTF8);

        Assert.Equal(("Zoë", ground), (read.Name, read.Ground));
    }

    [Theory]
    [InlineData("8859/1", CharsetGround.Stated)]
    [InlineData("", CharsetGround.FellBack)]
    [InlineData("UNICODE UTF-8", CharsetGround.FellBack)]
    [InlineData("nonsense", CharsetGround.FellBack)]
    internal void When_the_bytes_are_windows_1252_then_they_are_read_so(string stated, CharsetGround ground)
    {
        var read = Read(stated, "Zoë ‘x’ €", Windows1252);

        Assert.Equal(("Zoë ‘x’ €", ground), (read.Name, read.Ground));
    }

    [Fact]
    public void When_latin9_is_stated_then_the_euro_sign_is_read()
    {
        var read = Read("8859/15", "Zoë 5€", Charset.Latin9);

        Assert.Equal("Zoë 5€", read.Name);
    }

    [Fact]
    public void When_a_byte_has_no_character_in_windows_1252_then_none_is_replaced()
    {
        byte[] body = [.. Hl7.Bytes(Hl7.Header), .. "NTE|1||"u8, 0x81, 0x8D, 0xFF];

        var message = Hl7.Read(body);

        Assert.DoesNotContain('\uFFFD', message.Text);
        Assert.Equal(3, message[1][3].Exact!.Length);
    }

    private static (string? Name, CharsetGround Ground) Read(string stated, string name, Encoding encoding)
    {
        var message = Hl7.Read(encoding.GetBytes($@"{Hl7.Header}||||||{stated}" + $"\rPID|||1||{name}\r"));
        return (message[1][5].Text, message.Charset.Ground);
    }
}
