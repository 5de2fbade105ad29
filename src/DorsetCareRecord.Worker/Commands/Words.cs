namespace DorsetCareRecord.Worker.Commands;

/// <summary>What was typed after a verb: plain words, options with a value (<c>--why TEXT</c>), and switches.</summary>
/// <param name="Unknown">An option nobody knows, or one without its value.</param>
internal sealed record Words(IReadOnlyList<string> Plain, IReadOnlyDictionary<string, string> Options, IReadOnlySet<string> Switches, string? Unknown)
{
    private static readonly string[] s_options = ["why", "source", "reason", "since", "from", "until", "control-id", "nhs", "as-at"];
    private static readonly string[] s_switches = ["json", "dry-run", "accept-collapse"];

    internal string? this[string option] => Options.GetValueOrDefault(option);

    internal bool Has(string name) => Switches.Contains(name);

    internal static Words Of(string[] arguments)
    {
        var plain = new List<string>();
        var options = new Dictionary<string, string>();
        var switches = new HashSet<string>();
        string? unknown = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i].StartsWith("--", StringComparison.Ordinal) ? arguments[i][2..] : null;
            if (name is null)
                plain.Add(arguments[i]);
            else if (s_switches.Contains(name))
                switches.Add(name);
            else if (s_options.Contains(name) && i + 1 < arguments.Length)
                options[name] = arguments[++i];
            else
                unknown ??= arguments[i];
        }

        return new Words(plain, options, switches, unknown);
    }
}
