using DorsetCareRecord.Simulator.County.Life;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>
/// A patient registered twice: until the merge, every second visit and result is filed under the second number, which was
/// registered without an NHS number, as happens in a hurry.
/// </summary>
internal static class TwiceRegistered
{
    public static IEnumerable<WireMessage> Say(HospitalDialect dialect, Act act, History history, Registration registration, ControlIds ids)
    {
        if (registration.DuplicateNumber is null || act is MergeAct)
        {
            yield return dialect.Say(act, history, registration, ids);
            yield break;
        }

        var second = registration with { Number = registration.DuplicateNumber, DuplicateNumber = null, NhsNumber = null, NhsNumberStatus = "02" };
        if (act is Registered { IsNew: true })
            yield return dialect.Say(act, history, registration, ids);
        var underSecond = act switch
        {
            Registered => true,
            VisitAct visit => IsSecond(visit.Visit.Number),
            LetterAct { Letter.VisitNumber: { } number } => IsSecond(number),
            _ => false,
        };
        yield return dialect.Say(act, history, underSecond ? second : registration, ids);
    }

    private static bool IsSecond(string visitNumber) => visitNumber[^1] % 2 == 0;
}
