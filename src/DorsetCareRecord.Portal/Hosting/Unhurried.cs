namespace DorsetCareRecord.Portal.Hosting;

/// <summary>
/// A request whose reader has left is finished all the same (ADR 0027). Were it cancelled, the database's driver could be stopped between
/// deciding to prepare statements and sending them, and the pooled connection would answer the next reader with another statement's rows. What
/// must end with its reader, the live stream, asks <see cref="Left"/> and passes it to nothing that asks the database.
/// </summary>
internal sealed record Unhurried(CancellationToken ReaderHasLeft)
{
    internal static void Use(IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Features.Set(new Unhurried(context.RequestAborted));
        context.RequestAborted = CancellationToken.None;
        return next(context);
    });

    /// <summary>Cancelled when whoever asked is gone.</summary>
    internal static CancellationToken Left(HttpContext context) =>
        (context.Features.Get<Unhurried>() ?? throw new InvalidOperationException("The pipeline does not begin with it.")).ReaderHasLeft;
}
