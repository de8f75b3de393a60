"""The checkout's wheel, installed and compiled in a virtual environment of its own, as people have it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

BESIDE = "pyte"
"""What the measurements need and the program does not: it tells what a terminal would show."""


class CannotInstall(Exception):
    """pip could not build or install; one line says why."""


def installed(top: Path, checkout: Path) -> Path:
    """The environment's interpreter, with the checkout as it is now installed. Raises `CannotInstall`."""
    home = top / "environment"
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    now = _state(checkout)
    done = home / "installed"
    if done.exists() and done.read_text(encoding="ascii") == now:
        return python
    done.unlink(missing_ok=True)
    print(f"Building the wheel of {checkout} and installing it in {home} …", flush=True)
    wheel = _wheel(checkout, top / "wheel")
    if not python.exists():
        venv.create(home, symlinks=os.name != "nt")
    _pip("--python", python, "install", wheel, BESIDE)
    # The same version may be there from a checkout of before.
    _pip("--python", python, "install", "--no-deps", "--force-reinstall", wheel)
    _run(python, "-m", "compileall", "-q", _packages(python))
    done.write_text(now, encoding="ascii")
    return python


def _wheel(checkout: Path, folder: Path) -> Path:
    for old in folder.glob("*.whl"):
        old.unlink()
    # Where the builder is at hand already, no network is needed to get it.
    isolation = ("--no-build-isolation",) if find_spec("hatchling") else ()
    _pip("wheel", "--no-deps", *isolation, "--wheel-dir", folder, checkout)
    return next(folder.glob("*.whl"))


def _state(checkout: Path) -> str:
    """What the wheel is made of, in few letters."""
    parts = sorted(
        path
        for top in ("rmsession", "agendas")
        for path in (checkout / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    told = sha256(sys.version.encode())
    for path in (checkout / "pyproject.toml", checkout / "README.md", *parts):
        told.update(f"{path.relative_to(checkout)}\n".encode() + path.read_bytes())
    return told.hexdigest()


def _packages(python: Path) -> str:
    return _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()


def _pip(*words: str | Path) -> None:
    _run(sys.executable, "-m", "pip", *words)


def _run(*words: str | Path) -> str:
    """A command's output. Raises `CannotInstall` with the last line that it said."""
    done = subprocess.run([os.fspath(each) for each in words], capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise CannotInstall(
            f"{' '.join(map(str, words[2:4]))} ended with {done.returncode}: {said[-1] if said else ''}"
        )
    return done.stdout
