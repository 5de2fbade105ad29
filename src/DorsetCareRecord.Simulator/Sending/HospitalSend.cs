namespace DorsetCareRecord.Simulator.Sending;

/// <summary>Sends files of HL7 v2 messages as a hospital would: over one MLLP connection, one after another.</summary>
internal static class HospitalSend
{
    public static async Task RunAsync(
        Address address, IReadOnlyList<string> files, TimeSpan answerWithin, Tally tally, TextWriter output, CancellationToken ct)
    {
        using var link = new MllpLink(address, answerWithin);
        foreach (var file in files)
        {
            foreach (var message in MessageSplitter.Split(await File.ReadAllBytesAsync(file, ct)))
            {
                var answer = await link.SendAsync(message, ct);
                tally.Count(answer?.Accepted);
                await output.WriteLineAsync(Line(answer));
            }
        }
    }

    private static string Line(Acknowledgement? answer) => answer switch
    {
        null => "no answer",
        { Text.Length: > 0, Accepted: false } => $"{answer.Code} {answer.ControlId}  {answer.Text}",
        _ => $"{answer.Code} {answer.ControlId}".TrimEnd(),
    };
}
