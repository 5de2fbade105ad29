using System.Globalization;
using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Access.Tests.Showing;

/// <summary>
/// The rules of the NHS Common User Interface that a machine can check, each by its id. Those of the page itself (order, place, pattern)
/// are checked in the browser.
/// </summary>
public sealed class CuiRuleTests
{
    [Fact]
    public void NUM_0001_An_NHS_number_is_shown_three_three_four()
    {
        Assert.True(NhsNumber.TryParse("9990000018", out var number));

        Assert.Equal("999 000 0018", number.Value.ForDisplay());
    }

    [Theory]
    [InlineData("999 000 0018")]
    [InlineData("999-000-0018")]
    [InlineData(" 9990000018 ")]
    [InlineData("99 90000 018")]
    public void NUM_0010_A_pasted_NHS_number_is_taken_in_any_spacing(string pasted)
    {
        Assert.True(NhsNumber.TryParse(pasted, out var number));
        Assert.Equal("9990000018", number.Value.Digits);
    }

    [Theory]
    [InlineData("2026-07-04", "04-Jul-2026")]
    [InlineData("2026-01-31", "31-Jan-2026")]
    public void D_Ta_0002_A_date_is_two_digits_three_letters_four_digits_with_hyphens(string stored, string shown) => Assert.Equal(shown, Text(stored));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void D_Ta_0018_Regional_settings_change_no_date(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("04-May-2026", Text("2026-05-04"));
            Assert.Equal("999 000 0018", NhsNumber.TryParse("9990000018", out var number) ? number.Value.ForDisplay() : "");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("2026", "2026")]
    [InlineData("2026-05", "May-2026")]
    public void D_Ta_0010_A_partial_date_stays_partial(string stored, string shown) => Assert.Equal(shown, Text(stored));

    [Theory]
    [InlineData("2026-11-23T06:10Z", "23-Nov-2026 06:10")]
    [InlineData("2026-11-23T00:00Z", "23-Nov-2026 00:00")]
    [InlineData("2026-11-23T23:59Z", "23-Nov-2026 23:59")]
    public void D_Tb_0001_Time_has_24_hours_after_the_date_and_a_blank_and_midnight_is_nought(string stored, string shown) => Assert.Equal(shown, Text(stored));

    [Theory]
    [InlineData("2009-03-23", "17y 8m")]
    [InlineData("2008-11-23", "18y")]
    public void D_Tb_0026_An_age_has_no_blank_within_a_pair_and_no_nought(string born, string shown)
    {
        Assert.True(ClinicalDate.TryParse(born, out var date));
        Assert.Equal(shown, Age.Of(date.Value, new DateOnly(2026, 11, 23)));
    }

    [Fact]
    public void PAB_0049_A_name_is_family_in_capitals_comma_given_and_title_in_brackets() =>
        Assert.Equal("HARDWICK, Edith Mary (Mrs)", PersonName.Of("Hardwick", "Edith Mary", "Mrs"));

    [Fact]
    public void PAB_0019_What_is_not_known_is_said_in_words() => Assert.Equal("Not Known", PersonName.Of(null, null, null));

    [Fact]
    public void PAB_0064_The_four_labels_of_allergies_are_exactly_these() =>
        Assert.Equal(
            ["Known allergies", "No known allergies", "Allergies not recorded", "Allergies unavailable"],
            Enum.GetValues<AllergyLabel>().Select(label => new AllergyHeadline { Label = label, Known = [], Past = [], SaidNone = [], Doubted = [] }.Text));

    [Fact]
    public void MEDi_001_The_parts_of_a_medicine_stand_in_this_order_between_em_dashes_MEDi_018() =>
        Assert.Equal("denosumab — PROLIA — 60 mg — injection — DOSE 60 mg — subcutaneous — every 6 months", MedicineLine.Text(Denosumab));

    [Fact]
    public void MEDi_002_A_generic_name_is_in_lower_case() => Assert.StartsWith("denosumab ", MedicineLine.Text(Denosumab), StringComparison.Ordinal);

    [Fact]
    public void MEDi_003_A_brand_is_in_capitals() => Assert.Contains(" PROLIA ", MedicineLine.Text(Denosumab), StringComparison.Ordinal);

