"""Small words for tests of snapshots, backups and restoring."""

from __future__ import annotations

import errno
import inspect
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from support.building import fact, fact_id

from rmsession.core.facts import ActionDone, Fact
from rmsession.store.backup import Backup, back_up
from rmsession.store.comparing import source
from rmsession.store.disk import Disk
from rmsession.store.folder import folder_named
from rmsession.store.opening import open_store
from rmsession.store.restoring import Restored, Restoring

NOW = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
"""A moment that is more than an hour, and less than thirty days, from what the machine's clock says."""
WAYS = ("killed", "killed after", "EIO")


def late(seq: int, target: int = 1) -> Fact:
    """Something said after the end."""
    return fact(ActionDone(fact_id(target)), seq)


def saved(home: Path, target: Path, disk: Disk | None = None, agendas: Sequence[Path] = ()) -> Backup:
    """A backup of a data folder."""
    disk = disk or Disk()
    return back_up(folder_named(home, disk), target, disk, made=NOW, program="1", agendas=agendas)


def brought_back(home: Path, file: Path, *, deleted: bool = False, disk: Disk | None = None) -> Restored:
    """What restoring a backup, or a single file, did to a data folder."""
    disk = disk or Disk()
    with source(file) as given:
        return Restoring(folder_named(home, disk), disk, given, deleted=deleted).restore()


def would_change(home: Path, file: Path) -> Restored:
    """What restoring it would do."""
    with source(file) as given:
        return Restoring(folder_named(home, Disk()), Disk(), given).look()


def holds(home: Path, text: str) -> list[Path]:
    """Every file of a data folder that holds the text, spelled in whatever way."""
    spellings = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    files = sorted(path for path in home.rglob("*") if path.is_file())
    return [path for path in files if any(each in path.read_bytes() for each in spellings)]


def seen(home: Path) -> list[object]:
    """Everything that a fresh program sees in a data folder."""
    store = open_store(home)
    ids = [each.id for each in store.history()]
    facts = [store.load(each) for each in ids]
    drafts = [store.draft(each) for each in ids]
    result = [facts, drafts, store.history(), store.open_actions(), store.programme(), store.troubles()]
    store.close()
    return result


def contents(home: Path) -> dict[str, bytes]:
    """Every byte of the files that mean something, by name."""
    parts = ("sessions", "erased", "snapshots", "agendas", "programme.json", "config.toml")
    found = (path for part in parts for path in [home / part, *(home / part).rglob("*")])
    return {str(path.relative_to(home)): path.read_bytes() for path in found if path.is_file()}


class Killed(BaseException):
    """The program ends here, with no chance to tidy up."""


class Failing(Disk):
    """A disk of which one call fails, counted from 0; a killed program makes none after it.

    It waits for nothing, which takes most of the time: no test can tell whether a disk was waited for.
    """

    def __init__(self, at: int = -1, way: str = "") -> None:
        self.at, self.way, self.calls = at, way, 0


def _failing(name: str) -> Callable[..., object]:
    real = (lambda *_: None) if name.startswith("sync") else getattr(Disk, name)

    def call(self: Failing, *given: object) -> object:
        number, self.calls = self.calls, self.calls + 1
        if self.at < 0 or number < self.at or (number > self.at and self.way == "EIO"):
            return real(self, *given)
        if number == self.at and self.way == "killed after":
            real(self, *given)
        raise OSError(errno.EIO, "refused") if self.way == "EIO" else Killed

    return call


for each in [name for name, _ in inspect.getmembers(Disk, inspect.isfunction) if not name.startswith("_")]:
    setattr(Failing, each, _failing(each))
