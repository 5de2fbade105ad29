using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Xunit;

namespace DorsetCareRecord.Record.Tests;

public sealed class LaidOverTests
{
    private static readonly ClinicalDate Admitted = ClinicalDate.OfDay(new DateOnly(2026, 11, 19));
    private static readonly ClinicalDate Left = ClinicalDate.OfDay(new DateOnly(2026, 11, 22));

    [Fact]
    public void When_a_discharge_leaves_the_admission_out_then_it_is_kept()
    {
        var admission = new Encounter { Kind = EncounterKind.Inpatient, Status = EncounterStatus.InProgress, StartAt = Admitted };
        var discharge = new Encounter { Status = EncounterStatus.Finished, EndAt = Left };

        var folded = (Encounter)discharge.LaidOver(admission);

        Assert.Equal((EncounterKind.Inpatient, EncounterStatus.Finished, Admitted, Left),
            (folded.Kind, folded.Status, folded.StartAt, folded.EndAt));
    }

    [Fact]
    public void When_a_field_is_emptied_then_it_is_gone_and_not_merely_unsaid()
    {
        var finished = new Encounter { Status = EncounterStatus.Finished, EndAt = Left };
        var reopened = new Encounter { Status = EncounterStatus.InProgress, Cleared = [nameof(Encounter.EndAt)] };

        var folded = (Encounter)reopened.LaidOver(finished);

        Assert.Null(folded.EndAt);
    }

    [Fact]
    public void When_a_value_becomes_final_without_being_sent_again_then_it_stays()
    {
        var preliminary = new Result { Test = "Potassium", Value = "5.6", Unit = "mmol/L", Status = ResultStatus.Preliminary };
        var promoted = new Result { Test = "Potassium", Status = ResultStatus.Final, ValueNotResent = true };

        var folded = (Result)promoted.LaidOver(preliminary);

        Assert.Equal(("5.6", "mmol/L", ResultStatus.Final), (folded.Value, folded.Unit, folded.Status));
    }

    [Fact]
    public void When_an_item_is_stated_whole_then_nothing_of_the_older_shows_through()
    {
        var older = new Allergy { Kind = AllergyKind.Allergy, Substance = "Penicillin", Reaction = "rash", Status = AllergyStatus.Active };
        var newer = new Allergy { Kind = AllergyKind.Allergy, Substance = "Penicillin", Status = AllergyStatus.Active };

        Assert.Null(((Allergy)newer.LaidOver(older)).Reaction);
    }

    [Fact]
    public void When_demographics_are_stated_again_without_a_field_then_every_field_is_kept()
    {
        var whole = new Demographics
        {
            NhsNumber = "9990000018", NhsNumberStatus = "01", FamilyName = "Hardwick", GivenNames = "Edith Mary", Title = "Mrs",
            PreferredName = "Edie", OtherFamilyNames = ["Legg"], BornOn = ClinicalDate.OfDay(new DateOnly(1937, 3, 14)), Gender = "Female",
            Deceased = false, DiedOn = Left, Address = "1 High Street, Dorchester", Postcode = "DT1 1AA", Telephone = "01632 960001",
            Mobile = "07700 900001", Email = "edie@example.invalid", PracticeCode = "J81000", PracticeName = "Example Surgery",
            GpName = "Dr Example", Ethnicity = "A", Language = "en", InterpreterRequired = false, CommunicationNeeds = "large print",
            Restricted = false, Organisation = "Example", Confidentiality = Confidentiality.Restricted,
        };

        Assert.Equal(whole, new Demographics().LaidOver(whole));
    }

    [Fact]
    public void When_a_letters_status_changes_then_its_content_stays()
    {
        var letter = new Letter
        {
            Kind = LetterKind.Discharge, Title = "Discharge summary", Status = LetterStatus.Final, Author = "Dr Vale",
            ContentHash = "ab", ContentType = "text/plain", ContentLength = 5,
        };
        var superseded = new Letter { Kind = LetterKind.Discharge, Title = "Discharge summary", Status = LetterStatus.Superseded };

        var folded = (Letter)superseded.LaidOver(letter);

        Assert.Equal(letter with { Status = LetterStatus.Superseded }, folded);
    }

    [Fact]
    public void When_a_letter_is_sent_again_with_content_then_the_new_content_counts()
    {
        var letter = new Letter { Kind = LetterKind.Other, Title = "x", Status = LetterStatus.Draft, ContentHash = "ab", ContentType = "text/plain", ContentLength = 5 };
        var edited = letter with { Status = LetterStatus.Final, ContentHash = "cd", ContentType = "application/pdf", ContentLength = 9 };

        Assert.Equal(edited, edited.LaidOver(letter));
    }

    [Theory]
    [InlineData(ResultStatus.Final, "Heart size normal.")]
    [InlineData(ResultStatus.Cancelled, null)]
    public void When_a_report_changes_status_without_its_words_then_they_stay_unless_cancelled(ResultStatus status, string? words)
    {
        var preliminary = new Report { Kind = ReportKind.Radiology, Title = "XR Chest", Status = ResultStatus.Preliminary, Text = "Heart size normal." };

        var folded = (Report)new Report { Kind = ReportKind.Radiology, Title = "XR Chest", Status = status }.LaidOver(preliminary);

        Assert.Equal((status, words), (folded.Status, folded.Text));
    }

    [Theory]
    [InlineData(ResultStatus.Registered)]
    [InlineData(ResultStatus.Cancelled)]
    public void When_news_of_an_order_comes_after_its_report_then_the_report_stays(ResultStatus status)
    {
        var report = new Report { Kind = ReportKind.Laboratory, Title = "FBC", Status = ResultStatus.Final };
        var order = new Report { Kind = ReportKind.Laboratory, Title = "FBC", Status = status, IsRequest = true };

        Assert.Equal(report, order.LaidOver(report));
        Assert.Equal(report, report.LaidOver(order));
    }

    [Fact]
    public void When_a_letter_is_cancelled_then_it_is_named_and_its_content_is_not_to_be_had()
    {
        var letter = new Letter { Kind = LetterKind.Clinic, Title = "Clinic letter", Status = LetterStatus.Final, Author = "Dr Vale", ContentHash = "ab", ContentType = "text/plain", ContentLength = 5 };
        var cancelled = new Letter { Kind = LetterKind.Clinic, Title = "Clinic letter", Status = LetterStatus.Cancelled };
        var editedLater = new Letter { Kind = LetterKind.Clinic, Title = "Clinic letter", Status = LetterStatus.Final };

        Assert.Equal(cancelled with { Author = "Dr Vale" }, cancelled.LaidOver(letter));
        Assert.Null(((Letter)editedLater.LaidOver(cancelled.LaidOver(letter))).ContentHash);
    }
}
