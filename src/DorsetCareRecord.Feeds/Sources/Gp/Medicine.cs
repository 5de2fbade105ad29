using System.Globalization;
using DorsetCareRecord.Record.Sections;
using DorsetCareRecord.Record.Values;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>
/// UKCore-MedicationStatement with the MedicationRequests behind it: the statement is based on a plan (the authorisation),
/// and the plan's orders are its issues (GP Connect, medication guidance). Together they are one medicine.
/// </summary>
internal static class GpMedicine
{
    /// <summary>Requests that are part of another medicine: orders of a plan, and plans of a statement.</summary>
    public static IReadOnlySet<R4.Resource> PartsOf(GpBundle bundle)
    {
        var parts = new HashSet<R4.Resource>(ReferenceEqualityComparer.Instance);
        foreach (var entry in bundle.Entries.Where(e => !e.Deleted))
        {
            var basedOn = entry.Resource switch
            {
                R4.MedicationStatement statement => statement.BasedOn,
                _ => [],
            };
            foreach (var plan in basedOn.Select(r => bundle.Resolve<R4.MedicationRequest>(r, entry)).OfType<R4.MedicationRequest>())
                parts.Add(plan);
            if (entry.Resource is R4.MedicationRequest order && order.BasedOn.Any(r => bundle.Resolve<R4.MedicationRequest>(r, entry) is not null))
                parts.Add(order);
        }

        return parts;
    }

    public static Medicine Read(R4.MedicationStatement statement, GpEntry entry, GpBundle bundle)
    {
        var plan = statement.BasedOn.Select(r => bundle.Resolve(r, entry)).FirstOrDefault(e => e?.Resource is R4.MedicationRequest);
        var request = plan?.Resource as R4.MedicationRequest;
        var dosage = statement.Dosage is { Count: > 0 } own ? own : request?.DosageInstruction ?? [];
        var reason = request.Named("MedicationStatusReason");
        return Of(statement.Medication ?? request?.Medication, dosage, request, entry, bundle) with
        {
            Kind = KindOf(Concepts.Codes(statement.Category), statement, request),
            Status = StatusOf(GpBundle.Raw(statement.StatusElement)),
            StartedOn = bundle.Date(Start(statement.Effective), entry, "effective"),
            EndedOn = bundle.Date((statement.Effective as R4.Period)?.EndElement, entry, "effective")
                ?? (GpBundle.Raw(request?.StatusElement) == "stopped" ? bundle.Date(reason.Named("statusChangeDate")?.Value as R4.PrimitiveType, entry, "extension") : null),
            StatusReason = Concepts.TextOf(statement.StatusReason) ?? ReasonOf(reason),
            LastIssuedOn = bundle.Date(statement.Named("MedicationStatementLastIssueDate")?.Value as R4.PrimitiveType, entry, "extension")
                ?? (plan is null ? null : LastOrder(plan, bundle)),
            Notes = Words.Join("\n", [AgencyOf(statement), .. statement.Note.Concat(request?.Note ?? []).Select(n => n.Text).Distinct()]),
        };
    }

    public static Medicine Read(R4.MedicationRequest request, GpEntry entry, GpBundle bundle) =>
        Of(request.Medication, request.DosageInstruction, request, entry, bundle) with
        {
            Kind = KindOf(Concepts.Codes(request.Category), request, request),
            Status = StatusOf(GpBundle.Raw(request.StatusElement)),
            StartedOn = bundle.Date(
                request.DispenseRequest?.ValidityPeriod?.StartElement ?? request.AuthoredOnElement as R4.PrimitiveType, entry, "authoredOn"),
            EndedOn = bundle.Date(request.DispenseRequest?.ValidityPeriod?.EndElement, entry, "dispenseRequest.validityPeriod"),
            LastIssuedOn = GpBundle.Raw(request.IntentElement) == "plan"
                ? LastOrder(entry, bundle)
                : bundle.Date(request.AuthoredOnElement, entry, "authoredOn"),
            StatusReason = Concepts.TextOf(request.StatusReason) ?? ReasonOf(request.Named("MedicationStatusReason")),
            Notes = Words.Join("\n", request.Note.Select(n => n.Text)),
        };

    private static string? ReasonOf(R4.Extension? status) => Concepts.TextOf(status.Named("statusReason")?.Value as R4.CodeableConcept);

    /// <summary>Who prescribes it, when that is not the practice: a reader must know that the practice only recorded it.</summary>
    private static string? AgencyOf(R4.MedicationStatement statement) =>
        statement.Named("PrescribingAgency") is { } agency && agency.Code() is not "prescribed-at-gp-practice"
            ? Concepts.TextOf(agency.Value as R4.CodeableConcept) : null;

