"""Figures that tell of one thing in several ways stand together: what they are about is said once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from os.path import commonprefix
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.report.values import Cell, Figure, Hidden, Missing, Value

_BETWEEN: Final = (". ", ", ", ": ")
"""What stands in a label between what a figure is about and how it tells of it."""
PARTS: Final = " · "
"""What stands between an agenda and its topic in the name of a part."""


@frozen
class Group:
    """Neighbours about one thing."""

    title: str
    """What they are about; empty for a figure by itself."""
    figures: tuple[tuple[str, Figure], ...]
    """Each with what its label says besides."""


@frozen
class Silence:
    """Neighbours of which nothing can be told."""

    value: Value
    """Why not: nobody said, or it is hidden."""
    number: int
    """How many figures they are."""
    names: tuple[str, ...]
    """What each, or each group of them, is about."""

    @property
    def label(self) -> str:
        """What stands where a figure has its label."""
        return self.names[0] if len(self.names) == 1 else f"{self.number} figures"

    @property
    def listed(self) -> str:
        """Which they are; nothing where the label says it."""
        return "; ".join(self.names) if len(self.names) > 1 else ""


def groups(figures: Sequence[Figure]) -> list[Group]:
    """The figures in their order; neighbours about one thing are one group."""
    found: list[Group] = []
    for _, same in groupby(figures, key=stem):
        together = tuple(same)
        title = _common([each.label for each in together]) if len(together) > 1 else ""
        if not title:
            found += [Group("", ((each.label, each),)) for each in together]
            continue
        named, ways = title.rstrip(" ,:"), tuple((_rest(each.label, title), each) for each in together)
        if found and found[-1].title == named:  # mentees and mentors were asked the same
            found[-1] = Group(named, found[-1].figures + ways)
        else:
            found.append(Group(named, ways))
    return found


def brief(found: Sequence[Group]) -> list[Group | Silence]:
    """The groups in their order; neighbours of which nothing can be told, for the same reason, are told together.

    A young or a small programme has many of these, and what can be told is to be found among them.
    """
    lines: list[Group | Silence] = []
    for quiet, same in groupby(found, key=_quiet):
        together = tuple(same)
        silence = _silence(together, quiet) if quiet else None
        lines += [silence] if silence else together
    return lines


def _quiet(group: Group) -> Value | None:
    """What is said of all of a group, if that is nothing, and nothing is noted beside it."""
    figures = [figure for _, figure in group.figures]
    about = {_silent(figure) for figure in figures} | {_silent(cell) for figure in figures for cell in figure.cells}
    return about.pop() if len(about) == 1 and not any(each.note for each in figures) else None


def _silence(together: Sequence[Group], value: Value) -> Silence | None:
    number = sum(len(each.figures) for each in together)
    names = tuple(each.title or each.figures[0][0] for each in together)
    return Silence(value, number, names) if number > 1 else None


def stem(figure: Figure) -> str:
    """What the ids of figures that were asked of the same people have in common."""
    return figure.id.rpartition(".")[0]


def told(cells: Sequence[Cell]) -> list[Cell]:
    """The parts, neighbours of which nothing can be told as one."""
    found: list[Cell] = []
    for silent, same in groupby(cells, key=_silent):
        together = list(same)
        found += [Cell(_named(together), silent)] if silent and len(together) > 1 else together
    return found


def _silent(cell: Cell | Figure) -> Value | None:
    """The value, if it tells nothing."""
    return cell.value if isinstance(cell.value, Hidden | Missing) else None


def _named(cells: Sequence[Cell]) -> str:
    """What several parts are called together: ``sessions 8 to 10``, else how many they are."""
    (word, _, first), (other, _, last) = (each.label.rpartition(" ") for each in (cells[0], cells[-1]))
    if word == other and first.isdecimal() and last.isdecimal():
        return f"{word}s {first} to {last}"
    above = {each.label.rpartition(PARTS)[0] for each in cells}
    # Those of one agenda stay below its name.
    return f"{above.pop()}{PARTS}{len(cells)} parts".removeprefix(PARTS) if len(above) == 1 else f"{len(cells)} parts"


def _common(labels: Sequence[str]) -> str:
    """What all labels begin with, up to where one of them says how it tells of it."""
    start = commonprefix(labels)  # noqa: RUF071 - these are no paths
    return start[: max(start.rfind(each) + len(each) if each in start else 0 for each in _BETWEEN)]


def _rest(label: str, title: str) -> str:
    rest = label[len(title) :]
    return rest[:1].upper() + rest[1:]
