using DorsetCareRecord.Access.Showing;
using DorsetCareRecord.EndToEnd.House;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DorsetCareRecord.EndToEnd;

/// <summary>What the signs mean, one action from where they are met.</summary>
public sealed class HelpTests(OpenHouse house)
{
    [Theory]
    [InlineData("clinician.dch", 1280)]
    [InlineData("socialworker.dcc", 400)]
    public async Task When_a_reader_wonders_what_a_sign_means_then_one_action_from_the_record_says_it(string user, int width)
    {
        await using var visitor = await house.SignInAsync(user, width: width);
        await visitor.OpenAsync(house.Record().PathAndQuery);

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "What the signs mean" }).PressAsync("Enter");

        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Help");
        await Expect(visitor.Page.GetByRole(AriaRole.Row, new() { Name = "Results" }).Last)
            .ToContainTextAsync(user.StartsWith("social", StringComparison.Ordinal) ? "Nothing" : "All");
        await Expect(visitor.Page.GetByText(ResultFlag.Of("HH").Word)).ToBeVisibleAsync();
        Assert.True(await visitor.Page.EvaluateAsync<bool>($"document.documentElement.scrollWidth <= {width}"), "the page is too wide");
        Assert.Empty(await visitor.AxeAsync());
        Assert.Empty(visitor.Complaints);
        if (width > 400)
            await visitor.PhotographAsync("help", whole: true);
    }

    [Fact]
    public async Task When_somebody_who_opens_no_records_asks_for_help_then_nothing_is_said_of_what_they_would_see()
    {
        await using var visitor = await house.SignInAsync("admin.dch");

        await visitor.OpenAsync("/admin");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Help" }).ClickAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Help");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "What you see" })).ToHaveCountAsync(0);
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "What you see" })).ToHaveCountAsync(0);
    }
}
