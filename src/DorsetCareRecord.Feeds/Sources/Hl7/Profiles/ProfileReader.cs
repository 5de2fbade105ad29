using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Feeds.Sources.CareCentric;
using DorsetCareRecord.Feeds.Sources.SystemC;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// From the text of a profile to a <see cref="Profile"/>, or to every fault in it. What a profile leaves out is as the standard has it;
/// docs/feeds/profiles.md lists the settings.
/// </summary>
internal static class ProfileReader
{
    private const int Format = 1;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly Dictionary<string, AckStyle> AckStyles =
        new() { ["original"] = AckStyle.Original, ["enhanced"] = AckStyle.Enhanced, ["auto"] = AckStyle.Auto };

    private static readonly Dictionary<string, RefusalCode> Refusals = new() { ["AE"] = RefusalCode.Error, ["AR"] = RefusalCode.Reject };

    private static readonly Dictionary<string, ListMode> ListModes =
        new() { ["snapshot"] = ListMode.Snapshot, ["action"] = ListMode.Action, ["parts"] = ListMode.Parts };

    private static readonly Dictionary<string, AppointmentStyle> Appointments =
        new() { ["ADT"] = AppointmentStyle.Adt, ["SIU"] = AppointmentStyle.Siu, ["both"] = AppointmentStyle.Both };

    /// <summary>By their names in a profile; null is not to be had when a name is none of these.</summary>
    private static readonly Dictionary<string, AdmissionEvent> Events = new()
    {
        ["visit"] = AdmissionEvent.Visit,
        ["person"] = AdmissionEvent.Person,
        ["merge"] = AdmissionEvent.Merge,
        ["move"] = AdmissionEvent.Move,
        ["moveNumber"] = AdmissionEvent.MoveNumber,
        ["visitNumber"] = AdmissionEvent.VisitNumber,
        ["review"] = AdmissionEvent.NeedsReview,
        ["ignore"] = AdmissionEvent.NoConcern,
    };

