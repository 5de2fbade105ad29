using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Access.Tests.Reading;

public sealed class ReadLettersTests(PostgresFixture postgres) : IAsyncLifetime
{
    private ReadingHouse _house = null!;
    private Guid _edith;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await ReadingHouse.BeginAsync(postgres);
        _edith = await _house.TellEdithAsync();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task When_one_viewer_has_read_a_letter_then_it_is_unread_for_the_others_and_again_when_its_content_changes()
    {
        var reading = new ReadLetters(_house.Access, TimeProvider.System);
        var clinician = await Setup.SignInAsync(_house.Access, "clinician.dch");
        var pharmacist = await Setup.SignInAsync(_house.Access, "pharmacist");
        var view = await _house.ReadAsync("clinician.dch", _edith, Errand.Letters);
        var letter = view.Letters.Entries.First(one => one.Item.Kind == LetterKind.Discharge);

        await reading.MarkAsync(clinician, view, [letter], Cancel);
        await reading.MarkAsync(clinician, view, [letter], Cancel);

        Assert.Equal([letter.Id], await reading.OfAsync(clinician, view, Cancel));
        Assert.Empty(await reading.OfAsync(pharmacist, view, Cancel));
        await _house.Told.SayAsync(SourceCodes.SystemC, EdithsRecord.HospitalNumber, Told.State(letter.Key, letter.Item with
        {
            ContentHash = new string('0', 64),
            Document = new Document("text/plain", [1], null),
        }, TimeProvider.System.GetUtcNow()));
        Assert.Empty(await reading.OfAsync(clinician, await _house.ReadAsync("clinician.dch", _edith, Errand.Letters), Cancel));
    }

    [Fact]
    public async Task When_a_stored_file_is_not_as_it_was_received_then_H20_it_says_so()
    {
        var letter = (await _house.ReadAsync("clinician.dch", _edith, Errand.Letters)).Letters.Entries[0];
        await _house.AskAsync($"update record.document set bytes = bytes || '\\x20' where entry_id = '{letter.Id}'");
        var opened = Assert.IsType<Opening.Opened>(await _house.OpenAsync("clinician.dch", _edith, Errand.Letter(letter.Id)));
        await opened.Lens.ReadAsync(Cancel);

        Assert.False((await opened.Lens.ReadFileAsync(Cancel))!.IsAsReceived);
    }
}
