"""Every call that changes the disk fails in every way, in every operation: the old state or the new one, whole.

A new operation, or a new call in one, joins by itself: first the calls of an operation are listed, then each of
them is made to fail in each way that it can.
"""

import errno
import inspect
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from store.on_disk import action, note
from support.building import BEGIN, MENTOR, PAIR, fact_id, record

from rmsession.core.record import Conflict
from rmsession.core.store import Draft, NoSuchSession, NotKept, Store
from rmsession.core.text import UserText
from rmsession.store.disk import Disk
from rmsession.store.opening import open_store

ONE = record(number=1).id
DRAFT = Draft(BEGIN, 1.0, UserText("half a li"))


def run(store):
    """Open the session and leave it."""
    with store.live(ONE, person="Robin"):
        pass


OPERATIONS: dict[str, Callable[[Store], object]] = {
    "begin": lambda store: store.begin(record(number=3, facts=(note(1),), created=BEGIN.replace(month=12))),
    "append": lambda store: store.append(ONE, note(3)),
    "append again": lambda store: store.append(ONE, note(2)),
    "redact": lambda store: store.redact(ONE, fact_id(1), by="x", wall=BEGIN),
    "delete": lambda store: store.delete(ONE),
    "keep_draft": lambda store: store.keep_draft(ONE, Draft(BEGIN, 2.0, UserText("half a line"))),
    "drop_draft": lambda store: store.drop_draft(ONE),
    "live": run,
    "keep_person": lambda store: store.keep_person(MENTOR),
    "keep_pair": lambda store: store.keep_pair(PAIR),
}
READS = {"load", "resolve", "revision", "history", "open_actions", "draft", "programme", "troubles", "close"}
WAYS = ["killed", "killed after", "EIO", "ENOSPC for good"]
WAYS_OF_WRITING = ["killed torn", "torn", "short"]


class Killed(BaseException):
    """The program ends here, with no chance to tidy up."""


@dataclass
class Plan:
    """Which call fails and how; what was called."""

    at: int | None = None
    way: str = ""
    calls: list[str] = field(default_factory=list)


class Failing(Disk):
    """A disk whose calls fail as planned."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan


def _planned(name: str) -> Callable[..., object]:
    real = getattr(Disk, name)

    def call(self: Failing, *given: object) -> object:
        plan, number = self.plan, len(self.plan.calls)
        plan.calls.append(name)
        if plan.at is None or number < plan.at:
            return real(self, *given)
        if number > plan.at:
            if plan.way.startswith("killed"):
                raise Killed  # what is dead makes no further call
            if plan.way != "ENOSPC for good" or name in ("close", "remove"):
                return real(self, *given)
        if plan.way in ("killed after", "killed torn", "torn", "short"):
            if name == "write":
                descriptor, data = given
                given = (descriptor, data[: len(data) // 2 or 1])
            done = real(self, *given)
            if plan.way == "short":
                return done
        if plan.way.startswith("killed"):
            raise Killed
        number_of = errno.ENOSPC if plan.way == "ENOSPC for good" else errno.EIO
        raise OSError(number_of, "refused")

    return call


for each in [name for name, _ in inspect.getmembers(Disk, inspect.isfunction) if not name.startswith("_")]:
    setattr(Failing, each, _planned(each))


def test_every_operation_of_a_store_is_tried():
    promised = {name for name, _ in inspect.getmembers(Store, inspect.isfunction) if not name.startswith("_")}
    assert promised == READS | {name.split()[0] for name in OPERATIONS}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A folder with two sessions, a draft and an index, copied for each case."""
    home = tmp_path_factory.mktemp("template") / "home"
    store = open_store(home)
    store.begin(record(number=1, facts=(action(1, "half a line"), note(2))))
    store.begin(record(number=2, facts=(note(9),)))
    store.keep_draft(ONE, DRAFT)
    store.history()
    store.close()
    return home


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_fault_leaves_the_old_state_or_the_new_one(template, tmp_path, name):
    good = shutil.copytree(template, tmp_path / "good")
    old, plan = state(template), Plan()
    OPERATIONS[name](store_on(good, plan))
    new = state(good)
    assert plan.calls
    tried = 0
    for number, call in enumerate(plan.calls):
        for way in WAYS + (WAYS_OF_WRITING if call == "write" else []):
            check(shutil.copytree(template, tmp_path / f"{number} {way}"), name, Plan(number, way), (old, new))
            tried += 1
    assert tried >= 4 * len(plan.calls)


def test_a_fact_waits_for_the_disk_in_the_right_order(template, tmp_path):
    plan = Plan()
    OPERATIONS["append"](store_on(shutil.copytree(template, tmp_path / "home"), plan))
    assert plan.calls == ["create", "write", "sync", "close", "replace", "sync_folder"]


def check(home, name, plan, states):
    old, new = states
    store = store_on(home, plan)
    outcome = outcome_of(OPERATIONS[name], store)
    seen = state(home)
    assert seen == new if outcome == "kept" else all(one in pair for one, *pair in zip(seen, old, new, strict=True)), (
        plan
    )
    if outcome == "NotKept":
        assert not list(home.rglob("*.tmp")) or plan.calls[plan.at] == "remove", plan
    plan.at = None  # the disk is well again
    if outcome == "killed":
        store = store_on(home, Plan())
    try:
        OPERATIONS[name](store)
    except NoSuchSession:
        assert name == "delete"
    except Conflict:  # begun before; the program that was told of a failure may try again
        assert name == "begin"
        assert outcome != "NotKept"
    assert state(home) == new, plan
    assert not list(home.rglob("*.tmp")), plan


def store_on(home, plan):
    """A store whose opening goes well."""
    store = open_store(home, device="desk", disk=Failing(at_rest := Plan()))
    assert not [call for call in at_rest.calls if call != "make_folder"]
    store._disk.plan = plan
    return store


def outcome_of(operation, store):
    """What the caller is told."""
    try:
        operation(store)
    except NotKept as error:
        return _told(str(error))
    except Killed:
        return "killed"
    return "kept"


def _told(line):
    assert line.startswith("Not kept: ")
    assert line.isprintable()
    return "NotKept"


def state(home):
    """Everything that a fresh program sees, part by part."""
    store = open_store(home)
    ids = [record(number=number).id for number in (1, 2, 3)]
    facts = [_seen(store.load, id_) for id_ in ids]
    lists = sorted(each.id for each in store.history()), [each.capture for each in store.open_actions()]
    assert not store.troubles()
    assert lists[0] == [each.id for each in facts if each]
    return [*facts, *(_seen(store.draft, id_) for id_ in ids), lists, store.programme()]


def _seen(ask, *given):
    try:
        return ask(*given)
    except NoSuchSession:
        return None
