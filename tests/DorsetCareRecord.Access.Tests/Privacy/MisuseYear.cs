using DorsetCareRecord.Access.Privacy;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;
using Npgsql;
using NpgsqlTypes;

namespace DorsetCareRecord.Access.Tests.Privacy;

/// <summary>What somebody did that they should not have.</summary>
/// <param name="Accounts">Who; several for a crowd.</param>
internal sealed record Misuse(string Kind, DateOnly Day, IReadOnlyList<Guid> Accounts, Guid? Person);

/// <summary>
/// A synthetic working life of a few dozen staff, made from a seed: ordinary days by the thousand, with what looks like misuse and is none, and
/// among them thirteen kinds of misuse. One in forty of these is done so that the rules cannot tell (a relative whose house is not on
/// file, a colleague seen last week); they count as missed. Notes go straight into the audit's table, as many as a year has.
/// </summary>
internal sealed class MisuseYear(ReadingHouse house, int seed, int days, int ofEachKind, int patients)
{
    private const int StaffOfOne = 12;
    private static readonly DateOnly First = new(2025, 3, 3);
    private static readonly (string Organisation, string Feed)[] Places =
        [("dch", SourceCodes.SystemC), ("rbch", SourceCodes.Camis), ("poole", SourceCodes.CareCentric), ("dcc", SourceCodes.SocialCareDorset)];

    private static readonly string[] Surnames =
    [
        "Bugler", "Samways", "Trim", "Dibben", "Meech", "Guy", "Hann", "Legg", "Stickland", "Roope", "Fudge", "Galpin", "Vine", "Orchard", "Bartlett", "Loveless",
        "Hounsell", "Gale", "Puckett", "Symes", "Travers", "Voss", "Wrixon", "Yeatman",
    ];

    private static readonly string[] Roles =
        ["clinician", "clinician", "clinician", "clinician", "nurse", "nurse", "nurse", "nurse", "pharmacist", "clerical", "clerical", "socialworker"];

    private readonly Random _random = new(seed);
    private readonly List<Staff> _staff = [];
    private readonly List<Patient> _patients = [];
    private readonly Dictionary<string, long> _links = [];

    internal sealed record Staff(Guid Account, string Subject, string Organisation, string Role, int Self, int Spouse, int Sibling, int Parent);

    private sealed record Patient(Guid Person, string Number, string Organisation, IReadOnlyList<int> Visits, int? DiedOn);

    private sealed record Row(string Action, Staff By, DateTime At, Guid? Person, string[] Rules, string? Searched = null, Guid[]? Found = null, short[]? Sections = null);

    internal List<Misuse> Done { get; } = [];

    internal int UserDays { get; private set; }

    internal int Notes { get; private set; }

    internal async Task LiveAsync()
    {
        await TellAsync();
        var plans = Plan();
        for (var day = 0; day < days; day++)
        {
            var rows = _staff.SelectMany(one => Ordinary(one, day)).ToList();
            foreach (var (kind, staff) in plans.Where(plan => plan.Day == day).Select(plan => (plan.Kind, plan.By)))
                rows.AddRange(await MisuseAsync(kind, staff, day));
            await WriteAsync([.. rows.OrderBy(row => row.At)]);
            await house.AskAsync($"select access.watch_at('{Date(day):yyyy-MM-dd} 23:59:00Z')");
        }
    }

