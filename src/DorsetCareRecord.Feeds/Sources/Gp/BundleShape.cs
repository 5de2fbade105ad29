using System.Text.Json;
using System.Text.Unicode;
using DorsetCareRecord.Record.Facts;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>What a bare body is.</summary>
/// <param name="Fault">Null when it can be read.</param>
/// <param name="IsStu3">It is of the older version and must be converted first.</param>
internal readonly record struct BundleLook(Fault? Fault, bool IsStu3 = false);

/// <summary>
/// A look at the bare JSON before the FHIR reader sees it: syntax, depth, duplicate properties, that it is a Bundle, and of
/// which version. One pass, nothing is kept of it.
/// </summary>
/// <remarks>
/// STU3 is told by its profiles, by Condition.clinicalStatus and AllergyIntolerance.clinicalStatus being plain codes and by
/// MedicationStatement.taken (HL7 FHIR STU3 against R4); R5 by MedicationRequest.medication and by Encounter.actualPeriod.
/// </remarks>
internal static class BundleShape
{
    public const string Stu3 = "STU3";

    private const int MostDepth = 60;

    /// <summary>
    /// The FHIR reader makes objects of its own of each value, and a kilobyte of errors of each empty object, which FHIR does not have (JSON
    /// representation: "objects are never empty"): 300 kB of them cost 130 MB. The longest true record we know has a tenth of so many values.
    /// </summary>
    private const int MostValues = 3_000_000;

    private const int MostEmpty = 10_000;

    public static BundleLook Of(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return new(new Fault(Reasons.Unreadable, Shape: "not UTF-8"));
        try
        {
            return Walk(json);
        }
        catch (InvalidOperationException)
        {
            return new(new Fault(Reasons.Unreadable, Shape: "half a surrogate pair"));
        }
        catch (JsonException e)
        {
            return new(new Fault(Reasons.Unreadable, Shape: $"JSON, line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"));
        }
    }

    /// <summary>The byte order mark is no part of JSON, but some senders begin with it.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    private static BundleLook Walk(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MostDepth });
        var names = new Stack<HashSet<string>>();
        var isBundle = false;
        var isStu3 = false;
        var property = "";
        var (values, empty) = (0, 0);
        while (reader.Read())
        {
            if (++values > MostValues)
                return new(new Fault(Reasons.TooLarge, Shape: $"more than {MostValues} values"));
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    if (property is "medication" or "actualPeriod")
                        return new(new Fault(Reasons.WrongVersion, Shape: "R5"));
                    names.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    if (names.Pop().Count == 0 && ++empty > MostEmpty)
                        return new(new Fault(Reasons.TooLarge, Shape: $"more than {MostEmpty} empty objects"));
                    break;
                case JsonTokenType.PropertyName:
                    property = reader.GetString()!;
                    if (!names.Peek().Add(property))
                        return new(new Fault(Reasons.Unreadable, Shape: "duplicate property"));
                    continue;
                case JsonTokenType.String when property is "resourceType" && names.Count == 1:
                    isBundle = reader.ValueTextEquals("Bundle");
                    break;
                case JsonTokenType.String when property is "clinicalStatus" or "taken":
                    isStu3 = true;
                    break;
                case JsonTokenType.String when property is "profile" && VersionOf(reader.ValueSpan) is { } version:
                    if (version != Stu3)
                        return new(new Fault(Reasons.WrongVersion, Shape: version));
                    isStu3 = true;
                    break;
                case JsonTokenType.StartArray:
                    continue; // A profile is an array of strings: its name still counts for them.
            }

            // An escape may stand for what no text can hold; the FHIR reader would throw on it.
            if (reader is { TokenType: JsonTokenType.String, ValueIsEscaped: true })
                _ = reader.GetString();
            if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.StartObject))
                return new(new Fault(Reasons.UnknownType, Shape: "not an object"));
            if (reader.TokenType != JsonTokenType.String || property != "profile")
                property = "";
        }

        return isBundle ? new(null, isStu3) : new(new Fault(Reasons.UnknownType, "resourceType", "not a Bundle"));
    }

    public static string? VersionOf(ReadOnlySpan<byte> profile) =>
        profile.IndexOf("/STU3/"u8) >= 0 || profile.IndexOf("/CareConnect-"u8) >= 0 || profile.IndexOf("org/fhir/3."u8) >= 0 ? Stu3
        : profile.IndexOf("/DSTU2/"u8) >= 0 ? "DSTU2"
        : profile.IndexOf("org/fhir/5."u8) >= 0 ? "R5"
        : null;
}
