using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>QuestionnaireResponse of GP systems: a template's questions, whose answers are Observations of the bundle.</summary>
internal static class GpQuestions
{
    /// <summary>Every answer points to a resource that is read for itself; nothing is said here alone.</summary>
    public static bool AreRecordedElsewhere(IEnumerable<R4.QuestionnaireResponse.ItemComponent> items) => items.All(item =>
        item.Answer.TrueForAll(a => a.Value is R4.ResourceReference && AreRecordedElsewhere(a.Item)) && AreRecordedElsewhere(item.Item));
}
