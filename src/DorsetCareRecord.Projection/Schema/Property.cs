using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Schema;

/// <summary>
/// A property of an item and the columns it lies in. The rule is the whole mapping, so a new property of an item needs
/// only a migration: enums as their number, dates in their storage form, a coding as three columns, all in snake case.
/// </summary>
internal sealed class Property
{
    private Property(PropertyInfo info, IReadOnlyList<Column> columns, Func<Expression, int, Expression> read) =>
        (Info, Columns, Read) = (info, columns, read);

    public PropertyInfo Info { get; }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The property's value, from a reader and the ordinal of the property's first column.</summary>
    public Func<Expression, int, Expression> Read { get; }

    /// <summary>The properties of an item's own, in the order they are written.</summary>
    public static IReadOnlyList<Property> Of(Type itemType) =>
    [
        .. itemType.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null && p.CanWrite)
            .OrderBy(p => p.MetadataToken)
            .Select(p => Of(itemType, p)),
    ];

    private static Property Of(Type itemType, PropertyInfo info)
    {
        var item = Expression.Parameter(typeof(Item), "item");
        var value = Expression.Property(Expression.Convert(item, itemType), info);
        var name = SnakeCase(info.Name);
        var type = info.PropertyType;
        var inner = System.Nullable.GetUnderlyingType(type) ?? type;
        var nullable = new NullabilityInfoContext().Create(info).ReadState == NullabilityState.Nullable;

        Column One(string postgresType, Expression expression) => Column.Of(name, postgresType, nullable, expression, item);

        Expression Cell(string method, Expression reader, int ordinal) =>
            Expression.Call(typeof(Cell), method, null, reader, Expression.Constant(ordinal));

        if (inner.IsEnum)
        {
            var number = nullable ? typeof(short?) : typeof(short);
            return new(info, [One("smallint", Expression.Convert(value, number))],
                (reader, i) => Expression.Convert(Cell(nullable ? nameof(Schema.Cell.SmallOrNull) : nameof(Schema.Cell.Small), reader, i), type));
        }

        if (inner == typeof(ClinicalDate))
            return new(info, [One("text", Expression.Call(typeof(Property), nameof(Stored), null, Expression.Convert(value, typeof(ClinicalDate?))))],
                (reader, i) => Expression.Convert(Cell(nameof(Schema.Cell.Date), reader, i), type));

        if (inner == typeof(Coding))
        {
            return new(info,
                [
                    Column.Of("code", "text", nullable: true, Expression.Call(typeof(Property), nameof(CodeOf), null, value), item),
                    Column.Of("code_system", "text", nullable: true, Expression.Call(typeof(Property), nameof(SystemOf), null, value), item),
                    Column.Of("code_display", "text", nullable: true, Expression.Call(typeof(Property), nameof(DisplayOf), null, value), item),
                ],
                (reader, i) => Cell(nameof(Schema.Cell.Coding), reader, i));
        }

        if (inner == typeof(IReadOnlyList<string>))
            return new(info, [One("text[]", Expression.Call(typeof(Property), nameof(Joined), null, value))],
                (reader, i) => Cell(nameof(Schema.Cell.List), reader, i));

        var (postgres, read) = inner switch
        {
            _ when inner == typeof(string) => ("text", nullable ? nameof(Schema.Cell.TextOrNull) : nameof(Schema.Cell.Text)),
            _ when inner == typeof(bool) => ("boolean", nullable ? nameof(Schema.Cell.YesNoOrNull) : nameof(Schema.Cell.YesNo)),
            _ when inner == typeof(int) && nullable => ("integer", nameof(Schema.Cell.WholeOrNull)),
            _ when inner == typeof(decimal) && nullable => ("numeric", nameof(Schema.Cell.DecimalOrNull)),
            _ => throw new NotSupportedException($"{itemType.Name}.{info.Name}: no column rule for {type.Name}"),
        };
        return new(info, [One(postgres, value)], (reader, i) => Cell(read, reader, i));
    }

    private static string? Stored(ClinicalDate? date) => date?.ToString();

    private static string? CodeOf(Coding? coding) => coding?.Code;

    private static string? SystemOf(Coding? coding) => coding?.System;

    private static string? DisplayOf(Coding? coding) => coding?.Display;

    private static string? Joined(IReadOnlyList<string>? list) => list is null ? null : string.Join('\u001f', list);

    internal static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && snake.Length > 0)
                snake.Append('_');
            snake.Append(char.ToLower(c, CultureInfo.InvariantCulture));
        }

        return snake.ToString();
    }
}

/// <summary>Cells of a row as the values items hold.</summary>
internal static class Cell
{
    public static string Text(NpgsqlDataReader row, int i) => row.GetString(i);

    public static string? TextOrNull(NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);

    public static bool YesNo(NpgsqlDataReader row, int i) => row.GetBoolean(i);

    public static bool? YesNoOrNull(NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetBoolean(i);

    public static short Small(NpgsqlDataReader row, int i) => row.GetInt16(i);

    public static short? SmallOrNull(NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetInt16(i);

    public static int? WholeOrNull(NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetInt32(i);

    public static decimal? DecimalOrNull(NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetDecimal(i);

    public static IReadOnlyList<string>? List(NpgsqlDataReader row, int i) =>
        row.IsDBNull(i) ? null : row.GetFieldValue<string[]>(i);

    public static ClinicalDate? Date(NpgsqlDataReader row, int i) =>
        !row.IsDBNull(i) && ClinicalDate.TryParse(row.GetString(i), out var date) ? date : null;

    public static Coding? Coding(NpgsqlDataReader row, int i) => row.IsDBNull(i)
        ? null
        : new Coding(row.GetString(i), TextOrNull(row, i + 1), TextOrNull(row, i + 2));

    public static DateTimeOffset Instant(NpgsqlDataReader row, int i) =>
        new(DateTime.SpecifyKind(row.GetDateTime(i), DateTimeKind.Utc));
}
