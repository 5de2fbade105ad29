using System.Globalization;

namespace DorsetCareRecord.Projection.Verifying;

/// <summary>One difference between the record and its replay: where, never what it says.</summary>
/// <param name="Person">Our id of the person it concerns; null when there is none.</param>
/// <param name="Table">A table of the record, or <c>message</c>.</param>
/// <param name="Key">The row's key in our own ids, or the message's id.</param>
/// <param name="What">In which of the two the row is missing, or which columns differ.</param>
public sealed record Difference(Guid? Person, string Table, string Key, string What)
{
    internal static Difference OfMessage(long id, string why) => new(null, "message", id.ToString(CultureInfo.InvariantCulture), why);

    public override string ToString() => $"{(Person is { } person ? $"person {person}: " : "")}{Table} {Key}: {What}";
}

/// <summary>What a verification found.</summary>
/// <param name="People">Persons with at least one source record.</param>
/// <param name="Messages">Messages replayed.</param>
public sealed record Verification(long People, long Messages, IReadOnlyList<Difference> Differences);
