using DorsetCareRecord.Access;
using DorsetCareRecord.Portal.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace DorsetCareRecord.Portal.Live;

/// <summary>
/// What an open page shows to bring itself up to date. A refresh is noted as one, and those who watch over access look past it: it is
/// of a page that somebody opened, which was noted as that. So it must be one: the key is good in that page's session, for that page alone, and
/// stands in no page that was not opened. Whoever asks without it looks, and is noted as looking, whatever header they send.
/// </summary>
internal sealed class LiveKeys(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("live page");

    internal string For(Viewer viewer, PathString page) => _protector.Protect(Words(viewer, page));

    internal bool Fits(HttpRequest request, Viewer viewer)
    {
        try
        {
            return _protector.Unprotect(request.Headers[Automatic.Header].ToString()) == Words(viewer, request.Path);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static string Words(Viewer viewer, PathString page) => $"{viewer.Session:n}{page}";
}
