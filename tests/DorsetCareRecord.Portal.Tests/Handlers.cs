using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>One handler of one page, with everything it takes from a request; found in the application itself, so that none is forgotten.</summary>
/// <param name="Fields">Names of what it takes beside its route.</param>
internal sealed partial record Handler(string Page, string Method, string Name, string Route, IReadOnlyList<string> Fields)
{
    /// <summary>All handlers of all pages but the doorstep's.</summary>
    internal static async Task<IReadOnlyList<Handler>> OfAsync(OpenPortal portal)
    {
        var services = portal.App.Services;
        var loader = services.GetRequiredService<PageLoader>();
        var handlers = new List<Handler>();
        foreach (var page in services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            if (page.ViewEnginePath.StartsWith("/Doorstep/", StringComparison.Ordinal))
                continue;
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            var route = page.AttributeRouteInfo!.Template ?? "";
            var bound = compiled.BoundProperties.Select(property => property.Name);
            handlers.AddRange(compiled.HandlerMethods.Select(method => new Handler(page.ViewEnginePath, method.HttpMethod, method.Name ?? "", route,
                [.. bound.Concat(method.Parameters.Select(NameOf)).Where(name => !route.Contains($"{{{name}", StringComparison.OrdinalIgnoreCase)).Distinct()])));
        }

        return [.. handlers.DistinctBy(handler => (handler.Page, handler.Method, handler.Name))];
    }

    /// <summary>A demo user whose role the page is for, of an organisation that knows the people of the portal.</summary>
    internal string User => Page.Split('/')[1] switch
    {
        "Admin" => "admin.dch",
        "Feeds" or "Cutover" or "Matches" => "operator",
        "Privacy" => "privacy.dch",
        _ => "clinician.dch",
    };

    /// <summary>Its address, about somebody.</summary>
    internal string Path(Guid person, Guid entry) => "/" + Parameter().Replace(Route, match => match.Groups[1].Value switch
    {
        "person" => $"{person}",
        "entry" => $"{entry}",
        "section" => "results",
        "source" => "systemc",
        "id" when match.Value.Contains("long", StringComparison.Ordinal) => "1",
        _ => $"{Guid.Empty}",
    });

    private static string NameOf(ParameterDescriptor parameter) => parameter.BindingInfo?.BinderModelName ?? parameter.Name;

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
