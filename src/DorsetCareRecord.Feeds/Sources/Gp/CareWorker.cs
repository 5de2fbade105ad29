using System.Globalization;
using DorsetCareRecord.Record.Sections;
using R4 = Hl7.Fhir.Model;

namespace DorsetCareRecord.Feeds.Sources.Gp;

/// <summary>UKCore-CareTeam: one for each participant who is not the patient or a relative.</summary>
internal static class GpCareWorker
{
    public static IEnumerable<(string Suffix, CareWorker Worker)> Read(R4.CareTeam team, GpEntry entry, GpBundle bundle)
    {
        foreach (var (participant, i) in team.Participant.Select((p, i) => (p, i)))
        {
            if (bundle.Resolve(participant.Member, entry)?.Resource is R4.Patient or R4.RelatedPerson
                || bundle.NameOf(participant.Member, entry) is not { } name)
                continue;

            var telecom = bundle.Resolve<R4.Practitioner>(participant.Member, entry)?.Telecom ?? team.Telecom;
            yield return ($"#{bundle.KeyOf(participant.Member, entry) ?? (i + 1).ToString(CultureInfo.InvariantCulture)}", new CareWorker
            {
                Name = name,
                Role = Concepts.TextOf(participant.Role),
                Team = Words.Of(team.Name),
                Telephone = People.Telephone(telecom) ?? People.Mobile(telecom),
                Email = People.Email(telecom),
                From = bundle.Date((participant.Period ?? team.Period)?.StartElement, entry, "period.start"),
                Until = bundle.Date((participant.Period ?? team.Period)?.EndElement, entry, "period.end"),
            });
        }
    }
}
