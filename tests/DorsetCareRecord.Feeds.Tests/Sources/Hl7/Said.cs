using System.Text;
using DorsetCareRecord.Feeds.Inbox;
using DorsetCareRecord.Feeds.Sources.Hl7;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Tests.Sources.Hl7;

/// <summary>Short messages for tests of single rules.</summary>
internal static class Said
{
    public static DateTimeOffset ReceivedAt { get; } = new(2026, 11, 23, 14, 20, 0, TimeSpan.Zero);

    public const string Pid = "PID|||D1000001^^^RBD01^HOSP||Hardwick^Edith||19370314|F";

    public static string Header(string type, string sent = "20261123141500") => $@"MSH|^~\&|MEDWAY|RBD01|DCR|DORSET|{sent}||{type}|RBD_1|P|2.4";

    public static Reading Read(params string[] lines) => ReadAs(SourceCodes.SystemC, lines);

    public static Reading ReadAs(string source, params string[] lines) => ReadWith(Profiles.Of(source), lines);

    public static Reading ReadWith(Profile profile, params string[] lines) => Hl7Adapter.Read(
        new InboxMessage(1, ReceivedAt, profile.Source, Formats.Hl7v2, Encoding.UTF8.GetBytes(string.Join('\r', lines)), null), profile);

    public static PatientFacts Patient(this Reading reading) => Assert.Single(Assert.IsType<Understood>(reading).Patients);

    public static IReadOnlyList<T> Items<T>(this Reading reading)
        where T : Item => reading.Patient().Facts.OfType<Stated>().Select(s => s.Item).OfType<T>().ToList();

    public static Fault Fault(this Reading reading) => Assert.IsType<NotUnderstood>(reading).Fault;
}
