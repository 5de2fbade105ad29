using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Testing;

/// <summary>
/// Tells a test's database what sources said, through the real projector: for tests of reading, which begin where the
/// adapters end. Messages are numbered from one for each teller.
/// </summary>
public sealed class Told(TestDatabase database, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long _message;

    /// <summary>One message of one source about one of its patients.</summary>
    public Task SayAsync(string source, string localId, params IReadOnlyList<Fact> facts) =>
        ApplyAsync(new PatientFacts(new LocalPatient(source, localId), facts));

    public async Task ApplyAsync(params IReadOnlyList<PatientFacts> patients)
    {
        await using var connection = new NpgsqlConnection(RecordSchema.WithSearchPath(database.Worker));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var messages = patients.Select(patient => new MessageFacts(++_message, _clock.GetUtcNow(), 1, [patient])).ToList();
        await new Projector().ApplyAsync(connection, transaction, messages);
        await transaction.CommitAsync();
    }

    /// <summary>The person a source's patient is now.</summary>
    public async Task<Guid> PersonOfAsync(string source, string localId)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand("""
            select l.person_id from record.identifier i
            join record.person_link l on l.identity_id = i.identity_id and l.ended_at is null
            where i.source = $1 and i.local_id = $2
            """, connection);
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = localId });
        return (Guid)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("Nobody is told of."));
    }

    /// <summary>A member of the cast as a source knows them.</summary>
    public static Demographics Demographics(CastMember member) => new()
    {
        NhsNumber = member.NhsNumber?.Digits,
        NhsNumberStatus = member.NhsNumber is null ? null : "01",
        FamilyName = member.FamilyName,
        GivenNames = member.GivenNames,
        Title = member.Title,
        Gender = member.Gender == "male" ? "Male" : "Female",
        BornOn = ClinicalDate.OfDay(member.BornOn),
        Postcode = member.Postcode,
        Deceased = member.DiedOn is null ? null : true,
        DiedOn = member.DiedOn is { } died ? ClinicalDate.OfDay(died) : null,
    };

    /// <summary>States an item, at a moment the source gives.</summary>
    public static Stated State(string key, Item item, DateTimeOffset at) => new(key, item, new SourceVersion(at));
}
