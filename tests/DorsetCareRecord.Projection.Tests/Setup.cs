using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DorsetCareRecord.Projection.Tests;

/// <summary>Steps every class here begins with.</summary>
internal static class Setup
{
    internal static Task Record(string owner) => RecordSchema.MigrateAsync(owner);
}
