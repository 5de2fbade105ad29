using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Tests.Gp;

/// <summary>What is not an R4 bundle about somebody is refused by name, and a list ends nothing unless it is whole.</summary>
public sealed class GpRuleTests
{
    private const string Patient = """{"resource":{"resourceType":"Patient","id":"p1","name":[{"family":"Hardwick"}]}}""";

    private const string Allergy = """
        {"resource":{"resourceType":"AllergyIntolerance","id":"a1","code":{"text":"Nuts"},"patient":{"reference":"Patient/p1"}}}
        """;

    [Theory]
    [InlineData("", Reasons.Unreadable)]
    [InlineData("{", Reasons.Unreadable)]
    [InlineData("\u0000\u0001", Reasons.Unreadable)]
    [InlineData("""{"resourceType":"Bundle","type":"collection","type":"searchset"}""", Reasons.Unreadable)]
    [InlineData("""{"resourceType":"Bundle","type":"collection","\ud800":1}""", Reasons.Unreadable)]
    [InlineData("[]", Reasons.UnknownType)]
    [InlineData("1", Reasons.UnknownType)]
    [InlineData("""{"resourceType":"Patient","id":"p1"}""", Reasons.UnknownType)]
    [InlineData("""{"resourceType":"Bundle","type":"history"}""", Reasons.UnknownType)]
    [InlineData("""{"resourceType":"Bundle","entry":[]}""", Reasons.UnknownType)]
    [InlineData("""{"resourceType":"Bundle","type":"collection"}""", Reasons.NoPatient)]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"OperationOutcome"}}]}""", Reasons.NoPatient)]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":{"resource":{"resourceType":"Patient","id":"p1"}}}""", Reasons.Unreadable)]
    [InlineData("""{"resourceType":"Bundle","meta":{"profile":["https://fhir.nhs.uk/STU3/StructureDefinition/GPConnect-StructuredRecord-Bundle-1"]},"type":"collection"}""", Reasons.WrongVersion)]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Condition","clinicalStatus":"active"}}]}""", Reasons.WrongVersion)]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"MedicationRequest","medication":{"concept":{}}}}]}""", Reasons.WrongVersion)]
    public void When_the_body_is_no_R4_bundle_about_somebody_then_it_is_refused_by_name(string body, string reason)
    {
        var reading = Read(body);

        Assert.Equal(reason, Assert.IsType<NotUnderstood>(reading).Fault.Reason);
    }

    [Fact]
    public void When_the_body_nests_too_deeply_then_it_is_unreadable()
    {
        var body = """{"resourceType":"Bundle","type":"collection","x":""" + new string('[', 100_000) + new string(']', 100_000) + "}";

        var reading = Read(body);

        Assert.Equal(Reasons.Unreadable, Assert.IsType<NotUnderstood>(reading).Fault.Reason);
    }

    [Theory]
    [InlineData("<Bundle xmlns='http://hl7.org/fhir'><type value='collection'/>", Reasons.Unreadable)]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Bundle xmlns='http://hl7.org/fhir'>&e;</Bundle>", Reasons.Unreadable)]
    [InlineData("<Patient xmlns='http://hl7.org/fhir'/>", Reasons.UnknownType)]
    [InlineData("<Bundle xmlns='http://hl7.org/fhir'><entry><resource><Condition><clinicalStatus value='active'/></Condition></resource></entry></Bundle>", Reasons.WrongVersion)]
    [InlineData("<Bundle xmlns='http://hl7.org/fhir'><type value='collection'/></Bundle>", Reasons.NoPatient)]
    public void When_XML_is_no_R4_bundle_about_somebody_then_it_is_refused_by_name(string body, string reason)
    {
        var reading = Read(body, Formats.FhirXml);

        Assert.Equal(reason, Assert.IsType<NotUnderstood>(reading).Fault.Reason);
    }

    [Fact]
    public void When_a_whole_list_is_sent_then_it_is_stated_with_its_members()
    {
        var reading = Read(Bundle(Patient, Allergy, List(""" "mode":"snapshot","status":"current","entry":[{"item":{"reference":"AllergyIntolerance/a1"}}] """)));

        var list = Assert.Single(Facts(reading).OfType<ListStated>());
        Assert.Equal(("gp/allergies", typeof(Allergy), "a1"), (list.List, list.ItemType, Assert.Single(list.Keys)));
        Assert.Equal("gp/allergies", Facts(reading).OfType<Stated>().Single(s => s.Item is Allergy).List);
    }

    [Theory]
    [InlineData(""" "mode":"snapshot","status":"current" """)]
    [InlineData(""" "mode":"snapshot","status":"current","emptyReason":{"coding":[{"code":"no-content-recorded"}]} """)]
    public void When_a_whole_list_is_empty_then_it_is_stated_empty(string list)
    {
        var reading = Read(Bundle(Patient, List(list)));

        Assert.Empty(Assert.Single(Facts(reading).OfType<ListStated>()).Keys);
    }

    [Theory]
    [InlineData(""" "mode":"working","status":"current" """)]
    [InlineData(""" "mode":"snapshot","status":"retired" """)]
    [InlineData(""" "mode":"snapshot","status":"current","emptyReason":{"coding":[{"code":"withheld"}]} """)]
    [InlineData(""" "mode":"snapshot","status":"current","entry":[{"item":{"reference":"AllergyIntolerance/elsewhere"}}] """)]
    [InlineData(""" "mode":"snapshot","status":"current","extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ListWarningCode","valueCodeableConcept":{"coding":[{"code":"confidential-items"}]}}] """)]
    public void When_a_list_is_not_whole_then_it_ends_nothing_and_is_remarked(string list)
    {
        var reading = Read(Bundle(Patient, Allergy, List(list)));

        Assert.Empty(Facts(reading).OfType<ListStated>());
        Assert.Equal([Reasons.Incomplete], Assert.IsType<Understood>(reading).Remarks.Select(r => r.Reason));
    }

    [Fact]
    public void When_there_is_no_list_then_items_are_stated_and_nothing_is_ended()
    {
        var reading = Read(Bundle(Patient, Allergy));

        Assert.Empty(Facts(reading).OfType<ListStated>());
        Assert.Equal(2, Facts(reading).OfType<Stated>().Count());
    }

    [Fact]
    public void When_a_resource_is_about_somebody_else_then_it_is_never_given_to_the_patient_at_hand()
    {
        var reading = Read(Bundle(Patient, Allergy.Replace("Patient/p1", "Patient/p2", StringComparison.Ordinal)));

        Assert.DoesNotContain(Facts(reading).OfType<Stated>(), s => s.Item is Allergy);
        Assert.Equal(Reasons.NoPatient, Assert.Single(Assert.IsType<Understood>(reading).Remarks).Reason);
    }

    [Fact]
    public void When_text_has_what_PostgreSQL_cannot_hold_then_it_is_left_out()
    {
        var reading = Read(Bundle(Patient, Allergy.Replace("Nuts", @"Nu\u0000ts", StringComparison.Ordinal)));

        Assert.Equal("Nuts", Facts(reading).OfType<Stated>().Select(s => s.Item).OfType<Allergy>().Single().Substance);
    }

    private static string List(string content) => $$$"""
        {"resource":{"resourceType":"List","id":"l1","code":{"coding":[{"code":"886921000000105"}]},"subject":{"reference":"Patient/p1"},{{{content}}} }}
        """;

    private static string Bundle(params string[] entries) => $$"""
        {"resourceType":"Bundle","type":"collection","timestamp":"2026-11-20T09:00:00Z","entry":[{{string.Join(',', entries)}}]}
        """;

    private static IReadOnlyList<Fact> Facts(Reading reading) => Assert.Single(Assert.IsType<Understood>(reading).Patients).Facts;

    private static Reading Read(string body, string format = Formats.FhirJson) =>
        Adapters.Read(new InboxMessage(1, DateTimeOffset.UnixEpoch, SourceCodes.Gp, format, Encoding.UTF8.GetBytes(body), null));
}
