using DorsetCareRecord.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>Sign in, find, read: what a clinician does, in a real browser.</summary>
public sealed class ReadingTests(OpenHouse portal)
{
    private static readonly string[] Headings =
    [
        "Problems and diagnoses", "Medicines", "Allergies", "Results", "Next of kin", "Carers and care providers", "Letters", "Encounters",
    ];

    [Fact]
    public async Task When_a_clinician_finds_by_nhs_number_in_odd_spacing_then_the_summary_opens_with_every_section()
    {
        await using var visitor = await portal.SignInAsync("clinician.dch");

        await visitor.FindAsync(" 99 90000-018");

        await Expect(visitor.Page).ToHaveURLAsync(new Uri(portal.Address, $"/record/{portal.Edith}").ToString());
        var headings = await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 2 }).AllTextContentsAsync();
        Assert.Equal(Headings.Order(), headings.Order());
        await visitor.PhotographAsync("summary");
        await visitor.PhotographAsync("summary-whole", whole: true);
        Assert.Empty(visitor.Complaints);
    }
}
