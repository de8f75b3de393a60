"""What the house style puts under a topic: boxes to tick, questions to ask, comments for the mentor, and the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rmsession.core.agenda import PromptKind
from rmsession.reader.comments import Lifted

_TASK = re.compile(r"^(?P<indent>\s*)(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]\]\s+(?P<text>\S.*)$")
_ASKED = re.compile(r"^(?P<indent>\s*)[-*+]\s+\?\s*(?P<text>\S.*)$")
_OWN = re.compile(
    r"^(?P<indent>\s*)[-*+]\s+(?:\[[ xX]\]\s+|\?\s*)?"
    # Greedy up to the line's end, where no blank is left: a lazy one looks at each blank of a long run again and again.
    r"(?:\(private\)[:\s]*(?P<before>\S.*)|(?P<behind>\S.*)\(private\))$",
    re.IGNORECASE,
)
"""A bullet marked as the mentor's own, in front or behind, as a topic's title can be."""
_FENCE = re.compile(r"^\s*(?:[-*+]\s+)?(`{3,}|~{3,})")
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n|[-*+]\s|\d{1,9}[.)]\s)")
"""A line end that only keeps lines short."""
_BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s")


@dataclass(slots=True)
class RawPrompt:
    """A prompt as read: its kind, words and line counted from nought."""

    kind: PromptKind
    text: str
    line: int
    more: list[str] = field(default_factory=list)
    """Its further lines, each with what parts it from the one before, until all have been read."""


@dataclass(slots=True)
class Body:
    """A stretch of an agenda taken apart."""

    kept: list[str] = field(default_factory=list)
    prompts: list[RawPrompt] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The rest as Markdown, set flush left, without empty lines around it or more than one together."""
        indent = min((len(line) - len(line.lstrip()) for line in self.kept if line.strip()), default=0)
        lines: list[str] = []
        for line in self.kept:
            if line.strip() or (lines and lines[-1]):
                lines.append(line[indent:].rstrip())
        return "\n".join(lines).strip("\n")


def take_apart(lifted: Lifted, numbers: Sequence[int], *, also: Sequence[int] = ()) -> Body:
    """Prompts out of some lines, the rest kept; deeper lines under a prompt belong to it.

    `numbers` are the places of the lines to read, in order; of those in `also` only the comments are taken.
    """
    reader = _Reader()
    for number in numbers:
        reader.line(number, lifted.lines[number])
    body = reader.body
    for prompt in body.prompts:
        prompt.text += "".join(prompt.more)
    for number in sorted({*also, *numbers} & lifted.comments.keys()):
        for text in lifted.comments[number]:
            body.prompts.append(RawPrompt(PromptKind.PRIVATE, _WRAPPED.sub(" ", text), number))
    body.prompts.sort(key=lambda prompt: prompt.line)
    return body


class _Reader:
    """Reads lines one by one, remembering whether it is in code and which prompt is still going on."""

    def __init__(self) -> None:
        self.body = Body()
        self.fence = ""
        self.open: tuple[RawPrompt, int] | None = None

    def line(self, number: int, line: str) -> None:
        """Take one line."""
        if self.fence:
            self.body.kept.append(line)
            if line.strip().startswith(self.fence) and not line.strip().strip(self.fence[0]):
                self.fence = ""
            return
        if self.open is None and not ("(" in line or "[" in line or "?" in line or "```" in line or "~~~" in line):
            self.body.kept.append(line)  # most lines, and they are asked nothing more
            return
        if ("```" in line or "~~~" in line) and (match := _FENCE.match(line)):
            self.fence, self.open = match[1], None
            self.body.kept.append(line)
            return
        if "(" in line and "(private)" in line.casefold() and (match := _OWN.match(line.rstrip())):
            self._begin(RawPrompt(PromptKind.PRIVATE, (match["before"] or match["behind"]).strip(), number), match)
            return
        for sign, pattern, kind in (("[", _TASK, PromptKind.TICK), ("?", _ASKED, PromptKind.QUESTION)):
            if sign in line and (match := pattern.match(line)):
                self._begin(RawPrompt(kind, match["text"].strip(), number), match)
                return
        if not self._goes_on(line):
            self.body.kept.append(line)

    def _begin(self, prompt: RawPrompt, match: re.Match[str]) -> None:
        self.body.prompts.append(prompt)
        self.open = (prompt, len(match["indent"]))

    def _goes_on(self, line: str) -> bool:
        """Whether a line belongs to the prompt above it, being set in deeper."""
        if self.open is None or not line.strip():
            return False
        prompt, indent = self.open
        if len(line) - len(line.lstrip()) <= indent:
            self.open = None
            return False
        # Gathered and joined at the end: to lengthen a text line by line copies it each time.
        prompt.more.append(("\n" if _BULLET.match(line) else " ") + line.strip())
        return True
