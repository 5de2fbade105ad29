namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>A person's word on a code no map has: the profile maps it now, it is not needed, or it is open again.</summary>
public static class RuleOnCode
{
    public const string Kind = "code";

    /// <param name="Place">As the worklist has it.</param>
    /// <param name="Shape">As the worklist has it; empty when there is none.</param>
    /// <param name="Code">Of <see cref="CodeState.Mapped"/>: the code itself, which the source's profile must map; read back by nobody but the worker.</param>
    public sealed record Args(string Source, string Place, string Shape, CodeState State, string? Code = null);

    /// <param name="ProfileVersion">Of the profile that maps the code.</param>
    public sealed record Answer(CodeState State, int? ProfileVersion);
}