    /// <summary>Staff are patients too: themselves, a spouse in their house, a brother or sister with their telephone, a parent who names them.</summary>
    private async Task TellAsync()
    {
        var members = new List<(string Organisation, StaffMember Member)>();
        var told = new List<PatientFacts>();
        foreach (var (place, index) in Places.SelectMany(place => Enumerable.Range(0, StaffOfOne).Select(i => (place, i))))
        {
            var n = _staff.Count;
            var (surname, given, subject) = (Surnames[n % Surnames.Length], $"Staff{(char)('a' + (n / 26))}{(char)('a' + (n % 26))}", $"u{n}");
            var (address, postcode, phone) = ($"{100 + n} Household Road", $"DT9 {n % 10}Z{(char)('A' + (n % 26))}", $"01632 96{n:0000}");
            var staff = new Staff(Guid.NewGuid(), subject, place.Organisation, Roles[index], _patients.Count, _patients.Count + 1, _patients.Count + 2, _patients.Count + 3);
            _staff.Add(staff);
            var number = Tell(surname, given, new DateOnly(1980, 1, 1).AddDays(n), address, postcode, null, null);
            Tell(surname, "Spouse", new DateOnly(1981, 1, 1).AddDays(n), address, postcode, null, null);
            Tell(surname, "Sibling", new DateOnly(1982, 1, 1).AddDays(n), "9 Elsewhere", "BH1 1AA", phone, null);
            Tell("Parent" + (char)('a' + (n % 26)), "Old", new DateOnly(1950, 1, 1).AddDays(n), "7 Elsewhere", "BH2 2BB", null, $"{surname.ToUpperInvariant()}, {given} (Mx)");
            members.Add((place.Organisation, new StaffMember
            {
                Subject = subject, NhsNumber = n % 2 == 0 ? number : null, FamilyName = surname, GivenNames = given, BornOn = new DateOnly(1980, 1, 1).AddDays(n),
                Address = address, Postcode = postcode, Telephone = phone,
            }));
        }

        while (_patients.Count < patients)
            Tell(Surnames[_random.Next(Surnames.Length)], $"Person{(char)('a' + _random.Next(26))}", new DateOnly(1930, 1, 1).AddDays(_random.Next(30000)),
                $"{_random.Next(1, 99)} Ordinary Street", $"BH{_random.Next(3, 22)} {_random.Next(1, 9)}XX", null, null);

        await house.Told.ApplyAsync(told);
        var persons = await PersonsAsync();
        for (var i = 0; i < _patients.Count; i++)
            _patients[i] = _patients[i] with { Person = persons[_patients[i].Number] };
        foreach (var group in members.GroupBy(one => one.Organisation, one => one.Member))
            await StaffFile.ImportAsync(house.Database.Owner, group.Key, [.. group]);
        foreach (var one in _staff)
            await house.AskAsync($"""
                insert into access.account (id, issuer, subject, name, organisation_code, role, created_at)
                values ('{one.Account}', '*', '{one.Subject}', '{one.Subject}', '{one.Organisation}', '{one.Role}', '2025-01-01Z')
                """);

        string Tell(string surname, string given, DateOnly born, string address, string postcode, string? phone, string? contact)
        {
            var number = Number(_patients.Count);
            var (organisation, feed) = Places[_random.Next(Places.Length)];
            int[] visits = [.. Enumerable.Range(0, 3).Select(_ => _random.Next(-40, days + 20))];
            var died = _patients.Count > _staff.Count * 4 && _random.Next(12) == 0 ? _random.Next(-300, days) : (int?)null;
            var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var facts = new List<Fact>
            {
                Told.State(Demographics.Key, new Demographics
                {
                    NhsNumber = number, NhsNumberStatus = "01", FamilyName = surname, GivenNames = given, BornOn = ClinicalDate.OfDay(born), Address = address,
                    Postcode = postcode, Telephone = phone, Deceased = died is null ? null : true, DiedOn = died is { } d ? ClinicalDate.OfDay(Date(d)) : null,
                }, at),
            };
            facts.AddRange(visits.Select((visit, i) => (Fact)Told.State($"v{i}", new Encounter
            {
                Kind = EncounterKind.Outpatient, Status = EncounterStatus.Finished, StartAt = ClinicalDate.OfDay(Date(visit)), EndAt = ClinicalDate.OfDay(Date(visit)),
            }, at)));
            if (contact is not null)
                facts.Add(Told.State("c", new Contact { Role = ContactRole.NextOfKin, Name = contact }, at));
            told.Add(new PatientFacts(new LocalPatient(feed, $"Y{_patients.Count}"), facts));
            _patients.Add(new Patient(Guid.Empty, number, organisation, visits, died));
            return number;
        }
    }

    private List<(string Kind, int Day, Staff By)> Plan()
    {
        string[] kinds =
            ["own", "house", "phone", "contact", "colleague", "watched", "crowd", "volume", "misses", "walking", "dead", "papers", "address"];
        return [.. kinds.SelectMany(kind => Enumerable.Range(0, ofEachKind).Select(_ => (kind, _random.Next(1, days - 1), _staff[_random.Next(_staff.Count)])))];
    }

