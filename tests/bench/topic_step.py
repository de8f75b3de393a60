"""How long a step to a topic takes, from the command to the changed cells, against Textual's Markdown widget.

    python tests/bench/topic_step.py [--rounds 7]

Both run in this process, alternately, at 120x36: the real session screen asked for ``next``, and a bare app with
one ``Markdown`` widget that is given the same text. The clock stops when the cells that carry the topic's first
words have been rendered for the terminal.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1])]

from bench.alone import alone  # noqa: E402 - needs the path set above
from bench.measure import Bar, Row, Series  # noqa: E402
from support.building import agenda, topic  # noqa: E402
from support.stage import staged  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.containers import VerticalScroll  # noqa: E402
from textual.widgets import Markdown  # noqa: E402

from rmsession.core.agenda import Agenda, Topic  # noqa: E402
from rmsession.core.text import UserText  # noqa: E402

if TYPE_CHECKING:
    from bench.setting import Bench

ROUNDS = 7
"""Topics stepped to in each of three turns."""
_TURNS = 3


def bullets(size: int, number: int) -> str:
    """Nested bullets of about so many characters, with words that no other topic has."""
    lines = [f"marker-{number} starts here", ""]
    while sum(map(len, lines)) < size:
        count = len(lines)
        lines.append(f"{'  ' * (count % 4)}- point {count} of **topic** {number} with `some` more words to read")
    return "\n".join(lines)


def prose(size: int, number: int) -> str:
    """Paragraphs of about so many characters, with words that no other topic has."""
    lines = [f"marker-{number} starts here", ""]
    while sum(map(len, lines)) < size:
        count = len(lines)
        lines += [
            f"Sentence {count} of *topic* {number} goes on for a while, as people write when they explain. " * 5,
            "",
        ]
    return "\n".join(lines)


Writer = Callable[[int, int], str]
TEXTS: dict[str, tuple[Writer, int, Bar | None]] = {
    "0.5 KB of nested bullets": (bullets, 512, None),
    "2 KB of nested bullets": (bullets, 2048, Bar(8, goal=10, faster=True)),
    "10 KB of nested bullets": (bullets, 10_240, Bar(15, faster=True)),
    "100 KB of prose": (prose, 102_400, None),
}


class Watch:
    """Notes when cells with a word were rendered for the terminal."""

    def __init__(self) -> None:
        self.word = ""
        self.seen: asyncio.Event | None = None
        self.at = self.worked = 0.0
        self.work = 0.0
        """Processor seconds so far from commands to cells, which other programs do not lengthen."""

    def look(self, app: App[object], renderable: object) -> None:
        """Render as the driver would be given it, and look for the word."""
        if (
            self.word
            and hasattr(renderable, "render_segments")
            and self.word in renderable.render_segments(app.console)
        ):
            self.at, self.word = time.perf_counter(), ""
            self.worked = time.process_time()
            if self.seen:
                self.seen.set()

    async def until(self, word: str, command: Callable[[], Any]) -> float:
        """Seconds from the command to the cells."""
        self.seen = asyncio.Event()
        self.word = word
        begun, before = time.perf_counter(), time.process_time()
        result = command()
        if asyncio.iscoroutine(result):
            await result
        await asyncio.wait_for(self.seen.wait(), 60)
        self.work += self.worked - before
        return self.at - begun


WATCH = Watch()
_display = App._display


def _watched(self: App[object], screen: object, renderable: object) -> None:
    WATCH.look(self, renderable)
    _display(self, screen, renderable)


class Widget(App[None]):
    """One Markdown widget in a scroll, as in Textual's documentation."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Markdown("start")


def plan(write: Writer, size: int, rounds: int) -> Agenda:
    """An agenda whose every topic has its own text of this size."""
    topics: list[Topic] = [topic("Begin", 5)]
    topics += [topic(f"Topic {n}", 5, body=UserText(write(size, n))) for n in range(rounds)]
    return agenda(*topics)


async def ours(write: Writer, size: int, rounds: int) -> list[float]:
    """Seconds of each step on the real session screen."""
    async with staged(plan(write, size, rounds)) as stage:
        times = []
        for number in range(rounds):
            times.append(await WATCH.until(f"marker-{number}", lambda: stage.screen.do("next", "") and None))
            await stage.pilot.pause()
        return times


async def theirs(write: Writer, size: int, rounds: int) -> list[float]:
    """Seconds of each update of the widget."""
    widget = Widget()
    async with widget.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        times = []
        for number in range(rounds):
            text = write(size, number)
            times.append(await WATCH.until(f"marker-{number}", partial(widget.query_one(Markdown).update, text)))
            await pilot.pause()
        return times


def steps(bench: Bench, rounds: int = ROUNDS) -> None:
    """Each text, alternately; a step's tail is a busy machine's, so that medians are held against the bar."""
    many, turns = (2, 1) if bench.quick else (rounds, _TURNS)
    App._display = _watched  # type: ignore[method-assign]
    try:
        for name, (write, size, bar) in TEXTS.items():
            taken: tuple[list[float], list[float]] = ([], [])
            work = [0.0, 0.0]
            for _ in range(turns):
                for which, stepped in enumerate((ours, theirs)):
                    before = WATCH.work
                    taken[which].extend(asyncio.run(stepped(write, size, many)))
                    work[which] += WATCH.work - before
            mine, other = (Series(name, tuple(each)) for each in taken)
            told = f"{work[1] / work[0]:.1f} x by processor time"
            bench.report.add(Row(f"step to a topic, {name}", mine, other, bar or Bar(1, faster=True), note=told))
    finally:
        App._display = _display  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(alone(__doc__, steps, rounds=ROUNDS))
