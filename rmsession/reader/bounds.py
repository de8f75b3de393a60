"""Keeps an outline within the limits, and tells what was left out of it, once for each kind."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

from rmsession.core.agenda import Problem
from rmsession.reader import problems
from rmsession.reader.limits import DEEPEST, MOST_COLUMNS, MOST_PARAGRAPH_LINES, MOST_SIBLINGS, MOST_TAGS
from rmsession.reader.outline import Node


class Bounds:
    """What may still be added to one outline; lines are counted from nought, as in nodes."""

    def __init__(self) -> None:
        self._told: dict[str, Problem] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was left out, each kind at the first place where it was."""
        return tuple(self._told.values())

    def add(self, siblings: list[Node], node: Node, what: str) -> None:
        """Put a node behind its siblings, unless they are too many; `what` is their name, a plural."""
        if len(siblings) < MOST_SIBLINGS:
            siblings.append(node)
        else:
            self._tell(problems.left_out(node.line + 1, what, MOST_SIBLINGS, " side by side"))

    def lines(self, content: str, begin: int) -> list[str]:
        """The lines of a paragraph or block of code that are looked at."""
        if "\n" not in content:
            return [content]
        found = content.split("\n", MOST_PARAGRAPH_LINES)
        if len(found) > MOST_PARAGRAPH_LINES:
            self._tell(problems.left_out(begin + 1, "lines", MOST_PARAGRAPH_LINES, " of one paragraph"))
        return found[:MOST_PARAGRAPH_LINES]

    def columns(self, cells: Iterable[str], begin: int) -> tuple[str, ...]:
        """The cells of a table's row that are looked at."""
        found = tuple(cells)
        if len(found) > MOST_COLUMNS:
            self._tell(problems.left_out(begin + 1, "columns", MOST_COLUMNS, mend="split the table"))
        return found[:MOST_COLUMNS]

    def enter(self, token: Token) -> None:
        """Note a list item or quotation that opens: the parser leaves alone what is in a very deep one."""
        if token.nesting > 0 and token.level + 1 >= DEEPEST:
            self._tell(problems.too_deep((token.map or [0])[0] + 1, DEEPEST))

    def tags_left_out(self, begin: int) -> None:
        """Note a block of HTML with more tags than are looked at."""
        self._tell(problems.left_out(begin + 1, "tags", MOST_TAGS, " of one block of HTML"))

    def _tell(self, problem: Problem) -> None:
        self._told.setdefault(problem.message, problem)
