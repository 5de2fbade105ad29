using DorsetCareRecord.Portal.Letters;
using Xunit;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>A file made to take for ever costs its own page, and never the house.</summary>
public sealed class TimeBoundTests
{
    [Fact]
    public async Task When_work_does_not_end_then_nobody_waits_and_so_many_may_be_left_to_themselves()
    {
        using var end = new ManualResetEventSlim();
        // Else what follows could run on the very thread whose end it waits for.
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var bound = new TimeBound(TimeSpan.Zero, most: 2);
        int Endless(CancellationToken abandoned)
        {
            using var noticed = abandoned.Register(() => told.TrySetResult());
            end.Wait(CancellationToken.None);
            return 1;
        }

        var first = bound.TryRun(Endless, out _);
        var second = bound.TryRun(Endless, out _);
        var third = bound.TryRun(_ => 3, out _);

        Assert.False(first || second || third);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(2, bound.AtWork);
        end.Set();
        Assert.True(SpinWait.SpinUntil(() => bound.AtWork == 0, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void When_work_ends_in_time_then_its_result_or_its_fault_comes_to_whoever_waits()
    {
        var bound = new TimeBound(TimeSpan.FromMinutes(1), most: 1);

        Assert.True(bound.TryRun(_ => 42, out var result));
        Assert.Equal((42, 0), (result, bound.AtWork));
        Assert.Throws<InvalidOperationException>(() => bound.TryRun<int>(_ => throw new InvalidOperationException(), out _));
        Assert.Equal(0, bound.AtWork);
    }
}
