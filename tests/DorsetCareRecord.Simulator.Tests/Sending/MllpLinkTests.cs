using System.Text;
using DorsetCareRecord.Simulator.Sending;
using Xunit;

namespace DorsetCareRecord.Simulator.Tests.Sending;

public sealed class MllpLinkTests
{
    private static readonly byte[] Message = "MSH|^~\\&|A|B|||20260101||ADT^A01|42|P|2.4\r"u8.ToArray();
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_peer_accepts_then_the_acknowledgement_is_that_of_the_message()
    {
        await using var peer = new Peer(Peer.Accept);
        using var link = Link(peer);

        var answer = await link.SendAsync(Message, Ct);

        Assert.Equal(new Acknowledgement("AA", "42", ""), answer);
        Assert.Equal(Message, Assert.Single(peer.Received).Body);
    }

    [Fact]
    public async Task When_the_peer_refuses_then_it_is_an_answer_and_not_accepted()
    {
        await using var peer = new Peer(_ => Peer.Say("AR", "42", "unknown type"));
        using var link = Link(peer);

        var answer = await link.SendAsync(Message, Ct);

        Assert.Equal(new Acknowledgement("AR", "42", "unknown type"), answer);
        Assert.False(answer!.Accepted);
    }

    [Fact]
    public async Task When_the_acknowledgement_is_of_another_message_then_there_is_no_answer()
    {
        await using var peer = new Peer(_ => Peer.Say("AA", "41"));
        using var link = Link(peer, seconds: 0.3);

        var answer = await link.SendAsync(Message, Ct);

        Assert.Null(answer);
    }

    [Fact]
    public async Task When_a_late_acknowledgement_comes_first_then_it_is_passed_over()
    {
        await using var peer = new Peer(_ => Peer.Say("AA", "41") + "\u001c\r\v" + Peer.Say("AE", "42"));
        using var link = Link(peer);

        var answer = await link.SendAsync(Message, Ct);

        Assert.Equal("AE", answer?.Code);
    }

    [Fact]
    public async Task When_the_acceptance_names_no_message_then_it_is_not_believed()
    {
        await using var peer = new Peer(_ => Peer.Say("AA", ""));
        using var link = Link(peer, seconds: 0.3);

        var answer = await link.SendAsync(Message, Ct);

        Assert.Null(answer);
    }

    [Fact]
    public async Task When_the_refusal_names_no_message_then_it_is_taken()
    {
        await using var peer = new Peer(_ => Peer.Say("AR", ""));
        using var link = Link(peer);

        var answer = await link.SendAsync("PID|||1\r"u8.ToArray(), Ct);

        Assert.Equal("AR", answer?.Code);
    }

    [Fact]
    public async Task When_the_peer_says_nothing_then_the_next_message_goes_over_a_new_connection()
    {
        await using var peer = new Peer(message => Peer.ControlIdOf(message) == "42" ? "" : Peer.Accept(message));
        using var link = Link(peer, seconds: 0.3);

        var first = await link.SendAsync(Message, Ct);
        var second = await link.SendAsync("MSH|^~\\&|A|B|||20260101||ADT^A01|43|P|2.4\r"u8.ToArray(), Ct);

        Assert.Null(first);
        Assert.True(second?.Accepted);
        Assert.Equal(2, peer.Connections);
    }

    [Fact]
    public async Task When_the_peer_closes_then_there_is_no_answer_and_the_link_lives_on()
    {
        var closes = true;
        await using var peer = new Peer(message =>
        {
            var answer = closes ? null : Peer.Accept(message);
            closes = false;
            return answer;
        });
        using var link = Link(peer);

        var first = await link.SendAsync(Message, Ct);
        var second = await link.SendAsync(Message, Ct);

        Assert.Null(first);
        Assert.True(second?.Accepted);
    }

    [Fact]
    public async Task When_the_answer_comes_byte_by_byte_with_junk_before_then_it_is_read()
    {
        await using var peer = new Peer(_ => "junk\u001c\r\n\0\v" + Peer.Say("CA", "42"));
        using var link = Link(peer);

        var answer = await link.SendAsync(Message, Ct);

        Assert.True(answer?.Accepted);
    }

    [Fact]
    public async Task When_nothing_listens_then_one_sentence_says_so()
    {
        string address;
        await using (var gone = new Peer(Peer.Accept))
            address = gone.Address;
        using var link = new MllpLink(Address.Parse(address), TimeSpan.FromSeconds(1));

        var fault = await Assert.ThrowsAsync<SendException>(() => link.SendAsync(Message, Ct));

        Assert.Equal($"Nothing listens on {address}; is ./dcr up running?", fault.Message);
    }

    [Theory]
    [InlineData("MSH|^~\\&|X\rMSA|AA|7|ok\r", "AA", "7", "ok")]
    [InlineData("MSH|^~\\&|X\nMSA|CE|a b\n", "CE", "a b", "")]
    [InlineData("MSH#^~\\&#X\rMSA#AR#9\r", "AR", "9", "")]
    [InlineData("MSH|^~\\&|X\r", "", "", "")]
    [InlineData("", "", "", "")]
    public void When_an_acknowledgement_is_read_then_code_and_control_id_are_found(string text, string code, string id, string words) =>
        Assert.Equal(new Acknowledgement(code, id, words), Acknowledgement.Parse(Encoding.Latin1.GetBytes(text)));

    private static MllpLink Link(Peer peer, double seconds = 20) => new(Address.Parse(peer.Address), TimeSpan.FromSeconds(seconds));
}
