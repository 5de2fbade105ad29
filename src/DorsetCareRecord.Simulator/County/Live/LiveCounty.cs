using System.Threading.Channels;
using DorsetCareRecord.Simulator.Dialects.SocialCare;
using DorsetCareRecord.Simulator.Writing.Csv;

namespace DorsetCareRecord.Simulator.County.Live;

/// <summary>
/// Keeps the county going at its rate: the most overdue message of the stories under way, else the first of a new one. Each
/// source has one line that sends in order and waits for its answers, so a source that is away holds up only itself.
/// </summary>
internal sealed class LiveCounty(SyntheticCounty county, CountyOptions options, CountyState state, Counts counts)
{
    private const int StoriesAtOnce = 1_000;
    private const int ConsultationsKept = 8;
    private static readonly TimeSpan BetweenExtracts = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(5);
    private readonly Stories _stories = new(county);
    private readonly List<Story> _open = [];
    private readonly Dictionary<string, Channel<(Story Story, LiveStep Step)>> _lines = new();
    private readonly Lock _lock = new();
    private long _nextStory = state.StoriesReserved;

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var open in state.Open)
            _open.Add(_stories.Tell(open.Number, open.Person, open.Began, IsShort(open.Number), ConsultationsOf(open.Person), open.Told));
        using var senders = new Senders(options, counts);
        foreach (var line in (ReadOnlySpan<string>)["systemc", "camis", "carecentric", "gp"])
            _lines[line] = Channel.CreateUnbounded<(Story, LiveStep)>();
        using var stopTogether = CancellationTokenSource.CreateLinkedTokenSource(ct);
        List<Task> all = [.. _lines.Values.Select(line => LineAsync(line.Reader, senders, stopTogether.Token)), PaceAsync(stopTogether.Token), CouncilsAsync(stopTogether.Token)];
        try
        {
            // One that fails must not leave the others running unseen.
            await await Task.WhenAny(all);
        }
        finally
        {
            await stopTogether.CancelAsync();
            await Task.WhenAll(all).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            Save();
        }
    }

    private async Task PaceAsync(CancellationToken ct)
    {
        var began = options.Clock.GetTimestamp();
        var saved = began;
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Clamp(1000 / options.Rate, 5, 1000)), options.Clock);
        for (long handed = 0; await beat.WaitForNextTickAsync(ct);)
        {
            // After a pause of the machine the county does not catch up: what was not told did not happen.
            var owed = (long)(options.Clock.GetElapsedTime(began).TotalSeconds * options.Rate) - handed;
            handed += owed;
            for (owed = Math.Min(owed, (long)Math.Ceiling(options.Rate)); owed > 0; owed--)
                HandOut(LondonClock.Now(options.Clock));

            if (options.Clock.GetElapsedTime(saved) >= BetweenSaves)
            {
                saved = options.Clock.GetTimestamp();
                Save();
            }
        }
    }

    private void HandOut(DateTime now)
    {
        lock (_lock)
        {
            var story = _open.Where(open => open.NextDue <= now).MinBy(open => open.NextDue) ?? Begin(now);
            if (story is null)
                return;
            _lines[story.Steps[story.Begun].Line].Writer.TryWrite((story, story.Take()));
        }
    }

    /// <summary>Half of the new stories are told in one message: they fill the time until the next step of the long ones.</summary>
    private Story? Begin(DateTime now)
    {
        if (_nextStory >= state.StoriesReserved)
        {
            state.StoriesReserved = _nextStory + StoriesAtOnce;
            state.Write(options.StateFile);
        }

        var number = _nextStory++;
        var busy = _open.Select(story => story.Person).ToHashSet();
        if (PersonFor(number, busy) is not { } person)
            return null;
        var story = _stories.Tell(number, person, now, IsShort(number), ConsultationsOf(person));
        if (Stories.IsConsultation(story))
            Remember(person, new ToldConsultation(number, now));
        _open.Add(story);
        return story;
    }

    private bool IsShort(long number) => Dice.For(county.Seed, "short", number).Chance(0.55);

    private int? PersonFor(long number, HashSet<int> busy)
    {
        var dice = Dice.For(county.Seed, "who", number);
        for (var tries = 0; tries < 50; tries++)
        {
            var index = dice.Between(0, county.People.Count - 1);
            if (!busy.Contains(index) && county.People[index].Died is null)
                return index;
        }

        return null;
    }

    private List<ToldConsultation> ConsultationsOf(int person) => state.Consultations.TryGetValue(person, out var told) ? told : [];

    private void Remember(int person, ToldConsultation told)
    {
        if (!state.Consultations.TryGetValue(person, out var all))
            state.Consultations[person] = all = [];
        all.Add(told);
        if (all.Count > ConsultationsKept)
            all.RemoveAt(0);
    }

    private async Task LineAsync(ChannelReader<(Story Story, LiveStep Step)> line, Senders senders, CancellationToken ct)
    {
        await foreach (var (story, step) in line.ReadAllAsync(ct))
        {
            await (step.Hospital is { } message ? senders.HospitalAsync(message, ct) : senders.GpAsync(step.Bundle!, ct));
            lock (_lock)
            {
                story.Acknowledge();
                if (story.IsOver)
                    _open.Remove(story);
            }
        }
    }

    /// <summary>Councils send by night; here each in turn, every ten minutes, a delta of a few people.</summary>
    private async Task CouncilsAsync(CancellationToken ct)
    {
        var inCare = new List<Life.History>();
        using var beat = new PeriodicTimer(BetweenExtracts, options.Clock);
        while (await beat.WaitForNextTickAsync(ct))
        {
            if (inCare.Count == 0)
                inCare.AddRange(county.People.Select(county.HistoryOf).Where(history => history.Council is not null));
            long number;
            lock (_lock)
                number = state.Extracts++;
            var council = CouncilExtract.Councils.Keys.ElementAt((int)(number % CouncilExtract.Councils.Count));
            var now = LondonClock.Now(options.Clock);
            var extract = CouncilExtract.Of(council, "DELTA", new DateTimeOffset(now, LondonClock.OffsetOf(now)), Delta.Of(county.Seed, number, council, inCare, now));
            await DropFolder.PutAsync(Path.Combine(options.DropFolder, council), extract.Name, extract.Files(), ct);
            counts.Answered(accepted: true);
        }
    }

    private void Save()
    {
        lock (_lock)
        {
            state.Open.Clear();
            state.Open.AddRange(_open.Select(story => story.Remembered()));
            state.Write(options.StateFile);
        }
    }
}
