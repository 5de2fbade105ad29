namespace DorsetCareRecord.Simulator.County.Hospital;

internal static class AcuteCases
{
    public static IReadOnlyList<AcuteCase> All { get; } = [.. HeartAndLungCases.All(), .. MedicalCases.All(), .. OtherCases.All()];

    public static AcuteCase Named(string key) => All.First(one => one.Key == key);
}
