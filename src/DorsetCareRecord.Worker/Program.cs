using DorsetCareRecord.Worker.Commands;

return args switch
{
    [] => await Serve.RunAsync(),
    ["migrate"] => await Migrate.RunAsync(),
    ["inbox", .. var rest] => await ShowInbox.RunAsync(rest),
    ["parked", .. var rest] => await ShowParked.RunAsync(rest),
    ["replay", var id] => await Replay.RunAsync(id),
    _ => Usage.Say(),
};
