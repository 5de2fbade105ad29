namespace DorsetCareRecord.Simulator.County.Laboratory;

/// <summary>What a laboratory adds in words beneath a panel.</summary>
internal static class Comments
{
    public static string? On(Panel panel, IReadOnlyList<LabValue> values)
    {
        foreach (var value in values)
        {
            var comment = (value.Analyte.Key, value.Flag) switch
            {
                (_, "HH" or "LL") => $"{value.Analyte.Name} telephoned to requester.",
                ("EGFR", _) when value.Number is < 45 and >= 30 => "eGFR 30-44: CKD stage G3b if sustained for more than 3 months.",
                ("EGFR", _) when value.Number < 30 => "eGFR below 30: please see local guidance for referral.",
                ("TROP", "H") => "Interpret with the ECG and a repeat sample at 3 hours.",
                ("A1C", "H") when value.Number >= 48 => "HbA1c 48 mmol/mol or more: in the diabetic range.",
                ("ACR", "H") => "Please confirm with an early morning sample.",
                ("BNP", "H") when value.Number > 2000 => "NT-proBNP above 2000 ng/L: refer for echocardiography within 2 weeks.",
                ("FERR", "L") => "Suggests iron deficiency.",
                ("INR", "H") => "Therapeutic range depends on indication.",
                _ => null,
            };
            if (comment is not null)
                return comment;
        }

        return panel.Code == "LIPID" ? "Non-fasting sample." : null;
    }
}
