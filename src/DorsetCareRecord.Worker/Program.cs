using MatchWord = DorsetCareRecord.Feeds.Desk.Acts.MatchWord;
using DorsetCareRecord.Worker.Commands;

return args switch
{
    [] => await Serve.RunAsync(),
    ["migrate"] => await Migrate.RunAsync(),
    ["inbox", .. var rest] => await ShowInbox.RunAsync(rest),
    ["parked", .. var rest] => await ShowParked.RunAsync(rest),
    ["show", .. var rest] => await Show.RunAsync(rest),
    ["verify", .. var rest] => await Verify.RunAsync(rest),
    ["rebuild"] => await Rebuild.RunAsync(),
    ["feeds", .. var rest] => await ShowFeeds.RunAsync(rest),
    ["pause", .. var rest] => await PauseResume.PauseAsync(rest),
    ["resume", .. var rest] => await PauseResume.ResumeAsync(rest),
    ["replay", .. var rest] => await Replay.RunAsync(rest),
    ["find", .. var rest] => await Find.RunAsync(rest),
    ["reconcile", .. var rest] => await Reconcile.RunAsync(rest),
    ["matches", .. var rest] => await ShowMatches.RunAsync(rest),
    ["link", .. var rest] => await Rule.RunAsync(MatchWord.Same, rest),
    ["unlink", .. var rest] => await Rule.RunAsync(MatchWord.Apart, rest),
    ["unmerge", .. var rest] => await Rule.RunAsync(MatchWord.Unmerge, rest),
    ["cutover", .. var rest] => await CutoverCommand.RunAsync(rest),
    _ => Usage.Say(),
};
