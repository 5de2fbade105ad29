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
    [InlineData("""{"resourceType":"OperationOutcome","issue":[{"code":"not-found"}]}""", Reasons.UnknownType)]
    [InlineData("""{"resourceType":"Bundle","meta":{"profile":["http://hl7.org/fhir/DSTU2/StructureDefinition/Bundle"]},"type":"collection"}""", Reasons.WrongVersion)]
    [InlineData("""{"resourceType":"Bundle","meta":{"profile":["https://fhir.nhs.uk/STU3/StructureDefinition/GPConnect-StructuredRecord-Bundle-1"]},"type":"collection"}""", Reasons.NoPatient)]
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

        var list = Assert.Single(ListsOf(reading));
        Assert.Equal(("gp/allergies", typeof(Allergy), "a1"), (list.List, list.ItemType, Assert.Single(list.Keys)));
        Assert.Equal("gp/allergies", Facts(reading).OfType<Stated>().Single(s => s.Item is Allergy).List);
    }

    [Theory]
    [InlineData(""" "mode":"snapshot","status":"current" """)]
    [InlineData(""" "mode":"snapshot","status":"current","emptyReason":{"coding":[{"code":"no-content-recorded"}]} """)]
    public void When_a_whole_list_is_empty_then_it_is_stated_empty(string list)
    {
        var reading = Read(Bundle(Patient, List(list)));

        Assert.Empty(Assert.Single(ListsOf(reading)).Keys);
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

        Assert.Empty(ListsOf(reading));
        Assert.Equal([Reasons.Incomplete], Assert.IsType<Understood>(reading).Remarks.Select(r => r.Reason));
    }

    [Fact]
    public void When_a_list_has_a_warning_then_its_members_belong_to_it_and_readers_are_told()
    {
        var reading = Read(Bundle(Patient, Allergy, List(""" 
            "mode":"snapshot","status":"current","title":"Allergies","note":[{"text":"Items kept back"}],"entry":[{"item":{"reference":"AllergyIntolerance/a1"}}],
            "extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ListWarningCode","valueCodeableConcept":{"coding":[{"code":"confidential-items"}]}}]
            """)));

        Assert.Equal("gp/allergies", Facts(reading).OfType<Stated>().Single(s => s.Item is Allergy).List);
        var notice = (Notice)Facts(reading).OfType<Stated>().Single(s => s.Item is Notice).Item;
        Assert.Equal((Section.Allergies, NoticeKind.ConfidentialItems, "Allergies", "Items kept back"), (notice.Section, notice.Kind, notice.List, notice.Text));
    }

    [Theory]
    [InlineData("no-content-recorded", "NothingRecorded")]
    [InlineData("withheld", "OtherWarning")]
    [InlineData("nilknown", "no known allergies")]
    public void When_a_list_is_empty_then_its_reason_is_kept_apart_from_no_known(string reason, string expected)
    {
        var reading = Read(Bundle(Patient, List($$$""" "mode":"snapshot","status":"current","emptyReason":{"coding":[{"code":"{{{reason}}}"}]} """)));

        var said = Facts(reading).OfType<Stated>().Select(s => s.Item).Where(i => i is not Demographics)
            .Select(i => i is Allergy { Kind: AllergyKind.NoKnownAllergies } ? "no known allergies" : ((Notice)i).Kind.ToString());
        Assert.Equal([expected], said);
    }

    [Fact]
    public void When_a_warning_is_gone_then_what_it_said_is_whole_and_empty()
    {
        var reading = Read(Bundle(Patient, Allergy, List(""" "mode":"snapshot","status":"current","entry":[{"item":{"reference":"AllergyIntolerance/a1"}}] """)));

        var notices = Facts(reading).OfType<ListStated>().Single(l => l.ItemType == typeof(Notice));
        Assert.Equal("gp/allergies/notices", notices.List);
        Assert.Empty(notices.Keys);
    }

    [Theory]
    [InlineData("196461000000101")]
    [InlineData("196471000000108")]
    public void When_an_allergy_lost_its_code_on_the_way_then_its_words_stay_and_readers_are_told(string code)
    {
        var degraded = Allergy.Replace("""{"text":"Nuts"}""", $$$"""{"coding":[{"system":"http://snomed.info/sct","code":"{{{code}}}","display":"Transfer-degraded drug allergy"}],"text":"Amoxicillin"}""", StringComparison.Ordinal);

        var reading = Read(Bundle(Patient, degraded, List(""" "mode":"snapshot","status":"current","entry":[{"item":{"reference":"AllergyIntolerance/a1"}}] """)));

        var allergy = Facts(reading).OfType<Stated>().Select(s => s.Item).OfType<Allergy>().Single();
        Assert.Equal(("Amoxicillin", code), (allergy.Substance, allergy.Coding!.Code));
        Assert.NotEqual(AllergyKind.NoKnownAllergies, allergy.Kind);
        Assert.Contains(Facts(reading).OfType<Stated>(), s => s.Item is Notice { Kind: NoticeKind.DegradedItems });
    }

    [Theory]
    [InlineData("""{"system":"http://snomed.info/sct","code":"1","display":"Preferred","extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-CodingSCTDescDisplay","valueString":"As picked"}]}""", "As picked", "1")]
    [InlineData("""{"system":"http://read.info/readv2","code":"14L..","display":"H/O: drug allergy","userSelected":true},{"system":"http://snomed.info/sct","code":"2","display":"History"}""", "History", "2")]
    [InlineData("""{"system":"http://read.info/ctv3","code":"XaB1"},{"system":"https://fhir.hl7.org.uk/Id/emis-drug-codes","code":"NUT1","display":"Nut oil"}""", "Nut oil", "XaB1")]
    [InlineData("""{"system":"https://fhir.hl7.org.uk/Id/multilex-drug-codes","code":"123","display":"Nuts"}""", "Nuts", "123")]
    [InlineData("""{"system":"urn:oid:2.16.840.1.113883.2.1.4.5.5","code":"77"}""", "77", "77")]
    public void When_a_concept_has_other_codes_then_the_words_and_the_code_are_kept(string coding, string words, string code)
    {
        var reading = Read(Bundle(Patient, Allergy.Replace("""{"text":"Nuts"}""", $$$"""{"coding":[{{{coding}}}]}""", StringComparison.Ordinal)));

        var allergy = Facts(reading).OfType<Stated>().Select(s => s.Item).OfType<Allergy>().Single();
        Assert.Equal((words, code), (allergy.Substance, allergy.Coding!.Code));
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

    /// <summary>Lists of items; what a list says of itself is a list too, and whole in every message.</summary>
    private static IEnumerable<ListStated> ListsOf(Reading reading) =>
        Facts(reading).OfType<ListStated>().Where(l => l.ItemType != typeof(Notice));

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
