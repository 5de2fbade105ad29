using System.Globalization;
using CsCheck;
using DorsetCareRecord.Record.Values;
using Xunit;

namespace DorsetCareRecord.Record.Tests;

public sealed class NhsNumberTests
{
    [Theory]
    [InlineData("9990000018")]
    [InlineData("999 000 0018")]
    [InlineData("999-000-0018")]
    [InlineData("  999 0000018 ")]
    [InlineData("999\u00A0000\u00A00018")]
    public void When_spaced_in_any_way_then_the_same_number_is_read(string text)
    {
        Assert.True(NhsNumber.TryParse(text, out var number));
        Assert.Equal("9990000018", number.Value.Digits);
        Assert.Equal("999 000 0018", number.Value.ForDisplay());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("999000001")]
    [InlineData("99900000181")]
    [InlineData("9990000019")]
    [InlineData("9999999999")]
    [InlineData("999000001X")]
    [InlineData("９９９００００018")]
    public void When_it_is_not_a_number_of_the_right_form_then_it_is_refused(string? text) =>
        Assert.False(NhsNumber.TryParse(text, out _));

    [Fact]
    public void When_any_one_digit_is_mistyped_then_it_is_refused() =>
        Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, 9], Gen.Int[1, 9]).Sample((stem, place, shift) =>
        {
            var nine = $"999{stem.ToString("D6", CultureInfo.InvariantCulture)}";
            var check = NhsNumber.CheckDigit(nine);
            if (check == 10)
                return;
            var digits = $"{nine}{check}".ToCharArray();
            digits[place] = (char)('0' + (digits[place] - '0' + shift) % 10);

            Assert.False(NhsNumber.TryParse(new string(digits), out _));
        });

    [Fact]
    public void When_written_to_a_log_then_it_says_nothing()
    {
        Assert.True(NhsNumber.TryParse("9990000018", out var number));

        Assert.DoesNotContain("999", $"{number}", StringComparison.Ordinal);
    }
}
