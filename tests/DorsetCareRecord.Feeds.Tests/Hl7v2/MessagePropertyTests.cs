using System.Text;
using CsCheck;
using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Tests.Hl7v2;

/// <summary>Law 8: the reader is total.</summary>
public sealed class MessagePropertyTests
{
    private static readonly byte[] Sample = Hl7.Bytes(
        Hl7.Header,
        @"PID|1||D1000001^^^RBD^HOSP~9990000018^^^NHS^NH||Hardwick^Edith^Mary^^Mrs||19370314|F|||1 High St^^Dorchester^^DT1 1AA",
        @"OBX|1|FT|XR^X-ray||Line one\.br\Line\T\two\X0D0A\~three||||||F",
        @"ZU1||""""|x&y^z");

    /// <summary>Bytes that matter to the reader, more often than chance would give.</summary>
    private static readonly Gen<byte> Telling = Gen.Frequency(
        (6, Gen.OneOf(Encoding.ASCII.GetBytes("MSHPIDOBX|^~\\&\r\n\"0129.XTEbr +-:"))),
        (2, Gen.Byte),
        (1, Gen.OneOf<byte>(0, 0x0B, 0x1C, 0xC3, 0xA9, 0xFF, 0xFE)));

    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(
        Telling.Array[0, 200],
        Telling.Array[0, 200].Select(b => (byte[])[.. Encoding.ASCII.GetBytes("MSH|^~\\&|"), .. b]),
        Gen.Int[0, Sample.Length].Select(n => Sample[..n]),
        Gen.Select(Gen.Int[0, Sample.Length - 1], Telling, Gen.Int[0, Sample.Length - 1], Telling).Select((i, a, j, b) =>
        {
            var mutated = (byte[])Sample.Clone();
            mutated[i] = a;
            mutated[j] = b;
            return mutated;
        }));

    [Fact]
    public void When_any_bytes_are_read_then_there_is_a_message_or_a_named_fault() =>
        AnyBytes.Sample(body =>
        {
            if (Message.TryRead(body, null, out var message, out var fault))
                Walk(message);
            else
                Assert.False(string.IsNullOrEmpty(fault.Reason));
        }, iter: 20_000);

    [Fact]
    public void When_a_message_is_printed_and_read_then_it_prints_the_same() =>
        AnyBytes.Sample(body =>
        {
            if (!Message.TryRead(body, null, out var message, out _))
                return;
            var printed = message.Print();

            Assert.True(Message.TryRead(Encoding.UTF8.GetBytes(printed), null, out var again, out _));
            Assert.Equal(printed, again.Print());
            Assert.Equal(message.Segments.Select(s => s.Raw.ToString()), again.Segments.Select(s => s.Raw.ToString()));
        }, iter: 20_000);

    [Fact]
    public void When_a_segment_is_put_together_from_its_parts_then_nothing_is_missing() =>
        AnyBytes.Sample(body =>
        {
            if (Message.TryRead(body, null, out var message, out _))
                Assert.All(message.Segments.Skip(1).Where(s => !NamesDelimiters(s)), segment => Assert.Equal(segment.Raw.ToString(), Rebuilt(segment, message.Delimiters)));
        }, iter: 20_000);

    [Fact]
    public void When_bytes_are_not_utf8_then_no_character_is_lost() =>
        AnyBytes.Sample(body =>
        {
            if (body.AsSpan().IndexOf("\uFFFD"u8) < 0 && Message.TryRead(body, null, out var message, out _))
                Assert.DoesNotContain('\uFFFD', message.Text);
        }, iter: 10_000);

    /// <summary>Work counted by what it allocates, which no other load on the machine can change; ./dcr bench has the same by processor time.</summary>
    [Theory]
    [InlineData("segments", "OBX|1|NM|HB^Haemoglobin||132|g/L\r")]
    [InlineData("fields", "|a")]
    [InlineData("repetitions", "~A1^^^RBD01^HOSP")]
    [InlineData("text", "words\\.br\\and \\T\\ words")]
    public void When_a_message_is_ten_times_as_long_then_reading_it_is_about_ten_times_the_work(string what, string more)
    {
        var least = Work(200);
        var small = Work(2_000);
        var large = Work(20_000);

        Assert.True(least < small && large < small * 13, $"{what}: {least}, {small}, {large} bytes");

        long Work(int times)
        {
            var start = what switch { "segments" => "", "repetitions" => "PID|1||A0^^^RBD01^HOSP", "fields" => "ZZ1", _ => "OBX|1|FT|X||" };
            var body = Hl7.Bytes(Hl7.Header.Replace("ADT^A08", "ORU^R01", StringComparison.Ordinal), "PID|1||L1^^^RBD01^HOSP||L^L||19500101|F", "OBR|1||F1|X^X",
                start + string.Concat(Enumerable.Repeat(more, times)));
            var message = new DorsetCareRecord.Feeds.Inbox.InboxMessage(1, DateTimeOffset.UnixEpoch, "systemc", "hl7v2", body, null);
            DorsetCareRecord.Feeds.Sources.Adapters.Read(message);
            var before = GC.GetAllocatedBytesForCurrentThread();
            DorsetCareRecord.Feeds.Sources.Adapters.Read(message);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>The first two fields of a header are the delimiters themselves (HL7 v2 chapter 2), not text between them.</summary>
    private static bool NamesDelimiters(Segment segment) => segment.Raw.ToString() is var raw
        && (raw.StartsWith("MSH", StringComparison.Ordinal) || raw.StartsWith("BHS", StringComparison.Ordinal)
            || raw.StartsWith("FHS", StringComparison.Ordinal));

    private static string Rebuilt(Segment segment, Delimiters d)
    {
        var text = new StringBuilder(segment.Name.ToString());
        var skipped = segment.Raw.Length > 3 && segment.Raw[3] != d.Field ? segment.Raw[3..].ToString().Split(d.Field)[0] : "";
        text.Append(skipped);
        for (var f = 1; f <= segment.FieldCount; f++)
        {
            text.Append(d.Field);
            text.AppendJoin(d.Repetition, segment[f].Repetitions.ToList().Select(r =>
                string.Join(d.Component, r.Components.ToList().Select(c =>
                    string.Join(d.Subcomponent, c.Subcomponents.ToList().Select(s => s.Raw.ToString()))))));
        }

        return text.ToString();
    }

    private static void Walk(Message message)
    {
        foreach (var segment in message.Segments)
        {
            for (var f = -1; f <= segment.FieldCount + 2; f++)
            {
                var field = segment[f];
                _ = (field.Text, field.Exact, field.IsDeleted, field[1].Text, field[2][3].Text, field[0].Text, field[-1].Text);
                _ = Timestamp.Read(field.Raw)?.ToClinicalDate();
                foreach (var repetition in field.Repetitions)
                    _ = repetition[4][2].Text;
            }
        }
    }
}
