"""What the house style puts under a topic: boxes to tick, questions to ask, comments for the mentor, and the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rmsession.core.agenda import PromptKind

_TASK = re.compile(r"^(?P<indent>\s*)(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]\]\s+(?P<text>\S.*)$")
_ASKED = re.compile(r"^(?P<indent>\s*)[-*+]\s+\?\s*(?P<text>\S.*)$")
_FENCE = re.compile(r"^\s*(?:[-*+]\s+)?(`{3,}|~{3,})")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s")


@dataclass(slots=True)
class RawPrompt:
    """A prompt as read: its kind, words and line counted from nought."""

    kind: PromptKind
    text: str
    line: int


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


def take_apart(lines: Sequence[str], numbers: Sequence[int]) -> Body:
    """Prompts and comments out of the lines, the rest kept.

    `numbers` are the places of the lines to read, in order. Deeper lines under a prompt belong to it.
    """
    return _Reader(lines).read(numbers)


class _Reader:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.body = Body()
        self.fence = ""
        self.comment: list[str] | None = None
        self.comment_line = 0
        self.open: tuple[RawPrompt, int] | None = None

    def read(self, numbers: Sequence[int]) -> Body:
        for number in numbers:
            self._line(number, self.lines[number])
        if self.comment is not None:  # never closed: better private than shown
            self._end_comment()
        return self.body

    def _line(self, number: int, line: str) -> None:
        if self.fence:
            self.body.kept.append(line)
            if line.strip().startswith(self.fence) and not line.strip().strip(self.fence[0]):
                self.fence = ""
            return
        if self.comment is not None or "<!--" in line:
            rest = self._without_comments(number, line)
            if not rest.strip():
                return
            line = rest
        elif ("```" in line or "~~~" in line) and (match := _FENCE.match(line)):
            self.fence = match[1]
            self.open = None
            self.body.kept.append(line)
            return
        self._prompt_or_kept(number, line)

    def _prompt_or_kept(self, number: int, line: str) -> None:
        for sign, pattern, kind in (("[", _TASK, PromptKind.TICK), ("?", _ASKED, PromptKind.QUESTION)):
            if sign in line and (match := pattern.match(line)):
                prompt = RawPrompt(kind, match["text"].strip(), number)
                self.body.prompts.append(prompt)
                self.open = (prompt, len(match["indent"]))
                return
        if self.open and line.strip():
            prompt, indent = self.open
            deeper = len(line) - len(line.lstrip()) > indent
            if deeper:
                prompt.text += ("\n" if _BULLET.match(line) else " ") + line.strip()
                return
            self.open = None
        self.body.kept.append(line)

    def _without_comments(self, number: int, line: str) -> str:
        """What of a line stands outside comments; the comments become private prompts."""
        kept: list[str] = []
        rest = line
        while rest:
            if self.comment is None:
                before, opened, rest = rest.partition("<!--")
                kept.append(before)
                if opened:
                    self.comment, self.comment_line = [], number
            else:
                inside, closed, after = rest.partition("-->")
                self.comment.append(inside)
                rest = after
                if not closed:
                    return "".join(kept)
                self._end_comment()
        if self.comment is not None and not line.strip():
            self.comment.append("")
        return "".join(kept)

    def _end_comment(self) -> None:
        text = "\n".join(line.strip() for line in self.comment or []).strip()
        if text:
            self.body.prompts.append(RawPrompt(PromptKind.PRIVATE, text, self.comment_line))
        self.comment = None
