using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace DorsetCareRecord.Benchmarks;

/// <summary>
/// What the database alone can do on this machine, by PostgreSQL's own tool: one patient's 213 narrow rows, one-row inserts, and a
/// transaction shaped like storing a pathology message. Its tables live in a database of their own beside the record.
/// </summary>
internal sealed class Pgbench(string binaries, string ownerConnectionString)
{
    private const int Patients = 1000;
    private const int RowsAPatient = 213;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["select"] = """
            \set p random(0, 999)
            select kind, at, title, status, line from record_rows where patient = :p order by kind, at desc;
            """,
        ["insert"] = """
            \set p random(0, 999)
            insert into inserted (patient, at, code, value, body) values (:p, now(), 'HB', 132.5, repeat('a line of text ', 4));
            """,
        ["oru"] = """
            \set p random(0, 999)
            \set f random(1, 2000000000)
            begin;
            insert into stored (source, control_id, body) values ('lab', 'C' || :f, repeat('OBX|1|NM|HB^Haemoglobin||132|g/L|115-165|N|||F', 25)) on conflict do nothing;
            select id from patient where local_id = 'P' || :p;
            insert into panel (patient, filler, title, at, status) values (:p, 'F' || (:f % 200000), 'Full blood count', now(), 'final') on conflict (filler) do update set status = excluded.status, at = excluded.at returning id \gset panel_
            insert into value (panel, position, patient, code, title, value, unit, low, high, flag, at) select :panel_id, g, :p, 'HB', 'Haemoglobin', 100 + g, 'g/L', 115, 165, 'N', now() from generate_series(1, 10) g on conflict (panel, position) do update set value = excluded.value, at = excluded.at;
            insert into noted (at, who, patient, action) values (now(), 0, :p, 'feed');
            commit;
            """,
    };

    private string ConnectionString => new NpgsqlConnectionStringBuilder(ownerConnectionString) { Database = "dcr_limits" }.ConnectionString;

    /// <summary>The folder of the newest PostgreSQL's programs; <c>DCR_PG_BIN</c> names another.</summary>
    public static string FindBinaries() => Environment.GetEnvironmentVariable("DCR_PG_BIN") is { Length: > 0 } given ? given
        : Directory.EnumerateFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Select(f => Path.GetDirectoryName(f)!)
            .OrderByDescending(f => f, StringComparer.Ordinal).FirstOrDefault()
            ?? throw new InvalidOperationException("pgbench was not found: it comes with PostgreSQL.");

    public async Task PrepareAsync()
    {
        await using (var owner = NpgsqlDataSource.Create(ownerConnectionString))
        {
            await using var drop = owner.CreateCommand("drop database if exists dcr_limits with (force)");
            await drop.ExecuteNonQueryAsync();
            await using var create = owner.CreateCommand("create database dcr_limits");
            await create.ExecuteNonQueryAsync();
        }

        await using var limits = NpgsqlDataSource.Create(ConnectionString);
        await using var tables = limits.CreateCommand($"""
            create table record_rows (patient int not null, kind text not null, id uuid not null, at timestamptz not null, title text not null, status text, line text not null);
            insert into record_rows select p, 'kind ' || n % 8, gen_random_uuid(), now() - n * interval '3 days', 'Title of the item ' || n, 'final', repeat('words of the item ', 3)
              from generate_series(0, {Patients - 1}) p, generate_series(1, {RowsAPatient}) n order by p, n;
            create unique index on record_rows (patient, kind, at, id);
            create table inserted (id bigint generated always as identity primary key, patient int, at timestamptz, code text, value numeric, body text);
            create table stored (id bigint generated always as identity primary key, received timestamptz default now(), source text, control_id text, body text, unique (source, control_id));
            create table patient (id int primary key, local_id text unique);
            insert into patient select n, 'P' || n from generate_series(0, {Patients - 1}) n;
            create table panel (id bigint generated always as identity primary key, patient int, filler text unique, title text, at timestamptz, status text);
            create table value (panel bigint, position int, patient int, code text, title text, value numeric, unit text, low numeric, high numeric, flag text, at timestamptz, primary key (panel, position));
            create index on value (patient, at desc);
            create table noted (id bigint generated always as identity primary key, at timestamptz, who int, patient int, action text);
            """);
        await tables.ExecuteNonQueryAsync();
        await using var vacuum = limits.CreateCommand("vacuum analyze");
        await vacuum.ExecuteNonQueryAsync();
    }

    /// <summary>Transactions a second of a named script.</summary>
    public async Task<double> RunAsync(string script, int clients, int seconds)
    {
        var file = Path.Combine(Path.GetTempPath(), $"dcr-limit-{script}-{Environment.ProcessId}.sql");
        await File.WriteAllTextAsync(file, Scripts[script]);
        try
        {
            var target = new NpgsqlConnectionStringBuilder(ConnectionString);
            var start = new ProcessStartInfo(Path.Combine(binaries, "pgbench"))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            string[] arguments =
            [
                "-n", "-M", "prepared", "-f", file, "-c", $"{clients}", "-j", $"{Math.Min(clients, 2)}", "-T", $"{seconds}",
                "-h", target.Host!, "-p", $"{target.Port}", "-U", target.Username!, target.Database!,
            ];
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            start.Environment["PGPASSWORD"] = target.Password;
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            var line = output.Split('\n').FirstOrDefault(l => l.StartsWith("tps = ", StringComparison.Ordinal))
                ?? throw new InvalidOperationException($"pgbench gave no figure: {error}");
            return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
