using System.Text.RegularExpressions;
using DorsetCareRecord.Simulator.County.Population;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.County;

public sealed class PeopleTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly IReadOnlyList<Person> County = People.Of(7, 1_500, Today);

    [Fact]
    public void When_seed_and_day_are_the_same_then_so_are_the_people()
    {
        var again = People.Of(7, 1_500, Today);

        Assert.Equal(County.Select(Line), again.Select(Line));
        Assert.NotEqual(County.Select(Line), People.Of(8, 1_500, Today).Select(Line));
    }

    [Fact]
    public void When_there_are_more_people_then_the_first_stay_the_same()
    {
        var more = People.Of(7, 2_000, Today);

        Assert.Equal(County.Select(Line), more.Take(1_500).Select(Line));
    }

    [Fact]
    public void When_numbers_are_given_then_each_is_a_valid_test_number_and_its_own()
    {
        var numbers = NhsNumbers.Sequence(7).Take(50_000).ToList();

        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.All(numbers, number =>
        {
            Assert.Matches("^999[0-9]{7}$", number);
            var sum = Enumerable.Range(0, 9).Sum(i => (number[i] - '0') * (10 - i));
            Assert.Equal((11 - sum % 11) % 11, number[9] - '0');
        });
        Assert.Equal(County.Count, County.Select(person => person.NhsNumber).Distinct().Count());
    }

    [Fact]
    public void When_people_live_together_then_they_share_door_practice_and_mostly_name()
    {
        var families = County.GroupBy(person => person.Home.Index).Where(home => home.Count() > 1 && !home.First().Home.IsCareHome).ToList();

        Assert.True(families.Count > 300);
        Assert.All(families, family => Assert.Single(family.Select(person => person.Home.Address).Distinct()));
        Assert.All(families, family => Assert.Single(family.Select(person => person.Practice.Ods).Distinct()));
        Assert.InRange(families.Count(family => family.Select(person => person.Surname).Distinct().Count() == 1) / (double)families.Count, 0.6, 0.99);
    }

    [Fact]
    public void When_ages_are_counted_then_it_is_an_old_county()
    {
        var ages = County.Select(person => person.AgeOn(Today)).ToList();

        Assert.All(ages, age => Assert.InRange(age, 0, 103));
        Assert.InRange(ages.Count(age => age >= 65) / (double)ages.Count, 0.2, 0.4);
        Assert.InRange(ages.Count(age => age < 18) / (double)ages.Count, 0.12, 0.3);
    }

    [Fact]
    public void When_telephones_are_given_then_they_ring_nowhere()
    {
        Assert.All(County, person =>
        {
            Assert.Matches("^01632 960[0-9]{3}$", person.Home.Telephone ?? "01632 960000");
            Assert.Matches("^07700 900[0-9]{3}$", person.Mobile ?? "07700 900000");
            Assert.Matches("^(BH|DT|SP)[0-9]{1,2} [1-9][A-Z]{2}$", person.Home.Address.Postcode);
            Assert.EndsWith("@example.org", person.Email ?? "@example.org", StringComparison.Ordinal);
        });
    }

    [Fact]
    public void When_trusts_register_then_their_numbers_are_their_own_and_slips_are_few()
    {
        var registrations = County.SelectMany(person => person.Hospitals.Select(registration => (person, registration))).ToList();

        Assert.Equal(registrations.Count, registrations.Select(one => (one.registration.Trust, one.registration.Number)).Distinct().Count());
        Assert.All(County, person => Assert.InRange(person.Hospitals.Count, 0, 3));
        foreach (var slip in Enum.GetValues<Slip>().Where(slip => slip != Slip.None))
            Assert.InRange(registrations.Count(one => one.registration.Slip == slip), 1, registrations.Count / 20);
        Assert.All(registrations.Where(one => one.registration.Slip == Slip.WrongBirthDate), one => Assert.NotEqual(one.person.Born, one.registration.Born));
        Assert.All(registrations.Where(one => one.registration.Slip == Slip.NoNhsNumber), one => Assert.Null(one.registration.NhsNumber));
    }

    [Fact]
    public void When_names_have_forms_for_women_and_men_then_no_stroke_is_left() =>
        Assert.DoesNotContain(County, person => Regex.IsMatch(person.Surname + person.BirthSurname + string.Concat(person.Kin.Select(kin => kin.Surname)), "[/.]"));

    private static string Line(Person person) => string.Join('|', person.NhsNumber, person.Title, person.Forename, person.Surname, person.Born, person.Home.Address.OneLine,
        person.Practice.Ods, string.Join(',', person.Hospitals), string.Join(',', person.Kin));
}
