using System.Collections.Concurrent;
using Npgsql;

namespace DorsetCareRecord.Access.Audit;

/// <summary>
/// Appends lines to the chains, one chain an organisation. Lines that wait for the same chain at the same moment share a
/// transaction, so a busy chain costs one commit for many, and whoever awaits a line knows it committed. Several portals
/// append to one chain in turn: the head's row is locked from reading it until the commit.
/// </summary>
internal sealed class AuditWriter(NpgsqlDataSource source)
{
    /// <summary>Acts of nobody known: sign-ins turned away.</summary>
    internal const string NobodysChain = "-";

    private const int MostAtOnce = 64;

    private readonly ConcurrentDictionary<string, Lane> _lanes = new();

    /// <returns>The note's number; for what was shown, that of its note.</returns>
    internal Task<long> AddAsync(string chain, Line line, CancellationToken cancel) =>
        _lanes.GetOrAdd(chain, name => new Lane(source, name)).AddAsync(line).WaitAsync(cancel);

    private sealed class Lane(NpgsqlDataSource source, string chain)
    {
        private readonly Lock _lock = new();
        private List<(Line Line, TaskCompletionSource<long> Done)> _waiting = [];
        private bool _isWriting;
        private ChainHead? _head;

        internal Task<long> AddAsync(Line line)
        {
            var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _waiting.Add((line, done));
                if (_isWriting)
                    return done.Task;
                _isWriting = true;
            }

            _ = WriteAllAsync();
            return done.Task;
        }

        private async Task WriteAllAsync()
        {
            while (true)
            {
                List<(Line Line, TaskCompletionSource<long> Done)> batch;
                lock (_lock)
                {
                    if (_waiting.Count == 0)
                    {
                        _isWriting = false;
                        return;
                    }

                    batch = _waiting.Count <= MostAtOnce ? _waiting : _waiting[..MostAtOnce];
                    _waiting = _waiting.Count <= MostAtOnce ? [] : _waiting[MostAtOnce..];
                }

                if (await WriteTogetherAsync(batch) is not { } fault)
                    continue;
                // One bad line must not take the others with it.
                foreach (var one in batch)
                {
                    if (batch.Count == 1 || await WriteTogetherAsync([one]) is not null)
                        one.Done.TrySetException(fault);
                }
            }
        }

        private async Task<Exception?> WriteTogetherAsync(List<(Line Line, TaskCompletionSource<long> Done)> batch)
        {
            try
            {
                (var numbers, _head) = await AuditChain.AppendAsync(source, chain, [.. batch.Select(one => one.Line)], _head);
                for (var i = 0; i < batch.Count; i++)
                    batch[i].Done.TrySetResult(numbers[i]);
                return null;
            }
            catch (Exception fault)
            {
                _head = null; // who knows what of it came to be
                return fault;
            }
        }
    }
}
