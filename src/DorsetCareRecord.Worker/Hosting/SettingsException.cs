namespace DorsetCareRecord.Worker.Hosting;

/// <summary>A setting is missing or cannot be meant; said in one sentence, and the process ends.</summary>
internal sealed class SettingsException(string message) : Exception(message);
