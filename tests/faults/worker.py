"""Tries every fault of an operation, in a process into which the shim is preloaded: ``python worker.py FOLDER``.

Reads one request a line (the operation's name, and how thoroughly), and answers each with one line. Each case is a
process forked from this one: the fault hits it, and this one looks at what it left.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults import world
from faults.operations import ERASING, OPERATIONS, READING, READING_STRIDE, REFUSALS, Operation, command
from faults.shim import Call, Shim, Way

from rmsession.store import signature

KINDS: dict[str, tuple[Way, int]] = {
    "killed before": (Way.KILLED_BEFORE, 0),
    "killed after": (Way.KILLED_AFTER, 0),
    "EIO": (Way.ONCE, errno.EIO),
    "ENOSPC": (Way.FOR_GOOD, errno.ENOSPC),
}
OF_WRITES: dict[str, tuple[Way, int]] = {
    "torn": (Way.TORN, 0),
    "short": (Way.SHORT, 0),
    "full half-way": (Way.FULL, errno.ENOSPC),
}
QUIET = {"lock", "close", "chmod", "open"}
"""Calls that leave nothing on the disk: in the normal run each is tried once on each file, and in two ways."""
IN_BRIEF = {"killed after", "torn", "EIO", "ENOSPC"}
"""How the many calls of SQLite are tried in the normal run: killed after one is killed before the next."""
KILLING = {Way.KILLED_BEFORE, Way.KILLED_AFTER, Way.TORN}


@dataclass
class Tried:
    """What came of an operation's cases."""

    cases: int = 0
    calls: list[Call] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        calls = [(each.name, each.path, each.old) for each in self.calls]
        return {"cases": self.cases, "calls": calls, "wrong": self.wrong, "outcomes": self.outcomes}


def outcome_of(do: Callable[[], object]) -> tuple[str, str]:
    """What the caller is told: kept, refused, or something that nobody foresaw."""
    try:
        said = do()
    except REFUSALS as refusal:
        line = str(refusal)
        return ("refused" if line and all(map(str.isprintable, line.splitlines())) else "broke"), line
    except BaseException:  # noqa: BLE001 - whatever it is, it is told
        return "broke", traceback.format_exc()
    return "kept", said if isinstance(said, str) else ""


