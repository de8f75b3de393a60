"""Files that are not what was written, every kind in every shape: named, kept, left out; the rest opens."""

import io
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults.damage import FEWER, ILL, KINDS, LINE, PLACES, SHAPES, WELL, folder, later, spoil, the
from support.building import BEGIN, MENTOR, PAIR, fact_id
from support.tally import tally

from rmsession.cli import run
from rmsession.core.store import Draft
from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText
from rmsession.settings import SettingsError, load, remember
from rmsession.store.opening import open_store
from rmsession.store.seal import checksum_begun, seal, spelled, unseal
from rmsession.tui.widgets.home_lookup import look

NAMED_BY_LIST = {"session", "draft", "programme", "settings"}
"""What somebody misses when it is damaged; what else there is, the program makes anew or does without."""
HUGE, DEEP = "HUGE", "DEEP"
"""Stand for what Python would not write."""
NEVER_CHANGED = {"session", "programme", "snapshot", "settings", "erasure"}
SET_ASIDE = {"draft", "device"}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Copied for each case."""
    home = tmp_path_factory.mktemp("template") / "home"
    folder(home)
    return home


@dataclass
class Said:
    code: int
    out: str
    err: str


def said(home: Path, *words: str) -> Said:
    """Run one command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["--home", str(home), *words])
    return Said(code, out.getvalue(), err.getvalue())


def bytes_of(path: Path) -> object:
    """What stands in a place, without following a link or waiting for a pipe."""
    if path.is_symlink():
        return path.readlink()
    if not os.path.lexists(path):
        return None
    if not path.is_file():
        return stat.S_IFMT(path.stat().st_mode)
    if forbidden := not os.access(path, os.R_OK):
        path.chmod(0o600)
    try:
        return path.read_bytes()
    finally:
        if forbidden:
            path.chmod(0)


def test_every_kind_of_file_is_damaged(template):
    """A new kind of file joins by itself: it stands in the folder, and must be named in the table of kinds."""
    known = {path for pattern in KINDS.values() for path in template.glob(pattern)}
    others = {path for path in template.rglob("*") if path.is_file()} - known
    assert {path.name.partition(".")[0].partition("-of-")[0] for path in others if ILL not in path.name} <= {
        "device",
        "erasing",
        "programme",
        WELL,
        next(template.glob(f"sessions/*/*/*{WELL}.json")).stem,
    }
    assert not [path for path in others if ILL in path.name]
    for kind in KINDS:
        assert the(kind, template).is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_named_and_kept_and_the_rest_opens(template, tmp_path, kind):
    tried = 0
    for shape in SHAPES if kind in ("session", "draft", "programme") else FEWER:
        if shape == "forbidden" and os.geteuid() == 0:
            continue  # root may read everything
        if kind in ("lock", "live", "erasure") and shape not in ("a folder", "a link to nothing", "a link to itself"):
            continue  # empty files: whatever else stands in them means nothing
        home = shutil.copytree(template, tmp_path / f"{len(shape)} {tried}", symlinks=True)
        path = the(kind, home)
        spoil(path, shape)
        # To look for a flipped bit in vain takes the doctor longer than all the rest: he sees some of the shapes.
        Case(home, kind, path, f"{kind}: {shape}").check(doctor=shape in PLACES or tried % 4 == 0)
        tried += 1
    assert tried >= (3 if kind in ("lock", "live", "erasure") else 12)
    tally("damaged files: shapes", cases=tried)


SEALED = {
    "a number that is not finite": lambda tables: tables["facts"]["2"].update(at=HUGE),
    "a number beyond all numbers": lambda tables: tables["facts"]["2"].update(at=10**400),
    "a year before all years": lambda tables: tables["facts"]["2"].update(wall="0001-01-01T00:00:00+14:00"),
    "a year after all years": lambda tables: tables["session"]["1"].update(created="9999-12-31T23:59:00-14:00"),
    "a list too deep": lambda tables: tables["facts"]["2"].update(data={"deep": DEEP}),
    "tables swapped": lambda tables: tables.update(session=tables["facts"], facts=tables["session"]),
}
"""What another program might write and seal rightly, and no program of today can show."""


