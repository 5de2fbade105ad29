using System.Linq.Expressions;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using Npgsql;

namespace DorsetCareRecord.Projection.Schema;

/// <summary>The table of one item type. Columns are in a fixed order: first those every table has, then the item's own.</summary>
public abstract class ItemTable
{
    /// <summary>What every item table begins with: placement, provenance, state.</summary>
    internal static readonly IReadOnlyList<string> Heads =
    [
        "home", "id", "identity_id", "section", "source", "source_key", "organisation", "source_version", "recorded_at",
        "message_id", "adapter_version", "ended", "audience", "confidentiality",
    ];

    private protected ItemTable(string name, short number, Type itemType, IReadOnlyList<Property> properties)
    {
        (Name, Number, ItemType, Properties) = (name, number, itemType, properties);
        Columns = [.. Heads, .. properties.SelectMany(p => p.Columns).Select(c => c.Name)];
        Quoted = string.Join(", ", Columns.Select(c => $"\"{c}\""));
    }

    /// <summary>The table's name within the schema <c>record</c>.</summary>
    public string Name { get; }

    /// <summary>The item type's number in <c>version</c>; stored, so never reused.</summary>
    public short Number { get; }

    public Type ItemType { get; }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The columns quoted and joined, ready for a select list, in the order <c>Read</c> wants.</summary>
    public string Quoted { get; }

    internal IReadOnlyList<Property> Properties { get; }

    /// <summary>Reads the current row whatever its item's type.</summary>
    internal abstract Entry<Item> ReadAny(NpgsqlDataReader row);
}

/// <summary>The table of one item type, able to read its rows.</summary>
public sealed class ItemTable<TItem> : ItemTable
    where TItem : Item
{
    private readonly Lazy<Func<NpgsqlDataReader, Entry<TItem>>> _read;

    internal ItemTable(string name, short number)
        : this(name, number, Property.Of(typeof(TItem)))
    {
    }

    private ItemTable(string name, short number, IReadOnlyList<Property> properties)
        : base(name, number, typeof(TItem), properties) => _read = new(Compile);

    /// <summary>Reads the current row of <c>select <see cref="ItemTable.Quoted"/> from ...</c>.</summary>
    public Entry<TItem> Read(NpgsqlDataReader row) => _read.Value(row);

    internal override Entry<Item> ReadAny(NpgsqlDataReader row)
    {
        var read = Read(row);
        return new Entry<Item>(read.Home, read.Id, read.IdentityId, read.Source, read.SourceKey, read.Version, read.RecordedAt, read.MessageId,
            read.Ended, read.Item);
    }

    /// <summary>
    /// The same table without some of the item's optional properties, by their C# names: what is large or not shown is left
    /// out of the select list and comes back null.
    /// </summary>
    /// <exception cref="ArgumentException">The item has no such property, or cannot be without it.</exception>
    public ItemTable<TItem> Without(params string[] properties)
    {
        foreach (var name in properties)
        {
            var property = Properties.FirstOrDefault(p => p.Info.Name == name)
                ?? throw new ArgumentException($"{typeof(TItem).Name} has no stored property {name}", nameof(properties));
            if (property.Columns.Any(c => !c.Nullable))
                throw new ArgumentException($"{typeof(TItem).Name} cannot be without {name}", nameof(properties));
        }

        return new(Name, Number, [.. Properties.Where(p => !properties.Contains(p.Info.Name))]);
    }

    private Func<NpgsqlDataReader, Entry<TItem>> Compile()
    {
        var row = Expression.Parameter(typeof(NpgsqlDataReader), "row");
        var bindings = new List<MemberBinding>
        {
            Expression.Bind(typeof(TItem).GetProperty(nameof(Item.Organisation))!,
                Expression.Call(typeof(Cell), nameof(Cell.TextOrNull), null, row, Expression.Constant(6))),
            Expression.Bind(typeof(TItem).GetProperty(nameof(Item.Audience))!, Expression.Convert(
                Expression.Call(typeof(Cell), nameof(Cell.SmallOrNull), null, row, Expression.Constant(12)), typeof(Audience?))),
            Expression.Bind(typeof(TItem).GetProperty(nameof(Item.Confidentiality))!,
                Expression.Convert(
                    Expression.Call(typeof(Cell), nameof(Cell.SmallOrNull), null, row, Expression.Constant(13)), typeof(Confidentiality?))),
        };
        var ordinal = Heads.Count;
        foreach (var property in Properties)
        {
            bindings.Add(Expression.Bind(property.Info, property.Read(row, ordinal)));
            ordinal += property.Columns.Count;
        }

        var item = Expression.Lambda<Func<NpgsqlDataReader, TItem>>(
            Expression.MemberInit(Expression.New(typeof(TItem)), bindings), row).Compile();
        return r => new Entry<TItem>(
            r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), r.GetString(4), r.GetString(5), new SourceVersion(Cell.Instant(r, 7)),
            Cell.Instant(r, 8), r.GetInt64(9), r.GetBoolean(11), item(r));
    }
}
