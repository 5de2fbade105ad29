namespace DorsetCareRecord.Record.Values;

/// <summary>
/// A code from a code system with its display. The source's own words travel beside it in the item, never inside it:
/// they are shown first (hazard H10).
/// </summary>
/// <param name="Code">As sent, never translated.</param>
/// <param name="System">A URI where one is known (see <see cref="CodeSystems"/>), else the sender's own name for it.</param>
/// <param name="Display">The code system's preferred term as sent, if sent.</param>
public sealed record Coding(string Code, string? System, string? Display);

/// <summary>URIs of the code systems met in Dorset's feeds (UK Core, HL7 v2 table 0396 names map to these).</summary>
public static class CodeSystems
{
    public const string SnomedCt = "http://snomed.info/sct";
    public const string DmPlusD = "https://dmd.nhs.uk";
    public const string ReadV2 = "http://read.info/readv2";
    public const string Ctv3 = "http://read.info/ctv3";
    public const string Icd10 = "http://hl7.org/fhir/sid/icd-10";
    public const string Opcs4 = "https://fhir.hl7.org.uk/CodeSystem/OPCS-4";
    public const string NhsNumber = "https://fhir.nhs.uk/Id/nhs-number";
    public const string OdsOrganisation = "https://fhir.nhs.uk/Id/ods-organization-code";
}
