using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Life;

namespace DorsetCareRecord.Simulator.Dialects;

/// <summary>Something a hospital system tells the moment it happens.</summary>
/// <param name="At">When.</param>
internal abstract record Act(DateTime At);

/// <summary>A28, or A31 with what the hospital now knows: demographics, next of kin, allergies.</summary>
internal sealed record Registered(DateTime At, bool IsNew) : Act(At);

/// <summary>An ADT trigger about a visit: A01, A02, A03, A04, A05, A38.</summary>
internal sealed record VisitAct(DateTime At, string Trigger, Visit Visit) : Act(At);

internal sealed record LabAct(DateTime At, LabReport Report) : Act(At);

internal sealed record WordsAct(DateTime At, WrittenReport Report) : Act(At);

internal sealed record LetterAct(DateTime At, HospitalLetter Letter) : Act(At);

/// <summary>A40 or A34: the second registration is merged into the first.</summary>
internal sealed record MergeAct(DateTime At, string Prior) : Act(At);
