using System.Globalization;
using System.Text;

namespace DorsetCareRecord.Simulator.Writing.Hl7;

/// <summary>
/// Text that is already in HL7 v2 form, so that a plain string can never reach a message unescaped: a string becomes one
/// only by <see cref="Of(string?)"/> (HL7 v2.4 section 2.9).
/// </summary>
internal readonly record struct Encoded
{
    private readonly string? _text;

    private Encoded(string text) => _text = text;

    public static Encoded Empty => default;

    /// <summary>The explicit null <c>""</c>: "what you hold here is deleted".</summary>
    public static Encoded Delete => new("\"\"");

    public bool IsEmpty => string.IsNullOrEmpty(_text);

    public static implicit operator Encoded(string? plain) => Of(plain);

    public static Encoded Of(string? plain) => new(Escape(plain));

    /// <summary>Components, trailing empty ones left out.</summary>
    public static Encoded Components(params ReadOnlySpan<Encoded> parts) => Join('^', parts);

    public static Encoded Subcomponents(params ReadOnlySpan<Encoded> parts) => Join('&', parts);

    /// <summary>Repeats of a field, empty ones left out.</summary>
    public static Encoded Repeats(params ReadOnlySpan<Encoded> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (part.IsEmpty)
                continue;
            if (text.Length > 0)
                text.Append('~');
            text.Append(part._text);
        }

        return new Encoded(text.ToString());
    }

    public static Encoded Date(DateOnly? day) =>
        new(day?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "");

    /// <summary>A time of Dorset's clock, without offset, as the hospitals here send it.</summary>
    public static Encoded Time(DateTime? time) =>
        new(time?.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) ?? "");

    public override string ToString() => _text ?? "";

    private static Encoded Join(char separator, ReadOnlySpan<Encoded> parts)
    {
        var last = parts.Length - 1;
        while (last >= 0 && parts[last].IsEmpty)
            last--;
        var text = new StringBuilder();
        for (var i = 0; i <= last; i++)
        {
            if (i > 0)
                text.Append(separator);
            text.Append(parts[i]._text);
        }

        return new Encoded(text.ToString());
    }

    private static string Escape(string? plain)
    {
        if (string.IsNullOrEmpty(plain))
            return "";
        if (plain.AsSpan().IndexOfAny("|^&~\\") < 0 && !plain.Any(char.IsControl))
            return plain;

        var text = new StringBuilder(plain.Length + 16);
        for (var i = 0; i < plain.Length; i++)
        {
            var c = plain[i];
            switch (c)
            {
                case '|': text.Append(@"\F\"); break;
                case '^': text.Append(@"\S\"); break;
                case '&': text.Append(@"\T\"); break;
                case '~': text.Append(@"\R\"); break;
                case '\\': text.Append(@"\E\"); break;
                case '\r' when i + 1 < plain.Length && plain[i + 1] == '\n': break;
                case '\r' or '\n': text.Append(@"\.br\"); break;
                case var control when char.IsControl(control):
                    text.Append(CultureInfo.InvariantCulture, $@"\X{(int)control:X2}\");
                    break;
                default: text.Append(c); break;
            }
        }

        return text.ToString();
    }
}
