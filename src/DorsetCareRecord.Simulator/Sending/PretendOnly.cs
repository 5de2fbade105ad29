namespace DorsetCareRecord.Simulator.Sending;

/// <summary>All that is pretend stays in Development: invented people must never reach a live record.</summary>
public static class PretendOnly
{
    /// <returns>One sentence for the operator, or null when this may run.</returns>
    public static string? Refusal(Func<string, string?> environment)
    {
        foreach (var variable in (ReadOnlySpan<string>)["DCR_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"])
        {
            if (environment(variable) is { Length: > 0 } value && !value.Equals("Development", StringComparison.OrdinalIgnoreCase))
            {
                return $"The simulator runs in Development only, and {variable} is {value}: "
                    + "it sends invented people, who must never reach a live record.";
            }
        }

        return null;
    }
}