@pytest.mark.parametrize("shape", SEALED)
def test_what_is_sealed_rightly_and_impossible_is_damage_too(template, tmp_path, shape):
    home = shutil.copytree(template, tmp_path / "home", symlinks=True)
    path = the("session", home)
    held = unseal(path.read_bytes(), path)
    SEALED[shape](held.tables)
    lines = seal(spelled(held.tables), held.revision).partition(b"\n")[2]
    for placeholder, bytes_ in ((b'"HUGE"', b"1e999"), (b'"DEEP"', b"[" * 3000 + b"]" * 3000)):
        lines = lines.replace(placeholder, bytes_)
    digest = checksum_begun(1, held.revision)
    digest.update(lines)
    first = b'{"seal":{"1":{"format":1,"revision":%d,"sha256":"%s"}}\n'
    path.write_bytes(first % (held.revision, digest.hexdigest().encode()) + lines)
    Case(home, "session", path, shape).check(doctor=False)
    tally("damaged files: shapes", cases=1)


@dataclass
class Case:
    """One damaged file, and everything that must hold."""

    home: Path
    kind: str
    path: Path
    what: str

    def check(self, *, doctor: bool = True) -> None:
        before = bytes_of(self.path)
        self.check_commands()
        self.check_store()
        if self.kind in NEVER_CHANGED and not self.reads_as_settings():
            assert bytes_of(self.path) == before, self.what
        if self.kind in SET_ASIDE:
            kept = [bytes_of(each) for each in self.path.parent.glob(f"{self.path.name}*")]
            assert before in kept, self.what
        if doctor:
            self.check_doctor(before)

    def check_commands(self) -> None:
        listed = said(self.home, "list")
        assert listed.code == 0, self.what
        assert "beef" in listed.out
        assert ("dead" in listed.out) == (self.kind != "session"), self.what
        assert "Traceback" not in listed.err
        for line in listed.err.splitlines():
            assert line.startswith("rmsession: "), self.what
            assert LINE not in line
        named = [line for line in listed.err.splitlines() if str(self.path) in line]
        if self.kind in NAMED_BY_LIST and os.path.lexists(self.path) and not self.reads_as_settings():
            assert len(named) == 1 or self.path.suffix == ".draft", (self.what, listed.err)
        assert said(self.home, "show", "beef").code == 0, self.what
        shown = said(self.home, "show", "dead")
        assert shown.code == (1 if self.kind == "session" else 0), self.what
        if self.kind == "session":
            (line,) = [line for line in shown.err.splitlines() if "config.toml" not in line]
            assert str(self.path) in line

    def reads_as_settings(self) -> bool:
        """A part of the settings is settings too, and so is nothing: they are the person's own, without a checksum."""
        return self.kind == "settings" and not load({"home": self.home})[1]

    def check_store(self) -> None:
        store = open_store(self.home)
        try:
            assert {each.id for each in store.history()} == {ILL, WELL} - self.left_out(), self.what
            store.append(WELL, later(7))
            store.keep_draft(WELL, Draft(BEGIN, 2.0, UserText("other words")))
            self.check_home(store)
            asks: list[Callable[[], object]] = [
                lambda: store.load(ILL),
                lambda: store.append(ILL, later(8)),
                lambda: store.draft(ILL),
                lambda: store.keep_draft(ILL, Draft(BEGIN, 3.0, UserText("new words"))),
                lambda: store.keep_pair(PAIR),
                lambda: store.keep_person(MENTOR),
                lambda: self.open_live(store),
                lambda: remember(self.home, "theme", "dark"),
            ]
            if self.kind == "session":
                asks.append(lambda: store.redact(ILL, fact_id(1), by=MENTOR.id, wall=BEGIN))
            for ask in asks:
                with suppress(StoreError, SettingsError):
                    ask()
            store.drop_draft(WELL)
            assert len(store.load(WELL).facts) > 5
        finally:
            store.close()

    def left_out(self) -> set[str]:
        return {ILL} if self.kind == "session" else set()

    def open_live(self, store) -> None:
        with store.live(ILL, person="Robin"):
            pass

    def check_home(self, store) -> None:
        if self.kind == "programme":
            with suppress(StoreError):
                look(store, UserText("Robin"), None)
            return
        look(store, UserText("Robin"), None)
        if self.kind in ("session", "draft"):
            assert [str(self.path) in line for line in store.troubles()] == [True], self.what

    def check_doctor(self, before: object) -> None:
        told = said(self.home, "doctor")
        assert not told.err, self.what
        if self.kind in NEVER_CHANGED - {"erasure"}:
            assert str(self.path) in told.out or self.reads_as_settings(), (self.what, told.out)
        assert LINE not in told.out
        repaired = said(self.home, "doctor", "--repair")
        assert not repaired.err, self.what
        if self.kind in NEVER_CHANGED - {"settings", "erasure"}:
            kept = [bytes_of(each) for each in self.path.parent.glob(f"{self.path.name}*")]
            assert before in kept, self.what
        again = said(self.home, "doctor")
        assert "--repair` mends" not in again.out, (self.what, again.out)
        assert again.code == repaired.code