    /// <summary>A working day: whoever has a visit about then, now and again a stranger with a reason, some searches that find nobody, some paper.</summary>
    private IEnumerable<Row> Ordinary(Staff one, int day)
    {
        UserDays++;
        var isNight = one.Role is "clinician" or "nurse" ? _random.Next(10) == 0 : _random.Next(800) == 0;
        var begin = Date(day).ToDateTime(new TimeOnly(isNight ? 21 : 8, 0), DateTimeKind.Utc);
        var near = _patients.Where((patient, i) => patient.Organisation == one.Organisation && patient.Visits.Any(visit => Math.Abs(visit - day) <= 14)
            && (patient.DiedOn is not { } died || died > day - 25) && !IsClose(one, i)).ToList();
        var isBusy = _random.Next(2000) == 0;
        foreach (var n in Enumerable.Range(0, isBusy ? 30 : _random.Next(8, 19)))
        {
            var at = begin.AddMinutes(isBusy ? n : _random.Next(isNight ? 120 : 540));
            var draw = _random.Next(10000);
            // In life a relative comes to one's own clinic, and somebody long dead is asked about by the coroner.
            if (draw == 0)
                yield return Look(one, at, one.Spouse, "4:Encounter");
            else if (draw == 1 && _patients.Find(patient => patient.DiedOn < day - 40) is { } dead)
                yield return new Row("view", one, at, dead.Person, ["4:Encounter", "5:no-objection"]);
            else if (draw < 200)
                yield return Look(one, at, Stranger(day), "4:declared");
            else if (near.Count > 0)
                yield return new Row(draw < 1200 ? "open-letter" : "view", one, at, near[_random.Next(near.Count)].Person, ["4:Encounter", "5:no-objection"]);
        }

        for (var n = _random.Next(5); n > 0; n--)
            yield return new Row("search", one, begin.AddMinutes(_random.Next(500)), null, [], "surname 1 Jan 1950", []);
        for (var n = _random.Next(one.Role == "clerical" ? 9 : 3); n > 0 && near.Count > 0; n--)
            yield return new Row("print", one, begin.AddMinutes(_random.Next(400)), near[_random.Next(near.Count)].Person, ["4:Encounter"]);
    }

    private async Task<List<Row>> MisuseAsync(string kind, Staff one, int day)
    {
        var at = Date(day).ToDateTime(new TimeOnly(10, 0), DateTimeKind.Utc).AddMinutes(_random.Next(300));
        var isCareful = _random.Next(40) == 0;
        var rows = new List<Row>();
        Guid? about = null;
        IReadOnlyList<Staff> by = [one];
        switch (kind)
        {
            case "own":
                rows.Add(Look(one, at, one.Self, "4:Encounter"));
                break;
            case "house" or "phone" or "contact":
                rows.Add(Look(one, at, isCareful ? Stranger(day) : kind switch { "house" => one.Spouse, "phone" => one.Sibling, _ => one.Parent }, "4:Encounter"));
                break;
            case "colleague":
                var colleagues = _staff.Where(other => other.Organisation == one.Organisation && other != one
                    && _patients[other.Self] is var them && (isCareful || them.Organisation != one.Organisation || !them.Visits.Any(visit => Math.Abs(visit - day) <= 31))).ToList();
                rows.Add(Look(one, at, isCareful ? Stranger(day) : colleagues[_random.Next(colleagues.Count)].Self, "4:Encounter"));
                break;
            case "watched":
                var famous = Stranger(day, isFar: true);
                rows.Add(Look(one, at, famous, "4:Encounter"));
                if (!isCareful)
                    await house.AskAsync($"""
                        insert into access.watched_person (id, nhs_number, organisation_code, valid_from, valid_to, made_by, made_at, why)
                        values (gen_random_uuid(), '{_patients[famous].Number}', 'dch', '{Date(day):yyyy-MM-dd} 12:00Z', '{Date(day + 1):yyyy-MM-dd} 12:00Z',
                            't', '{Date(day):yyyy-MM-dd} 12:00Z', 't')
                        """);
                break;
            case "crowd":
                var attacked = Stranger(day);
                by = [.. _staff.OrderBy(_ => _random.Next()).Take(isCareful ? 4 : 6)];
                rows.AddRange(by.Select((each, i) => Look(each, at.AddMinutes(i * 20), attacked, "4:declared")));
                break;
            case "volume":
                rows.AddRange(Enumerable.Range(0, isCareful ? 20 : 42).Select(i => Look(one, at.AddMinutes(i), Stranger(day), "4:Encounter")));
                break;
            case "misses":
                rows.AddRange(Enumerable.Range(0, isCareful ? 25 : 36).Select(i => new Row("search", one, at.AddMinutes(i), null, [], Number(900000 + _random.Next(90000), step: 1), [])));
                break;
            case "walking":
                rows.AddRange(Enumerable.Range(0, isCareful ? 5 : 14).Select(i => new Row("search", one, at.AddMinutes(i), null, [], Number(i + 300, step: 1), [_patients[i].Person])));
                break;
            case "dead":
                var dead = _patients.Where(patient => patient.DiedOn < day - 35).ToList();
                rows.Add(new Row("view", one, at, isCareful ? _patients[Stranger(day)].Person : dead[_random.Next(dead.Count)].Person, ["4:Encounter"]));
                break;
            case "papers":
                rows.AddRange(Enumerable.Range(0, isCareful ? 15 : 24).Select(i => Look(one, at.AddMinutes(i), Stranger(day), "4:Encounter") with { Action = "print" }));
                break;
            case "address":
                about = _patients[Stranger(day)].Person;
                rows.Add(new Row(isCareful ? "view" : "open-letter", one, at, about, ["4:seal-broken", "5:restricted-opened-with-reason"], Sections: [1, 2, 3, 5, 6]));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }

        Done.Add(new Misuse(kind, Date(day), [.. by.Select(each => each.Account)], about ?? rows[0].Person));
        return rows;
    }

