using DorsetCareRecord.Feeds.Hl7v2;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>XTN over the fields a segment has for them: home telephone, mobile and e-mail, told apart as well as the sender lets us.</summary>
internal sealed record Telecoms(string? Telephone, string? Mobile, string? Email)
{
    public static Telecoms Of(Hearing hearing, params ReadOnlySpan<Piece> fields)
    {
        var found = new Telecoms(null, null, null);
        foreach (var field in fields)
        {
            foreach (var repetition in field.Repetitions)
                found = found.With(repetition, hearing);
        }

        return found;
    }

    private Telecoms With(Piece one, Hearing hearing)
    {
        var address = hearing.Text(one[4]) ?? hearing.Text(one[1]);
        if (address is not null && address.Contains('@', StringComparison.Ordinal))
            return Email is null ? this with { Email = address } : this;
        if ((hearing.Text(one[1]) ?? hearing.Text(one[12]) ?? Joined(one)) is not { } number)
            return this;
        return IsMobile(one, number)
            ? Mobile is null ? this with { Mobile = number } : this
            : Telephone is null ? this with { Telephone = number } : this;
    }

    /// <summary>Area code and number in parts (from 2.3 on).</summary>
    private static string? Joined(Piece one) => one.TextOf(7) is { } local ? string.Join(' ', new[] { one.TextOf(6), local }.Where(p => p is not null)) : null;

    /// <summary>Said to be one, or a number of the British mobile range.</summary>
    private static bool IsMobile(Piece one, string number) =>
        one.TextOf(3) is "CP" or "MOB" or "MOBILE" || one.TextOf(2) is "PRS" or "MOB" or "MOBILE"
        || number.StartsWith("07", StringComparison.Ordinal) || number.StartsWith("+447", StringComparison.Ordinal);
}
