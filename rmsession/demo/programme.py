"""The demo's data folder: a programme of the size of The Hartford's, as of now, in a few seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

from rmsession.core.uniting import Known as Kept
from rmsession.demo.course import uuid_of
from rmsession.demo.history import Aims, Ground
from rmsession.demo.outcomes import Suggestion, arrangement, changes, goals_of, milestones, shared_out
from rmsession.demo.people import ME, Known
from rmsession.demo.plan import Plan, Size, plans
from rmsession.demo.work import Work, done
from rmsession.demo.writing import write_private
from rmsession.store.disk import Disk
from rmsession.store.folder import folder_named
from rmsession.store.people import ProgrammeFile

MARK = "demo = true"
"""The line of the settings that marks a folder as a demo's."""
Told = Callable[[int, int], object]
"""Told how many pairs are made, and of how many."""


def make(
    home: Path,
    now: datetime,
    zone: str,
    disk: Disk,
    *,
    size: Size | None = None,
    seed: int = 1,
    told: Told | None = None,
) -> str:
    """Fill a folder that is new or empty; the name of the mentee whom `ME` meets next.

    Args:
        home: The folder; it is made if it is not there.
        now: The moment as of which everything is so; aware.
        zone: The IANA name of the zone in which dates are read.
        disk: What writes.
        size: How many pairs; The Hartford's unless said.
        seed: The same makes the same of the same moment.
        told: Told of the progress.

    Raises:
        StoreError: the folder cannot be written to.
        OSError: as above.
    """
    folder = folder_named(home, disk)
    # First of all: half of a demo is a demo, too.
    write_private(home / "config.toml", f'{MARK}\nme = "{ME}"\nzone = "{zone}"\n')
    device = uuid_of(Random(f"device {seed}"))
    write_private(home / "device", device)
    made, known = plans(size or Size(), now, seed)
    suggested = shared_out(made)
    aims = tuple((each, _aims(each, suggested[each.pair.id])) for each in made)
    said = done(Work(home, disk, Ground(now, zone, device), aims), told or (lambda _, __: None))
    file = ProgrammeFile(folder.programme, folder.lock("programme"), disk)
    file.keep_known([*_who(made, known, now), *milestones(made, now, seed), *changes(suggested, said, now, seed)])
    soon = (each for each in made if each.mine and each.next)
    return next((each.pair.mentee.name.raw for each in soon), "")


def _who(made: Sequence[Plan], people: Sequence[Known], now: datetime) -> Iterator[Kept]:
    """The people, the pairs, and what is known of each."""
    yield from (each.person for each in people)
    yield from (each.pair for each in made)
    yield from (each.profile for each in people)
    yield from (arrangement(each, now) for each in made)


def _aims(plan: Plan, suggested: list[Suggestion]) -> Aims:
    ideas: dict[int, tuple[str, ...]] = {}
    for each in suggested:
        ideas[each.agenda] = (*ideas.get(each.agenda, ()), each.idea)
    return Aims(goals_of(plan), ideas)
