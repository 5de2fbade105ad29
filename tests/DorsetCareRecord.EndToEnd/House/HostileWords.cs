using System.Reflection;
using System.Runtime.CompilerServices;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.EndToEnd.House;

/// <summary>
/// Five hundred ways to become code: fifty vectors, each in ten surroundings it might have to break out of. All call <see cref="Call"/>, so
/// that whichever runs is noticed. Addresses lead to a port of loopback where nobody listens.
/// </summary>
internal static class HostileWords
{
    internal const string Call = "dcrRan()";

    private static readonly string[] Vectors =
    [
        "<script>@</script>", "<SCRIPT SRC=//127.0.0.1:1/x.js></SCRIPT>", "<scr<script>ipt>@</scr</script>ipt>", "<img src=x onerror=@>", "<img/src=x/onerror=@>",
        "<img src=`x`onerror=@>", "<svg onload=@>", "<svg/onload=@>", "<svg><script>@</script></svg>", "<svg><animate onbegin=@ attributeName=x dur=1s>",
        "<svg><use href='data:image/svg+xml,<svg id=x onload=@>#x'></svg>", "<body onload=@>", "<iframe src=javascript:@></iframe>", "<iframe srcdoc='<script>parent.@</script>'></iframe>", "<object data=javascript:@></object>",
        "<embed src=javascript:@>", "<a href=javascript:@ autofocus onfocus=@>x</a>", "<a href='java\tscript:@'>x</a>", "<a href=data:text/html,<script>@</script>>x</a>", "<details open ontoggle=@>x</details>",
        "<video><source onerror=@></video>", "<audio src=x onerror=@></audio>", "<input autofocus onfocus=@>", "<select autofocus onfocus=@></select>", "<textarea autofocus onfocus=@></textarea>",
        "<marquee onstart=@>x</marquee>", "<math><mtext><table><mglyph><style><img src=x onerror=@></style></mglyph></table></mtext></math>", "<base href=//127.0.0.1:1/>", "<meta http-equiv=refresh content='0;url=javascript:@'>", "<link rel=stylesheet href=//127.0.0.1:1/x.css>",
        "<style>@import '//127.0.0.1:1/x.css'; *{background:url(javascript:@)}</style>", "<form action=javascript:@><button autofocus onfocus=@>x</button></form>", "<p style='animation:x' onanimationstart=@ onmouseover=@>x</p>", "<x contenteditable autofocus onfocus=@>x</x>", "<noscript><p title='</noscript><img src=x onerror=@>'></noscript>",
        "<template><img src=x onerror=@></template>", "<title><img src=x onerror=@></title>", "<!--><img src=x onerror=@>-->", "<![CDATA[<img src=x onerror=@>]]>", "<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>@</x:script>",
        "{{constructor.constructor('@')()}}", "${@}", "javascript:@", "' autofocus onfocus='@", "\" autofocus onfocus=\"@", "` onload=`@", "&lt;img src=x onerror=@&gt;", "&#60;script&#62;@&#60;/script&#62;", "\\u003cimg src=x onerror=@\\u003e", "%3Cscript%3E@%3C/script%3E",
    ];

    private static readonly string[] Surroundings =
    [
        "@", "\">@", "'>@", "</td></tr></table>@", "</script>@", "-->@", "</textarea></title></style></select>@", "]]>@", "line\r\n\r\n@", "Hardwick @ Edith",
    ];

    internal static IReadOnlyList<string> All { get; } =
        [.. Surroundings.SelectMany(around => Vectors.Select(vector => around.Replace("@", vector.Replace("@", Call, StringComparison.Ordinal), StringComparison.Ordinal)))];

    /// <summary>An item of each kind a source can state, with the next of the words in every field that holds words.</summary>
    internal static IEnumerable<Item> Items(Func<string> next, DateTimeOffset at)
    {
        foreach (var type in typeof(Item).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Item)) && type != typeof(Letter)).OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            var item = (Item)RuntimeHelpers.GetUninitializedObject(type);
            foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            {
                if (ValueFor(property, next, at) is { } value)
                    property.SetValue(item, value);
            }

            yield return item;
        }
    }

    /// <summary>Keys to other items, and numbers by which somebody would be found, keep their sense; all other words are hostile.</summary>
    private static object? ValueFor(PropertyInfo property, Func<string> next, DateTimeOffset at)
    {
        if (property.Name is "NhsNumber" or "NhsNumberStatus" or "ReportKey" or "EncounterKey" or "Replaces" or "Organisation")
            return null;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) ? next()
            : type == typeof(Coding) ? new Coding(next(), next(), next())
            : type == typeof(ClinicalDate) ? ClinicalDate.OfInstant(at)
            : type == typeof(Section) ? Section.Problems
            : type == typeof(Confidentiality) || type == typeof(Audience) ? null
            : type.IsEnum ? Enum.GetValues(type).GetValue(0)
            : null;
    }
}
