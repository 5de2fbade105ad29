using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace DorsetCareRecord.Portal.Tests;

/// <summary>
/// S28: a request whose end can be read in two ways lets no second one in behind it (ASVS 5.0, 4.2.1; RFC 9112, 6.1 and 11.2). Whatever a proxy in
/// front took it for, the portal's own port closes the connection.
/// </summary>
public sealed partial class WallTests
{
    /// <summary>What would be smuggled: its answer says 204 and nothing else here does.</summary>
    private const string Second = "POST /csp-report HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    /// <summary>Each so that to whoever reads it in the wrong way the second request begins where it stands.</summary>
    public static TheoryData<string, string, string> Ambiguous => new()
    {
        { "two lengths", "Content-Length: 0\r\nContent-Length: 200", "" },
        { "a list of lengths", "Content-Length: 0, 200", "" },
        { "a length below nothing", "Content-Length: -1", "" },
        { "a length beyond numbers", "Content-Length: 18446744073709551616", "" },
        { "a length in sixteens", "Content-Length: 0x0", "" },
        { "a length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n" },
        { "chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n" },
        { "chunks that are not last", "Transfer-Encoding: chunked, identity", "0\r\n\r\n" },
        { "chunks of another spelling", "Transfer-Encoding: xchunked", "0\r\n\r\n" },
        { "two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n" },
        { "a blank before the colon", "Transfer-Encoding : chunked", "0\r\n\r\n" },
        { "a header folded", "X: y\r\n Transfer-Encoding: chunked", "0\r\n\r\n" },
        { "a line that ends in LF within a chunk's extension", "Transfer-Encoding: chunked", "1;a\nx\r\ny\r\n0\r\n\r\n" },
        { "a line that ends in CR within a chunk's extension", "Transfer-Encoding: chunked", "1;a\rx\r\ny\r\n0\r\n\r\n" },
        { "a chunk's size beyond numbers", "Transfer-Encoding: chunked", "10000000000000000\r\n\r\n" },
        { "a chunk's size beyond smaller numbers", "Transfer-Encoding: chunked", "100000000\r\n\r\n" },
        { "a chunk's size below nothing", "Transfer-Encoding: chunked", "-0\r\n\r\n" },
        { "a chunk without its end", "Transfer-Encoding: chunked", "1\r\nxyz0\r\n\r\n" },
        { "chunks in HTTP/1.0", "Transfer-Encoding: chunked\r\nHTTP/1.0", "0\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task S28_When_the_end_of_a_request_can_be_read_in_two_ways_then_nothing_behind_it_is_answered(string name, string headers, string body)
    {
        var version = headers.EndsWith("HTTP/1.0", StringComparison.Ordinal) ? "HTTP/1.0\r\nConnection: keep-alive" : "HTTP/1.1";
        headers = headers.Replace("\r\nHTTP/1.0", "", StringComparison.Ordinal);

        var answers = await SendAsync($"POST /sign-in {version}\r\nHost: x\r\n{headers}\r\n\r\n{body}{Second}");

        Assert.DoesNotContain("204", answers);
        Assert.True(answers.Count <= 1, $"{name}: {string.Join(' ', answers)}");
    }

    /// <summary>Without which the others would prove nothing: two plain requests on one connection have two answers.</summary>
    [Theory]
    [InlineData("Content-Length: 0", "")]
    [InlineData("Transfer-Encoding: chunked", "1;a=b\r\nx\r\n0\r\n\r\n")]
    public async Task S28_When_the_end_of_a_request_is_plain_then_what_follows_is_answered(string headers, string body)
    {
        var answers = await SendAsync($"POST /csp-report HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{body}{Second}");

        Assert.Equal(["204", "204"], answers);
    }

    /// <summary>The status of each answer on one connection, until the portal closes it.</summary>
    private async Task<List<string>> SendAsync(string bytes)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(_portal.Address.Host, _portal.Address.Port, Cancel);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), Cancel);
        using var heard = new MemoryStream();
        try
        {
            await stream.CopyToAsync(heard, Cancel);
        }
        catch (IOException)
        {
            // Closed while something was still unread: what was answered before counts.
        }

        return [.. Status().Matches(Encoding.Latin1.GetString(heard.ToArray())).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex(@"(?m)^HTTP/1\.1 (\d{3})")]
    private static partial Regex Status();
}
