"""How long a step to a topic takes, from the command to the changed cells, against Textual's Markdown widget.

    python tests/bench/topic_step.py [--rounds 7]

Both run in this process, alternately, at 120x36: the real session screen asked for ``next``, and a bare app with
one ``Markdown`` widget that is given the same text. The clock stops when the cells that carry the topic's first
words have been rendered for the terminal. Issue's bar: six times faster with 2 KB of nested bullets.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from support.building import agenda, topic
from support.stage import staged
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from rmsession.core.agenda import Agenda, Topic
from rmsession.core.text import UserText
from rmsession.tui.app import RmSessionApp

SIZES = {"0.5 KB": 512, "2 KB": 2048, "10 KB": 10_240}


def bullets(size: int, number: int) -> str:
    """Nested bullets of about so many characters, with words that no other topic has."""
    lines = [f"marker-{number} starts here", ""]
    while sum(map(len, lines)) < size:
        count = len(lines)
        lines.append(f"{'  ' * (count % 4)}- point {count} of **topic** {number} with `some` more words to read")
    return "\n".join(lines)


class Watch:
    """Notes when cells with a word were rendered for the terminal."""

    def __init__(self) -> None:
        self.word = ""
        self.seen: asyncio.Event | None = None
        self.at = 0.0

    def look(self, app: App[object], renderable: object) -> None:
        """Render as the driver would be given it, and look for the word."""
        if (
            self.word
            and hasattr(renderable, "render_segments")
            and self.word in renderable.render_segments(app.console)
        ):
            self.at, self.word = time.perf_counter(), ""
            if self.seen:
                self.seen.set()

    async def until(self, word: str, command: object) -> float:
        """Seconds from the command to the cells."""
        self.seen = asyncio.Event()
        self.word = word
        begun = time.perf_counter()
        result = command()
        if asyncio.iscoroutine(result):
            await result
        await asyncio.wait_for(self.seen.wait(), 30)
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


def plan(size: int, rounds: int) -> Agenda:
    """An agenda whose every topic has its own text of this size."""
    topics: list[Topic] = [topic("Begin", 5)]
    topics += [topic(f"Topic {n}", 5, body=UserText(bullets(size, n))) for n in range(rounds)]
    return agenda(*topics)


async def ours(size: int, rounds: int) -> list[float]:
    """Seconds of each step on the real session screen."""
    async with staged(plan(size, rounds)) as stage:
        times = []
        for number in range(rounds):
            times.append(await WATCH.until(f"marker-{number}", lambda: stage.screen.do("next", "") and None))
            await stage.pilot.pause()
        return times


async def theirs(size: int, rounds: int) -> list[float]:
    """Seconds of each update of the widget."""
    widget = Widget()
    async with widget.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        times = []
        for number in range(rounds):
            text = bullets(size, number)
            times.append(await WATCH.until(f"marker-{number}", partial(widget.query_one(Markdown).update, text)))
            await pilot.pause()
        return times


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    App._display = _watched
    assert RmSessionApp._display is _watched
    print(f"{'text':<8}{'ours ms':>10}{'p95':>8}{'Markdown ms':>13}{'p95':>8}{'ratio':>8}")
    for name, size in SIZES.items():
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(3):
            taken[0].extend(asyncio.run(ours(size, rounds)))
            taken[1].extend(asyncio.run(theirs(size, rounds)))
        mine, other = (statistics.median(each) * 1e3 for each in taken)
        tails = [sorted(each)[int(len(each) * 0.95)] * 1e3 for each in taken]
        print(f"{name:<8}{mine:>10.1f}{tails[0]:>8.1f}{other:>13.1f}{tails[1]:>8.1f}{other / mine:>8.1f}")


if __name__ == "__main__":
    main()
