using DorsetCareRecord.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
