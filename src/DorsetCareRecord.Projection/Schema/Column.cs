using System.Linq.Expressions;
using System.Reflection;
using DorsetCareRecord.Record.Sections;
using Npgsql;

namespace DorsetCareRecord.Projection.Schema;

/// <summary>A column of an item's table: its name, its type, and how to take its value out of an item.</summary>
internal abstract record Column(string Name, string PostgresType, Type ClrType, bool Nullable)
{
    /// <summary>A list of strings travels joined in a parameter array, because unnest would flatten an array of arrays.</summary>
    public bool IsList => PostgresType == "text[]";

    /// <summary>The expression that turns the unnested parameter <paramref name="name"/> into the column's value.</summary>
    public string FromParameter(string name) => IsList ? $"string_to_array({name}, E'\\x1f')" : name;

    /// <summary>The values of all items, one array, for unnest.</summary>
    public abstract NpgsqlParameter Values(IReadOnlyList<Item> items);

    /// <summary>A column whose value <paramref name="value"/> takes from an item given as <see cref="Item"/>.</summary>
    public static Column Of(string name, string postgresType, bool nullable, Expression value, ParameterExpression item)
    {
        var type = value.Type;
        return (Column)typeof(Column).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, [name, postgresType, nullable, value, item])!;
    }

    private static Column<T> Make<T>(string name, string postgresType, bool nullable, Expression value, ParameterExpression item) =>
        new(name, postgresType, nullable, Expression.Lambda<Func<Item, T>>(value, item).Compile());
}

internal sealed record Column<T>(string Name, string PostgresType, bool Nullable, Func<Item, T> Value)
    : Column(Name, PostgresType, PostgresType == "text[]" ? typeof(string[]) : typeof(T), Nullable)
{
    public override NpgsqlParameter Values(IReadOnlyList<Item> items)
    {
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Value(items[i]);
        return new NpgsqlParameter<T[]> { TypedValue = values };
    }
}
