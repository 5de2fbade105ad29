using DorsetCareRecord.Portal.Commands;

return args switch
{
    [] => await Serve.RunAsync(),
    ["migrate"] => await Migrate.RunAsync(),
    ["directory", "import", var file] => await ImportDirectory.RunAsync(file),
    _ => Usage.Say(),
};
