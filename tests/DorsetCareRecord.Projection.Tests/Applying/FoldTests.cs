using CsCheck;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Projection.Tests.Applying;

/// <summary>The pure middle: logs and their fold, without a database.</summary>
public sealed class FoldTests
{
    [Fact]
    public void When_statements_are_processed_in_any_order_then_the_same_is_shown() =>
        Gen.Select(Gen.Int, Gen.Int).Sample((seed, order) =>
        {
            var messages = County.Messages(seed, 40);
            var shuffled = messages.ToArray();
            new Random(order).Shuffle(shuffled);

            Assert.Equal(Shown(Process(messages)), Shown(Process(shuffled)));
        }, iter: 400);

    [Fact]
    public void When_every_message_is_processed_again_then_the_logs_do_not_change() =>
        Gen.Select(Gen.Int, Gen.Int).Sample((seed, order) =>
        {
            var messages = County.Messages(seed, 40);
            var again = messages.ToArray();
            new Random(order).Shuffle(again);

            Assert.Equal(Logs(Process(messages)), Logs(Process([.. messages, .. again])));
        }, iter: 400);

    [Fact]
    public void When_a_letters_status_comes_without_its_content_then_the_content_stays()
    {
        var letter = new Letter { Kind = LetterKind.Clinic, Title = "Clinic letter", Status = LetterStatus.Final, ContentHash = "ab", ContentType = "text/plain", ContentLength = 2 };

        var folded = Fold.Item([SaidAt(0, letter), SaidAt(1, new Letter { Kind = LetterKind.Clinic, Title = "Clinic letter", Status = LetterStatus.Superseded })]);

        Assert.Equal(letter with { Status = LetterStatus.Superseded }, folded);
    }

    [Fact]
    public void When_a_report_becomes_final_without_its_words_then_the_words_stay()
    {
        var unverified = new Report { Kind = ReportKind.Radiology, Title = "XR Chest", Status = ResultStatus.Preliminary, Text = "Heart size normal." };

        var folded = Fold.Item([SaidAt(0, unverified), SaidAt(1, unverified with { Status = ResultStatus.Final, Text = null })]);

        Assert.Equal(unverified with { Status = ResultStatus.Final }, folded);
    }

    private static Said SaidAt(int minute, Item item) =>
        new(new Stamp(County.At(minute).At, minute, 0), County.Dawn, 1, list: null, ItemJson.Write(item), item);

    private static Dictionary<Guid, PatientState> Process(IEnumerable<MessageFacts> messages)
    {
        var states = new Dictionary<Guid, PatientState>();
        foreach (var intake in messages.SelectMany(m => new Intake([m]).Patients))
        {
            var before = states.GetValueOrDefault(intake.IdentityId);
            var state = new PatientState(intake)
            {
                IsNew = before is null,
                OwnPersonId = intake.IdentityId,
                FirstSeenAt = before?.FirstSeenAt ?? intake.SeenAt,
                TraitBefore = before?.Trait ?? Trait.None,
            };
            foreach (var entry in before is null ? [] : before.Entries.Values.ToArray())
                state.Entries.Add(entry.Key.Id, new EntryState(entry.Key, new EntryLog(entry.Log.Said)));
            foreach (var (key, log) in before?.Lists ?? [])
                state.Lists.Add(key, log);
            state.Apply();
            states[intake.IdentityId] = state;
        }

        return states;
    }

    private static List<string> Shown(Dictionary<Guid, PatientState> states) =>
    [
        .. states.Values.SelectMany(s => s.Entries.Values.Where(e => e.After is not null).Select(e =>
            $"{s.IdentityId} {e.Key} {e.After!.Ended} {e.After.Head.Last} {e.After.Head.LastRecordedAt:O} {ItemJson.Write(Fold.Item(e.Log.Said))}")).Order(),
        .. states.Values.Select(s => $"{s.IdentityId} {s.Trait.NhsNumber} {s.Trait.BornOn} {string.Join('/', s.Trait.FamilyKeys)}").Order(),
    ];

    private static List<string> Logs(Dictionary<Guid, PatientState> states) =>
    [
        .. states.Values.SelectMany(s => s.Entries.Values.SelectMany(e => e.Log.Said.Select(v =>
            $"{e.Key} {v.First} {v.Last} {v.RecordedAt:O} {v.LastRecordedAt:O} {v.List} {v.Json}"))).Order(),
        .. Shown(states),
    ];
}
