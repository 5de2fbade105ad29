using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>What a private PostgreSQL is to be like.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Its data folder, made when it is not there; the password of the owner lies beside it.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Its log, appended to.</summary>
    public required string LogFile { get; init; }

    /// <summary>False for tests: nothing survives a power cut, and everything is faster.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Whether the folder that holds the data is removed when the server stops, even after the host was killed.</summary>
    public bool EraseWhenStopped { get; init; }

    /// <summary>TCP port to listen on; null for any that is free. A server that is started again under its clients must have its old one.</summary>
    public int? Port { get; init; }

    /// <summary>Further settings of postgresql.conf.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// A PostgreSQL server of our own on a free port of the loopback address, for development and tests. It lives no longer than this
/// process, even when this process is killed: the shell that watches over it reads a pipe that only we hold open.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>The superuser that owns the cluster.</summary>
    public const string Owner = "dcr_owner";

    private const int Attempts = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// $1 log, $2 folder to erase or nothing, then the server. The end of standard input (the host has closed it, or is no more) is
    /// a fast shutdown, repeated because the very first signal may come before the server has its handlers. The shell leaves last.
    /// </summary>
    private const string Watch = """
        exec 3<&0 </dev/null >/dev/null 2>&1
        log=$1 erase=$2; shift 2
        "$@" >>"$log" 2>&1 3<&- &
        server=$!
        ( read -r _ <&3; trap '' TERM; while kill -INT $server; do sleep 0.1; done ) &
        watcher=$!
        wait $server; code=$?
        kill $watcher; wait $watcher
        [ -z "$erase" ] || rm -rf "$erase"
        exit $code
        """;

    private readonly Process _shell;
    private readonly string _password;

    private EmbeddedPostgres(Process shell, int port, string password) => (_shell, Port, _password) = (shell, port, password);

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Ends when the server has stopped, wanted or not.</summary>
    public Task Stopped => _shell.WaitForExitAsync();

    /// <summary>For the owner, or for a role whose password is given.</summary>
    public string ConnectionString(string database = "postgres", string? user = null, string? password = null) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = database,
            Username = user ?? Owner,
            Password = user is null ? _password : password,
            IncludeErrorDetail = false,
        }.ConnectionString;

    /// <summary>Where the data of such a folder really lie: root without user namespaces must put them where another account can go.</summary>
    public static string PlaceOf(string dataFolder) => PostgresAccount.Choose().PlaceFor(Path.GetFullPath(dataFolder));

    /// <summary>Makes the cluster if it is not there and starts it. <see cref="DevelopmentException"/> says in one sentence why not.</summary>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancel = default)
    {
        var account = PostgresAccount.Choose();
        var folder = new PostgresFolder(account.PlaceFor(Path.GetFullPath(options.DataFolder)));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.LogFile))!);
        folder.Check();
        await RefuseSecondAsync(folder, cancel);
        var binaries = PostgresBinaries.Find(folder.Version);
        var password = folder.IsNew ? await InitialiseAsync(binaries, account, folder, options, cancel) : folder.ReadPassword();

        for (var attempt = 1; ; attempt++)
        {
            var port = options.Port ?? FreePort.Find();
            var shell = Launch(binaries, account, folder, options, port);
            if (await IsReadyAsync(shell, folder, port, cancel))
                return new EmbeddedPostgres(shell, port, password);
            shell.Dispose();
            // The port may have been taken in between; a broken folder fails every time.
            if (attempt == Attempts)
                throw new DevelopmentException($"PostgreSQL did not start on the data folder {folder.Data}: {LastWords(options.LogFile)} (see {options.LogFile}).");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await _shell.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _shell.Kill(entireProcessTree: true);
        }

        _shell.Dispose();
    }

    /// <summary>A server whose host was killed a moment ago is given the time to end.</summary>
    private static async Task RefuseSecondAsync(PostgresFolder folder, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (folder.Holder() is { } process)
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(5))
                throw new DevelopmentException($"PostgreSQL is already running on {folder.Data} (process {process}): stop the other one first.");
            await Task.Delay(Look, cancel);
        }
    }

    /// <summary>Made beside and moved into place whole, so that an interrupted first start leaves no half cluster.</summary>
    private static async Task<string> InitialiseAsync(
        PostgresBinaries binaries, PostgresAccount account, PostgresFolder folder, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        var half = folder.Data + ".new";
        if (Directory.Exists(half))
            Directory.Delete(half, recursive: true);
        account.MakePrivate(half);
        var password = folder.NewPassword();

        // The password comes through a pipe that the account itself made: ours may not be opened by name after a change of account.
        string[] words =
        [
            .. account.Prefix, "sh", "-c", "cat | \"$@\" 2>&1", "sh", binaries.InitDb, "--pgdata", half, "--username", Owner,
            "--pwfile=/dev/stdin", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
            .. options.Durable ? (string[])[] : ["--no-sync"],
        ];
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(password);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        await File.AppendAllTextAsync(options.LogFile, output, cancel);
        if (process.ExitCode != 0)
            throw new DevelopmentException($"PostgreSQL could not make its data folder {folder.Data}: {LastWords(options.LogFile)} (see {options.LogFile}).");
        if (Directory.Exists(folder.Data))
            Directory.Delete(folder.Data);
        Directory.Move(half, folder.Data);
        return password;
    }

    private static Process Launch(
        PostgresBinaries binaries, PostgresAccount account, PostgresFolder folder, EmbeddedPostgresOptions options, int port)
    {
        // In a session of its own, so that Ctrl-C in a terminal does not stop the database before the hosts that use it.
        var start = new ProcessStartInfo("setsid",
        [
            "sh", "-c", Watch, "sh", Path.GetFullPath(options.LogFile), options.EraseWhenStopped ? Path.GetDirectoryName(folder.Data)! : "",
            .. account.Prefix, binaries.Postgres, "-D", folder.Data, .. Settings(options, port),
        ])
        { RedirectStandardInput = true };
        return Process.Start(start)!;
    }

    private static IEnumerable<string> Settings(EmbeddedPostgresOptions options, int port)
    {
        Dictionary<string, string> settings = new()
        {
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["listen_addresses"] = "127.0.0.1",
            // A socket's path may have 107 bytes; a clone's folder may have more.
            ["unix_socket_directories"] = "",
            ["max_connections"] = "300",
            ["shared_buffers"] = "256MB",
            ["max_wal_size"] = "2GB",
            ["random_page_cost"] = "1.1",
            ["jit"] = "off",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["lc_messages"] = "C",
            // DETAIL lines quote rows, and rows are patients' words.
            ["log_error_verbosity"] = "terse",
        };
        if (!options.Durable)
            foreach (var name in (string[])["fsync", "full_page_writes", "synchronous_commit", "autovacuum"])
                settings[name] = "off";
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        return settings.SelectMany(s => (string[])["-c", $"{s.Key}={s.Value}"]);
    }

    private static async Task<bool> IsReadyAsync(Process shell, PostgresFolder folder, int port, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            while (!folder.IsReady(port))
            {
                if (shell.HasExited)
                    return false;
                if (clock.Elapsed > StartLimit)
                    throw new DevelopmentException($"PostgreSQL did not become ready on {folder.Data} within {StartLimit.TotalSeconds:0} seconds.");
                await Task.Delay(Look, cancel);
            }

            return true;
        }
        catch
        {
            shell.StandardInput.Close();
            throw;
        }
    }

    private static string LastWords(string log) => File.Exists(log)
        ? File.ReadLines(log).Where(line => !string.IsNullOrWhiteSpace(line)).LastOrDefault(IsReason) ?? "it gave no reason"
        : "it gave no reason";

    private static bool IsReason(string line) => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("PANIC", StringComparison.Ordinal)
        || line.Contains("error", StringComparison.OrdinalIgnoreCase);
}
