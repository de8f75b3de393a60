"""What stands under each topic and before the first, as Markdown and prompts."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from rmsession.reader.comments import Lifted
from rmsession.reader.house import Body, take_apart
from rmsession.reader.outline import Kind, Node
from rmsession.reader.plain import plain
from rmsession.reader.topics import Pick

_LONGEST_REMINDER = 600
"""Characters of a comment before the topics that is a reminder, and no boilerplate of the file."""
_HEADING = re.compile(r"^ {0,3}#{1,6}\s")


class Bodies:
    """Cuts a text's lines up among its topics."""

    def __init__(self, lifted: Lifted, root: Node, picks: Sequence[Pick], title: Node | None, settings: int) -> None:
        self.lifted = lifted
        self.lines = lifted.lines
        self.starts = sorted(pick.node.line for pick in picks)
        self.ends = {pick.node.line: pick.node.end for pick in picks}
        self.headings = sorted(section.line for section in root.within())
        self.preface = self._preface(title, settings)

    def _preface(self, title: Node | None, settings: int) -> Body:
        """What precedes the first topic, without the title and without headings that head nothing."""
        first = self.starts[0] if self.starts else len(self.lines)
        hidden = set(range(title.line, title.body)) if title else set()
        numbers = [number for number in range(settings, min(first, len(self.lines))) if number not in hidden]
        while numbers and (not self.lines[numbers[-1]].strip() or _HEADING.match(self.lines[numbers[-1]])):
            numbers.pop()
        body = take_apart(self.lifted, numbers, also=range(settings, min(first, len(self.lines))))
        body.prompts = [prompt for prompt in body.prompts if len(prompt.text) <= _LONGEST_REMINDER]
        return body

    def of(self, pick: Pick, *, whole_line: bool) -> Body:
        """A topic's text and prompts; `whole_line` where its title is only the beginning of its line."""
        node = pick.node
        if node.kind is Kind.ROW:
            cells = [plain(cell) for cell in node.cells]
            return Body([cell for cell in cells if cell and cell not in (node.text, node.more)])
        body = take_apart(self.lifted, self._numbers(node), also=[node.line])
        if whole_line:
            body.kept[:0] = [node.text.strip(), ""]
        return body

    def _numbers(self, node: Node) -> list[int]:
        """The lines under a topic that are no other topic's."""
        end = min(node.end if node.kind is not Kind.LINE else self._until(node), len(self.lines))
        numbers: list[int] = []
        number = node.body
        while number < end:
            at = bisect.bisect_left(self.starts, number)
            if at < len(self.starts) and self.starts[at] == number:
                number = max(self.ends[number], number + 1)
                continue
            numbers.append(number)
            number += 1
        return numbers

    def _until(self, node: Node) -> int:
        """A line's text goes on until the next topic or heading."""
        following = [
            *self.starts[bisect.bisect_right(self.starts, node.line) :][:1],
            *self.headings[bisect.bisect_right(self.headings, node.line) :][:1],
        ]
        return min(following, default=len(self.lines))
