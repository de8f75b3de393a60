"""What the doctor does can be broken off at any moment and done again; what others left broken off, it sweeps."""

import inspect
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from faults.damage import ILL, WELL, folder, later, the
from support.building import BEGIN, MENTOR, PAIR
from support.held import held
from support.tally import tally

from rmsession.core.facts import Captured
from rmsession.core.store import Draft, Store
from rmsession.core.store_errors import NotKept
from rmsession.core.text import UserText
from rmsession.store.checkup import check_up
from rmsession.store.disk import Disk
from rmsession.store.findings import Ailment
from rmsession.store.folder import DataFolder
from rmsession.store.leftovers import leftovers
from rmsession.store.mending import Mended, mend
from rmsession.store.opening import open_store

GONE = "12345678-1234-1234-1234-123456789012"


class Killed(BaseException):
    """The program ends here."""


@dataclass
class Plan:
    """After how many calls it is killed, before the next or in the middle of it; what was called."""

    at: int | None = None
    after: bool = False
    calls: list[str] = field(default_factory=list)


class Dying(Disk):
    """A disk under a program that is killed as planned."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan


def _planned(name: str) -> Callable[..., object]:
    real = getattr(Disk, name)

    def call(self: Dying, *given: object) -> object:
        number = len(self.plan.calls)
        self.plan.calls.append(name)
        if self.plan.at is not None and number >= self.plan.at:
            if number == self.plan.at and self.plan.after:
                real(self, *given)
            raise Killed
        return real(self, *given)

    return call


for each in [name for name, _ in inspect.getmembers(Disk, inspect.isfunction) if not name.startswith("_")]:
    setattr(Dying, each, _planned(each))


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    home = tmp_path_factory.mktemp("template") / "home"
    folder(home)
    return home


def repaired(home: Path, plan: Plan | None = None) -> Mended:
    disk = Dying(plan or Plan())
    return mend(DataFolder(home, disk), disk, datetime.now(UTC))


def flip(path: Path, place: int) -> bytes:
    """Flip a bit; the bytes as they were."""
    whole = path.read_bytes()
    path.write_bytes(whole[:place] + bytes((whole[place] ^ 4,)) + whole[place + 1 :])
    return whole


def ill(home: Path) -> dict[str, bytes]:
    """Everything that can be mended, at once; each damaged file as it was."""
    whole = {kind: flip(the(kind, home), 99) for kind in ("session", "programme", "draft", "snapshot")}
    (home / "sessions").chmod(0o755)
    the("device", home).chmod(0o644)
    the("index", home).write_bytes(b"broken")
    for kind in ("lock", "live"):
        (home / "locks" / f"{GONE}.{kind}").touch()
    the("session", home).with_suffix(".tmp").write_bytes(b"half")
    (home / "programme.tmp").write_bytes(b"half")
    return whole


def well(home: Path, whole: dict[str, bytes]) -> bool:
    return (
        all(the(kind, home).read_bytes() == data for kind, data in whole.items())
        and not list(home.rglob("*.tmp"))
        and not list(home.rglob("*.who"))
        and not list(home.glob(f"locks/{GONE}*"))
        and all(path.stat().st_mode & 0o077 == 0 for path in home.rglob("*"))
    )


@pytest.mark.parametrize("stride", [7, pytest.param(1, marks=pytest.mark.long)])
def test_a_doctor_who_is_killed_at_any_call_is_finished_by_the_next(template, tmp_path, stride):
    good = shutil.copytree(template, tmp_path / "good")
    whole, plan = ill(good), Plan()
    damaged = {the(kind, good).read_bytes() for kind in whole}
    assert repaired(good, plan).left.wrong == []
    assert well(good, whole)
    tried = 0
    for number in range(0, len(plan.calls), stride):
        home = shutil.copytree(template, tmp_path / str(number))
        ill(home)
        with pytest.raises(Killed):
            repaired(home, Plan(number, after=number % 2 == 1))
        for kind in whole:  # at no moment is there neither the damaged file nor the mended one
            assert the(kind, home).read_bytes() in {whole[kind], *damaged}
        assert repaired(home).left.wrong == []
        assert well(home, whole)
        kept = {path.read_bytes() for path in home.rglob("*.damaged*")}
        assert damaged == kept, number
        shutil.rmtree(home)
        tried += 1
    assert tried >= 60 // stride
    tally("a doctor who is killed", cases=tried)


def capture() -> str:
    """The id of a line that the ill session holds."""
    return next(fact.id for fact in held("dead").record.facts if isinstance(fact.what, Captured))


OPERATIONS: dict[str, Callable[[Store], object]] = {
    "begin": lambda store: store.begin(held("cafe").record),
    "append": lambda store: store.append(WELL, later(3)),
    "append after the end": lambda store: store.append(WELL, later(4)),
    "redact": lambda store: store.redact(ILL, capture(), by="x", wall=BEGIN),
    "delete": lambda store: store.delete(ILL),
    "keep_draft": lambda store: store.keep_draft(WELL, Draft(BEGIN, 2.0, UserText("half a line"))),
    "drop_draft": lambda store: store.drop_draft(ILL),
    "live": lambda store: store.live(WELL, person="Robin").__enter__(),
    "keep_person": lambda store: store.keep_person(MENTOR),
    "keep_pair": lambda store: store.keep_pair(PAIR),
    "keep_known": lambda store: store.keep_known((PAIR,)),
}


def test_the_doctor_sweeps_whatever_any_killed_operation_leaves(template, tmp_path):
    names: set[str] = set()
    tried = 0
    for name, operation in OPERATIONS.items():
        plan = Plan()
        operation(open_store(shutil.copytree(template, tmp_path / name), disk=Dying(plan)))
        for number, call in enumerate(plan.calls):
            if call not in ("write", "replace"):
                continue  # what can be left is a file half written, or whole and not yet in its place
            home = shutil.copytree(template, tmp_path / f"{name} {number}")
            (home / "locks" / f"{ILL}.who").unlink()
            before = set(home.rglob("*"))
            with pytest.raises(Killed):
                operation(open_store(home, disk=Dying(Plan(number))))
            left = {path for path in set(home.rglob("*")) - before if path.suffix == ".tmp"}
            assert left, (name, number)
            names |= {path.name.partition(".")[2] for path in left}
            assert left <= {each.path for each in leftovers(DataFolder(home, Disk()))}
            assert repaired(home).left.wrong == []
            assert not list(home.rglob("*.tmp")), (name, number)
            shutil.rmtree(home)
            tried += 1
    assert names == {"tmp", "draft.tmp", "who.tmp"}
    assert tried >= 10
    tally("leftovers of killed operations", cases=tried)


def test_a_device_id_half_written_is_swept(tmp_path):
    plan = Plan()
    open_store(tmp_path / "other", disk=Dying(plan))
    with pytest.raises(Killed):
        open_store(tmp_path / "home", disk=Dying(Plan(plan.calls.index("write"))))
    assert (tmp_path / "home" / "device.tmp").exists()
    assert repaired(tmp_path / "home").left.findings == ()
    assert not (tmp_path / "home" / "device.tmp").exists()


@pytest.fixture
def home(template, tmp_path):
    return shutil.copytree(template, tmp_path / "home")


def test_nothing_is_touched_that_another_program_has_open(home):
    whole = ill(home)
    store = open_store(home)
    before = the("session", home).read_bytes()
    with store.live(ILL, person="Robin"):
        told = repaired(home)
        assert the("session", home).read_bytes() == before
        assert the("session", home).with_suffix(".tmp").exists()
        assert any("open in another program" in line for line in told.undone)
        assert Ailment.DAMAGED in {each.ailment for each in told.left.wrong}
    assert repaired(home).left.wrong == []
    assert well(home, whole)


def test_a_file_that_is_being_written_is_no_leftover(home):
    from rmsession.store.locks import writing

    repaired(home)
    path = the("session", home).with_suffix(".tmp")
    path.write_bytes(b"half of what is to come")
    path.chmod(0o600)
    with writing(DataFolder(home, Disk()).lock(ILL)):
        assert not check_up(DataFolder(home, Disk()), Disk(), datetime.now(UTC)).wrong
        repaired(home)
        assert path.exists()
    repaired(home)
    assert not path.exists()


def test_the_leftovers_of_a_session_that_stays_damaged_stay(home):
    """Half of a write may be the better half."""
    shutil.rmtree(home / "snapshots")
    the("session", home).write_bytes(b"nothing of a session")
    path = the("session", home).with_suffix(".tmp")
    path.write_bytes(b"half")
    repaired(home)
    assert path.read_bytes() == b"half"


def test_a_damaged_file_takes_its_snapshot_and_is_set_aside(home):
    path = the("session", home)
    broken = path.read_bytes()[:-20]
    path.write_bytes(broken)
    told = repaired(home)
    assert told.left.wrong == []
    assert any("without what was kept later" in line for line in told.done)
    assert path.read_bytes() == the("snapshot", home).read_bytes()
    assert path.with_name(f"{path.name}.damaged").read_bytes() == broken
    again = path.read_bytes()[:-30]
    path.write_bytes(again)
    repaired(home)
    assert path.with_name(f"{path.name}.damaged").read_bytes() == broken
    assert path.with_name(f"{path.name}.damaged-2").read_bytes() == again


def test_what_was_set_aside_goes_with_what_is_erased(home):
    flip(the("session", home), 99)
    flip(the("draft", home), 99)
    repaired(home)
    flip(the("session", home), 88)
    repaired(home)
    flip(the("draft", home), 77)
    store = open_store(home)
    store.keep_draft(ILL, Draft(BEGIN, 2.0, UserText("new")))
    assert len(list(home.rglob("*.damaged*"))) == 4
    store.redact(ILL, capture(), by=MENTOR.id, wall=BEGIN)
    assert not list(home.rglob("*.damaged*"))
    flip(the("draft", home), 66)
    store.drop_draft(ILL)
    assert len(list(home.rglob("*.damaged*"))) == 1
    store.delete(ILL)
    assert not [path for path in home.rglob("*") if ILL in path.name]


@pytest.mark.parametrize("kind", ["session", "programme", "draft"])
def test_a_newer_format_is_named_and_never_touched(home, kind):
    path = the(kind, home)
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":7'))
    before = path.read_bytes()
    told = repaired(home)
    assert [each.path for each in told.left.wrong if each.ailment is Ailment.NEWER] == [path]
    assert path.read_bytes() == before
    assert not list(home.rglob("*.damaged*"))


def test_a_remedy_that_is_no_file_of_that_place_is_refused(home):
    """Between the look and the mending the last proof is made once more."""
    from dataclasses import replace

    from rmsession.core.store_errors import Damaged
    from rmsession.store.mending import _MENDERS

    flip(the("session", home), 99)
    disk = Disk()
    (finding,) = [
        each
        for each in check_up(DataFolder(home, disk), disk, datetime.now(UTC)).findings
        if each.ailment is Ailment.DAMAGED
    ]
    before = the("session", home).read_bytes()
    other = replace(finding, remedy=replace(finding.remedy, whole=finding.remedy.whole[:-1]))
    with pytest.raises((Damaged, NotKept)):
        _MENDERS[Ailment.DAMAGED](DataFolder(home, disk), disk, other)
    assert the("session", home).read_bytes() == before
