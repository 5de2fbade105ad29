using System.Reflection;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Schema;
using DorsetCareRecord.Projection.Verifying;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Projection.Tests.Applying;

/// <summary>What is written is what is read: of every item, every property.</summary>
public sealed class RowTests(PostgresFixture postgres)
{
    private static readonly LocalPatient Edith = new(SourceCodes.SystemC, "D1000001");
    private static readonly NhsNumber Number = Cast.Edith.NhsNumber!.Value;

    [Fact]
    public async Task When_every_property_of_every_item_is_stated_then_every_one_is_read_back()
    {
        await using var database = await Database.NewAsync(postgres);
        var stated = ItemTables.All.Select(t => (t.Name, Item: Filled(t.ItemType))).ToList();
        await database.ApplyAsync(County.Message(1, Edith,
            [.. stated.Select(s => new Stated(s.Item is Demographics ? Demographics.Key : s.Name, s.Item, County.At(0)))]));

        var record = await new RecordReader(database.Source).ReadAsync(Number, null);

        var read = Assert.Single(record!.People).Sections.Values.SelectMany(s => s).ToDictionary(i => ItemTables.Of(i.Says.GetType()).Name);
        Assert.All(stated, s => Assert.Equal(ItemJson.Write(s.Item), ItemJson.Write(read[s.Name].Says)));
    }

    [Fact]
    public async Task When_only_what_is_required_is_stated_then_the_rest_is_read_as_unsaid()
    {
        await using var database = await Database.NewAsync(postgres);
        await database.ApplyAsync(County.Message(1, Edith, new Stated(Demographics.Key, new Demographics { NhsNumber = Number.Digits }, County.At(0)),
            new Stated("E", new Encounter(), County.At(0))));

        var record = await new RecordReader(database.Source).ReadAsync(Number, null);

        Assert.Equal("{\"item\":\"encounter\"}", ItemJson.Write(Assert.Single(record!.People[0].Sections["Encounters"]).Says));
    }

    [Fact]
    public async Task When_a_text_has_what_no_database_can_hold_then_it_is_left_out_and_remarked()
    {
        await using var database = await Database.NewAsync(postgres);
        var message = County.Message(1, Edith, new Stated(Demographics.Key, new Demographics { NhsNumber = Number.Digits }, County.At(0)),
            new Stated("P\0", new Problem { Kind = ProblemKind.Problem, Text = "Heart\0 failure \uD800 \\u0000 \u001f!", Status = ProblemStatus.Active }, County.At(0), "L\0"),
            new ListStated("L\0", typeof(Problem), ["P\0"], County.At(0)));

        var remarks = await database.ApplyAsync(message);

        Assert.Equal(Reasons.UnstorableCharacter, Assert.Single(remarks[1]).Reason);
        Assert.Equal("Heart failure \uFFFD \\u0000 !", await database.ScalarAsync<string>("select text from problem where source_key = 'P' and not ended"));
    }

    [Fact]
    public async Task When_asked_as_at_a_time_then_what_came_later_is_unknown()
    {
        await using var database = await Database.NewAsync(postgres);
        MessageFacts[] messages =
        [
            County.Message(1, Edith, new Stated(Demographics.Key, new Demographics { NhsNumber = Number.Digits, FamilyName = "Hardwick" }, County.At(0)), Allergy("Penicillin")),
            County.Message(2, Edith, Allergy("Latex"), new ListStated("AL1", typeof(Allergy), ["Latex"], County.At(1))),
            County.Message(3, Edith, new Withdrawn("Latex", typeof(Allergy), County.At(2))),
        ];
        await database.ApplyAsync(messages);

        var known = new List<string>();
        foreach (var message in messages)
            known.Add(await AllergiesAsync(database, message.ReceivedAt));

        Assert.Equal(["Penicillin", "Latex, Penicillin (ended)", "Penicillin (ended)"], known);
        Assert.Null(await new RecordReader(database.Source).ReadAsync(Number, messages[0].ReceivedAt.AddSeconds(-1)));
    }

    [Fact]
    public async Task When_a_letter_is_withdrawn_then_its_row_goes_and_its_content_stays_beside_the_log()
    {
        await using var database = await Database.NewAsync(postgres);
        var letter = new Letter { Kind = LetterKind.Discharge, Title = "Discharge", Status = LetterStatus.Final, Document = new Document("text/plain", [1, 2, 3], null) };
        await database.ApplyAsync(County.Message(1, Edith, new Stated("L", letter, County.At(0))));

        await database.ApplyAsync(County.Message(2, Edith, new Withdrawn("L", typeof(Letter), County.At(1))));

        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from letter"));
        Assert.Equal(3, await database.ScalarAsync<int>("select length(bytes) from document"));
    }

    private static async Task<string> AllergiesAsync(Database database, DateTimeOffset at)
    {
        var record = await new RecordReader(database.Source).ReadAsync(Number, at);
        return string.Join(", ", record!.People[0].Sections["Allergies"].Select(a => ((Allergy)a.Says).Substance + (a.Ended ? " (ended)" : "")));
    }

    private static Stated Allergy(string substance) => new(substance,
        new Allergy { Kind = AllergyKind.Allergy, Substance = substance, Status = AllergyStatus.Active }, County.At(substance == "Latex" ? 1 : 0), "AL1");

    /// <summary>An item with a value in every property that is stored.</summary>
    private static Item Filled(Type type)
    {
        var item = (Item)Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.Name is not (nameof(Letter.Document) or nameof(Item.Cleared) or nameof(Result.ValueNotResent))))
            property.SetValue(item, ValueOf(property));
        return item;
    }

    private static object ValueOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when property.Name == nameof(Demographics.NhsNumber) => Number.Digits,
            _ when type.IsEnum => Enum.GetValues(type).Cast<object>().Last(),
            _ when type == typeof(string) => $"{property.Name} – “ä” ✓ 'x'",
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => 42,
            _ when type == typeof(decimal) => 5.10m,
            _ when type == typeof(ClinicalDate) => ClinicalDate.OfMonth(1945, 7),
            _ when type == typeof(Coding) => new Coding("22298006", CodeSystems.SnomedCt, "Myocardial infarction"),
            _ when type == typeof(IReadOnlyList<string>) => new[] { "Legg", "O'Connor, née Hardwick" },
            _ => throw new NotSupportedException(type.Name),
        };
    }
}
