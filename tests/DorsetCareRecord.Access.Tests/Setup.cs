using DorsetCareRecord.Access.Audit;
using DorsetCareRecord.Access.Directory;
using DorsetCareRecord.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DorsetCareRecord.Access.Tests;

/// <summary>Steps and values every class here begins with.</summary>
internal static class Setup
{
    internal static readonly Origin Here = new("127.0.0.1", "test");

    internal static Task Access(string owner) => AccessSchema.MigrateAsync(owner);

    internal static async Task<string?> TextAsync(string connectionString, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    internal static async Task ImportAsync(TestDatabase database, string json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        await DirectoryFile.ImportAsync(database.Owner, stream, TimeProvider.System);
    }

    internal const string Directory = """
        {
          "organisations": [
            { "code": "dch", "ods": "RBD", "name": "Dorset County Hospital" },
            { "code": "rbch", "ods": "RDZ", "name": "Royal Bournemouth and Christchurch" },
            { "code": "poole", "ods": "RD3", "name": "Poole Hospital" },
            { "code": "dhc", "ods": "RDY", "name": "Dorset HealthCare" },
            { "code": "dcc", "ods": "815", "name": "Dorset County Council" },
            { "code": "bbc", "ods": "810", "name": "Bournemouth Borough Council" },
            { "code": "bop", "ods": "813", "name": "Borough of Poole" },
            { "code": "ccg", "ods": "11J", "name": "NHS Dorset" }
          ],
          "agreements": [
            { "sources": ["dch", "rbch", "poole", "dhc", "dcc", "bbc", "bop", "ccg"],
              "consumers": ["dch", "rbch", "poole", "dhc", "dcc", "bbc", "bop", "ccg"],
              "categories": ["Demographics", "Flags", "Problems", "Medicines", "Allergies", "Results", "NextOfKin", "Care", "Letters", "Encounters",
                "Immunisations", "MentalHealth", "ChildrensSocialCare", "HomeAccess"],
              "purposes": ["direct-care", "support-of-direct-care"], "preset": "least-privilege", "why": "test" }
          ],
          "users": [
            { "issuer": "*", "subject": "clinician.dch", "name": "Hana Begum", "organisation": "dch", "role": "clinician" },
            { "issuer": "*", "subject": "nurse.dch", "name": "Grace Oke", "organisation": "dch", "role": "nurse" },
            { "issuer": "*", "subject": "clinician.rbch", "name": "Sian Test", "organisation": "rbch", "role": "clinician" },
            { "issuer": "*", "subject": "gp.ccg", "name": "Helen Tester", "organisation": "ccg", "role": "clinician" },
            { "issuer": "*", "subject": "clerk.dch", "name": "Alan Pitt", "organisation": "dch", "role": "clerical" },
            { "issuer": "*", "subject": "admin.dch", "name": "Ruth Penhale", "organisation": "dch", "role": "admin" },
            { "issuer": "*", "subject": "admin.dcc", "name": "Tom Amory", "organisation": "dcc", "role": "admin" },
            { "issuer": "*", "subject": "operator", "name": "Op Erator", "organisation": "dch", "role": "operator" },
            { "issuer": "*", "subject": "privacy.dch", "name": "Margaret Watcher", "organisation": "dch", "role": "privacy" },
            { "issuer": "*", "subject": "privacy.rbch", "name": "Neil Keeper", "organisation": "rbch", "role": "privacy" },
            { "issuer": "*", "subject": "socialworker.dcc", "name": "Priya Tester", "organisation": "dcc", "role": "socialworker" },
            { "issuer": "*", "subject": "pharmacist", "name": "Mo Chemist", "organisation": "dch", "role": "pharmacist" }
          ]
        }
        """;

    /// <summary>Signs somebody of <see cref="Directory"/> in; fails the test when they are turned away.</summary>
    internal static async Task<Viewer> SignInAsync(AccessDatabase database, string subject, TimeProvider? clock = null)
    {
        var sessions = new Sessions(database, clock ?? TimeProvider.System);
        var assertion = new Assertion("https://provider.test", subject, null, null, null)
        {
            // A little before: a test's held clock stands behind this one.
            AuthenticatedAt = (clock ?? TimeProvider.System).GetUtcNow().AddMinutes(-2),
        };
        return Assert.IsType<Admission.Admitted>(
            await sessions.BeginAsync(assertion, Here, TestContext.Current.CancellationToken)).Viewer;
    }
}
