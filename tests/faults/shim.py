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

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
WHY_NOT = "no C compiler (cc) here, or a system without LD_PRELOAD"
"""What a skipped test says."""


def available() -> bool:
    """Whether it can be built and preloaded here."""
    return sys.platform == "linux" and shutil.which("cc") is not None


@cache
def library() -> Path:
    """The built library; built when its source is not the one that it was last built from."""
    folder = Path(tempfile.gettempdir()) / f"rmsession-shim-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    assert folder.stat().st_uid == os.getuid(), f"{folder} is somebody else's"
    built = folder / f"{hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]}.so"
    if not built.exists():
        beside = built.with_suffix(f".{os.getpid()}")
        compiling = ["cc", "-O2", "-shared", "-fPIC", "-Wall", "-o", str(beside), str(SOURCE), "-ldl"]
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
