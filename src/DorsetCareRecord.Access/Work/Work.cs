using DorsetCareRecord.Access.Reading;

namespace DorsetCareRecord.Access.Work;

/// <summary>Somebody whose record this viewer opened.</summary>
/// <param name="LastAt">When they last looked.</param>
public sealed record RecentPerson(FoundPerson Found, DateTimeOffset LastAt);

/// <summary>Who sees a list besides its keeper.</summary>
public enum ListSharing
{
    Nobody = 0,

    /// <summary>Everybody of the keeper's organisation who may open records.</summary>
    Organisation = 1,

    /// <summary>Those of them who work in the keeper's team, as it is at that moment.</summary>
    Team = 2,
}

/// <summary>What a viewer may ask to be told of the people of a list.</summary>
public enum Wish
{
    Admission = 1,
    Discharge = 2,
    Result = 3,
}

/// <summary>A list of people, as this viewer has it.</summary>
/// <param name="IsMine">The viewer keeps it; others of the organisation may read it and add to it.</param>
/// <param name="Team">The open team its keeper works in.</param>
/// <param name="Wishes">What this viewer asked to be told.</param>
public sealed record PeopleList(
    Guid Id, string Name, bool IsMine, string Keeper, ListSharing Sharing, string? Team, int People, IReadOnlySet<Wish> Wishes);

/// <summary>Somebody on a list.</summary>
public sealed record ListMember(FoundPerson Found, DateTimeOffset AddedAt, string AddedBy);

/// <summary>That something was heard which this viewer asked for. It points; what it points at is read through the door.</summary>
public sealed record NewsItem(FoundPerson Found, Wish Kind, Guid Entry, DateTimeOffset RecordedAt, bool IsSeen);

internal static class WorkWords
{
    internal static string Stored(ListSharing sharing) => sharing switch
    {
        ListSharing.Organisation => "organisation",
        ListSharing.Team => "team",
        _ => "nobody",
    };

    internal static ListSharing Sharing(string stored) => stored switch
    {
        "organisation" => ListSharing.Organisation,
        "team" => ListSharing.Team,
        _ => ListSharing.Nobody,
    };

    internal static string Stored(Wish wish) => wish switch
    {
        Wish.Admission => "admission",
        Wish.Discharge => "discharge",
        Wish.Result => "result",
        _ => throw new ArgumentOutOfRangeException(nameof(wish)),
    };

    internal static Wish? Wished(string stored) => Enum.GetValues<Wish>().Cast<Wish?>().FirstOrDefault(wish => Stored(wish!.Value) == stored);
}
