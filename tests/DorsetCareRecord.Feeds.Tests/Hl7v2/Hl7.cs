using System.Text;
using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Tests.Hl7v2;

/// <summary>Messages for tests, written as lines.</summary>
internal static class Hl7
{
    public const string Header = @"MSH|^~\&|MEDWAY|RBD01|DCR|DCR|20261123141500||ADT^A08|RBD_1|P|2.4";

    public static byte[] Bytes(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\r', lines) + "\r");

    public static Message Read(params string[] lines) => Read(Bytes(lines));

    public static Message Read(byte[] body) => Message.TryRead(body, fallback: null, out var message, out var fault)
        ? message
        : throw new InvalidOperationException($"{fault.Reason} {fault.Place} {fault.Shape}");
}
