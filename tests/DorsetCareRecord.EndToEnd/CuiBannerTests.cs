using DorsetCareRecord.EndToEnd.House;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>The rules of the NHS CUI patient banner that only a browser can check, each by its id.</summary>
public sealed class CuiBannerTests(OpenHouse house)
{
    [Fact]
    public async Task PAB_0016_Name_born_gender_and_number_stand_in_this_order_and_PAB_0023_the_age_with_them()
    {
        await using var visitor = await OpenAsync();
        var words = await Banner(visitor).Locator(".dcr-id").InnerTextAsync();

        Assert.Matches(@"^HARDWICK, Edith \(Mrs\)\s+Born 14-Mar-1937 \(\d+y\)\s+Gender Female\s+NHS No\. 999 000 0018", words);
        Assert.DoesNotContain(":", words, StringComparison.Ordinal); // PAB-0034: no colon after a label
    }

    [Fact]
    public async Task PAB_0009_The_banner_is_at_the_top_over_the_full_width_on_every_page()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        foreach (var page in house.Pages)
        {
            await visitor.OpenAsync(house.Record(page).PathAndQuery);
            var box = await Banner(visitor).BoundingBoxAsync();
            Assert.Equal((0, 1280), (box!.X, box.Width));
            Assert.InRange(box.Y, 0, 48);
            Assert.Equal(1, await Banner(visitor).Locator("h1").CountAsync());
        }
    }

    [Fact]
    public async Task PAB_0013_Nothing_covers_the_banner_when_the_page_is_scrolled()
    {
        await using var visitor = await OpenAsync();
        await visitor.Page.EvaluateAsync("scrollTo(0, 400)");

        Assert.True(await Banner(visitor).Locator("h1").EvaluateAsync<bool>(
            "h1 => { const b = h1.getBoundingClientRect(); return h1.contains(document.elementFromPoint(b.left + 4, b.top + b.height / 2)); }"));
    }

    [Fact]
    public async Task PAB_0014_The_banner_has_a_ground_of_its_own()
    {
        await using var visitor = await OpenAsync();
        var banner = await GroundAsync(Banner(visitor));

        Assert.NotEqual(banner, await GroundAsync(visitor.Page.Locator("body")));
        Assert.NotEqual(banner, await GroundAsync(visitor.Page.Locator(".dcr-card").First));
    }

    [Fact]
    public async Task PAB_0015_A_list_of_people_has_no_banner()
    {
        await using var visitor = await house.SignInAsync("clinician.dch");
        await visitor.FindAsync("hardwick 14 3 1937");

        await Expect(Banner(visitor)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task PAB_0021_There_is_no_photograph()
    {
        await using var visitor = await OpenAsync();

        await Expect(visitor.Page.Locator("img, picture, image")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task PAB_0020_The_preferred_name_stands_in_the_banner()
    {
        await using var visitor = await OpenAsync();

        await Expect(Banner(visitor)).ToContainTextAsync("Preferred name Edie");
    }

    [Fact]
    public async Task NUM_0001_The_number_is_on_one_line_and_NUM_0010_copies_as_it_is_shown()
    {
        await using var visitor = await OpenAsync();
        var number = Banner(visitor).GetByText("999 000 0018");

        Assert.Equal(1, await number.EvaluateAsync<int>("element => element.getClientRects().length"));
        Assert.Equal("999 000 0018", await number.EvaluateAsync<string>(
            "element => { getSelection().selectAllChildren(element); return getSelection().toString(); }"));
    }

    [Fact]
    public async Task PAB_0064_The_label_of_allergies_has_a_symbol_of_its_own_and_PAB_0071_each_entry_its_date()
    {
        await using var visitor = await OpenAsync();
        var box = Banner(visitor).GetByRole(AriaRole.Group, new() { Name = "Known allergies" });

        await Expect(box.Locator("use").First).ToHaveAttributeAsync("href", "#i-warn");
        foreach (var entry in await box.GetByRole(AriaRole.Listitem).AllInnerTextsAsync())
            Assert.Matches(@"updated \d\d-[A-Z][a-z]{2}-\d{4}\)", entry);
    }

    [Fact]
    public async Task PAB_0076_The_keyboard_goes_through_the_banner_in_the_order_of_the_eye()
    {
        await using var visitor = await OpenAsync();

        var order = await Banner(visitor).EvaluateAsync<string[]>("""
            banner => [...banner.querySelectorAll('a[href], summary, button')].map(element => {
              const box = element.getBoundingClientRect();
              return element.closest('.dcr-z2') ? 'zone 2' : element.closest('.dcr-allergy') ? 'allergies' : element.closest('.dcr-flags') ? 'flags' : 'zone 1';
            })
            """);
        Assert.Equal(order.OrderBy(zone => Array.IndexOf(["zone 1", "zone 2", "allergies", "flags"], zone)), order);
    }

    [Fact]
    public async Task PAB_0055_A_person_who_died_is_told_by_colour_and_pattern_and_PAB_0057_by_Died_with_the_date_and_age()
    {
        var who = Cast.Walter;
        await house.Told.SayAsync(SourceCodes.SystemC, who.HospitalNumber, Told.State("person", Told.Demographics(who), TimeProvider.System.GetUtcNow()));
        var person = await house.Told.PersonOfAsync(SourceCodes.SystemC, who.HospitalNumber);
        await using var visitor = await house.SignInAsync("clinician.dch", anew: true);
        await visitor.OpenAsync($"/record/{person}");
        await visitor.SayWhyAsync();

        var ground = await Banner(visitor).EvaluateAsync<string>("banner => getComputedStyle(banner).backgroundImage");
        var words = await Banner(visitor).Locator(".dcr-id").InnerTextAsync();

        Assert.StartsWith("repeating-linear-gradient", ground, StringComparison.Ordinal);
        Assert.Matches(@"Born 24-Dec-1941\s+Died 09-May-2026\s+Age at Death 84y\s+Gender Male", words);
        Assert.DoesNotContain("(84y)", words, StringComparison.Ordinal);
        Assert.Contains("NHS No. Not Known", words, StringComparison.Ordinal); // PAB-0019
        Assert.Empty(await visitor.AxeAsync());
        await visitor.PhotographAsync("deceased");
    }

    [Fact]
    public async Task When_sources_disagree_who_somebody_is_then_the_banner_says_so_and_each_value_is_one_click_away()
    {
        var who = Cast.Thomas;
        await house.Told.SayAsync(SourceCodes.SystemC, who.HospitalNumber, Told.State("person", Told.Demographics(who), TimeProvider.System.GetUtcNow()));
        await house.Told.SayAsync(SourceCodes.Gp, "gp-differs", Told.State("person", Told.Demographics(who) with { GivenNames = "Thomas", Postcode = "DT2 9ZZ" }, TimeProvider.System.GetUtcNow()));
        var person = await house.Told.PersonOfAsync(SourceCodes.SystemC, who.HospitalNumber);
        await using var visitor = await house.SignInAsync("clinician.dch", anew: true);
        await visitor.OpenAsync($"/record/{person}");
        await visitor.SayWhyAsync();

        await visitor.Page.GetByText("Details differ between sources").ClickAsync();

        await Expect(Banner(visitor)).ToContainTextAsync("DT2 9ZZ");
        await visitor.PhotographAsync("details-differ");
    }

    private async Task<Visitor> OpenAsync()
    {
        var visitor = await house.SignInAsync("clinician.dch");
        await visitor.OpenAsync(house.Record().PathAndQuery);
        return visitor;
    }

    private static ILocator Banner(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Person", Exact = true });

    private static Task<string> GroundAsync(ILocator element) => element.EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor");
}
