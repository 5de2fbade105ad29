using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace DorsetCareRecord.Feeds.Inbox.Schema;

/// <summary>Its migrations. There are no entities: every path to these tables is hot, and is plain Npgsql.</summary>
internal sealed class InboxMigrations(DbContextOptions<InboxMigrations> options) : DbContext(options)
{
    public static DbContextOptions<InboxMigrations> Options(Action<DbContextOptionsBuilder<InboxMigrations>> connect)
    {
        var builder = new DbContextOptionsBuilder<InboxMigrations>();
        connect(builder);
        return builder.Options;
    }

    public static void History(NpgsqlDbContextOptionsBuilder npgsql) => npgsql.MigrationsHistoryTable("__ef_migrations", "inbox");
}

/// <summary>For <c>dotnet ef</c> only; it opens no connection.</summary>
internal sealed class InboxMigrationsForTools : IDesignTimeDbContextFactory<InboxMigrations>
{
    public InboxMigrations CreateDbContext(string[] args) => new(InboxMigrations.Options(o => o.UseNpgsql(InboxMigrations.History)));
}
