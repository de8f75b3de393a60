"""Playing and writing many pairs' rounds: on two processors at once, for it is the most of what a demo waits for.

The other process is given its whole share at once and told nothing more, so that it ends by itself soon after this
one was killed, and does not wait for more work for ever.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.store_errors import StoreError
from rmsession.demo.history import Aims, Ground, played
from rmsession.demo.outcomes import Origin, origins
from rmsession.demo.plan import Plan
from rmsession.demo.writing import write
from rmsession.store.disk import Disk
from rmsession.store.folder import DataFolder

_WORTH_IT: Final = 8
"""Pairs from which another process is started; it takes a tenth of a second."""
Said = tuple[str, tuple[Origin, ...]]
"""A pair's id, and where it made its suggestions."""


@frozen
class Work:
    """Rounds to be played, and the folder that they go to."""

    home: Path
    disk: Disk
    ground: Ground
    rounds: tuple[tuple[Plan, Aims], ...]


def done(work: Work, told: Callable[[int, int], object]) -> Mapping[str, tuple[Origin, ...]]:
    """Play all rounds and write them; where each pair, by its id, made its suggestions.

    Raises:
        StoreError: the disk refused.
        OSError: as above.
    """
    said: dict[str, tuple[Origin, ...]] = {}
    for pair, found in _both(work) if len(work.rounds) >= _WORTH_IT and (os.cpu_count() or 1) > 1 else _alone(work):
        said[pair] = found
        told(len(said), len(work.rounds))
    return said


def _alone(work: Work) -> Iterator[Said]:
    folder = DataFolder(work.home, work.disk)
    for plan, aims in work.rounds:
        lessons = played(plan, work.ground, aims)
        write(folder, (each.session.record for each in lessons), work.disk)
        yield plan.pair.id, origins(lessons, (idea for ideas in aims.ideas.values() for idea in ideas))


def _both(work: Work) -> Iterator[Said]:
    """Every second round is played by another process."""
    here, there = Pipe(duplex=False)
    other = Process(target=_beside, args=(replace(work, rounds=work.rounds[1::2]), there), daemon=True)
    other.start()
    there.close()
    try:
        yield from _alone(replace(work, rounds=work.rounds[::2]))
        while (heard := _heard(here)) is not None:
            yield heard
        other.join()
    finally:
        other.kill()  # a demo that is not finished does not stay
        other.join()
        here.close()


def _heard(here: Connection) -> Said | None:
    """The next of what the other process has done; None when it has done all."""
    try:
        heard: Said | Exception | None = here.recv()
    except EOFError:
        raise StoreError("The process that made up half of the programme was stopped. Try again") from None
    if isinstance(heard, Exception):
        raise heard
    return heard


def _beside(work: Work, there: Connection) -> None:
    """What the other process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to both, and this one has nobody to tell
    with suppress(OSError):  # nobody listens any more
        try:
            for each in _alone(work):
                there.send(each)
            there.send(None)
        except (StoreError, OSError) as wrong:
            there.send(wrong)
