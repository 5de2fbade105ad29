using System.Text;

namespace DorsetCareRecord.Feeds.Tests.Hl7v2;

public sealed class EscapesTests
{
    [Theory]
    [InlineData(@"10\S\12/L", "10^12/L")]
    [InlineData(@"a\F\b\R\c\T\d\E\e", @"a|b~c&d\e")]
    [InlineData(@"one\.br\two", "one\ntwo")]
    [InlineData(@"one\.sp2\two", "one\n\ntwo")]
    [InlineData(@"one\.sp\two", "one\ntwo")]
    [InlineData(@"\.in4\x\.ti-2\y", "xy")]
    [InlineData(@"a\.sk3\b", "a   b")]
    [InlineData(@"\.ce\Title", "\nTitle")]
    [InlineData(@"\H\bold\N\ plain", "bold plain")]
    [InlineData(@"a\X0D0A\b", "a\r\nb")]
    [InlineData(@"caf\XC3A9\", "café")]
    [InlineData(@"caf\XE9\", "café")]
    [InlineData(@"a\X00\b", "ab")]
    [InlineData(@"C:\temp\new", @"C:\temp\new")]
    [InlineData(@"a\Z99\b", @"a\Z99\b")]
    [InlineData(@"a\X0\b", @"a\X0\b")]
    [InlineData(@"a\.zz\b", @"a\.zz\b")]
    [InlineData(@"end\", @"end\")]
    [InlineData(@"\\", @"\\")]
    [InlineData(@"half \open .br\.br\shut", "half \\open .br\nshut")]
    public void When_a_value_has_escapes_then_known_ones_are_resolved_and_others_kept(string raw, string expected)
    {
        var value = Hl7.Read(Hl7.Header, $"NTE|1||{raw}")[1][3].Exact;

        Assert.Equal(expected, value);
    }

    [Fact]
    public void When_a_separator_is_escaped_then_it_does_not_divide()
    {
        var field = Hl7.Read(Hl7.Header, @"OBX|1|ST|a^b\S\c&d\T\e^f")[1][3];

        Assert.Equal("b^c&d&e", field.TextOf(2));
        Assert.Equal("d&e", field[2][2].Text);
        Assert.Equal("f", field.TextOf(3));
    }

    [Fact]
    public void When_a_value_is_all_escape_characters_then_the_work_grows_with_its_length()
    {
        // A reader that looked ahead to the end at each character would still be at it next week.
        var value = new string('\\', 8_000_000);

        var text = Hl7.Read(Encoding.ASCII.GetBytes($"{Hl7.Header}\rNTE|1||{value}\r"))[1][3].Exact;

        Assert.Equal(value.Length, text!.Length);
    }
}
