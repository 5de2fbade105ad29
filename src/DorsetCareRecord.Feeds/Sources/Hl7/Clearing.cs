using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>Remembers which properties the sender deleted (<c>""</c>) while an item is being made; see <c>Item.Cleared</c>.</summary>
internal sealed class Clearing(Hearing hearing)
{
    private List<string>? _names;

    public IReadOnlyList<string>? Names => _names;

    /// <summary>The piece's text; a deletion is noted under the property's name.</summary>
    public string? Text(Piece piece, string property)
    {
        If(piece.IsDeleted, property);
        return hearing.Text(piece);
    }

    public void If(bool deleted, params ReadOnlySpan<string> properties)
    {
        if (!deleted)
            return;
        foreach (var property in properties)
        {
            _names ??= [];
            if (!_names.Contains(property))
                _names.Add(property);
        }
    }
}
