using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Illness;

/// <summary>A lasting condition and what follows from it: medicines, blood tests and their course, clinics, crises.</summary>
internal sealed record Ailment
{
    public required string Key { get; init; }

    /// <summary>SNOMED CT preferred term (UK edition) as a GP would record it.</summary>
    public required string Term { get; init; }

    public required string Code { get; init; }

    /// <summary>Per cent of people who have it, at ages 0, 5, 18, 40, 55, 65, 75, 85 and on.</summary>
    public required double[] Prevalence { get; init; }

    /// <summary>Only one sex can have it; null for both.</summary>
    public Sex? Only { get; init; }

    public bool IsMinor { get; init; }

    /// <summary>Each step: how many of the sufferers take one of these.</summary>
    public IReadOnlyList<(double Share, Drug[] OneOf)> Treatment { get; init; } = [];

    public string[] Panels { get; init; } = [];

    public int MonthsBetweenPanels { get; init; } = 12;

    /// <summary>How it moves a blood test: at once, and further with each year.</summary>
    public IReadOnlyList<(string Analyte, double AtOnce, double PerYear)> Effects { get; init; } = [];

    /// <summary>Key of the outpatient clinic that follows it, and visits a year of those who are followed.</summary>
    public string? Clinic { get; init; }

    public double ClinicVisitsPerYear { get; init; }

    /// <summary>Share of sufferers who are followed by the hospital.</summary>
    public double Followed { get; init; }

    /// <summary>Crises: key of the case, and how many a year.</summary>
    public IReadOnlyList<(string Case, double PerYear)> Crises { get; init; } = [];

    /// <summary>It begins with this case, when it began lately.</summary>
    public string? OnsetCase { get; init; }

    /// <summary>Conditions it makes more likely.</summary>
    public IReadOnlyList<(string Key, double Times)> Raises { get; init; } = [];

    /// <summary>Earliest age at which it begins.</summary>
    public int NotBefore { get; init; }

    public double PrevalenceAt(int age) => Prevalence[age switch
    {
        < 5 => 0,
        < 18 => 1,
        < 40 => 2,
        < 55 => 3,
        < 65 => 4,
        < 75 => 5,
        < 85 => 6,
        _ => 7,
    }] / 100;
}

/// <summary>Somebody's ailment.</summary>
internal sealed record Suffering(Ailment Ailment, DateOnly Since)
{
    public double YearsOn(DateOnly day) => Math.Max(0, (day.DayNumber - Since.DayNumber) / 365.25);
}
