"""A data folder with a realistic history, the same for the same seed: ``generate.py FOLDER --sessions 10000``.

Every session is run through the engine and written as the store writes it, only without waiting for the disk.
``--more 1`` keeps one more session in a folder that is there, through the store itself.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve()
if str(HERE.parents[1]) not in sys.path:
    sys.path.insert(0, str(HERE.parents[1]))

from bench.people import ME, pairs  # noqa: E402 - needs the path set above
from bench.rounds import LAST_DAY, LENGTH, Round, played  # noqa: E402

from rmsession.core.programme import Programme  # noqa: E402
from rmsession.core.record import Record  # noqa: E402
from rmsession.demo.course import uuid_of  # noqa: E402
from rmsession.demo.writing import HastyDisk, write, write_private  # noqa: E402
from rmsession.store.folder import DataFolder, folder_named  # noqa: E402
from rmsession.store.opening import open_store  # noqa: E402
from rmsession.store.people import ProgrammeFile  # noqa: E402

INTERVAL_DAYS = 21
SESSIONS_A_PAIR = 100
MOST_PAIRS = 200


def main() -> int:
    """Make what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--sessions", type=int, default=10_000)
    asked.add_argument("--pairs", type=int, help=f"by default one for every {SESSIONS_A_PAIR} sessions")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--more", type=int, default=0, metavar="N", help="keep N more sessions in a folder made before")
    chosen = asked.parse_args()
    begun = time.perf_counter()
    if chosen.more:
        number = add(chosen.folder, chosen.more, chosen.seed)
    elif any(chosen.folder.glob("sessions/*/*/*.json")):
        asked.error(f"{chosen.folder} already holds sessions: name another folder, or add to it with --more")
    else:
        number = make(chosen.folder, chosen.sessions, chosen.pairs, chosen.seed)
    print(f"{number:,} sessions in {chosen.folder}, made in {time.perf_counter() - begun:.1f} s")
    return 0


def make(home: Path, sessions: int, number_of_pairs: int | None = None, seed: int = 1) -> int:
    """Fill a new data folder; how many sessions there are now."""
    disk = HastyDisk()
    device = uuid_of(Random(f"device {seed}"))
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(home / "device", device)
    write_private(home / "config.toml", f'me = "{ME}"\nzone = "Europe/Berlin"\n')
    folder = folder_named(home, disk)
    plans = list(plan(sessions, number_of_pairs or default_pairs(sessions), seed, device))
    people = {person.id: person for each in plans for person in (each.pair.mentor, each.pair.mentee)}
    known = Programme(tuple(people.values()), tuple({each.pair.id: each.pair for each in plans}.values()))
    ProgrammeFile(folder.programme, folder.lock("programme"), disk).take_in(known)
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        return sum(workers.map(partial(play, home), plans, chunksize=4))


def default_pairs(sessions: int) -> int:
    """Pairs that meet for years, as many as one programme has."""
    return min(max(sessions // SESSIONS_A_PAIR, 1), MOST_PAIRS)


def plan(sessions: int, number_of_pairs: int, seed: int, device: str) -> Iterator[Round]:
    """Which pair meets when: every three weeks, or as often as ten years take; each round by itself."""
    for place, pair in enumerate(pairs(number_of_pairs, seed)):
        share = sessions // number_of_pairs + (place < sessions % number_of_pairs)
        interval = min(INTERVAL_DAYS, 3650 / max(share, 1))
        lot = Random(f"{seed} pair {place}")
        latest = LAST_DAY - timedelta(days=lot.randint(0, 20))
        days = [workday(latest - timedelta(days=round(interval * back))) for back in reversed(range(share))]
        for first in range(0, share, LENGTH):
            yield Round(f"{seed} {place} {first}", pair, device, tuple(days[first : first + LENGTH]))


def workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def play(home: Path, plan: Round) -> int:
    """Make one round and write it; how many sessions it has."""
    disk = HastyDisk()
    return write(DataFolder(home, disk), played(plan), disk)


def one_more(home: Path, seed: int = 1) -> Record:
    """One session more of the first pair, unlike all that are there; it is not yet kept."""
    folder = DataFolder(home, HastyDisk())
    there = sum(1 for _ in folder.files())
    device = (home / "device").read_text(encoding="ascii")
    pair = ProgrammeFile(folder.programme, folder.lock("programme"), HastyDisk()).read().pairs[0]
    (record,) = played(Round(f"{seed} more {there}", pair, device, (LAST_DAY,), first=there))
    return record


def add(home: Path, number: int, seed: int = 1) -> int:
    """Keep so many sessions more, as the program would; how many they are."""
    store = open_store(home)
    for _ in range(number):
        store.begin(one_more(home, seed))
    store.close()
    return number


if __name__ == "__main__":
    sys.exit(main())
