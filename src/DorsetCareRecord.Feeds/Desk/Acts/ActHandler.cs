using System.Text.Json;
using Npgsql;

namespace DorsetCareRecord.Feeds.Desk.Acts;

/// <summary>What a handler answers; a closed list.</summary>
public abstract record ActAnswer
{
    private ActAnswer()
    {
    }

    /// <summary>It is done when the transaction commits.</summary>
    /// <param name="Said">Stored as JSON with the act, readable by the portal: no patient's words.</param>
    public sealed record Done(object Said) : ActAnswer;

    /// <summary>It will not be done; whatever the handler wrote is taken back.</summary>
    /// <param name="Sentence">Says what to do next.</param>
    public sealed record Refused(string Sentence) : ActAnswer;
}

/// <summary>The act being done: its effect and its outcome are committed together, so it happens once.</summary>
/// <param name="Connection">Of the worker, its search path naming the record's tables.</param>
/// <param name="Transaction">The handler neither commits nor rolls it back; it may use savepoints.</param>
public sealed record ActContext(Act Act, NpgsqlConnection Connection, NpgsqlTransaction Transaction)
{
    /// <summary>Who asked, in one line, for rows that keep a "by".</summary>
    public string By => $"{Act.By.Name}, {Act.By.Organisation}";
}

/// <summary>Does one kind of act. Register it in the worker as <c>IActHandler</c>; the command line uses the same one.</summary>
public interface IActHandler
{
    /// <summary>In lower case with hyphens; stored, so never changed.</summary>
    string Kind { get; }

    /// <summary>Told to who asked when it has failed, as the beginning of a sentence.</summary>
    string AfterFailure { get; }

    /// <summary>
    /// Does it within the transaction given, or throws: then nothing is done, and the act has failed, or is tried again when only the
    /// machinery failed.
    /// </summary>
    Task<ActAnswer> HandleAsync(ActContext context, CancellationToken cancellation);
}

/// <summary>A handler whose arguments are a record of its own; arguments that do not fit are refused before it is called.</summary>
public abstract class ActHandler<TArgs> : IActHandler
    where TArgs : class
{
    public abstract string Kind { get; }

    public virtual string AfterFailure => "Nothing was changed";

    public Task<ActAnswer> HandleAsync(ActContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        TArgs? args;
        try
        {
            args = context.Act.Args.Deserialize<TArgs>(ActJson.Options);
        }
        catch (JsonException)
        {
            args = null;
        }

        return args is null
            ? Task.FromResult<ActAnswer>(new ActAnswer.Refused("What was asked is incomplete. Ask again from the page."))
            : HandleAsync(context, args, cancellation);
    }

    protected abstract Task<ActAnswer> HandleAsync(ActContext context, TArgs args, CancellationToken cancellation);
}
