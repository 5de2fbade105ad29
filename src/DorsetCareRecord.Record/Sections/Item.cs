using System.Text.Json.Serialization;
using DorsetCareRecord.Record.Values;

namespace DorsetCareRecord.Record.Sections;

/// <summary>
/// What a source states about one thing of a patient. Every property that a source may leave out is nullable: null means
/// "the source said nothing of it", never "none".
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "item")]
[JsonDerivedType(typeof(Demographics), "demographics")]
[JsonDerivedType(typeof(Flag), "flag")]
[JsonDerivedType(typeof(Problem), "problem")]
[JsonDerivedType(typeof(Medicine), "medicine")]
[JsonDerivedType(typeof(Allergy), "allergy")]
[JsonDerivedType(typeof(Result), "result")]
[JsonDerivedType(typeof(Report), "report")]
[JsonDerivedType(typeof(Contact), "contact")]
[JsonDerivedType(typeof(CareService), "care-service")]
[JsonDerivedType(typeof(CareWorker), "care-worker")]
[JsonDerivedType(typeof(Letter), "letter")]
[JsonDerivedType(typeof(Encounter), "encounter")]
[JsonDerivedType(typeof(Immunisation), "immunisation")]
[JsonDerivedType(typeof(Notice), "notice")]
[JsonDerivedType(typeof(CareDetail), "care-detail")]
public abstract record Item
{
    [JsonIgnore]
    public abstract Section Section { get; }

    /// <summary>The organisation the item originates from as its source names it (a practice, a laboratory); null for the
    /// source's own organisation.</summary>
    public string? Organisation { get; init; }

    /// <summary>Whom it is kept for, beyond the rules of its section; null for whoever may see the section.</summary>
    public Audience? Audience { get; init; }

    /// <summary>How closely the source wants it kept; null when it does not say.</summary>
    public Confidentiality? Confidentiality { get; init; }

    /// <summary>
    /// Names of properties the source explicitly emptied (HL7 v2 <c>""</c>), as distinct from those it did not mention.
    /// Only read by items that fold.
    /// </summary>
    public IReadOnlyList<string>? Cleared { get; init; }

    /// <summary>
    /// This statement laid over the older one of the same thing. Most sources state a thing whole, so the newer replaces
    /// the older; items stated piecemeal (encounters, demographics) override this and keep what the newer left out.
    /// </summary>
    public virtual Item LaidOver(Item? older) => this;
}
