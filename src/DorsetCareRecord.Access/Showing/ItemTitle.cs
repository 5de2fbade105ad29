using DorsetCareRecord.Record.Sections;

namespace DorsetCareRecord.Access.Showing;

/// <summary>What an item of any kind is called in a line of its own, in its source's words.</summary>
public static class ItemTitle
{
    public static string Of(Item item) => item switch
    {
        Flag { Kind: FlagKind.CarePlan } plan => $"Care plan exists: {plan.Text}",
        Flag flag => flag.Text,
        Problem problem => problem.Text,
        Medicine medicine => string.Join(" — ", MedicineLine.Parts(medicine).Select(part => part.Kind == MedicinePartKind.Dose ? $"DOSE {part.Text}" : part.Text)),
        Allergy { Kind: AllergyKind.NoKnownAllergies } => "No known allergies",
        Allergy allergy => allergy.Reaction is { } reaction ? $"{allergy.Substance} — {reaction}" : allergy.Substance,
        Result result => string.Join(' ', new[] { result.Test, result.Value, result.Unit }.Where(part => !string.IsNullOrWhiteSpace(part))),
        Report report => report.Title,
        Contact contact => contact.Relationship is { } relationship ? $"{contact.Name}, {relationship}" : contact.Name,
        CareService service => string.Join(", ", new[] { service.Service, service.Frequency, service.Provider }.Where(part => !string.IsNullOrWhiteSpace(part))),
        CareWorker worker => string.Join(", ", new[] { worker.Name, worker.Role, worker.Team }.Where(part => !string.IsNullOrWhiteSpace(part))),
        Letter letter => letter.Title,
        Encounter encounter => EncounterWords.Line(encounter),
        Demographics => "Who this is",
        _ => ItemWords.Of(item) is [var first, ..] ? first.Says : item.GetType().Name,
    };
}
