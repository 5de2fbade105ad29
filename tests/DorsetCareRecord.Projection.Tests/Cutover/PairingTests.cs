using DorsetCareRecord.Projection.Cutover;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Tests.Cutover;

/// <summary>What stands for what when one source takes another's place; without a database.</summary>
public sealed class PairingTests
{
    private static readonly Guid OldPatient = new("00000000-0000-0000-0000-0000000000a1");
    private static readonly Guid NewPatient = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly DateTimeOffset Drained = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private int _id;

    [Fact]
    public void When_the_new_list_forgot_an_allergy_then_it_stays_and_the_others_are_covered()
    {
        var (penicillin, latex) = (Old("A1", Allergy("Penicillin")), Old("A2", Allergy("Latex")));

        var covers = Pairing.Of(Pair([penicillin, latex], [New("N1", Allergy("PENICILLIN"))], pictures: ItemTables.Allergy.Number));

        Assert.Equal([(penicillin.Id, CoverReasons.Same)], covers.Select(c => (c.Old.Id, c.Why)));
    }

    [Fact]
    public void When_the_new_list_has_come_then_none_known_goes_and_until_then_it_stays()
    {
        var none = Old("A0", Allergy("None") with { Kind = AllergyKind.NoKnownAllergies });
        var found = New("N1", Allergy("Penicillin"));

        Assert.Empty(Pairing.Of(Pair([none], [found])));
        Assert.Equal(CoverReasons.Picture, Assert.Single(Pairing.Of(Pair([none], [found], pictures: ItemTables.Allergy.Number))).Why);
    }

    [Fact]
    public void When_the_new_source_has_sent_its_next_of_kin_then_the_old_list_goes_whole_and_until_then_it_stays()
    {
        var kin = Old("K1", new Contact { Role = ContactRole.NextOfKin, Name = "Joan Brightwell" });

        Assert.Empty(Pairing.Of(Pair([kin], [])));
        Assert.Single(Pairing.Of(Pair([kin], [], pictures: ItemTables.Contact.Number)));
    }

    [Fact]
    public void When_the_crosswalk_promises_a_partner_then_what_says_the_same_does_not_take_it_away()
    {
        var (first, second) = (Old("V1", Visit(EncounterStatus.Finished)), Old("V2", Visit(EncounterStatus.Finished)));
        var promised = New("N2", Visit(EncounterStatus.Finished));

        var covers = Pairing.Of(Pair([first, second], [promised], crosswalk: ("visit", "V2", "N2")));

        Assert.Equal([(second.Id, (Guid?)promised.Id, CoverReasons.Crosswalk)], covers.Select(c => (c.Old.Id, c.ByEntryId, c.Why)));
    }

    [Fact]
    public void When_two_say_the_same_then_they_are_paired_one_to_one()
    {
        var covers = Pairing.Of(Pair(
            [Old("V1", Visit(EncounterStatus.Finished)), Old("V2", Visit(EncounterStatus.Finished))], [New("N1", Visit(EncounterStatus.Finished))]));

        Assert.Equal(CoverReasons.Same, Assert.Single(covers).Why);
    }

    [Theory]
    [InlineData(EncounterStatus.InProgress, 0, true)]
    [InlineData(EncounterStatus.Planned, 5, true)]
    [InlineData(EncounterStatus.Planned, -5, false)]
    [InlineData(EncounterStatus.Finished, 0, false)]
    public void When_an_open_visit_has_no_partner_then_it_is_closed_as_moved_and_not_hidden(EncounterStatus status, int days, bool closed)
    {
        var visit = Old("V1", Visit(status) with { StartAt = ClinicalDate.OfInstant(Drained.AddDays(days)) });

        var covers = Pairing.Of(Pair([visit], []));

        Assert.Equal(closed ? new[] { CoverReasons.Closed } : [], covers.Select(c => c.Why));
        Assert.Empty(Pairing.Of(Pair([visit], []) with { DrainedAt = null }));
    }

    private static Allergy Allergy(string substance) => new() { Kind = AllergyKind.Allergy, Substance = substance, Status = AllergyStatus.Active };

    private static Encounter Visit(EncounterStatus status) =>
        new() { Kind = EncounterKind.Inpatient, Status = status, StartAt = ClinicalDate.OfInstant(Drained.AddDays(-30)), SpecialtyCode = "300" };

    private static PatientPair Pair(Entry<Item>[] old, Entry<Item>[] @new, (string Kind, string Old, string New)? crosswalk = null, params short[] pictures) => new()
    {
        Old = old,
        New = @new,
        NewIdentityId = NewPatient,
        Crosswalk = crosswalk is { } c ? new Dictionary<(string, string), string> { [(c.Kind, c.Old)] = c.New } : new Dictionary<(string, string), string>(),
        Pictures = pictures.ToHashSet(),
        DrainedAt = Drained,
    };

    private Entry<Item> Old(string key, Item item) => Entry(OldPatient, SourceCodes.Camis, key, item);

    private Entry<Item> New(string key, Item item) => Entry(NewPatient, SourceCodes.CareCentricBournemouth, key, item);

    private Entry<Item> Entry(Guid identity, string source, string key, Item item) => new(
        identity, new Guid(++_id, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), identity, source, key, new SourceVersion(Drained), Drained, _id, false, item);
}
