using DorsetCareRecord.Feeds.Desk.Acts;

namespace DorsetCareRecord.Worker.Commands;

/// <summary>Stops and starts the applying of a source; it is stored and answered all the while.</summary>
internal static class PauseResume
{
    internal static Task<int> PauseAsync(string[] arguments) => Words.Of(arguments) is { Plain: [var source], Unknown: null } words
        ? Asking.RunAsync(Pause.Kind, source, new Pause.Args(source), words["why"], _ =>
        {
            Console.WriteLine($"{source} is paused: its messages are stored and answered, not applied");
            return 0;
        })
        : Task.FromResult(Usage.Say());

    internal static Task<int> ResumeAsync(string[] arguments) => Words.Of(arguments) is { Plain: [var source], Unknown: null } words
        ? Asking.RunAsync(Resume.Kind, source, new Resume.Args(source), words["why"], act =>
        {
            Console.WriteLine($"{source} is applied again, {act.AnswerAs<Resume.Answer>()?.Waiting} messages waiting");
            return 0;
        })
        : Task.FromResult(Usage.Say());
}