    [Theory]
    [InlineData("5.0 mg", "5 mg")]
    [InlineData("2.50 mg", "2.5 mg")]
    [InlineData("2.5 mg", "2.5 mg")]
    [InlineData("10 mg", "10 mg")]
    public void MEDi_015_There_is_no_trailing_nought(string sent, string shown) => Dose(sent, shown);

    [Theory]
    [InlineData(".5 mg", "0.5 mg")]
    [InlineData("0.5 mg", "0.5 mg")]
    public void MEDi_016_There_is_a_nought_before_the_point(string sent, string shown) => Dose(sent, shown);

    [Theory]
    [InlineData("1000 units", "1,000 units")]
    [InlineData("1200000 units", "1,200,000 units")]
    [InlineData("500 mg", "500 mg")]
    [InlineData("1,000 units", "1,000 units")]
    [InlineData("1 to 2 tablets", "1 to 2 tablets")]
    public void MEDi_017_Thousands_have_a_comma(string sent, string shown) => Dose(sent, shown);

    [Fact]
    public void MEDi_022_A_name_is_never_cut()
    {
        var name = "insulin glargine 100units/ml solution for injection 3ml pre-filled disposable devices with a name longer than any column";

        Assert.StartsWith(name, MedicineLine.Text(Denosumab with { Name = name, Brand = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void MEDi_026_A_line_has_no_sign_that_is_read_for_another()
    {
        var line = MedicineLine.Text(Denosumab);

        Assert.Equal(-1, line.AsSpan().IndexOfAny('@', '|', '<'));
    }

    [Fact]
    public void MEDv_172_Current_is_what_is_taken_or_suspended_and_MEDv_173_past_what_is_completed_or_stopped()
    {
        var section = Entries.Read(Section.Medicines, [.. Enum.GetValues<MedicineStatus>().Where(status => status != MedicineStatus.EnteredInError)
            .Select(status => Entries.Of(Denosumab with { Name = $"denosumab {status}", Status = status }, key: status.ToString()))]);

        Assert.Equal([MedicineStatus.Active, MedicineStatus.Suspended, MedicineStatus.NotStated], Statuses(MedicineGroup.Current(section)));
        Assert.Equal([MedicineStatus.Completed, MedicineStatus.Stopped], Statuses(MedicineGroup.Past(section)));

        static IEnumerable<MedicineStatus> Statuses(IEnumerable<MedicineGroup> groups) => groups.Select(group => group.Lead.Item.Status).Order();
    }

    [Theory]
    [InlineData("+44 (0)1305 251150", "01305 251150")]
    [InlineData("(01305) 251150", "01305 251150")]
    [InlineData("+441305251150", "01305251150")]
    public void TID_0001_A_telephone_number_is_national_TID_0003_without_brackets(string sent, string shown) => Assert.Equal(shown, Phone.Text(sent));

    [Fact]
    public void MEDi_029_Only_the_dose_has_a_label_in_capitals_without_a_colon()
    {
        var line = MedicineLine.Text(Denosumab);

        Assert.Contains("— DOSE 60 mg —", line, StringComparison.Ordinal);
        Assert.DoesNotContain(":", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Take ONE 5.0 mg tablet")]
    [InlineData("1000 units stat")]
    public void Hazard_H12_A_prescribers_own_sentence_is_left_as_it_is(string sentence) =>
        Assert.EndsWith($"“{sentence}”", MedicineLine.Text(Denosumab with { Dose = null, Frequency = null, DosageText = sentence }), StringComparison.Ordinal);

    private static readonly Medicine Denosumab = new()
    {
        Name = "Denosumab", Brand = "Prolia", Strength = "60 mg", Form = "injection", Dose = "60 mg", Route = "subcutaneous",
        Frequency = "every 6 months", Kind = MedicineKind.Hospital, Status = MedicineStatus.Active,
    };

    private static void Dose(string sent, string shown) =>
        Assert.Contains($"— DOSE {shown} —", MedicineLine.Text(Denosumab with { Strength = null, Dose = sent }), StringComparison.Ordinal);

    private static string Text(string stored) => ClinicalDate.TryParse(stored, out var date) ? Dates.Text(date.Value) : "";
}
