using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Projection.Applying;

/// <summary>Typed parameters: many rows travel as one array a column.</summary>
internal static class Arrays
{
    public static NpgsqlParameter Texts(IEnumerable<string?> values) => Of<string?>(NpgsqlDbType.Text, values);

    public static NpgsqlParameter Ids(IEnumerable<Guid> values) => Of(NpgsqlDbType.Uuid, values);

    public static NpgsqlParameter Times(IEnumerable<DateTimeOffset> values) =>
        Of(NpgsqlDbType.TimestampTz, values.Select(v => v.UtcDateTime));

    public static NpgsqlParameter Longs(IEnumerable<long> values) => Of(NpgsqlDbType.Bigint, values);

    public static NpgsqlParameter Numbers(IEnumerable<int> values) => Of(NpgsqlDbType.Integer, values);

    public static NpgsqlParameter Smalls(IEnumerable<short> values) => Of(NpgsqlDbType.Smallint, values);

    public static NpgsqlParameter SmallsOrNull(IEnumerable<short?> values) => Of(NpgsqlDbType.Smallint, values);

    public static NpgsqlParameter YesNos(IEnumerable<bool?> values) => Of(NpgsqlDbType.Boolean, values);

    public static NpgsqlParameter Bytes(IEnumerable<byte[]> values) => Of(NpgsqlDbType.Bytea, values);

    /// <summary>Lists of texts, joined by U+001F, which no stored text contains; <c>string_to_array</c> takes them apart.</summary>
    public static NpgsqlParameter Joined(IEnumerable<IEnumerable<string>> values) =>
        Texts(values.Select(v => string.Join('\u001f', v)));

    private static NpgsqlParameter<T[]> Of<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }
}
