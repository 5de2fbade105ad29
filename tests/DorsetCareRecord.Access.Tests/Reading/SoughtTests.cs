using DorsetCareRecord.Access.Reading;

namespace DorsetCareRecord.Access.Tests.Reading;

public sealed class SoughtTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("hallett 14/3/1938", "hallett", "1938-03-14")]
    [InlineData("hallett 14 3 1938", "hallett", "1938-03-14")]
    [InlineData("hallett 14.3.38", "hallett", "1938-03-14")]
    [InlineData("hallett 14-Mar-1938", "hallett", "1938-03-14")]
    [InlineData("Hallett 14 March 1938", "Hallett", "1938-03-14")]
    [InlineData("hallett 14mar38", "hallett", "1938-03-14")]
    [InlineData("hallett 3rd September 1938", "hallett", "1938-09-03")]
    [InlineData("hallett 14031938", "hallett", "1938-03-14")]
    [InlineData("hallett 1938-03-14", "hallett", "1938-03-14")]
    [InlineData("1938-03-14 hallett", "hallett", "1938-03-14")]
    [InlineData("smith-jones, 1/2/20", "smith-jones", "2020-02-01")]
    [InlineData("  van  der   Berg\t1 2 1999", "van der Berg", "1999-02-01")]
    [InlineData("o'neill 29 2 2024", "o'neill", "2024-02-29")]
    public void When_a_surname_comes_with_a_date_then_both_are_read(string words, string surname, string born)
    {
        var sought = Assert.IsType<Sought.BySurnameAndBirth>(Sought.Read(words, Today));

        Assert.Equal((surname, born), (sought.Surname, sought.Born.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("", "Enter an NHS number")]
    [InlineData(null, "Enter an NHS number")]
    [InlineData("999 000 0019", "cannot be right")]
    [InlineData("999 000 001", "this has 9")]
    [InlineData("99900000188", "this has 11")]
    [InlineData("hallett", "Add the date of birth")]
    [InlineData("hallett 1938", "Add the date of birth")]
    [InlineData("14 3 1938", "Add the surname")]
    [InlineData("14 March 1938", "Add the surname")]
    [InlineData("hallett 31 2 1938", "no such day in February 1938")]
    [InlineData("hallett 14 13 1938", "month")]
    [InlineData("hallett 14 3 2030", "in the past")]
    [InlineData("hallett 14 3 1038", "no such day")]
    public void When_the_words_cannot_be_meant_then_the_advice_says_what_to_do(string? words, string advice)
    {
        var misread = Assert.IsType<Sought.Misread>(Sought.Read(words, Today));

        Assert.Contains(advice, misread.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void When_any_bytes_are_typed_then_the_reader_answers()
    {
        var random = new Random(20261123);
        var letters = "a1 /-.'é9\t\0Ж3".ToCharArray();
        for (var i = 0; i < 5000; i++)
            Assert.NotNull(Sought.Read(new string(random.GetItems(letters, random.Next(60))), Today));
    }
}
