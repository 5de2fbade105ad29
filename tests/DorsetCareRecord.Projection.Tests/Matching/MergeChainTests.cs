using CsCheck;
using DorsetCareRecord.Projection.Applying;
using DorsetCareRecord.Projection.Matching;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Projection.Tests.Matching;

/// <summary>Chains, reversals and rings of merges, without a database.</summary>
public sealed class MergeChainTests
{
    [Fact]
    public void When_a_goes_over_into_b_and_b_into_c_then_a_is_c()
    {
        var chains = new MergeChains([Merge("A", "B", 1), Merge("B", "C", 2)]);

        Assert.Equal(Local("C"), chains.SurvivorOf(Local("A")));
        Assert.Empty(chains.Refused);
    }

    [Fact]
    public void When_the_middle_of_a_chain_never_came_then_its_ends_are_joined()
    {
        var chains = new MergeChains([Merge("A", "B", 1), Merge("B", "C", 2)]);

        Assert.Equal([new MergeEdge(Id("C"), Id("A"))], chains.Edges(Existing("A", "C")));
    }

    [Fact]
    public void When_two_went_over_into_one_who_never_came_then_they_are_joined()
    {
        var chains = new MergeChains([Merge("A", "C", 1), Merge("B", "C", 2)]);

        Assert.Equal([new MergeEdge(Id("A"), Id("B"))], chains.Edges(Existing("A", "B")));
    }

    [Fact]
    public void When_a_merge_is_said_the_other_way_round_then_the_later_direction_stands()
    {
        var chains = new MergeChains([Merge("A", "B", 1), Merge("B", "A", 2)]);

        Assert.Equal(Local("A"), chains.SurvivorOf(Local("B")));
        Assert.Equal(Local("A"), chains.SurvivorOf(Local("A")));
        Assert.Empty(chains.Refused);
    }

    [Fact]
    public void When_a_merge_would_close_a_ring_then_it_is_refused_and_the_chain_stands()
    {
        var chains = new MergeChains([Merge("A", "B", 1), Merge("B", "C", 2), Merge("C", "A", 3)]);

        Assert.Equal(3, Assert.Single(chains.Refused).Stamp.MessageId);
        Assert.Equal(Local("C"), chains.SurvivorOf(Local("A")));
    }

    [Fact]
    public void When_a_patient_is_said_to_be_nobody_else_then_its_merge_has_ended_and_a_later_one_stands()
    {
        Assert.Equal(Local("A"), new MergeChains([Merge("A", "B", 1), Merge("A", "A", 2)]).SurvivorOf(Local("A")));
        Assert.Equal(Local("C"), new MergeChains([Merge("A", "B", 1), Merge("A", "A", 2), Merge("A", "C", 3)]).SurvivorOf(Local("A")));
    }

    [Fact]
    public void When_the_new_way_of_a_prior_leads_back_to_it_then_it_is_refused_and_its_former_way_stands()
    {
        var chains = new MergeChains([Merge("B", "A", 1), Merge("A", "C", 2), Merge("D", "B", 3), Merge("A", "D", 4)]);

        Assert.Equal(4, Assert.Single(chains.Refused).Stamp.MessageId);
        Assert.Equal(Local("C"), chains.SurvivorOf(Local("D")));
    }

    [Fact]
    public void When_merges_come_in_any_order_then_the_chains_are_the_same_and_end() =>
        Gen.Select(Gen.Int[0, 4].Select(Gen.Int[0, 4]).Array[0, 12], Gen.Int).Sample((pairs, order) =>
        {
            var merges = pairs.Select((p, i) => Merge($"P{p.Item1}", $"P{p.Item2}", i)).ToArray();
            var shuffled = merges.ToArray();
            new Random(order).Shuffle(shuffled);

            var (one, other) = (new MergeChains(merges), new MergeChains(shuffled));

            for (var i = 0; i < 5; i++)
                Assert.Equal(one.SurvivorOf(Local($"P{i}")), other.SurvivorOf(Local($"P{i}")));
        }, iter: 2000);

    private static KnownMerge Merge(string prior, string survivor, int minute) =>
        new(SourceCodes.Camis, prior, survivor, new Stamp(County.Dawn.AddMinutes(minute), minute, 0));

    private static LocalPatient Local(string id) => new(SourceCodes.Camis, id);

    private static Guid Id(string id) => NameIds.Identity(Local(id));

    private static Dictionary<LocalPatient, Guid> Existing(params string[] ids) => ids.ToDictionary(Local, Id);
}