    static ProfileReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Null when anything is wrong; then <paramref name="faults"/> has it.</summary>
    /// <param name="json">The profile.</param>
    /// <param name="file">Its name, for the faults.</param>
    /// <param name="source">The source it must be of.</param>
    /// <param name="faults">What is wrong.</param>
    public static Profile? Read(string json, string file, string source, List<ProfileFault> faults)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException e)
        {
            faults.Add(new ProfileFault(file, "$", $"is not JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", "JSON; comments are welcome"));
            return null;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                faults.Add(new ProfileFault(file, "$", "is not an object", "an object"));
                return null;
            }

            var before = faults.Count;
            var profile = Read(new ProfileNode(document.RootElement, file, "$", faults), source);
            return faults.Count == before ? profile : null;
        }
    }

    private static Profile Read(ProfileNode node, string source)
    {
        if (node.Text("source") is var named && named != source)
            node.Wrong("$.source", named is null ? "is missing" : $"is \"{named}\"", $"\"{source}\", which the file's name stands for");
        var version = node.Whole("version", 1, 1_000_000);
        if (version is null)
            node.Wrong("$.version", "is missing", "a whole number that rises with every change");
        _ = node.Whole("format", Format, Format);
        var door = node.Child("door");
        if (door is null)
            node.Wrong("$.door", "is missing", "an object with the port at least");
        var identifiers = node.Child("identifiers");
        var standard = new Profile { Source = source, OwnNamespaces = [], Door = new DoorRules { Port = 0 } };
        var codes = node.Child("codes");
        var own = Dorset.OrganisationOf(Dorset.SourceOf(source)?.OrganisationCode ?? "")?.Ods ?? "";
        var profile = standard with
        {
            Version = version ?? 0,
            Door = door is null ? standard.Door : Door(door),
            OwnNamespaces = identifiers?.Texts("namespaces") ?? [],
            LocalIdTypes = identifiers?.Texts("types") ?? standard.LocalIdTypes,
            NhsNumberShapes = identifiers is null ? standard.NhsNumberShapes : Shapes(identifiers) ?? standard.NhsNumberShapes,
            Charset = Charset(node),
            Placeholders = node.Texts("placeholders") ?? standard.Placeholders,
            EthnicityFields = node.Each("ethnicityFields", "PID fields, 1 to 40", static v =>
                v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var field) && field is >= 1 and <= 40 ? (object)field : null)
                ?.ConvertAll(f => (int)f) ?? standard.EthnicityFields,
            Genders = Codes(codes, "genders", CodeMaps.Genders, static m => m is "Male" or "Female" or "Indeterminate" or "Not Known" ? m : null,
                "Male, Female, Indeterminate, Not Known"),
            EncounterKinds = Codes(codes, "encounterKinds", CodeMaps.EncounterKinds,
                static m => Enum.TryParse<EncounterKind>(m, out var kind) ? kind : null, string.Join(", ", Enum.GetNames<EncounterKind>())),
            EthnicCategories = Codes(codes, "ethnicCategories", CodeMaps.EthnicCategories, static m => m, "words"),
            Relationships = Codes(codes, "relationships", CodeMaps.Relationships, static m => m, "words"),
            Lists = Lists(node),
            Alerts = node.Each("alerts", string.Join(", ", Profile.AlertSegments), static v =>
                v.ValueKind == JsonValueKind.String && Profile.AlertSegments.Contains(v.GetString()!) ? v.GetString() : null) ?? standard.Alerts,
            Appointments = node.OneOf("appointments", Appointments) ?? AppointmentStyle.Both,
            Triggers = Triggers(node),
            LocationOf = node.OneOf("locations", new Dictionary<string, bool> { ["standard"] = false, ["clinic"] = true }) == true
                ? MedwayClinic.LocationOf : standard.LocationOf,
            OutcomeOf = node.OneOf("attendance", new Dictionary<string, bool> { ["none"] = false, ["zu3"] = true }) == true
                ? MedwayAttendance.OutcomeOf : standard.OutcomeOf,
            OriginOf = node.OneOf("origin", new Dictionary<string, bool> { ["own"] = false, ["sendingFacility"] = true }) == true
                ? message => Origin.Of(message, own) : standard.OriginOf,
        };
        codes?.End();
        identifiers?.End();
        node.End();
        return profile;
    }

    private static DoorRules Door(ProfileNode node)
    {
        var answers = node.Child("acknowledgement");
        var limits = node.Child("limits");
        var sender = node.Child("sender");
        var port = node.Whole("port", 1, 65535);
        if (port is null)
            node.Wrong($"{node.Path}.port", "is missing or wrong", "a whole number from 1 to 65535");
        var rules = new DoorRules
        {
            Port = port ?? 0,
            Peers = node.Each("peers", "an address (10.1.2.3) or a network (10.1.2.0/24)", static v => v.ValueKind == JsonValueKind.String && Network(v.GetString()!) is { } network ? (object)network : null)
                ?.ConvertAll(n => (IPNetwork)n) ?? [],
            Tls = node.Child("tls") is { } tls ? Tls(tls) : null,
            Sender = sender is null ? new Dictionary<int, IReadOnlyList<string>>() : Sender(sender),
            AckStyle = answers?.OneOf("style", AckStyles) ?? AckStyle.Original,
            Refused = answers?.OneOf("refused", Refusals) ?? RefusalCode.Reject,
            NotStored = NotStored(answers),
            FrameLimit = limits?.Whole("messageBytes", 10_000, 1_000_000_000) ?? 50_000_000,
            FrameDeadline = TimeSpan.FromSeconds(limits?.Whole("messageSeconds", 1, 3600) ?? 30),
            MostConnections = limits?.Whole("connections", 1, 10_000) ?? 128,
        };
        answers?.End();
        limits?.End();
        sender?.End();
        node.End();
        return rules;
    }

    private static RefusalCode? NotStored(ProfileNode? answers) => answers?.OneOf("notStored",
        new Dictionary<string, int> { ["close"] = 0, ["AE"] = (int)RefusalCode.Error, ["AR"] = (int)RefusalCode.Reject }) is { } code and not 0
        ? (RefusalCode)code
        : null;

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;

    private static TlsRules Tls(ProfileNode node)
    {
        string Needed(string name)
        {
            var text = node.Text(name);
            if (text is null)
                node.Wrong($"{node.Path}.{name}", "is missing", "a path of a PEM file");
            else if (!File.Exists(text))
                node.Wrong($"{node.Path}.{name}", "is a path where no file is", "a path of a PEM file");
            return text ?? "";
        }

        var authority = node.Text("authority");
        if (authority is not null)
            authority = Needed("authority");
        var rules = new TlsRules(Needed("certificate"), Needed("key"), authority, node.Texts("names") ?? [],
            node.Each("fingerprints", "SHA-256 in 64 hexadecimal digits", static v =>
                v.ValueKind == JsonValueKind.String && v.GetString()!.Replace(":", "", StringComparison.Ordinal) is { Length: 64 } hex && hex.All(char.IsAsciiHexDigit)
                    ? hex.ToUpperInvariant() : null) ?? []);
        if (rules.Names.Count == 0 && rules.Fingerprints.Count == 0)
            node.Wrong(node.Path, "binds no certificate to this source", "names, or fingerprints, or both");
        if (authority is null && rules.Fingerprints.Count == 0)
            node.Wrong($"{node.Path}.authority", "is missing", "a path of a PEM file, unless fingerprints say which certificates are the sender's");
        node.End();
        return rules;
    }

    private static Dictionary<int, IReadOnlyList<string>> Sender(ProfileNode node)
    {
        var expected = new Dictionary<int, IReadOnlyList<string>>();
        for (var field = 3; field <= 6; field++)
        {
            if (node.Texts(string.Create(CultureInfo.InvariantCulture, $"MSH-{field}")) is { Count: > 0 } texts)
                expected[field] = texts;
        }

        return expected;
    }

    private static List<NhsNumberShape>? Shapes(ProfileNode identifiers)
    {
        if (identifiers.Children("nhsNumber") is not { } nodes)
            return null;
        var shapes = new List<NhsNumberShape>();
        foreach (var node in nodes)
        {
            var (field, component, marks) = (node.Whole("field", 2, 40), node.Whole("component", 2, 10), node.Texts("marks"));
            if (field is null)
                node.Wrong($"{node.Path}.field", "is missing or wrong", "the field of PID, 2 to 40");
            if (component is null != (marks is null or { Count: 0 }))
                node.Wrong(node.Path, "has a component without marks, or marks without a component", "both, or neither for a bare number");
            node.End();
            shapes.Add(new NhsNumberShape(field ?? 0, component ?? 0, marks?.ToArray() ?? []));
        }

        return shapes;
    }

    private static Encoding? Charset(ProfileNode node)
    {
        if (node.Text("characterSet") is not { } name)
            return null;
        // UTF-8 is tried before any default; the default must have a character for every byte.
        const string allowed = "a single-byte character set by IANA's name: windows-1252, iso-8859-15 and the like";
        try
        {
            var charset = Encoding.GetEncoding(name);
            if (!charset.IsSingleByte)
                node.Wrong("$.characterSet", $"is \"{name}\"", allowed);
            return charset;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            node.Wrong("$.characterSet", $"is \"{name}\"", allowed);
            return null;
        }
    }

    private static Dictionary<string, T> Codes<T>(
        ProfileNode? codes, string name, IReadOnlyDictionary<string, T> standard, Func<string, object?> read, string allowed)
    {
        var map = new Dictionary<string, T>(standard, StringComparer.OrdinalIgnoreCase);
        if (codes?.Child(name) is not { } own)
            return map;
        foreach (var (code, meaning) in own.Pairs())
        {
            if (read(meaning) is T known)
                map[code] = known;
            else
                own.Wrong($"{own.Path}.{code}", $"is \"{meaning}\"", allowed);
        }

        return map;
    }

    private static Dictionary<string, ListMode> Lists(ProfileNode node)
    {
        var modes = new Dictionary<string, ListMode>(Profile.StandardLists);
        if (node.Child("lists") is not { } own)
            return modes;
        foreach (var segment in Profile.StandardLists.Keys)
        {
            if (own.OneOf(segment, ListModes) is { } mode)
                modes[segment] = mode;
        }

        own.End();
        return modes;
    }

    private static Dictionary<string, AdmissionEvent> Triggers(ProfileNode node)
    {
        var map = new Dictionary<string, AdmissionEvent>(StringComparer.OrdinalIgnoreCase);
        if (node.Child("triggers") is not { } own)
            return map;
        foreach (var (trigger, meaning) in own.Pairs())
        {
            if (!Events.TryGetValue(meaning, out var about))
                own.Wrong($"{own.Path}.{trigger}", $"is \"{meaning}\"", string.Join(", ", Events.Keys));
            else if (about != AdmissionEvent.NoConcern && !trigger.StartsWith("ADT^", StringComparison.OrdinalIgnoreCase))
                own.Wrong($"{own.Path}.{trigger}", $"is \"{meaning}\"", "ignore, for types other than ADT");
            else
                map[trigger] = about;
        }

        return map;
    }
}
