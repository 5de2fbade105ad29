using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Access.Rules;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Access.Reading;

/// <summary>What a colleague would be answered, and by which rules; nothing of what the record holds.</summary>
/// <param name="Opening">Of the record itself.</param>
/// <param name="Cells">Of a plain item of each section of each feed.</param>
public sealed record WhyOrWhyNot(string Name, Role Role, Answer Opening, IReadOnlyList<(Section Section, string Feed, Answer Answer)> Cells);

/// <summary>
/// "Why can or can't this person see that?" For the administrator, about a member of their own organisation and anybody's
/// number. It asks the very function that decides, in a session of nobody's, so that no reason given elsewhere counts. It is noted, and
/// a number nobody has is answered like one whose owner opted out.
/// </summary>
public sealed class Explanation(AccessDatabase database, Door door, TimeProvider clock)
{
    /// <summary>Null when the viewer administers nothing, or the user is not of their organisation.</summary>
    public async Task<WhyOrWhyNot?> AskAsync(Viewer viewer, Guid account, NhsNumber number, Origin origin, CancellationToken cancel)
    {
        var may = Decide.MayAdministerAccounts(viewer.Role);
        await AuditLog.WriteAsync(database, new Note
        {
            Act = Act.ExplainDecision, Outcome = may ? Outcome.Allowed : Outcome.Refused, Viewer = viewer, Origin = origin,
            Found = [account], Searched = number.Digits,
        }, cancel);
        if (!may || await ColleagueAsync(viewer, account, cancel) is not { } colleague)
            return null;
        var (question, _, _) = await door.KnockAsync(colleague, await PersonAsync(number, cancel), Purposes.Of(colleague.Role), cancel);
        if (question.Person.HasOptedOut)
            question = question with { Person = new PersonFacts() };
        return new WhyOrWhyNot(colleague.Name, colleague.Role, Decide.Of(question),
        [
            .. from section in Enum.GetValues<Section>()
               from feed in Dorset.Sources
               select (section, feed.Code, Decide.Of(question with
               {
                   Person = question.Person with { IsDeclared = true },
                   Item = new ItemFacts(section, feed.OrganisationCode, []),
               })),
        ]);
    }

    private async Task<Viewer?> ColleagueAsync(Viewer viewer, Guid account, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("""
            select a.issuer, a.subject, a.name, a.role, a.created_at, a.disabled_at, a.trained_until, a.expires_on, a.last_used_at, a.signed_in_at, o.closed_at
            from access.account a join access.organisation o on o.code = a.organisation_code where a.id = $1 and a.organisation_code = $2
            """);
        command.Parameters.Add(new() { Value = account });
        command.Parameters.Add(new() { Value = viewer.Organisation });
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel) || RoleNames.Find(row.GetString(3)) is not { } role)
            return null;
        return new Viewer(account, Guid.Empty, row.GetString(0), row.GetString(1), row.GetString(2), viewer.Organisation, viewer.OrganisationName, role)
        {
            PolicyVersion = viewer.PolicyVersion,
            Standing = Standings.Of(new AccountState(row.GetFieldValue<DateTimeOffset>(4), Time(5), Day(6), Day(7), Time(8), !row.IsDBNull(9), Time(10)),
                clock.GetUtcNow()),
        };

        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
        DateOnly? Day(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
    }

    private async Task<Guid> PersonAsync(NhsNumber number, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("""
            select l.person_id from record.trait t join record.person_link l on l.identity_id = t.identity_id and l.ended_at is null
            where t.nhs_number = $1 order by l.person_id limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number.Digits });
        return await command.ExecuteScalarAsync(cancel) as Guid? ?? Guid.Empty;
    }
}
