using DorsetCareRecord.Access;
using DorsetCareRecord.Access.Audit;

namespace DorsetCareRecord.Portal.SignIn;

/// <summary>Who asks, and from where, as the directory had it for this very request.</summary>
internal static class ViewerOfRequest
{
    internal static Viewer? FindViewer(this HttpContext context) => context.Features.Get<Viewer>();

    /// <summary>On pages behind a policy, where there always is one.</summary>
    internal static Viewer Viewer(this HttpContext context) =>
        context.FindViewer() ?? throw new InvalidOperationException("A page without a policy asked for its viewer.");

    internal static Origin Origin(this HttpContext context) =>
        new(context.Connection.RemoteIpAddress?.ToString(), context.TraceIdentifier);
}
