using CsCheck;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Tests.Matching;

/// <summary>Who is one person and who is asked about, as a function of what holds: no order of anything leaves a trace.</summary>
public sealed class PartitionTests
{
    private static readonly Gen<Node[]> People = Gen.Select(
            Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 1], Gen.Int[0, 2],
            (number, family, given, born, status) => (number, family, given, born, status))
        .Array[2, 9].Select(all => all.Select((p, i) => Person(i, p.number, p.family, p.given, p.born, p.status)).ToArray());

    private static readonly Gen<(int, int, int)[]> Words = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[0, 2]).Array[0, 4];

    [Fact]
    public void When_people_merges_and_rulings_are_shuffled_then_persons_and_questions_are_the_same() =>
        Gen.Select(People, Words, Gen.Int).Sample((people, words, order) =>
        {
            var (merges, rulings) = Relations(people, words);
            var random = new Random(order);

            Assert.Equal(Text(people, merges, rulings), Text(Shuffled(random, people), Shuffled(random, merges), Shuffled(random, rulings)));
        }, iter: 1500);

    [Fact]
    public void When_people_are_first_seen_in_another_order_then_persons_and_questions_are_the_same() =>
        Gen.Select(People, Words, Gen.Int).Sample((people, words, order) =>
        {
            var (merges, rulings) = Relations(people, words);
            var moments = Shuffled(new Random(order), [.. people.Select(p => p.FirstSeenAt)]);
            var seenOtherwise = people.Select((p, i) => new Node(p.IdentityId, p.Source, p.LocalId, p.OwnPersonId) { FirstSeenAt = moments[i], Trait = p.Trait });

            Assert.Equal(Text(people, merges, rulings), Text([.. seenOtherwise], merges, rulings));
        }, iter: 1500);

    [Fact]
    public void When_a_word_is_said_and_taken_back_then_everything_is_as_before() =>
        Gen.Select(People, Words, Gen.Int[0, 8], Gen.Int[0, 8]).Sample((people, words, one, other) =>
        {
            var (merges, rulings) = Relations(people, words);
            var before = Text(people, merges, rulings);
            var (a, b) = (people[one % people.Length].IdentityId, people[other % people.Length].IdentityId);

            // Said, and lifted again: what once held is not looked at.
            _ = Text(people, merges, [.. rulings, new Ruling(a, b, Same: true)]);

            Assert.Equal(before, Text(people, merges, rulings));
        }, iter: 300);

    [Fact]
    public void When_two_are_ruled_apart_then_no_chain_of_others_makes_them_one() =>
        Gen.Select(People, Gen.Int[0, 8], Gen.Int[0, 8]).Where(x => x.Item2 % x.Item1.Length != x.Item3 % x.Item1.Length).Sample((people, one, other) =>
        {
            var (a, b) = (people[one % people.Length].IdentityId, people[other % people.Length].IdentityId);

            var components = Partition.Of(people, [], [new Ruling(a, b, Same: false)]);

            Assert.DoesNotContain(components, c => c.Members.Any(m => m.IdentityId == a) && c.Members.Any(m => m.IdentityId == b));
        }, iter: 1500);

    private static (MergeEdge[] Merges, Ruling[] Rulings) Relations(Node[] people, (int One, int Other, int Kind)[] words)
    {
        var pairs = words.Select(w => (One: people[w.One % people.Length].IdentityId, Other: people[w.Other % people.Length].IdentityId, w.Kind))
            .Where(w => w.One != w.Other).DistinctBy(w => w.One.CompareTo(w.Other) < 0 ? (w.One, w.Other) : (w.Other, w.One)).ToList();
        return (
            [.. pairs.Where(w => w.Kind == 0).Select(w => new MergeEdge(w.One, w.Other))],
            [.. pairs.Where(w => w.Kind > 0).Select(w => new Ruling(w.One, w.Other, w.Kind == 1))]);
    }

    private static string Text(Node[] people, MergeEdge[] merges, Ruling[] rulings)
    {
        var components = Partition.Of(people, merges, rulings);
        var doubts = Doubts.Of(components, merges, rulings, []);
        return string.Join('\n', components.Select(c => string.Join(' ', c.Members.Select(m => m.LocalId).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal))
            + "\n--\n" + string.Join('\n', doubts.Select(d => $"{d.One} {d.Other} {d.Evidence}").Order(StringComparer.Ordinal));
    }

    private static T[] Shuffled<T>(Random random, T[] some)
    {
        var copy = some.ToArray();
        random.Shuffle(copy);
        return copy;
    }

    private static Node Person(int i, int number, int family, int given, int born, int status)
    {
        var id = new Guid(i + 1, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7);
        return new Node(id, SourceCodes.Camis, $"P{i}", new Guid(i + 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9))
        {
            FirstSeenAt = County.Dawn.AddMinutes(i / 2),
            Trait = Trait.Of(new Demographics
            {
                NhsNumber = ((string?[])["9990000018", "9990000026", "9990000034", null])[number],
                NhsNumberStatus = ((string[])["01", "02", "08"])[status],
                FamilyName = ((string[])["Hardwick", "Hardwicke", "Legg"])[family],
                GivenNames = ((string?[])["Edith", "Thomas", "Baby", null])[given],
                BornOn = ClinicalDate.OfDay(new DateOnly(1937, 1, 1 + born)),
                Postcode = "DT1 1AA",
            }),
        };
    }
}
