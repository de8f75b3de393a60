"""The preloaded library that makes calls on a disk fail: built once, told what to do by a file or by its functions.

A program that is to meet a full disk and see it get well again gets two variables more::

    control = tmp_path / "fault"
    environ = person.environment() | environment(control, prefix=home)
    control.write_text("ENOSPC")   # from here on every call under `home` that needs space fails
    control.unlink()               # and from here on none does

The file names one error: ``ENOSPC``, ``EDQUOT`` (what needs space), ``EROFS`` (what writes), ``EACCES``, ``EPERM``
(what makes, renames or removes names), ``EIO`` (all that changes anything). Empty or missing, it names none.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
WHY_NOT = "no C compiler (cc) here, or a system without LD_PRELOAD"
"""What a skipped test says."""


def available() -> bool:
    """Whether it can be built and preloaded here."""
    return sys.platform == "linux" and shutil.which("cc") is not None


@cache
def library(source: Path = SOURCE) -> Path:
    """The built library; built when its source is not the one that it was last built from."""
    folder = Path(tempfile.gettempdir()) / f"rmsession-shim-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    assert folder.stat().st_uid == os.getuid(), f"{folder} is somebody else's"
    built = folder / f"{hashlib.sha256(source.read_bytes()).hexdigest()[:16]}.so"
    if not built.exists():
        beside = built.with_suffix(f".{os.getpid()}")
        compiling = ["cc", "-O2", "-shared", "-fPIC", "-Wall", "-o", str(beside), str(source), "-ldl"]
        done = subprocess.run(compiling, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        beside.replace(built)  # several workers may build it at once
    return built


def environment(control: Path, prefix: Path) -> dict[str, str]:
    """The variables with which a program's calls on what lies under `prefix` fail as the file `control` says."""
    return preloaded() | {"SHIM_CONTROL": str(control.absolute()), "SHIM_PREFIX": str(prefix.resolve())}


def preloaded() -> dict[str, str]:
    """The variables with which a program loads it; it does nothing until that program tells it to."""
    return {"LD_PRELOAD": str(library())}


class Way(IntEnum):
    """What becomes of the one call that is chosen by its number; the numbers are those in ``shim.c``."""

    LOG = 0
    """Nothing: calls are only written down."""
    KILLED_BEFORE = 1
    KILLED_AFTER = 2
    TORN = 3
    """Half of it is written, and the program killed."""
    SHORT = 4
    """Half of it is written, and the program told so, as systems may."""
    ONCE = 5
    """It fails, and everything goes well after it."""
    FOR_GOOD = 6
    """It fails, and after it whatever that error stops."""
    FULL = 7
    """Half of it is written, and from then on nothing."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call on the disk."""

    name: str
    path: str
    old: str = ""
    """Of a rename or a link: the name before."""


class Shim:
    """The library in the process that it was preloaded into."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.shim_calls.restype = ctypes.c_long
        self._library.shim_call.restype = ctypes.c_char_p
        self._library.shim_arm.argtypes = [ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int]
        self._library.shim_call.argtypes = [ctypes.c_long]

    def arm(self, prefix: Path, at: int = -1, way: Way = Way.LOG, error: int = 0) -> None:
        """From now on count the calls under `prefix` from 0, and let the one with that number fail so."""
        self._library.shim_arm(os.fsencode(prefix), at, way, error)

    def disarm(self) -> None:
        """From now on do nothing."""
        self._library.shim_disarm()

    @property
    def fired(self) -> bool:
        """Whether the call that was to fail was made, here or in a process forked from this one."""
        return bool(self._library.shim_fired())

    def calls(self) -> list[Call]:
        """The calls since it was armed, here or in a process forked from this one."""
        number = self._library.shim_calls()
        return [Call(*os.fsdecode(self._library.shim_call(each)).split("\t")) for each in range(number)]
