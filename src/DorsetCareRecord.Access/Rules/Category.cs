using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Rules;

/// <summary>
/// What policy speaks of: the sections by their own numbers, and kinds of content that cut across them. The numbers are
/// stored and never reused. An item is always of its section's category, and of every other one that its codes, clinic or
/// label put it in; it is shown only if each of them may be.
/// </summary>
public enum Category : short
{
    Demographics = 1,
    Flags = 2,
    Problems = 3,
    Medicines = 4,
    Allergies = 5,
    Results = 6,
    NextOfKin = 7,
    Care = 8,
    Letters = 9,
    Encounters = 10,
    Immunisations = 11,

    /// <summary>Detail of mental health care: "there is a contact" is a permission apart from reading it.</summary>
    MentalHealth = 101,

    ChildrensSocialCare = 102,

    /// <summary>How to get into somebody's home: key safes and the like.</summary>
    HomeAccess = 103,

    /// <summary>In a code set or clinic that policy excludes (assisted fertilisation, sexual health, termination, gender).</summary>
    Excluded = 104,

    /// <summary>Labelled R by its source (HL7 v3-Confidentiality).</summary>
    LabelledRestricted = 105,

    /// <summary>Labelled V by its source.</summary>
    LabelledVeryRestricted = 106,
}

public static class Categories
{
    public static Category Of(Section section) => (Category)(short)section;

    /// <summary>Sharing agreements name it; what is not shared by agreement is not shared. The rest only narrow.</summary>
    public static bool IsAgreedOn(this Category category) => category is >= Category.Demographics and <= Category.HomeAccess;

    public static IReadOnlyList<Category> Agreed { get; } = [.. Enum.GetValues<Category>().Where(IsAgreedOn)];

    /// <summary>For people.</summary>
    public static string Title(this Category category) => category switch
    {
        Category.Demographics => "Person",
        Category.Flags => "Alerts",
        Category.Problems => "Problems and diagnoses",
        Category.Medicines => "Medicines",
        Category.Allergies => "Allergies",
        Category.Results => "Results",
        Category.NextOfKin => "Next of kin",
        Category.Care => "Carers and care providers",
        Category.Letters => "Letters",
        Category.Encounters => "Encounters",
        Category.Immunisations => "Immunisations",
        Category.MentalHealth => "Mental health detail",
        Category.ChildrensSocialCare => "Children's social care",
        Category.HomeAccess => "Access to the home",
        Category.Excluded => "Excluded by code set or clinic",
        Category.LabelledRestricted => "Labelled restricted",
        Category.LabelledVeryRestricted => "Labelled very restricted",
        _ => throw new ArgumentOutOfRangeException(nameof(category)),
    };
}
