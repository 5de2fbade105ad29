using DorsetCareRecord.Feeds.Hl7v2;
using DorsetCareRecord.Record.Facts;
using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Feeds.Sources.Hl7;

/// <summary>
/// NK1: next of kin, carers and emergency contacts, the whole list whenever it is sent. NK1 with <c>""</c> for its name (or its
/// set id) empties this source's list and no other's (R17).
/// </summary>
internal static class ContactSegments
{
    private const string List = "NK1";

    public static void Hear(PatientGroup group, Hearing hearing, ICollection<Fact> facts)
    {
        var isWholeList = hearing.Profile.ModeOf("NK1") == ListMode.Snapshot;
        var segments = group.All("NK1");
        var keys = new StatedKeys();
        var isEmptied = false;
        foreach (var nk1 in segments)
        {
            isEmptied |= nk1[1].IsDeleted || nk1[2].IsDeleted || nk1[2][1].IsDeleted;
            var contact = Contact(nk1, hearing);
            if (contact is null)
                continue;
            var key = KeyOf(nk1, contact);
            if (keys.TryAdd(key))
                facts.Add(new Stated(key, contact, hearing.Version, isWholeList ? List : null));
        }

        if (isWholeList && (keys.Count > 0 || isEmptied))
            facts.Add(new ListStated(List, typeof(Contact), keys.All, hearing.Version));
    }

    /// <summary>Null when the segment names nobody and gives no way to reach them.</summary>
    private static Contact? Contact(Segment nk1, Hearing hearing)
    {
        var name = hearing.Text(nk1[2][1]) is null && hearing.Text(nk1[2][2]) is null ? null : Names.OfPerson(nk1[2]);
        var telecoms = Telecoms.Of(hearing, nk1[5], nk1[6]);
        if (name is null && telecoms is (null, null, null))
            return null;
        var address = Addresses.Of(nk1[4], hearing);
        return new Contact
        {
            Role = RoleOf(nk1),
            Name = name ?? "Name not given",
            Relationship = Relationship(nk1[3], hearing),
            Coding = hearing.Text(nk1[3][1]) is null ? null : Codings.Of(nk1[3]),
            Telephone = telecoms.Telephone,
            Mobile = telecoms.Mobile,
            Email = telecoms.Email,
            Address = address is ({ } lines, { } postcode) ? $"{lines}, {postcode}" : address.Lines ?? address.Postcode,
            From = hearing.Day(nk1, 8),
            Until = hearing.Day(nk1, 9),
            Organisation = hearing.Profile.OriginOf(hearing.Message),
        };
    }

    /// <summary>NK1-33 where sent; else who it is and as what. Set ids are places in a list and change.</summary>
    private static string KeyOf(Segment nk1, Contact contact) =>
        nk1[33].TextOf(1) is { } id ? Keys.Of("id", id) : Keys.Of(contact.Role.ToString(), Keys.Folded(contact.Name), contact.Name == "Name not given" ? contact.Telephone ?? contact.Mobile : null);

    private static string? Relationship(Piece relationship, Hearing hearing) =>
        hearing.Text(relationship[2])
        ?? (hearing.Text(relationship[1]) is { } code ? hearing.Profile.Relationships.TryGetValue(code, out var words) ? words : code : null);

    /// <summary>The sender's words before its code: C is a carer to one and an emergency contact to another (HL7 table 0131).</summary>
    private static ContactRole RoleOf(Segment nk1) =>
        RoleOf(Keys.Folded(nk1[7].TextOf(2))) ?? RoleOf(Keys.Folded(nk1[7].TextOf(1)))
        ?? RoleOf(Keys.Folded(nk1[3].TextOf(2))) ?? RoleOf(Keys.Folded(nk1[3].TextOf(1)))
        ?? ContactRole.NextOfKin;

    private static ContactRole? RoleOf(string words) => words switch
    {
        "" => null,
        "nok" or "n" or "next of kin" or "next-of-kin" => ContactRole.NextOfKin,
        "mc" or "main carer" => ContactRole.MainCarer,
        "carer" or "car" or "cgv" or "caregiver" or "care giver" or "informal carer" => ContactRole.Carer,
        "ec" or "c" or "ep" or "emc" or "emergency contact" or "emergency contact person" => ContactRole.EmergencyContact,
        "lpa" or "poa" or "lasting power of attorney" or "power of attorney" => ContactRole.LastingPowerOfAttorney,
        "e" or "emr" or "eme" or "employer" or "i" or "f" or "s" or "u" => ContactRole.Other,
        _ => null,
    };
}
