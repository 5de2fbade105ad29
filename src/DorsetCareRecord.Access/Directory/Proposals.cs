using System.Text.Json;
using System.Text.Json.Serialization;
using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Reading;
using DorsetCareRecord.Access.Rules;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Access.Directory;

/// <summary>Something that opens more to a whole organisation, or gives somebody power over it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Share), "share")]
[JsonDerivedType(typeof(Administrator), "administrator")]
public abstract record Change
{
    /// <summary>The asking organisation shares a category with another.</summary>
    public sealed record Share(string Consumer, Category Category, Purpose Purpose, string Preset, DateOnly? Until) : Change;

    /// <summary>A member of the asking organisation becomes its administrator.</summary>
    public sealed record Administrator(Guid Account) : Change;
}

/// <summary>A change that waits for a second person.</summary>
/// <param name="IsMine">Asked by whoever looks, who therefore cannot approve it.</param>
public sealed record Proposal(Guid Id, Change Change, string Why, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset LapsesAt, bool IsMine);

/// <summary>
/// Two people for what opens something to a whole organisation (ASVS 5.0, 2.3.5): one administrator asks, another of the same
/// organisation approves within a week, and it is done exactly as it was asked, in the transaction of the approval.
/// </summary>
public sealed class Proposals(AccessDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan LapseAfter = TimeSpan.FromDays(7);

    internal async Task<Changed> AskAsync(Viewer viewer, Change change, string why, CancellationToken cancel)
    {
        if (why.Trim().Length is 0 or > 500 || (change is Change.Share share && !IsMeant(viewer, share)))
            return Changed.NotUnderstood;
        var now = clock.GetUtcNow();
        await using var command = database.Source.CreateCommand("""
            insert into access.proposal (id, organisation_code, kind, change, why, asked_by_id, asked_by, asked_at, lapses_at)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9
            where $10::uuid is null or exists (select from access.account where id = $10 and organisation_code = $2)
            """);
        Add(command, Guid.NewGuid(), viewer.Organisation, change is Change.Share ? "share" : "administrator", JsonSerializer.Serialize(change),
            why.Trim(), viewer.Account, viewer.Name, now, now + LapseAfter);
        command.Parameters.Add(new() { Value = change is Change.Administrator one ? one.Account : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await command.ExecuteNonQueryAsync(cancel) == 1 ? Changed.Waits : Changed.NothingForYou;
    }

    /// <summary>Asks to share; ending is <see cref="Agreements.EndAsync"/> and needs one person only.</summary>
    public async Task<Changed> AskToShareAsync(Viewer viewer, Change.Share share, string why, Origin origin, CancellationToken cancel) =>
        MustProve(viewer, clock.GetUtcNow()) ? Changed.ProveAgain
            : await NoteAsync(Act.ProposeChange, viewer, [$"share:{share.Consumer}:{share.Category}"], origin, cancel) ? await AskAsync(viewer, share, why, cancel)
            : Changed.NothingForYou;

    /// <summary>What waits in the viewer's own organisation.</summary>
    public async Task<IReadOnlyList<Proposal>> WaitingAsync(Viewer viewer, CancellationToken cancel)
    {
        if (!Decide.MayAdministerAccounts(viewer.Role))
            return [];
        await using var command = database.Source.CreateCommand("""
            select id, change, why, asked_by, asked_at, lapses_at, asked_by_id from access.proposal
            where organisation_code = $1 and outcome is null and lapses_at > $2 order by asked_at
            """);
        Add(command, viewer.Organisation, clock.GetUtcNow());
        await using var row = await command.ExecuteReaderAsync(cancel);
        var waiting = new List<Proposal>();
        while (await row.ReadAsync(cancel))
        {
            waiting.Add(new(row.GetGuid(0), JsonSerializer.Deserialize<Change>(row.GetString(1))!, row.GetString(2), row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetGuid(6) == viewer.Account));
        }

        return waiting;
    }

    /// <summary>Approving is for another person of the same organisation; refusing too; taking back is for whoever asked.</summary>
    public async Task<Changed> DecideAsync(Viewer viewer, Guid proposal, bool approve, Origin origin, CancellationToken cancel)
    {
        if (approve && MustProve(viewer, clock.GetUtcNow()))
            return Changed.ProveAgain;
        if (!await NoteAsync(approve ? Act.ApproveChange : Act.RefuseChange, viewer, [$"proposal:{proposal}"], origin, cancel))
            return Changed.NothingForYou;
        var now = clock.GetUtcNow();
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        Change? change = null;
        var why = "";
        // The row is claimed by the update itself, so a proposal approved twice at once is done once.
        await using (var claim = new NpgsqlCommand("""
            update access.proposal set decided_by_id = $3, decided_by = $4, decided_at = $5,
                outcome = case when $6 then 'approved' when asked_by_id = $3 then 'taken-back' else 'refused' end
            where id = $1 and organisation_code = $2 and outcome is null and lapses_at > $5 and (not $6 or asked_by_id <> $3)
            returning change, why || ' (asked by ' || asked_by || ')'
            """, connection, transaction))
        {
            Add(claim, proposal, viewer.Organisation, viewer.Account, viewer.Name, now, approve);
            await using var row = await claim.ExecuteReaderAsync(cancel);
            if (await row.ReadAsync(cancel))
                (change, why) = (JsonSerializer.Deserialize<Change>(row.GetString(0)), row.GetString(1));
        }

        if (change is null)
            return Changed.NothingForYou;
        if (approve)
            await DoAsync(connection, transaction, viewer, change, why, now, cancel);
        await transaction.CommitAsync(cancel);
        return Changed.Done;
    }

    /// <summary>Whoever may not do it at all is not asked to prove anything.</summary>
    internal static bool MustProve(Viewer viewer, DateTimeOffset now) =>
        Decide.MayAdministerAccounts(viewer.Role) && !viewer.HasProved(Proof.ToFinish, now);

    private static async Task DoAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Viewer viewer, Change change, string why,
        DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("", connection, transaction);
        switch (change)
        {
            case Change.Share share:
                command.CommandText = """
                    insert into access.sharing_agreement
                        (id, source_org, consumer_org, category, purpose, preset, valid_from, valid_to, made_by, made_at, why)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7, $10)
                    """;
                Add(command, Guid.NewGuid(), viewer.Organisation, share.Consumer, (short)share.Category, Purposes.Name(share.Purpose), share.Preset, now);
                command.Parameters.Add(new()
                {
                    Value = share.Until is { } day ? day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : DBNull.Value,
                    NpgsqlDbType = NpgsqlDbType.TimestampTz,
                });
                Add(command, viewer.Name, why);
                break;
            case Change.Administrator administrator:
                command.CommandText = $"update access.account set role = 'admin', {Members.Decided("role")} where id = $1 and organisation_code = $2";
                Add(command, administrator.Account, viewer.Organisation);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change));
        }

        await command.ExecuteNonQueryAsync(cancel);
    }

    private static bool IsMeant(Viewer viewer, Change.Share share) => share.Consumer != viewer.Organisation
        && Record.Organisations.Dorset.OrganisationOf(share.Consumer) is not null && share.Category.IsAgreedOn() && Enum.IsDefined(share.Category)
        && Enum.IsDefined(share.Purpose) && share.Preset is Presets.LeastPrivilege or Presets.DorsetFlat;

    private async Task<bool> NoteAsync(Act act, Viewer viewer, IReadOnlyList<string> rules, Origin origin, CancellationToken cancel)
    {
        var may = Decide.MayAdministerAccounts(viewer.Role);
        await AuditLog.WriteAsync(database,
            new Note { Act = act, Outcome = may ? Outcome.Allowed : Outcome.Refused, Viewer = viewer, Origin = origin, Rules = rules }, cancel);
        return may;
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
    }
}
