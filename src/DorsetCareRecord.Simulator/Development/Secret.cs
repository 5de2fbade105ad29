using System.Security.Cryptography;

namespace DorsetCareRecord.Simulator.Development;

/// <summary>Files that only their owner may read (mode 0600 from the first byte).</summary>
internal static class Secret
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new password: 128 bits, in letters and digits that need no quoting anywhere.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The file's content; made on the first call.</summary>
    public static string Keep(string file, Func<string> make)
    {
        if (File.Exists(file))
            return File.ReadAllText(file).Trim();
        var value = make();
        Write(file, value);
        return value;
    }

    /// <summary>Replaces the file whole: a reader sees the old content or the new.</summary>
    public static void Write(string file, string value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = file + ".new";
        File.Delete(fresh);
        using (var stream = new FileStream(fresh, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        using (var writer = new StreamWriter(stream))
            writer.Write(value);
        File.Move(fresh, file, overwrite: true);
    }
}