    private static Medicine Of(
        R4.DataType? medication, IReadOnlyList<R4.Dosage> dosage, R4.MedicationRequest? request, GpEntry entry, GpBundle bundle)
    {
        var substance = medication is R4.ResourceReference reference ? bundle.Resolve<R4.Medication>(reference, entry) : null;
        var concept = medication as R4.CodeableConcept ?? substance?.Code;
        var repeat = request.Named("MedicationRepeatInformation");
        return new Medicine
        {
            Name = Concepts.TextOf(concept) ?? bundle.NameOf(medication as R4.ResourceReference, entry) ?? "Medicine not named",
            Coding = Concepts.CodingOf(concept),
            Form = Concepts.TextOf(substance?.Form),
            Dose = Words.Join(", ", dosage.SelectMany(d => d.DoseAndRate).Select(r => Amount(r.Dose as R4.Quantity))),
            Route = Concepts.TextOf(dosage.Select(d => d.Route).OfType<R4.CodeableConcept>()),
            Frequency = Concepts.TextOf(dosage.Select(d => d.Timing?.Code).OfType<R4.CodeableConcept>()),
            DosageText = Words.Join("\n", dosage.SelectMany(d => new[] { d.Text, d.PatientInstruction })),
            Quantity = Amount(request?.DispenseRequest?.Quantity) ?? Words.Of((request?.DispenseRequest?.Quantity).Named("quantityText")?.Value?.ToString()),
            Kind = MedicineKind.NotStated,
            Status = MedicineStatus.NotStated,
            Prescriber = bundle.NameOf(request?.Requester, entry),
            IssuesMade = Count(repeat.Named("numberOfRepeatPrescriptionsIssued") ?? repeat.Named("numberOfPrescriptionsIssued")),
            IssuesAllowed = Count(repeat.Named("numberOfRepeatPrescriptionsAllowed")) ?? Whole(request?.DispenseRequest?.NumberOfRepeatsAllowedElement),
            AuthorisedUntil = bundle.Date(repeat.Named("authorisationExpiryDate")?.Value as R4.PrimitiveType, entry, "extension"),
        };
    }

    private static ClinicalDate? LastOrder(GpEntry plan, GpBundle bundle)
    {
        var issues = bundle.Entries
            .Where(e => e.Resource is R4.MedicationRequest order && order.BasedOn.Any(r => ReferenceEquals(bundle.Resolve(r, e)?.Resource, plan.Resource)))
            .Select(e => bundle.Date(
                ((R4.MedicationRequest)e.Resource).DispenseRequest?.ValidityPeriod?.StartElement ?? ((R4.MedicationRequest)e.Resource).AuthoredOnElement,
                e, "authoredOn"))
            .OfType<ClinicalDate>().ToList();
        return issues.Count > 0 ? issues.Max() : null;
    }

    private static MedicineKind KindOf(IEnumerable<string> categories, R4.IExtendable resource, R4.MedicationRequest? request)
    {
        var codes = categories.Concat(Concepts.Codes(request?.Category)).ToList();
        if (codes.Contains("discharge"))
            return MedicineKind.Discharge;
        if (codes.Contains("inpatient"))
            return MedicineKind.Hospital;

        var type = resource.Named("PrescriptionType") ?? request.Named("PrescriptionType");
        var words = (type?.Value is R4.CodeableConcept concept ? Concepts.TextOf(concept) : null)
            ?? type.Code() ?? Concepts.Codes(request?.CourseOfTherapyType).FirstOrDefault() ?? "";
        return words.Contains("repeat", StringComparison.OrdinalIgnoreCase) || words is "continuous" || request.Named("MedicationRepeatInformation") is not null
            ? MedicineKind.Repeat
            : words.Contains("acute", StringComparison.OrdinalIgnoreCase) ? MedicineKind.Acute
            : MedicineKind.NotStated;
    }

    private static MedicineStatus StatusOf(string? code) => code switch
    {
        "active" or "intended" => MedicineStatus.Active,
        "on-hold" => MedicineStatus.Suspended,
        "completed" => MedicineStatus.Completed,
        "stopped" or "cancelled" or "not-taken" => MedicineStatus.Stopped,
        _ => MedicineStatus.NotStated,
    };

    private static int? Count(R4.Extension? extension) => Whole(extension?.Value as R4.PrimitiveType);

    private static int? Whole(R4.PrimitiveType? element) =>
        int.TryParse(GpBundle.Raw(element), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static R4.FhirDateTime? Start(R4.DataType? when) => when as R4.FhirDateTime ?? (when as R4.Period)?.StartElement;

    private static string? Amount(R4.Quantity? quantity) => quantity is null ? null : Words.Join(
        " ", [Convert.ToString(quantity.ValueElement?.JsonValue, CultureInfo.InvariantCulture), quantity.Unit ?? GpBundle.Raw(quantity.CodeElement)]);
}
