"""Blocks of text made into wrapped lines, with marks that hang to the left of what they introduce."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from rmsession.core.text import UserText, clean
from rmsession.reader.blocks import Run, blocks


def wrapped(text: UserText, width: int) -> Iterator[Content]:
    """A Markdown text as lines of at most `width` cells."""
    for block in blocks(text.raw):
        if block.gap:
            yield Content("")
        body = Content("").join([_styled(run, heading=block.heading) for run in block.runs])
        yield from hanging(Content.styled(block.mark, "$foreground-muted"), body, width, indent=block.indent)


def hanging(mark: Content, body: Content, width: int, *, indent: int = 0) -> list[Content]:
    """The body wrapped behind its mark: ``• first line`` with the rest below the first word."""
    lead = indent + (mark.cell_length + 1 if mark else 0)
    # Deep nesting on a narrow screen gives up its indentation before it gives up its words.
    lead = min(lead, max(width - 16, 0))
    lines = body.wrap(max(width - lead, 8)) or [Content("")]
    if not mark:
        return [line.pad_left(lead) for line in lines]
    first = mark.pad_left(max(lead - mark.cell_length - 1, 0)).append(" ").append(lines[0])
    return [first, *(line.pad_left(lead) for line in lines[1:])]


def _styled(run: Run, *, heading: bool) -> Content:
    words = clean(run.text, lines=True)
    names = [
        name
        for name, wanted in (
            ("bold", run.strong or heading),
            ("italic", run.emphasis),
            ("strike", run.struck),
            ("underline", bool(run.link)),
            ("$text-accent", run.code),
        )
        if wanted
    ]
    styled = Content.styled(words, " ".join(names)) if names else Content(words)
    if run.link and run.link != run.text:
        # A link's address is shown before anybody opens it.
        styled = styled.append(Content.styled(f" ({clean(run.link)})", "$foreground-muted"))
    return styled