class Cases:
    """The cases of one operation."""

    def __init__(self, folder: Path, name: str, *, thorough: bool) -> None:
        self.shim = Shim()
        self.operation = OPERATIONS.get(name) or Operation(command(*READING[name]), stride=READING_STRIDE.get(name, 3))
        self.reads = name in READING
        self.erases = name in ERASING
        self.thorough = thorough
        self.folder = folder / "case"
        self.template = folder / self.operation.template
        self.tried = Tried()
        self.right: set[object] = set()
        self.seen: set[Call] = set()

    def run(self) -> Tried:
        """Try them all."""
        self.old = world.state(self._fresh())
        good = self._fresh()
        outcome, self.said = self._forked(good)
        self.tried.calls = self.shim.calls()
        if outcome != "kept":
            self.tried.wrong.append(f"undisturbed: {outcome} {self.said}")
            return self.tried
        self.others = world.other_files(self.template)
        self.secret = world.holding(good, world.SECRET)
        if self.erases and self.secret:
            self.tried.wrong.append(f"undisturbed: {self.secret} hold the text")
        self.new, self.files = world.state(good), world.files(good)
        if self.reads and self.new != self.old:
            self.tried.wrong.append("it changes what a fresh program sees")
        cases = [(at, call, kind, *how) for at, call in enumerate(self.tried.calls) for kind, how in self._kinds(call)]
        for case in cases if self.thorough else cases[:: self.operation.stride]:
            self._try(*case)
        return self.tried

    def _kinds(self, call: Call) -> Iterator[tuple[str, tuple[Way, int]]]:
        quiet, known = call.name in QUIET, call in self.seen
        self.seen.add(call)
        for kind, how in (KINDS | OF_WRITES if call.name == "write" else KINDS).items():
            brief = kind in IN_BRIEF if "index.sqlite" in call.path else True
            if self.thorough or (not known and kind in ("killed after", "EIO") if quiet else brief):
                yield kind, how

    def _try(self, at: int, call: Call, kind: str, way: Way, error: int) -> None:
        root = self._fresh()
        self.tried.cases += 1
        try:
            if way in KILLING or self.operation.ends:
                outcome, line, again = *self._forked(root, at, way, error), self.operation.start(root)
            else:
                again = self.operation.start(root)
                self.shim.arm(root, at, way, error)
                outcome, line = outcome_of(again)
                self.shim.disarm()
            self.tried.outcomes[outcome] = self.tried.outcomes.get(outcome, 0) + 1
            assert self.shim.fired, "the call was not made"
            left = outcome, line if self.reads else "", way in KILLING, world.digest(root)
            if left not in self.right:  # what is the same to the byte need not be looked at twice
                self._judge(root, outcome, line, again, killed=way in KILLING)
                self.right.add(left)
        except Exception as wrong:  # noqa: BLE001 - whatever it is, it is told
            what = str(wrong) or traceback.format_exc()
            where = call.path.removeprefix(str(self.folder))
            self.tried.wrong.append(f"{kind} at {at} ({call.name} {where}): {what}; it told “{line[-300:]}”")

    def _judge(self, root: Path, outcome: str, line: str, do: Callable[[], object], *, killed: bool) -> None:
        """Raise for anything that is not as promised; `do` tries again, in the same program unless it was killed."""
        assert outcome == "killed" if killed else outcome in ("kept", "refused"), outcome
        assert world.other_files(root) == self.others, "another session is touched"
        if not world.has_one(root):
            assert not world.holding(root, world.SECRET), "the session is gone, and other files hold its text"
        if outcome == "kept" and self.erases:
            assert world.holding(root, world.SECRET) <= self.secret, "other files hold the text"
        seen = world.state(root)
        expected = [self.new] if outcome == "kept" else [self.old, self.new]
        for part in seen.keys() | self.old.keys() | self.new.keys():
            values = [each.get(part) for each in expected]
            assert seen.get(part) in values, f"{part} is {seen.get(part)!r}, neither {values!r}"
        if outcome == "kept":
            assert not self.reads or line == self.said, "it says something else"
        if not (self.operation.once and seen == self.new):
            again, line = outcome_of(do)
            refused = self.operation.done_already and seen == self.new and self.operation.done_already in line
            assert again == "kept" or refused, f"when all is well again: {again} {line}"
            assert not self.reads or line == self.said, "when all is well again it says something else"
            seen = world.state(root)
        assert seen == self.new, "when all is well again it is not done"
        world.write_beside(root)
        assert not world.left(root), f"left behind: {world.left(root)}"
        self._compare(world.files(root))
        assert world.holding(root, world.SECRET) <= self.secret, "other files hold the text"

    def _compare(self, files: dict[str, str]) -> None:
        """The files are those that there are when all goes well; a snapshot may be missing, and is told to be.

        A journal that was killed before it was one stays beside the index until that is next written to.
        """
        missing = {each for each in self.files if each not in files and not each.startswith("home/snapshots")}
        files = {each: mode for each, mode in files.items() if (each, mode) != ("home/index.sqlite-journal", "0o600")}
        others = {each: mode for each, mode in files.items() if self.files.get(each) != mode}
        assert not missing, f"missing: {missing}"
        assert not others, f"not there, or with another mode, when all goes well: {others}"

    def _forked(self, root: Path, at: int = -1, way: Way = Way.LOG, error: int = 0) -> tuple[str, str]:
        """Do it in a process of its own, with that fault; what it told."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            do = self.operation.start(root)
            self.shim.arm(root, at, way, error)
            told = outcome_of(do)
            self.shim.disarm()
            os.write(writing, json.dumps(told).encode()[:60_000])
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(child, 0)
        self.shim.disarm()
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            return "killed", ""
        outcome, line = json.loads(told)
        return outcome, line

    def _fresh(self) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        return shutil.copytree(self.template, self.folder)


def main() -> None:
    """Answer requests until there are no more."""
    folder = Path(sys.argv[1])
    os.umask(0)
    signature.UNSETTLED_NS = 0  # every file here is young, and so no row of the index would be believed
    world.build(folder / "template")
    world.build_backup(folder / "template")
    shutil.copytree(folder / "template", folder / "damaged")
    world.damage(folder / "damaged")
    shutil.copytree(folder / "template", folder / "carried")
    world.carry(folder / "carried")
    (folder / "empty" / "out").mkdir(parents=True)
    gc.freeze()  # or each process that is forked copies what the garbage collector looks at
    for line in sys.stdin:
        name, thorough = json.loads(line)
        try:
            answer = Cases(folder, name, thorough=thorough).run().told()
        except Exception:  # noqa: BLE001 - whatever it is, it is told
            answer = Tried(wrong=[traceback.format_exc()]).told()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
