using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DorsetCareRecord.Projection.Schema;

/// <summary>The schema <c>record</c> as EF Core knows it: for migrations only. Reading and writing are plain SQL.</summary>
internal sealed class RecordContext(DbContextOptions<RecordContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(RecordSchema.Name);
        Identities(modelBuilder);
        Persons(modelBuilder);
        Log(modelBuilder);
        Cutovers(modelBuilder);
        foreach (var table in ItemTables.All)
            modelBuilder.SharedTypeEntity<Dictionary<string, object>>(table.Name, e => Items(table, e));
    }

    private static void Identities(ModelBuilder model)
    {
        model.Entity<IdentifierRow>().ToTable("identifier").HasKey(r => new { r.Source, r.LocalId });
        model.Entity<IdentityRow>().ToTable("identity").HasKey(r => new { r.Home, r.Id });
        model.Entity<IdentityRow>().HasIndex(r => r.Id);
        model.Entity<TraitRow>(e =>
        {
            e.ToTable("trait").HasKey(r => r.IdentityId);
            e.HasIndex(r => r.NhsNumber);
            e.HasIndex(r => r.FamilyKeys).HasMethod("gin");
            e.HasIndex(r => new { r.BornOn, r.Postcode });
        });
    }

    private static void Persons(ModelBuilder model)
    {
        model.Entity<FormerNumberRow>(e =>
        {
            e.ToTable("former_number").HasKey(r => new { r.Home, r.IdentityId, r.NhsNumber });
            e.HasIndex(r => r.NhsNumber);
        });
        model.Entity<DecisionRow>(e =>
        {
            e.ToTable("decision").HasKey(r => r.Id);
            e.HasIndex(r => new { r.IdentityId, r.OtherIdentityId });
        });
        model.Entity<CoverRow>(e =>
        {
            e.ToTable("cover").HasKey(r => new { r.Home, r.EntryId, r.ByIdentityId });
            e.HasIndex(r => r.IdentityId);
            e.HasIndex(r => r.ByIdentityId);
        });
        model.Entity<PersonRow>().ToTable("person").HasKey(r => r.Id);
        model.Entity<PersonLinkRow>(e =>
        {
            e.ToTable("person_link").HasKey(r => r.Id);
            e.HasIndex(r => r.IdentityId, "one_active_link").IsUnique().HasFilter("ended_at is null");
            e.HasIndex(r => r.PersonId);
            e.HasIndex(r => r.IdentityId);
        });
        model.Entity<ReviewRow>(e =>
        {
            e.ToTable("review").HasKey(r => r.Id);
            e.HasIndex(r => new { r.IdentityId, r.OtherIdentityId }, "one_open_review").IsUnique().HasFilter("decided_at is null");
            e.HasIndex(r => r.IdentityId);
            e.HasIndex(r => r.OtherIdentityId);
        });
        model.Entity<MergeRow>(e =>
        {
            e.ToTable("merge").HasKey(r => new { r.Source, r.PriorLocalId });
            e.HasIndex(r => new { r.Source, r.SurvivorLocalId });
        });
        model.Entity<SourceLinkRow>(e =>
        {
            e.ToTable("source_link").HasKey(r => new { r.Source, r.OneLocalId, r.OtherLocalId });
            e.HasIndex(r => new { r.Source, r.OtherLocalId });
        });
        model.Entity<MoveRow>(e =>
        {
            e.ToTable("move").HasKey(r => new { r.Source, r.PriorLocalId, r.PriorKey, r.SourceVersion, r.MessageId });
            e.HasIndex(r => new { r.Source, r.OwnerLocalId });
        });
    }

    private static void Log(ModelBuilder model)
    {
        model.Entity<VersionRow>(e =>
        {
            e.ToTable("version").HasKey(r => new { r.Home, r.EntryId, r.SourceVersion, r.MessageId, r.Ordinal });
            e.HasIndex(r => new { r.Home, r.IdentityId, r.List }).HasFilter("list is not null");
            e.Property(r => r.Item).HasColumnType("json");
        });
        model.Entity<ListVersionRow>().ToTable("list_version")
            .HasKey(r => new { r.Home, r.IdentityId, r.List, r.ItemType, r.SourceVersion, r.MessageId });
        model.Entity<DocumentRow>().ToTable("document").HasKey(r => new { r.Home, r.EntryId, r.Hash });
    }

    private static void Cutovers(ModelBuilder model)
    {
        model.Entity<CutoverRow>().ToTable("cutover").HasKey(r => r.Id);
        model.Entity<CutoverStepRow>(e =>
        {
            e.ToTable("cutover_step").HasKey(r => new { r.Cutover, r.N });
            e.Property(r => r.Details).HasColumnType("json");
        });
        model.Entity<CrosswalkRow>(e =>
        {
            e.ToTable("crosswalk").HasKey(r => new { r.Cutover, r.Load, r.Kind, r.OldId });
            e.HasIndex(r => new { r.Cutover, r.Kind, r.NewId });
        });
        model.Entity<ComparisonRow>(e =>
        {
            e.ToTable("comparison").HasKey(r => new { r.Cutover, r.N });
            e.Property(r => r.Tolerances).HasColumnType("json");
        });
        model.Entity<ComparisonCountRow>().ToTable("comparison_count").HasKey(r => new { r.Cutover, r.N, r.Concept });
        model.Entity<ComparisonDifferenceRow>().ToTable("comparison_difference").HasKey(r => new { r.Cutover, r.N, r.Ordinal });
        model.Entity<SignOffRow>().ToTable("sign_off").HasKey(r => new { r.Cutover, r.Comparison, r.Role });
    }

    private static void Items(ItemTable table, EntityTypeBuilder<Dictionary<string, object>> e)
    {
        e.ToTable(table.Name);
        foreach (var head in ItemTable.Heads)
        {
            var type = head switch
            {
                "home" or "id" or "identity_id" => typeof(Guid),
                "section" or "adapter_version" => typeof(short),
                "audience" or "confidentiality" => typeof(short?),
                "source_version" or "recorded_at" => typeof(DateTimeOffset),
                "message_id" => typeof(long),
                "ended" => typeof(bool),
                _ => typeof(string),
            };
            e.IndexerProperty(type, head).IsRequired(head is not ("organisation" or "audience" or "confidentiality"));
        }

        foreach (var column in table.Properties.SelectMany(p => p.Columns))
            e.IndexerProperty(column.ClrType, column.Name).HasColumnType(column.PostgresType).IsRequired(!column.Nullable);
        e.HasKey("home", "id");
        e.HasIndex("home", "identity_id");
        if (table == ItemTables.Result)
            e.HasIndex("home", "report_key");
    }
}

/// <summary>For <c>dotnet ef migrations add</c>; connects to nothing.</summary>
internal sealed class RecordContextFactory : IDesignTimeDbContextFactory<RecordContext>
{
    public RecordContext CreateDbContext(string[] args) => new(RecordSchema.Options(o => o.UseNpgsql(RecordSchema.History)));
}
