using DorsetCareRecord.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
