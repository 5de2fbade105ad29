using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Matching;

/// <summary>An NHS number a source gave its patient once and no longer does: superseded by the register, mistyped, or emptied.</summary>
/// <param name="Number">Ten digits.</param>
/// <param name="Status">NHS NUMBER STATUS INDICATOR it had last.</param>
/// <param name="From">When the source first gave it, by its own clock.</param>
/// <param name="Until">When the source last gave it.</param>
/// <param name="MessageId">The message that did.</param>
internal sealed record FormerNumber(string Number, string? Status, DateTimeOffset From, DateTimeOffset Until, long MessageId);

/// <summary>
/// From everything a source said of who its patient is to the numbers that went. It looks at first and last statements only, which do not
/// depend on the order of arrival.
/// </summary>
internal static class FormerNumbers
{
    /// <param name="said">The log of the demographics.</param>
    /// <param name="current">The number they have now.</param>
    public static IReadOnlyList<FormerNumber> Of(IReadOnlyList<Said> said, string? current) =>
    [
        .. said.Select(s => (Said: s, Person: s.Item as Demographics))
            .Select(s => (s.Said, s.Person?.NhsNumberStatus, Number: Digits(s.Person?.NhsNumber)))
            .Where(s => s.Number is not null && s.Number != current)
            .GroupBy(s => s.Number!)
            .OrderBy(number => number.Key, StringComparer.Ordinal)
            .Select(number => (number.Key, First: number.Min(s => s.Said.First.At), Last: number.MaxBy(s => s.Said.Last)))
            .Select(n => new FormerNumber(n.Key, n.Last.NhsNumberStatus, n.First, n.Last.Said.Last.At, n.Last.Said.Last.MessageId)),
    ];

    private static string? Digits(string? text) => NhsNumber.TryParse(text, out var number) ? number.Value.Digits : null;
}
