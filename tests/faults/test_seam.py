"""Every call of the store's `Disk` fails in every way, in every operation: the old state or the new one, whole.

This runs everywhere; `test_system_calls.py` does the same beneath SQLite and the locks where the system lets it. A
new operation, or a new call in one, joins by itself: first the calls of an operation are listed, then each of them is
made to fail in each way that it can.
"""

import errno
import inspect
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from faults import world
from faults.operations import DONE_ALREADY, REFUSALS, STORE
from support.tally import tally

from rmsession.store import signature
from rmsession.store.disk import Disk
from rmsession.store.opening import open_store

WAYS = ["killed", "killed after", "EIO", "ENOSPC for good"]
WAYS_OF_WRITING = ["killed torn", "torn", "short"]
AT_LEAST = 300


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


@pytest.fixture(scope="module")
def template():
    """A world to copy for each case, beside it."""
    with world.in_memory() as folder:
        world.build(folder / "template")
        yield folder / "template"


@pytest.fixture(autouse=True)
def _believed(monkeypatch):
    """Every file here is young, and so no row of the index would be believed."""
    monkeypatch.setattr(signature, "UNSETTLED_NS", 0)


COUNTED = Counter()
"""How many cases each operation had."""


@pytest.mark.parametrize("name", STORE)
def test_a_fault_leaves_the_old_state_or_the_new_one(template, name):
    good, plan = fresh(template), Plan()
    STORE[name](store_on(good, plan))
    assert plan.calls
    goal = Goal(name, world.state(template), world.state(good), world.files(good), world.other_files(template))
    for number, call in enumerate(plan.calls):
        for way in WAYS + (WAYS_OF_WRITING if call == "write" else []):
            check(fresh(template), goal, Plan(number, way))
            COUNTED[name] += 1
    assert COUNTED[name] >= 4 * len(plan.calls)
    tally("injected faults (seam)", cases=COUNTED[name])


def test_enough_was_tried():
    if set(COUNTED) == set(STORE):  # not when only some were chosen
        assert COUNTED.total() >= AT_LEAST


def test_a_fact_waits_for_the_disk_in_the_right_order(template):
    plan = Plan()
    STORE["append"](store_on(fresh(template), plan))
    assert plan.calls == ["create", "write", "sync", "close", "replace", "sync_folder"]


@dataclass
class Goal:
    """What is seen before an operation and after it."""

    name: str
    old: dict[str, object]
    new: dict[str, object]
    files: dict[str, str]
    others: dict[str, bytes]
    right: set[bytes] = field(default_factory=set)
    """What killed programs left and was looked at: what is the same to the byte need not be looked at twice."""


def fresh(template):
    """A copy of it; the one before goes."""
    root = template.with_name("case")
    shutil.rmtree(root, ignore_errors=True)
    return shutil.copytree(template, root)


def check(root, goal, plan):
    store = store_on(root, plan)
    outcome, operation = outcome_of(STORE[goal.name], store), STORE[goal.name]
    if outcome == "killed" and (left := world.digest(root)) in goal.right:
        return
    assert world.other_files(root) == goal.others, plan
    seen = world.state(root)
    expected = [goal.new] if outcome == "kept" else [goal.old, goal.new]
    for part in seen.keys() | goal.old.keys() | goal.new.keys():
        assert seen.get(part) in [each.get(part) for each in expected], (plan, part)
    if outcome == "refused":
        assert not world.left(root) or plan.calls[plan.at] == "remove", plan
    plan.at = None  # the disk is well again
    if outcome == "killed":
        store = store_on(root, Plan())
    with refused_as(goal.name, outcome):
        operation(store)
    assert world.state(root) == goal.new, plan
    assert not world.left(root), plan
    assert world.files(root) == goal.files, plan
    if outcome == "killed":
        goal.right.add(left)


@contextmanager
def refused_as(name, outcome):
    """A second try may hear that it was begun or deleted before; not a program that was told of a failure."""
    try:
        yield
    except REFUSALS as refusal:
        line = str(refusal)
    else:
        return
    assert DONE_ALREADY[name] in line
    assert name == "delete" or outcome != "refused"


def store_on(root, plan):
    """A store whose opening goes well."""
    store = open_store(root / "home", device="desk", disk=Failing(at_rest := Plan()))
    assert not [call for call in at_rest.calls if call != "make_folder"]
    store._disk.plan = plan
    return store


def outcome_of(operation, store):
    """What the caller is told."""
    try:
        operation(store)
    except REFUSALS as refusal:
        line = str(refusal)
    except Killed:
        return "killed"
    else:
        return "kept"
    assert line.startswith("Not kept: ")
    assert line.isprintable()
    return "refused"
