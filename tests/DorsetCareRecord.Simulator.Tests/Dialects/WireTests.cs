using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DorsetCareRecord.Simulator.County;
using DorsetCareRecord.Simulator.Dialects;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Dialects;

public sealed class WireTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly SyntheticCounty County = new(11, 250, Today);
    private static readonly IReadOnlyList<WireMessage> Messages = [.. Tell(County)];

    [Fact]
    public void When_the_county_speaks_then_every_segment_is_well_formed()
    {
        var escapes = new Regex(@"\\(F|S|T|R|E|\.br|X[0-9A-F]+)\\");

        Assert.All(Messages, message =>
        {
            var text = Text(message);
            Assert.StartsWith(@"MSH|^~\&|", text, StringComparison.Ordinal);
            Assert.EndsWith("\r", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\r');
            Assert.All(text.TrimEnd('\r').Split('\r'), segment => Assert.Matches(@"^[A-Z][A-Z0-9]{2}\|", segment));

            // Every backslash after MSH-2 belongs to a known escape.
            Assert.DoesNotContain('\\', escapes.Replace(text[8..], ""));
        });
    }

    [Fact]
    public void When_the_county_speaks_then_every_message_names_its_patient_and_itself()
    {
        Assert.All(Messages, message =>
        {
            var segments = Text(message).Split('\r');
            Assert.Equal(message.ControlId, segments[0].Split('|')[9]);
            var pid = segments.Single(segment => segment.StartsWith("PID|", StringComparison.Ordinal)).Split('|');
            Assert.NotEmpty(pid[3]);
            Assert.NotEmpty(pid[5]);
            Assert.Matches("^[12][0-9]{3}-?[0-9]{2}-?[0-9]{2}$", pid[7]);
        });
        Assert.Equal(Messages.Count, Messages.Select(message => (message.Source, message.ControlId)).Distinct().Count());
    }

    [Fact]
    public void When_the_county_speaks_then_all_three_hospitals_say_all_their_kinds()
    {
        var kinds = Messages.Select(message => $"{message.Source} {string.Join('^', Text(message).Split('|')[8].Split('^').Take(2))}").ToHashSet();

        foreach (var source in (string[])["systemc", "camis", "carecentric"])
            Assert.Superset(new HashSet<string>(((string[])["ADT^A01", "ADT^A03", "ADT^A04", "ADT^A05", "ADT^A28", "ORU^R01", "MDM^T02"]).Select(kind => $"{source} {kind}")), kinds);
    }

    [Fact]
    public void When_a_patient_was_registered_twice_then_the_merge_names_both()
    {
        var county = new SyntheticCounty(11, 1_200, Today);
        var twice = county.People.SelectMany(person => person.Hospitals.Where(r => r.DuplicateNumber is not null).Select(registration => (person, registration))).Take(12);

        Assert.All(twice, one =>
        {
            var said = county.Hospital(county.HistoryOf(one.person), one.registration).Select(Text).ToList();
            var merge = Assert.Single(said, text => Regex.IsMatch(text, "ADT\\^A(40|34)"));
            Assert.Contains("|" + one.registration.Number, merge, StringComparison.Ordinal);
            Assert.Contains("MRG|" + one.registration.DuplicateNumber, merge, StringComparison.Ordinal);
            Assert.Contains(said, text => text.Contains("|" + one.registration.DuplicateNumber, StringComparison.Ordinal) && text.Contains("ADT^A28", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void When_one_patient_is_told_then_it_is_in_the_order_of_time()
    {
        foreach (var person in County.People)
        {
            foreach (var registration in person.Hospitals)
            {
                var times = County.Hospital(County.HistoryOf(person), registration).Select(message => message.At).ToList();
                Assert.Equal(times.Order(), times);
            }
        }
    }

    [Fact]
    public void When_the_county_is_made_again_then_every_byte_is_the_same()
    {
        var again = Tell(new SyntheticCounty(11, 250, Today));

        Assert.Equal(Messages.Select(message => Convert.ToHexString(message.Body)), again.Select(message => Convert.ToHexString(message.Body)));
    }

    [Fact]
    public void When_a_practice_speaks_then_its_bundle_holds_together()
    {
        foreach (var person in County.People.Take(120))
        {
            using var bundle = JsonDocument.Parse(County.Gp(County.HistoryOf(person)));
            var entries = bundle.RootElement.GetProperty("entry").EnumerateArray().ToList();
            var urls = entries.Select(entry => entry.GetProperty("fullUrl").GetString()!).ToList();
            Assert.Equal(urls.Count, urls.Distinct().Count());
            Assert.All(References(bundle.RootElement), reference => Assert.Contains(reference, urls));
            Assert.DoesNotContain("null", bundle.RootElement.GetRawText().Replace("nullable", "", StringComparison.Ordinal), StringComparison.Ordinal);
            var lists = entries.Where(entry => entry.GetProperty("resource").GetProperty("resourceType").GetString() == "List").ToList();
            Assert.InRange(lists.Count, 3, 4);
            Assert.Contains(person.NhsNumber, bundle.RootElement.GetRawText(), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == "reference" ? [property.Value.GetString()!] : References(property.Value)),
        _ => [],
    };

    private static IEnumerable<WireMessage> Tell(SyntheticCounty county) => county.People.SelectMany(person =>
    {
        var history = county.HistoryOf(person);
        return person.Hospitals.SelectMany(registration => county.Hospital(history, registration));
    });

    private static string Text(WireMessage message) => (message.Source == "camis" ? Encoding.Latin1 : Encoding.UTF8).GetString(message.Body);
}
