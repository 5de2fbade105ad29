using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Record.Values;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Access.Privacy;

/// <summary>One member of staff as their organisation's list has them; nothing of it is kept in words.</summary>
public sealed record StaffMember
{
    /// <summary>Of their account here; empty when they have none.</summary>
    public string Subject { get; init; } = "";

    public string? NhsNumber { get; init; }
    public required string FamilyName { get; init; }
    public required string GivenNames { get; init; }
    public DateOnly? BornOn { get; init; }
    public string? Address { get; init; }
    public string? Postcode { get; init; }
    public string? Telephone { get; init; }

    /// <summary>What a patient's rows are compared with; spelt as <see cref="WatchFunction"/> spells it.</summary>
    internal IEnumerable<(string Kind, string Value)> Keys()
    {
        if (Record.Values.NhsNumber.TryParse(NhsNumber, out var number))
            yield return ("number", number.Value.Digits);
        var given = NameKeys.OfGiven(GivenNames);
        var house = Address is null ? "" : new string([.. Address.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]);
        var phone = new string([.. (Telephone ?? "").Where(char.IsAsciiDigit)]);
        foreach (var family in NameKeys.OfFamily(FamilyName))
        {
            if (given is not null && BornOn is { } born)
                yield return ("born", $"{family}|{given}|{born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
            if (Postcode is not null && house.Length > 0)
                yield return ("house", $"{family}|{Postcode.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()}|{house}");
            if (phone.Length >= 10)
                yield return ("phone", $"{family}|{phone[^10..]}");
            if (given is not null)
                yield return ("contact", $"{family}|{given}");
        }
    }
}

/// <summary>
/// An organisation's list of its staff, by the owner: it replaces the one before. Only salted hashes are kept, so that the tables do not
/// say who works where. That keeps a glance out, not whoever owns the database: they have the salt too.
/// </summary>
public static class StaffFile
{
    /// <returns>How many keys are kept now.</returns>
    public static async Task<int> ImportAsync(
        string connectionString, string organisation, IReadOnlyCollection<StaffMember> staff, CancellationToken cancel = default)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        byte[] salt;
        await using (var read = new NpgsqlCommand("select salt from access.staff_salt", connection))
            salt = (byte[])(await read.ExecuteScalarAsync(cancel))!;
        await using (var clear = new NpgsqlCommand("delete from access.staff_key where organisation_code = $1", connection))
        {
            clear.Parameters.Add(new() { Value = organisation });
            await clear.ExecuteNonQueryAsync(cancel);
        }

        var keys = staff.SelectMany(member => member.Keys().Select(key => (member.Subject, key.Kind, key.Value))).Distinct().ToList();
        await using (var copy = await connection.BeginBinaryImportAsync(
            "copy access.staff_key (organisation_code, subject, kind, hash) from stdin (format binary)", cancel))
        {
            foreach (var (subject, kind, value) in keys)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(organisation, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(subject, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(kind, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes($"{kind}:{value}")]), NpgsqlDbType.Bytea, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return keys.Count;
    }
}
