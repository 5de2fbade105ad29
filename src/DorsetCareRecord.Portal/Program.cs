using DorsetCareRecord.Portal.Commands;

return args switch
{
    [] => await Serve.RunAsync(),
    ["migrate"] => await Migrate.RunAsync(),
    ["audit", "verify"] => await Audit.VerifyAsync(asJson: false),
    ["audit", "verify", "--json"] => await Audit.VerifyAsync(asJson: true),
    ["audit", "screen", var subject, var time] => await Audit.ScreenAsync(subject, time),
    ["privacy", "staff", var organisation, var file] => await Staff.RunAsync(organisation, file),
    ["directory", "import", var file] => await ImportDirectory.RunAsync(file),
    _ => Usage.Say(),
};
