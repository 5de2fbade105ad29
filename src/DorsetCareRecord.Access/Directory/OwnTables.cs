using Microsoft.EntityFrameworkCore;

namespace DorsetCareRecord.Access.Directory;

/// <summary>The tables of what staff keep for themselves.</summary>
internal static class OwnTables
{
    /// <summary>Added to and ended, never rewritten and never erased.</summary>
    internal const string Rights = $"""
        grant select, insert on access.letter_read, access.visit, access.correction, access.correction_step, access.people_list,
            access.people_list_member, access.wish, access.news to {DatabaseRoles.Portal};
        grant update (last_at) on access.visit to {DatabaseRoles.Portal};
        grant update (shared_with, ended_at) on access.people_list to {DatabaseRoles.Portal};
        grant update (ended_at, ended_by) on access.people_list_member to {DatabaseRoles.Portal};
        grant update (ended_at) on access.wish to {DatabaseRoles.Portal};
        grant update (seen_at) on access.news to {DatabaseRoles.Portal};
        """;

    internal static void Describe(ModelBuilder model)
    {
        model.Entity<LetterReadRow>(row => row.ToTable("letter_read").HasKey(r => new { r.AccountId, r.PersonId, r.EntryId, r.Content }));
        model.Entity<VisitRow>(row =>
        {
            row.ToTable("visit");
            row.HasKey(v => new { v.AccountId, v.PersonId, v.BeganAt });
            row.HasIndex(v => new { v.AccountId, v.LastAt });
        });
        model.Entity<CorrectionRow>(row =>
        {
            row.ToTable("correction");
            row.Property(c => c.Id).ValueGeneratedNever();
            row.HasIndex(c => new { c.OrganisationCode, c.ReportedAt });
            row.HasIndex(c => new { c.AccountId, c.ReportedAt });
            row.HasIndex(c => new { c.PersonId, c.EntryId });
        });
        model.Entity<CorrectionStepRow>(row =>
        {
            row.ToTable("correction_step");
            row.HasKey(s => new { s.CorrectionId, s.Step });
            row.HasOne<CorrectionRow>().WithMany().HasForeignKey(s => s.CorrectionId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PeopleListRow>(row =>
        {
            row.ToTable("people_list");
            row.Property(l => l.Id).ValueGeneratedNever();
            row.HasIndex(l => l.AccountId);
            row.HasOne<AccountRow>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PeopleListMemberRow>(row =>
        {
            row.ToTable("people_list_member");
            row.HasKey(m => new { m.ListId, m.PersonId, m.AddedAt });
            row.HasIndex(m => m.PersonId).HasFilter("ended_at is null");
            row.HasIndex(m => new { m.ListId, m.PersonId }).IsUnique().HasFilter("ended_at is null");
            row.HasOne<PeopleListRow>().WithMany().HasForeignKey(m => m.ListId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<WishRow>(row =>
        {
            row.ToTable("wish");
            row.Property(w => w.Id).ValueGeneratedNever();
            row.HasIndex(w => new { w.ListId, w.AccountId, w.Kind }).IsUnique().HasFilter("ended_at is null");
            row.HasOne<PeopleListRow>().WithMany().HasForeignKey(w => w.ListId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<NewsRow>(row =>
        {
            row.ToTable("news");
            row.HasKey(n => new { n.AccountId, n.EntryId, n.Kind });
            row.HasIndex(n => new { n.AccountId, n.ToldAt });
        });
    }
}
