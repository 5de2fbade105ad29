using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>What a part of a medicine line is, which is how it looks.</summary>
public enum MedicinePartKind
{
    /// <summary>Bold.</summary>
    Name,
    Plain,

    /// <summary>The label DOSE stands before it; bold.</summary>
    Dose,

    /// <summary>The prescriber's words, exactly.</summary>
    Instruction,
}

public sealed record MedicinePart(MedicinePartKind Kind, string Text);

/// <summary>
/// A medicine on one line by NHS CUI MEDi-001 to 051: generic name, BRAND, strength, form, DOSE amount, route, frequency, between
/// em dashes. What the name already says (dm+d names carry strength and form) is not said twice; what the source left
/// in words is given in its words, never guessed apart (hazard H12).
/// </summary>
public static class MedicineLine
{
    public static IReadOnlyList<MedicinePart> Parts(Medicine medicine)
    {
        var parts = new List<MedicinePart> { new(MedicinePartKind.Name, Name(medicine)) };
        Add(medicine.Brand?.ToUpperInvariant());
        Add(medicine.Strength is { } strength ? MedicineNumbers.Text(strength) : null);
        Add(medicine.Form);
        if (!string.IsNullOrWhiteSpace(medicine.Dose))
            parts.Add(new(MedicinePartKind.Dose, MedicineNumbers.Text(medicine.Dose.Trim())));
        Add(medicine.Route);
        Add(medicine.Frequency);
        Add(medicine.Duration);
        var isApart = !string.IsNullOrWhiteSpace(medicine.Dose) && !string.IsNullOrWhiteSpace(medicine.Frequency);
        if (!isApart && !string.IsNullOrWhiteSpace(medicine.DosageText))
            parts.Add(new(MedicinePartKind.Instruction, medicine.DosageText.Trim()));
        return parts;

        void Add(string? text)
        {
            if (!string.IsNullOrWhiteSpace(text) && !parts.Exists(part => Says(part.Text, text)))
                parts.Add(new(MedicinePartKind.Plain, text.Trim()));
        }
    }

    /// <summary>The same as words alone.</summary>
    public static string Text(Medicine medicine) => string.Join(" — ", Parts(medicine).Select(part => part.Kind switch
    {
        MedicinePartKind.Dose => $"DOSE {part.Text}",
        MedicinePartKind.Instruction => $"“{part.Text}”",
        _ => part.Text,
    }));

    /// <summary>A sentence-case first letter goes; any other capital is the name's own (MEDi-002) and stays.</summary>
    private static string Name(Medicine medicine)
    {
        var name = medicine.Name.Trim();
        var first = name.IndexOf(' ', StringComparison.Ordinal) is var space and > 0 ? name[..space] : name;
        var isSentenceCase = first.Length > 1 && char.IsUpper(first[0]) && !first.Skip(1).Any(char.IsUpper);
        var isGeneric = medicine.Brand is not null || !name.Skip(1).Any(char.IsUpper);
        return isSentenceCase && isGeneric ? char.ToLowerInvariant(name[0]) + name[1..] : name;
    }

    private static bool Says(string whole, string part) =>
        Bare(whole).Contains(Bare(part), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
