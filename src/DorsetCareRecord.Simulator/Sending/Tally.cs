namespace DorsetCareRecord.Simulator.Sending;

/// <summary>What became of what was sent; its text is the closing line of <c>send</c>.</summary>
internal sealed class Tally
{
    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    public int Unanswered { get; private set; }

    public int Sent => Accepted + Refused + Unanswered;

    public bool AllAccepted => Sent > 0 && Accepted == Sent;

    public void Count(bool? accepted)
    {
        switch (accepted)
        {
            case true: Accepted++; break;
            case false: Refused++; break;
            case null: Unanswered++; break;
        }
    }

    public override string ToString() =>
        $"sent {Sent}, accepted {Accepted}, refused {Refused}, unanswered {Unanswered}";
}
