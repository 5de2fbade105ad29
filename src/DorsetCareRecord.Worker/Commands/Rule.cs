using System.Globalization;
using DorsetCareRecord.Feeds.Desk.Acts;
using DorsetCareRecord.Projection.Merging;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>
/// <c>link</c>, <c>unlink</c> and <c>unmerge</c>: an operator's word on two source records, with a reason. The reverse of each is the
/// other, and leaves the record as it was.
/// </summary>
internal static class Rule
{
    internal static Task<int> RunAsync(MatchWord word, string[] arguments)
    {
        if (arguments is not [var source, var id, var otherSource, var otherId, "--why", var why] || string.IsNullOrWhiteSpace(why))
            return Task.FromResult(Usage.Say());
        foreach (var code in (string[])[source, otherSource])
        {
            if (Dorset.SourceOf(code) is null)
                return Task.FromResult(Usage.Fail($"There is no source {code}: it is one of {string.Join(", ", Dorset.Sources.Select(s => s.Code))}."));
        }

        var args = new Matches.Args(
            Links.IdentityOf(new LocalPatient(source, id)), Links.IdentityOf(new LocalPatient(otherSource, otherId)), word);
        return Asking.RunAsync(Matches.Kind, $"{source} and {otherSource}", args, why, act =>
        {
            var answer = act.AnswerAs<Matches.Answer>()!;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(answer.Persons == 1 ? "they are one person" : "they are two people")}{(word == MatchWord.Unmerge ? $", {answer.Replayed} messages read again" : "")}"));
            return 0;
        });
    }
}
