namespace DorsetCareRecord.Simulator.Writing.Documents;

/// <summary>A letter before it has a format: what is said, in order.</summary>
internal sealed class LetterText
{
    private readonly List<Block> _blocks = [];

    public IReadOnlyList<Block> Blocks => _blocks;

    public LetterText Heading(string text) => With(new Heading(text));

    public LetterText Say(string? text) => string.IsNullOrEmpty(text) ? this : With(new Paragraph(text));

    public LetterText List(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            With(new Bullet(line));
        return this;
    }

    private LetterText With(Block block)
    {
        _blocks.Add(block);
        return this;
    }
}

internal abstract record Block(string Text);

internal sealed record Heading(string Text) : Block(Text);

internal sealed record Paragraph(string Text) : Block(Text);

internal sealed record Bullet(string Text) : Block(Text);
