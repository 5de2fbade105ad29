namespace DorsetCareRecord.Record.Values;

/// <summary>
/// A patient as one source knows them: the source's code and its own identifier (a hospital number, a council's person
/// id). Unique within the source only. Of a patient the source names by NHS number alone, <c>nhs|</c> and that number.
/// </summary>
/// <param name="Source">The code of the feed the message came by, from the connection and never from the message.</param>
/// <param name="Id">As sent, trimmed; a namespace in front where one source has several, as in <c>RAJ12|D7006372</c>.</param>
public readonly record struct LocalPatient(string Source, string Id)
{
    /// <summary>Says nothing of the patient: identifiers do not belong in logs or exceptions.</summary>
    public override string ToString() => $"a patient of {Source}";
}
