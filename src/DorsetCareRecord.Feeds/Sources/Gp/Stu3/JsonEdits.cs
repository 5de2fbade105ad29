using System.Text.Json.Nodes;

namespace DorsetCareRecord.Feeds.Sources.Gp.Stu3;

/// <summary>Moves within a resource. What is not there, or not of the shape STU3 gives it, is left as it is.</summary>
internal static class JsonEdits
{
    public static JsonObject? Object(this JsonObject holder, string name) => holder[name] as JsonObject;

    public static IEnumerable<JsonObject> Objects(this JsonObject holder, string name) =>
        (holder[name] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];

    /// <summary>The text of a string; null for everything else.</summary>
    public static string? Text(this JsonObject holder, string name) =>
        holder[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Taken out of the holder, so that it can be put elsewhere.</summary>
    public static JsonNode? Take(this JsonObject holder, string name)
    {
        var node = holder[name];
        holder.Remove(name);
        return node;
    }

    /// <summary>With its sibling of extensions (<c>_name</c>); an R4 property that is there already stays.</summary>
    public static void Rename(this JsonObject holder, string from, string to)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["", "_"])
        {
            if (holder.Take(prefix + from) is { } node && !holder.ContainsKey(prefix + to))
                holder[prefix + to] = node;
        }
    }

    /// <summary>What R4 allows several of.</summary>
    public static void Several(this JsonObject holder, string name)
    {
        if (holder[name] is JsonObject && holder.Take(name) is { } one)
            holder[name] = new JsonArray(one);
    }

    /// <summary>A plain code becomes a CodeableConcept of its R4 system.</summary>
    public static void Concept(this JsonObject holder, string name, string system)
    {
        if (holder.Text(name) is not { } code)
            return;
        holder.Remove("_" + name);
        holder[name] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };
    }

    /// <summary>Each element by one of its own references: <c>performer.actor</c> becomes <c>performer</c>.</summary>
    public static void Unwrap(this JsonObject holder, string name, string inner)
    {
        if (holder[name] is JsonArray many)
            holder[name] = new JsonArray([.. many.OfType<JsonObject>().Select(o => o.Take(inner)).OfType<JsonNode>()]);
        else if (holder.Object(name) is { } one && one.ContainsKey(inner))
            holder[name] = one.Take(inner);
    }

    public static void AddTo(this JsonObject holder, string array, JsonNode? node)
    {
        if (node is null)
            return;
        if (holder[array] is not JsonArray list)
            holder[array] = list = [];
        list.Add(node);
    }

    /// <summary>A text becomes an Annotation beside those that are there, first of them.</summary>
    public static void Annotate(this JsonObject holder, string from)
    {
        holder.Remove("_" + from);
        if (holder.Take(from) is not JsonValue text)
            return;
        if (holder["note"] is not JsonArray notes)
            holder["note"] = notes = [];
        notes.Insert(0, new JsonObject { ["text"] = text });
    }
}
