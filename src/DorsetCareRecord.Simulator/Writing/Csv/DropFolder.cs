namespace DorsetCareRecord.Simulator.Writing.Csv;

/// <summary>
/// Puts an extract into a council's drop folder so that a watcher never sees half of it: written beside the drop folders,
/// manifest last, then moved in whole.
/// </summary>
internal static class DropFolder
{
    /// <returns>The extract's final path.</returns>
    public static async Task<string> PutAsync(
        string folder, string name, IReadOnlyList<(string Name, byte[] Bytes)> files, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var hidden = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, ".writing", $"{Path.GetFileName(folder)}-{name}");
        if (Directory.Exists(hidden))
            Directory.Delete(hidden, recursive: true);
        Directory.CreateDirectory(hidden);
        foreach (var (fileName, bytes) in files.OrderBy(file => file.Name == Manifest.FileName))
            await File.WriteAllBytesAsync(Path.Combine(hidden, fileName), bytes, ct);

        // The same extract dropped before a restart and not yet taken is the same extract.
        var final = Path.Combine(folder, name);
        if (Directory.Exists(final))
        {
            Directory.Delete(hidden, recursive: true);
            return final;
        }

        Directory.Move(hidden, final);
        return final;
    }
}
