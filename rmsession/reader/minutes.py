"""Minutes that this program wrote, read as the agenda of the session that they tell of.

What stands in them is known to the line, so nothing is guessed: whatever was noted, only the headings under
``## Agenda`` are topics.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rmsession.reader.durations import Duration
from rmsession.reader.front import Front
from rmsession.reader.outline import Kind, Node
from rmsession.reader.timebox import Form, TimeBox
from rmsession.reader.topics import Choice, Pick, Source

_HEADED = re.compile(
    r"### (?P<title>.*?)(?: \((?P<minutes>\d{1,4}(?:\.\d{1,15})?) min\))?"
    r"(?P<marks>(?: \((?:private|off the record)\)){0,2})"
)


def are_minutes(settings: Front) -> bool:
    """Whether the front matter says so."""
    return settings.text("kind") == "minutes"


def choice_in(lines: Sequence[str]) -> Choice:
    """The topics' headings; none where there are none."""
    title = next((_node(number, line[2:]) for number, line in enumerate(lines) if line.startswith("# ")), None)
    begin = next((number for number, line in enumerate(lines) if line == "## Agenda"), len(lines))
    nodes = []
    for number in range(begin + 1, len(lines)):
        if lines[number].startswith("## "):
            break
        if match := _HEADED.fullmatch(lines[number]):
            node = _node(number, match["title"] + match["marks"])
            if match["minutes"]:
                node.box = TimeBox(Form.BRACKET, node.plain, Duration(float(match["minutes"])))
            nodes.append(node)
    picks = tuple(Pick(node, 1, Source.STATED if node.box else Source.NONE) for node in nodes)
    return Choice(picks, timed=any(node.box for node in nodes), title=title)


def agenda_of(lines: Sequence[str], choice: Choice) -> list[str]:
    """The lines with everything empty but the headings: what was noted is no part of the agenda."""
    kept = {pick.node.line for pick in choice.picks}
    return [line if number in kept else "" for number, line in enumerate(lines)]


def _node(line: int, words: str) -> Node:
    return Node(Kind.SECTION, line, line + 1, line + 1, text=words, level=3)
