using System.Globalization;
using DorsetCareRecord.Simulator.County.Laboratory;
using DorsetCareRecord.Simulator.County.Population;

namespace DorsetCareRecord.Simulator.County.Letters;

/// <summary>Fills the braces of templates from the patient and from the results that were really sent.</summary>
internal sealed class Wording
{
    private readonly Dictionary<string, string> _words = [];

    public Wording(Person person, DateOnly day, Dice dice)
    {
        var female = person.Sex == Sex.Female;
        var age = person.AgeOn(day);
        var side = dice.Chance(0.5) ? "left" : "right";
        Set("he", female ? "she" : "he");
        Set("him", female ? "her" : "him");
        Set("his", female ? "her" : "his");
        Set("He", female ? "She" : "He");
        Set("Mrs", age < 16 ? person.Forename : person.Formal);
        Set("age", age.ToString(CultureInfo.InvariantCulture));
        Set("man", age < 16 ? (female ? "girl" : "boy") : female ? "woman" : "man");
        Set("side", side);
        Set("Side", side == "left" ? "Left" : "Right");
        Set("other", side == "left" ? "right" : "left");
        Set("days", dice.Pick(["two", "three", "three", "four", "five"]));
        Set("fever", string.Create(CultureInfo.InvariantCulture, $"{dice.Between(38.1, 39.4):F1}"));
        Set("bp", $"{dice.Between(112, 158)}/{dice.Between(62, 92)}");
        Set("weight", Weight(person.Sex, age, dice).ToString("F0", CultureInfo.InvariantCulture));
    }

    public string Side => _words["side"];

    public void Set(string name, string value) => _words[name] = value;

    /// <param name="suffix">Empty for the first results of a stay, <c>2</c> for the last.</param>
    public void SetResults(IEnumerable<LabValue> values, string suffix = "")
    {
        foreach (var value in values)
            Set(value.Analyte.Key + suffix, value.Text);
    }

    public string Fill(string template)
    {
        if (!template.Contains('{', StringComparison.Ordinal))
            return template;
        var text = new System.Text.StringBuilder(template.Length + 32);
        for (var i = 0; i < template.Length; i++)
        {
            var end = template[i] == '{' ? template.IndexOf('}', i) : -1;
            if (end < 0)
            {
                text.Append(template[i]);
                continue;
            }

            text.Append(_words[template[(i + 1)..end]]);
            i = end;
        }

        return text.ToString();
    }

    private static double Weight(Sex sex, int age, Dice dice) => age switch
    {
        < 1 => dice.Between(4.0, 9.0),
        < 16 => 8 + age * 3.1 + dice.Between(-2.0, 6.0),
        _ => dice.Normal(sex == Sex.Female ? 69 : 82, 11),
    };
}
