"""What it costs to write one thing down, against ``jrnl``, which many would use instead: it adds a note to a journal.

In a session that is a line and Enter; on the command line the nearest is ``rmsession done``, which keeps one fact in
one of thousands of sessions. The journal has as many entries as the history has sessions; every note makes it longer by
one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import TYPE_CHECKING
from uuid import uuid4

from bench.keeping import line as captured
from bench.measure import Bar, Row, alternately, command
from bench.rounds import LAST_DAY
from bench.words import line
from support.building import Play, kick_off, record

from rmsession.core.terms import Kind
from rmsession.store.opening import open_store

if TYPE_CHECKING:
    from bench.setting import Bench

_NOTE = "Robin shows how the feed is sorted, and why it is not by date."
_SETTINGS = """\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
display_format: pretty
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals:
  default: {{journal: {journal}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: '{version}'
"""
"""All that it asks for; what it misses it would write in, and be slower the first time."""


def jotting(bench: Bench) -> None:
    """A line kept in a session, and an action marked done from a shell: each against a note added by ``jrnl``."""
    program = shutil.which("jrnl")
    theirs = {"jrnl": _journal(bench, program)} if program else {}
    with _session(bench) as (enter, done):
        line_kept, marked, *peer = alternately({"Enter": enter, "done": done} | theirs, bench.rounds)
    note = f"a journal of {bench.sessions:,} entries" if program else "jrnl is not installed"
    for what, ours in (("Enter to kept", line_kept), ("done", marked)):
        bench.report.add(Row(f"{what}, against jrnl adding a note", ours, *peer[:1], bar=Bar(1), note=note))


@contextmanager
def _session(bench: Bench) -> Iterator[tuple[Callable[[], object], Callable[[], object]]]:
    """What keeps a line, and what marks the next action done; the history is as before when it is left."""
    store = open_store(bench.full)
    # Its ids are its own: an interrupted run may have left another one there.
    play = Play(replace(record(kick_off()), id=str(uuid4()), created=datetime.now(UTC)), ids=count(uuid4().int >> 64))
    play.start()
    actions = iter([play.keep(_NOTE, Kind.ACTION, owner="Alex") for _ in range(bench.rounds + 1)])
    numbers = count(play.record.facts[-1].seq)

    def enter() -> None:
        store.append(play.record.id, captured(next(numbers)))

    def done() -> None:
        command((bench.program, "done", next(actions)), bench.environ(bench.full))()

    store.begin(play.record)
    try:
        yield enter, done
    finally:
        store.delete(play.record.id)
        store.close()


def _journal(bench: Bench, program: str) -> Callable[[], object]:
    """A new journal, and what adds a note to it."""
    home = bench.passing / "jrnl"
    home.mkdir()
    environ = bench.environ(home) | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "NO_COLOR": "1"}
    version = command((program, "--version"), environ)().split()[1].removeprefix("v")
    journal, settings = home / "journal.txt", home / "jrnl.yaml"
    journal.write_text("\n".join(_entries(bench.sessions)), encoding="utf-8")
    settings.write_text(_SETTINGS.format(journal=journal, version=version), encoding="utf-8")
    add = partial(command, (program, "--config-file", settings, _NOTE), environ)

    def adding() -> None:
        before = journal.stat().st_size
        add()()
        if journal.stat().st_size <= before:
            raise RuntimeError(f"{program} added nothing to {journal}")

    return adding


def _entries(number: int) -> Iterator[str]:
    """So many entries, a few a day up to the last one, each of a line and a thought more."""
    lot = Random("journal")
    for each in range(number):
        day = LAST_DAY - timedelta(days=(number - each) // 3)
        at = datetime.combine(day, time(9 + each % 3 * 3))
        yield f"[{at:%Y-%m-%d %H:%M}] {line(lot)}.\n{line(lot, 14)}\n"
