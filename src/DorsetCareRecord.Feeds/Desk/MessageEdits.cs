using System.Security.Cryptography;
using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Gp;
using DorsetCareRecord.Feeds.Sources.Hl7;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Feeds.Desk;

/// <summary>
/// Mended copies of messages. A copy has no control id of its own, so only its bytes tell it from others, and the original sent again
/// by its sender is still known as the original's duplicate.
/// </summary>
public static class MessageEdits
{
    /// <summary>What would be stored; null for a format that is not text a person can mend.</summary>
    public static Delivery? Of(InboxMessage original, string body)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(body);
        if (original.Format is Formats.Hl7v2 or Formats.Hl7v2Refused && Profiles.Has(original.Source))
        {
            var profile = Profiles.Of(original.Source);
            // In the original's own character set, or what nobody touched would change too.
            var encoding = Message.TryRead(original.Body.Span, profile.Charset, out var message, out _) ? message.Charset.Encoding : Encoding.UTF8;
            var bytes = encoding.GetBytes(body.ReplaceLineEndings("\r").TrimEnd('\r') + "\r");
            return Delivery(Formats.Hl7v2, bytes, QuickLook.At(bytes, profile).Patient);
        }

        if (original.Format is Formats.FhirJson or Formats.FhirXml)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            return Delivery(original.Format, bytes, BundlePeek.Of(bytes, original.Format).Patient);
        }

        return null;

        Delivery Delivery(string format, byte[] bytes, string? patient) =>
            new() { Source = original.Source, Format = format, Body = bytes, Patient = patient, Peer = "mended at the desk" };
    }

    /// <summary>Stores it and puts it in its lane, within the caller's transaction; returns its id.</summary>
    public static async Task<long> StoreAsync(
        NpgsqlConnection connection, InboxMessage original, Delivery mended, string by, string why, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(mended);
        await using var command = new NpgsqlCommand("""
            with m as (
              insert into inbox.message (received_at, source, format, digest, lane, peer, body) values ($1, $2, $3, $4, $5, $6, $7)
              returning id, received_at, lane, source),
            w as (insert into inbox.waiting (message_id, received_at, lane, source) select id, received_at, lane, source from m),
            e as (insert into inbox.edit (message_id, original_id, by, why, made_at) select id, $8, $9, $10, $1 from m)
            select id, pg_notify('inbox_waiting', '') from m
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = mended.Source });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = mended.Format });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SHA256.HashData(mended.Body.Span) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Lane.Of(mended.Source, mended.Patient).Number });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)mended.Peer ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = mended.Body.ToArray() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = original.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = why });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
