using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DorsetCareRecord.Record.Organisations;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Testing;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// A file is what its source says it is, or something else, or two things at once; whichever, no browser runs it here (S12; ASVS 5.0, 3.2.1
/// and 5.4.1): it comes as an attachment of a type of our list, of a sandbox, not guessed; and its page holds words.
/// </summary>
public sealed partial class DocumentTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Active = "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'><script>x()</script><foreignObject><iframe srcdoc='&lt;script&gt;x()&lt;/script&gt;'/></foreignObject></svg>";

    private readonly OpenPortal _portal = fixture.Portal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Files => new()
    {
        { "a picture that is a page", "image/svg+xml", Active },
        { "a page that is a picture", "text/html", Active },
        { "a paper that is a page", "application/pdf", $"%PDF-1.7\n<html>{Active}</html>\n%%EOF" },
        { "a page that is a paper", "text/html", $"<html><body>%PDF-1.7 {Active}</body></html>" },
        { "a photograph that is a script", "image/jpeg", "\u00FF\u00D8\u00FF\u00E0/*JFIF*/=x()/*" },
        { "a picture that is a comment", "image/gif", "GIF89a/*\u0001\u0000*/=x();//" },
        { "an archive that is a page", "application/zip", $"PK\u0003\u0004{Active}" },
        { "a script", "application/javascript", "x()" },
        { "xhtml", "application/xhtml+xml", $"<html xmlns='http://www.w3.org/1999/xhtml'><body>{Active}</body></html>" },
        { "xml with a style sheet", "application/xml", $"<?xml version='1.0'?><?xml-stylesheet href='#s' type='text/xsl'?>{Active}" },
        { "another alphabet", "text/html; charset=utf-7", "+ADw-script+AD4-x()+ADw-/script+AD4-" },
        { "rich text with an object", "text/rtf", @"{\rtf1{\object\objocx{\*\objdata 01}}{\field{\*\fldinst HYPERLINK ""javascript:x()""}{\fldrslt " + Active + "}}}" },
        { "a type with a line in it", "text/plain\r\nContent-Type: text/html", Active },
        { "no type", "", Active },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task When_a_file_is_not_what_it_says_then_nothing_of_it_runs(string name, string type, string content)
    {
        var bytes = Encoding.Latin1.GetBytes(content);
        var id = await SayAsync(name, type, bytes);
        using var client = await _portal.SignInAsync("clinician.dch");
        var letter = $"/record/{_portal.People[PersonState.Known]}/letters/{id}";

        using var file = await client.GetAsync($"{letter}/original", Cancel);
        var page = await client.GetStringAsync(letter, Cancel);

        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(bytes, await file.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Matches(@"^letter-\d{4}-\d\d-\d\d\.[a-z]+$", file.Content.Headers.ContentDisposition?.FileName);
        Assert.DoesNotMatch("(?i)html|svg|xml$|script", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")));
        Assert.DoesNotMatch(Acting(), page);
        var paper = WebUtility.HtmlDecode(Frame().Match(page).Groups[1].Value);
        Assert.DoesNotMatch(Acting(), paper);
    }

    private async Task<string> SayAsync(string name, string type, byte[] bytes)
    {
        var letter = new Letter
        {
            Kind = LetterKind.Clinic, Title = name, Status = LetterStatus.Final, Document = new Document(type, bytes, "../../x\r\n.html"),
            ContentType = type, ContentLength = bytes.Length, ContentHash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
        await _portal.Told.SayAsync(SourceCodes.SystemC, Cast.Edith.HospitalNumber, Told.State($"file {name}", letter, TimeProvider.System.GetUtcNow()));
        return (await _portal.AskAsync($"select id from record.letter where title = '{name}'"))!;
    }

    [GeneratedRegex("""(?i)<(script(?![^>]*\ssrc="/js/)|object|embed|foreignObject|base|meta http-equiv="?refresh)|<[a-z][^>"]*\son[a-z]+\s*=|(href|src)\s*=\s*["']?javascript:""")]
    private static partial Regex Acting();

    [GeneratedRegex("srcdoc=\"([^\"]*)\"")]
    private static partial Regex Frame();
}
