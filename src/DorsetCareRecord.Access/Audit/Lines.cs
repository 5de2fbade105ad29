using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace DorsetCareRecord.Access.Audit;

/// <summary>
/// A line of a chain: the note of an act, or what an act showed. Its canonical form is JSON in a fixed order of members,
/// written the same by whoever wrote the row and by whoever verifies it; the hash of a line covers the hash before it, so
/// that no line can be changed, taken out, put in or moved without every later one telling.
/// </summary>
internal abstract record Line
{
    /// <summary>Place in its chain, from 1.</summary>
    public long Link { get; init; }

    /// <summary>Of the note; for what was shown, that of its note.</summary>
    internal abstract long Number { get; }

    /// <summary>Verifying hashes millions of lines, so a thread keeps its paper.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_json;

    internal byte[] Hash(byte[] previous, string chain)
    {
        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        buffer.Write(previous);
        var json = t_json ??= new Utf8JsonWriter(buffer);
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("chain", chain);
        json.WriteNumber("link", Link);
        Write(json);
        json.WriteEndObject();
        json.Flush();
        return SHA256.HashData(buffer.WrittenSpan);
    }

    private protected abstract void Write(Utf8JsonWriter json);
}

/// <summary>An act, as its row has it.</summary>
internal sealed record NoteLine : Line
{
    /// <summary>0 until it is given, which costs a round trip of its own; the door asks for one with what it reads anyway.</summary>
    public required long Seq { get; init; }

    internal override long Number => Seq;

    public required DateTime OccurredAt { get; init; }
    public required string Action { get; init; }
    public required string Outcome { get; init; }
    public required string? Purpose { get; init; }
    public required Guid? Person { get; init; }
    public required short[] Sections { get; init; }
    public required string[] Rules { get; init; }
    public required Guid? Entry { get; init; }
    public required string? Searched { get; init; }
    public required Guid[] Found { get; init; }
    public required Guid? Account { get; init; }
    public required string? Issuer { get; init; }
    public required string? Subject { get; init; }
    public required string? Name { get; init; }
    public required string? Role { get; init; }
    public required string? Organisation { get; init; }
    public required Guid? Session { get; init; }
    public required string? Address { get; init; }
    public required string? RequestId { get; init; }
    public required string Version { get; init; }

    private protected override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("seq", Seq);
        json.WriteNumber("at", (OccurredAt - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        json.WriteString("action", Action);
        json.WriteString("outcome", Outcome);
        json.WriteString("purpose", Purpose);
        Id("person", Person);
        json.WriteStartArray("sections");
        foreach (var section in Sections)
            json.WriteNumberValue(section);
        json.WriteEndArray();
        json.WriteStartArray("rules");
        foreach (var rule in Rules)
            json.WriteStringValue(rule);
        json.WriteEndArray();
        Id("entry", Entry);
        json.WriteString("searched", Searched);
        json.WriteStartArray("found");
        foreach (var found in Found)
            json.WriteStringValue(found);
        json.WriteEndArray();
        Id("account", Account);
        json.WriteString("issuer", Issuer);
        json.WriteString("subject", Subject);
        json.WriteString("name", Name);
        json.WriteString("role", Role);
        json.WriteString("organisation", Organisation);
        Id("session", Session);
        json.WriteString("address", Address);
        json.WriteString("request", RequestId);
        json.WriteString("version", Version);

        void Id(string name, Guid? id)
        {
            if (id is { } value)
                json.WriteString(name, value);
            else
                json.WriteNull(name);
        }
    }
}

/// <summary>What an act showed, and how much it withheld.</summary>
internal sealed record ShownLine : Line
{
    public required long AuditSeq { get; init; }

    internal override long Number => AuditSeq;

    public required int Part { get; init; }
    public required Guid[] Entries { get; init; }
    public required long[] Messages { get; init; }
    public required string[] Withheld { get; init; }

    private protected override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("note", AuditSeq);
        json.WriteNumber("part", Part);
        json.WriteStartArray("entries");
        foreach (var entry in Entries)
            json.WriteStringValue(entry);
        json.WriteEndArray();
        json.WriteStartArray("messages");
        foreach (var message in Messages)
            json.WriteNumberValue(message);
        json.WriteEndArray();
        json.WriteStartArray("withheld");
        foreach (var withheld in Withheld)
            json.WriteStringValue(withheld);
        json.WriteEndArray();
    }
}
