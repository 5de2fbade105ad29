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
    ["replay", var id] => await Replay.RunAsync(id),
    _ => Usage.Say(),
};
