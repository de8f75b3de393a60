"""HTML comments lifted out of a text before anything else reads it.

They are the mentor's own reminders: a text without them cannot show one by accident, in a title or anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from rmsession.core.frozen import frozen
from rmsession.reader.phrases import length_of

_FENCE = re.compile(r"^\s*(?:[-*+]\s+)?(`{3,}|~{3,})")
_MARKERS = " \t>-*+0123456789.)"
_LONGEST_TIME = 40


@frozen
class Lifted:
    """A text in two: what may be shown, line by line as before, and the comments by the line they begin on."""

    lines: list[str]
    comments: dict[int, list[str]]


def lift(lines: Sequence[str]) -> Lifted:
    """The lines without their comments; one that is only a time, ``<!-- 10 min -->``, stays as ``(10 min)``.

    A comment may hold empty lines, and one that begins a line ends with the text at the latest. Amid a line Markdown
    ends it with the paragraph and shows it; here it is hidden up to its end, for whoever wrote it meant that. In
    fenced code and behind a backtick there are no comments.
    """
    if not any("<!--" in line for line in lines):
        return Lifted(list(lines), {})
    return _Lifter(lines).lifted()


@dataclass(slots=True)
class _Open:
    """A comment that has begun."""

    line: int
    parts: list[str] = field(default_factory=list)


class _Lifter:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.ends = [number for number, line in enumerate(lines) if "-->" in line]
        self.begins = [number for number, line in enumerate(lines) if "<!--" in line]
        self.comments: dict[int, list[str]] = {}
        self.open: _Open | None = None
        self.fence = ""

    def lifted(self) -> Lifted:
        shown = [self._shown(number, line) for number, line in enumerate(self.lines)]
        if self.open:
            self._close(self.open)
        return Lifted(shown, self.comments)

    def _shown(self, number: int, line: str) -> str:
        if self.open is None and (self._is_code(line) or "<!--" not in line):
            return line
        if self.open and not line:
            self.open.parts.append("")
        kept: list[str] = []
        # By places in the line: to cut off its rest at each of its comments would copy it as often.
        at, ticks, fresh = 0, 0, True
        while at < len(line):
            if self.open:
                at = self._inside(self.open, line, at)
                continue
            begin = line.find("<!--", at)
            before = line[at:begin] if begin >= 0 else line[at:]
            kept.append(before)
            ticks += before.count("`")
            fresh = fresh and not before.strip(_MARKERS)
            if begin < 0:
                break
            at = begin + len("<!--")
            if ticks % 2:
                kept.append("<!--")
            elif not self._ends(number, line, at, fresh=fresh):
                kept.append(line[begin:])
                break
            elif time := self._time(line, at):
                kept.append(f"({time[0]})")
                at = time[1]
            else:
                self.open = _Open(number)
        return "".join(kept)

    def _is_code(self, line: str) -> bool:
        """Whether a line belongs to a fenced block; keeps track of where one begins and ends."""
        if self.fence:
            stripped = line.strip()
            if stripped.startswith(self.fence) and not stripped.strip(self.fence[0]):
                self.fence = ""
            return True
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        self.fence = match[1] if match else ""
        return match is not None

    def _ends(self, number: int, line: str, at: int, *, fresh: bool) -> bool:
        """Whether what begins here ends as a comment does."""
        if fresh or line.find("-->", at) >= 0:
            return True
        end = bisect_right(self.ends, number)
        begin = bisect_right(self.begins, number)
        if end == len(self.ends):
            return False
        if begin == len(self.begins) or self.begins[begin] > self.ends[end]:
            return True
        last = self.lines[self.ends[end]]
        return self.begins[begin] == self.ends[end] and last.index("-->") < last.index("<!--")

    def _time(self, line: str, at: int) -> tuple[str, int] | None:
        """A comment that is a time-box, and where it ends."""
        end = line.find("-->", at)
        stated = line[at:end].strip() if end >= 0 else ""
        return (stated, end + len("-->")) if 0 < len(stated) <= _LONGEST_TIME and length_of(stated) else None

    def _inside(self, comment: _Open, line: str, at: int) -> int:
        """Take what the comment says of this line; gives the place behind it."""
        end = line.find("-->", at)
        comment.parts.append(line[at:end] if end >= 0 else line[at:])
        if end < 0:
            return len(line)
        self._close(comment)
        return end + len("-->")

    def _close(self, comment: _Open) -> None:
        self.open = None
        text = "\n".join(part.strip() for part in comment.parts).strip()
        if text:
            self.comments.setdefault(comment.line, []).append(text)
