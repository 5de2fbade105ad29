namespace DorsetCareRecord.Access.Rules;

/// <summary>What a member of staff is to the record; given by their organisation's administrator, never by a claim.</summary>
public enum Role
{
    Clinician = 1,
    Nurse = 2,
    Pharmacist = 3,
    SocialWorker = 4,
    Clerical = 5,

    /// <summary>Looks after the organisation's accounts; sees no clinical content.</summary>
    Admin = 6,

    /// <summary>Watches over access; sees no clinical content.</summary>
    Privacy = 7,

    /// <summary>Looks after the feeds; sees no person.</summary>
    Operator = 8,
}

/// <summary>Roles as written in directory files, in the database and in claims.</summary>
public static class RoleNames
{
    private static readonly Dictionary<string, Role> ByName = new(StringComparer.Ordinal)
    {
        ["clinician"] = Role.Clinician,
        ["nurse"] = Role.Nurse,
        ["pharmacist"] = Role.Pharmacist,
        ["socialworker"] = Role.SocialWorker,
        ["clerical"] = Role.Clerical,
        ["admin"] = Role.Admin,
        ["privacy"] = Role.Privacy,
        ["operator"] = Role.Operator,
    };

    public static IReadOnlyCollection<string> All => ByName.Keys;

    /// <summary>An unknown name is no role, and no role sees nothing.</summary>
    public static Role? Find(string? name) => name is not null && ByName.TryGetValue(name, out var role) ? role : null;

    public static string Name(this Role role) => ByName.Single(pair => pair.Value == role).Key;

    /// <summary>For people.</summary>
    public static string Title(this Role role) => role switch
    {
        Role.Clinician => "Clinician",
        Role.Nurse => "Nurse",
        Role.Pharmacist => "Pharmacist",
        Role.SocialWorker => "Social worker",
        Role.Clerical => "Clerical",
        Role.Admin => "Organisation administrator",
        Role.Privacy => "Privacy officer",
        Role.Operator => "Operator",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