    private Row Look(Staff by, DateTime at, int patient, string relation) =>
        new("view", by, at, _patients[patient].Person, [relation, "5:no-objection"], Sections: [1, 2, 3, 4, 5, 6, 9]);

    /// <summary>Somebody who is nobody's relative and alive; far from any visit, too, so that nobody at work has just looked at them.</summary>
    private int Stranger(int day, bool isFar = false)
    {
        while (true)
        {
            var n = _random.Next(_staff.Count * 4, _patients.Count);
            var one = _patients[n];
            if ((one.DiedOn is not { } died || died > day - 25) && (!isFar || one.Visits.All(visit => visit > day + 14 || visit < day - 45)))
                return n;
        }
    }

    private static bool IsClose(Staff one, int patient) => patient == one.Self || patient == one.Spouse || patient == one.Sibling || patient == one.Parent;

    private async Task WriteAsync(IReadOnlyList<Row> rows)
    {
        Notes += rows.Count;
        await using var connection = await house.Database.OpenAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("""
            copy access.audit (chain, link, hash, occurred_at, action, outcome, person_id, sections, rules, searched, found, account_id, subject, name, role,
                organisation, version) from stdin (format binary)
            """))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(row.By.Organisation, NpgsqlDbType.Text);
                await copy.WriteAsync(_links[row.By.Organisation] = _links.GetValueOrDefault(row.By.Organisation) + 1, NpgsqlDbType.Bigint);
                await copy.WriteAsync(Array.Empty<byte>(), NpgsqlDbType.Bytea);
                await copy.WriteAsync(row.At, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(row.Action, NpgsqlDbType.Text);
                await copy.WriteAsync("allowed", NpgsqlDbType.Text);
                await Null(copy, row.Person, NpgsqlDbType.Uuid);
                await copy.WriteAsync(row.Sections ?? [1, 2, 3], NpgsqlDbType.Array | NpgsqlDbType.Smallint);
                await copy.WriteAsync(row.Rules, NpgsqlDbType.Array | NpgsqlDbType.Text);
                await Null(copy, row.Searched, NpgsqlDbType.Text);
                await copy.WriteAsync(row.Found ?? [], NpgsqlDbType.Array | NpgsqlDbType.Uuid);
                await copy.WriteAsync(row.By.Account, NpgsqlDbType.Uuid);
                await copy.WriteAsync(row.By.Subject, NpgsqlDbType.Text);
                await copy.WriteAsync(row.By.Subject, NpgsqlDbType.Text);
                await copy.WriteAsync(row.By.Role, NpgsqlDbType.Text);
                await copy.WriteAsync(row.By.Organisation, NpgsqlDbType.Text);
                await copy.WriteAsync("test", NpgsqlDbType.Text);
            }

            await copy.CompleteAsync();
        }

        foreach (var (chain, link) in _links)
            await house.AskAsync($"insert into access.audit_head (chain, link, hash) values ('{chain}', {link}, '') on conflict (chain) do update set link = {link}");

        static Task Null(NpgsqlBinaryImporter copy, object? value, NpgsqlDbType type) => value is null ? copy.WriteNullAsync() : copy.WriteAsync(value, type);
    }

    private async Task<Dictionary<string, Guid>> PersonsAsync()
    {
        await using var connection = await house.Database.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select t.nhs_number, l.person_id from record.trait t join record.person_link l on l.identity_id = t.identity_id and l.ended_at is null", connection);
        await using var row = await command.ExecuteReaderAsync();
        var persons = new Dictionary<string, Guid>();
        while (await row.ReadAsync())
            persons[row.GetString(0)] = row.GetGuid(1);
        return persons;
    }

    internal static DateOnly Date(int day) => First.AddDays(day);

    /// <summary>
    /// A number of the 999 range with its check digit (modulus 11, NHS Data Dictionary). Every second nine digits, or the next where the
    /// check digit would be 10: two neighbours never both lack one.
    /// </summary>
    private static string Number(int n, int step = 2)
    {
        for (var digits = n * step; ; digits++)
        {
            var nine = $"999{digits:000000}";
            var check = 11 - (nine.Select((digit, i) => (digit - '0') * (10 - i)).Sum() % 11);
            if (check != 10)
                return $"{nine}{(check == 11 ? 0 : check)}";
        }
    }
}
