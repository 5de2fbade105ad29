namespace DorsetCareRecord.Faults.Traffic;

/// <summary>
/// Stories whose order matters to whoever does not keep to the source's own time: update before create, cancel before order, merge before
/// admission, a correction before what it corrects. Told here in the order of time; sent in any.
/// </summary>
internal static class Tales
{
    /// <summary>One patient after the other, so that each has every story.</summary>
    public static IReadOnlyList<Planned> Of(int patients) => [.. Enumerable.Range(0, patients).SelectMany(TaleOf)];

    private static IEnumerable<Planned> TaleOf(int number)
    {
        var patient = $"TALE{number}";
        var second = $"TALE{number}B";
        var minute = number * 3;
        var told = 0;

        yield return Adt("A28", patient, Kin("DAUGHTER^ANN", "01305 000001"));
        yield return Adt("A31", patient, Kin("DAUGHTER^ANNE", "01305 000002"), "AL1|1|DA|PEN^Penicillin||Rash");
        yield return Adt("A31", patient, Kin("DAUGHTER^ANNE", "01305 000003"), "AL1|1|DA|PEN^Penicillin||Rash", "AL1|2|DA|ASP^Aspirin||Wheeze");

        yield return Adt("A01", patient, Visit(1));
        yield return Adt("A11", patient, Visit(1));
        yield return Adt("A01", patient, Visit(2));
        yield return Adt("A02", patient, Visit(2, "WARD9"));
        yield return Adt("A12", patient, Visit(2, "WARD2"));
        yield return Adt("A03", patient, Visit(2, "WARD2", left: true));
        yield return Adt("A13", patient, Visit(2, "WARD2"));
        yield return Adt("A03", patient, Visit(2, "WARD2", left: true), "DG1|1||J18.9^Pneumonia^I10|||F");

        yield return Results("1", level: 1, "P");
        yield return Results("1", level: 2, "F");
        yield return Results("1", level: 3, "C");
        yield return Results("2", level: 4, "F");
        yield return Results("2", level: 4, "X");

        yield return Adt("A28", second);
        yield return Adt("A01", second, Visit(3));
        yield return Adt("A40", patient, $"MRG|{second}^^^RBD01^HOSP");
        yield return Adt("A08", patient, Visit(2, "WARD2", left: true));

        Planned Adt(string trigger, string of, params string[] more) => Said.Admission(trigger, Control(), of, Next(), more);

        Planned Results(string order, int level, string status) =>
            Said.Results(Control(), patient, Next(), $"F{number}-{order}", 3, level, status);

        string Visit(int visit, string ward = "WARD1", bool left = false) =>
            $"PV1|1|I|{ward}^BAY^1^RBD01||||C1^DOCTOR^ANN|||300||||||||C1^DOCTOR^ANN||V{number}-{visit}|||||||||||||||||{(left ? "19" : "")}||||||||{Said.At(minute)}|{(left ? Said.At(minute + 50) : "")}";

        static string Kin(string name, string telephone) => $"NK1|1|{name}|DAU|1 HIGH STREET^^DORCHESTER^^DT1 1AA|{telephone}";

        string Control() => $"TALE{number}-{++told}";

        int Next() => minute++;
    }
}
