"""Take each protection away and see that its test notices.

    python tests/mutants/run.py                  all of them
    python tests/mutants/run.py faults privacy   those of two files
    python tests/mutants/run.py faults/seal      those whose name begins so

A mutant stands in ``tests/mutants/*.toml``: the promise that it breaks, the file, the text there and what takes its
place, and the tests that must fail then. Each is tried in a copy of the checkout. Exits 1 when one survives.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PARTS = ("rmsession", "agendas", "tests", "pyproject.toml", "README.md")
FAILED = 1
"""What pytest exits with when tests ran and some failed; anything else means that they did not run."""


@dataclass(frozen=True)
class Mutant:
    """One protection taken away."""

    name: str
    promise: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def applied(self, text: str) -> str:
        """The file's text without the protection. Raises `ValueError` when the text is not there exactly once."""
        if text.count(self.old) != 1:
            raise ValueError(f"{self.name}: its text stands {text.count(self.old)} times in {self.file}")
        return text.replace(self.old, self.new)


def mutants() -> list[Mutant]:
    """Every mutant, in the order of the files."""
    found = []
    for path in sorted(HERE.glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.append(Mutant(f"{path.stem}/{name}", **{**table, "tests": tuple(table["tests"])}))
    return found


def survives(mutant: Mutant) -> str | None:
    """Why the mutant was not noticed; None when its tests fail, as they must."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        copy = Path(folder)
        for part in PARTS:
            (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, copy / part)
        target = copy / mutant.file
        target.write_text(mutant.applied(target.read_text(encoding="utf-8")), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-n0", "-p", "no:cacheprovider", "-m", "", *mutant.tests]
        environ = {**os.environ, "PYTHONPATH": str(copy)}
        done = subprocess.run(command, cwd=copy, env=environ, capture_output=True, text=True, check=False)
        if done.returncode == FAILED:
            return None
        return f"pytest exits with {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-1000:]}"


def main(wanted: list[str]) -> int:
    """Try those that are wanted, print what became of each, and say how many survived."""
    chosen = [each for each in mutants() if not wanted or each.name.startswith(tuple(wanted))]
    survivors = 0
    for mutant in chosen:
        why = survives(mutant)
        survivors += why is not None
        print(f"{'SURVIVES' if why else 'noticed '}  {mutant.name}: {mutant.promise}", flush=True)
        if why:
            print(why, flush=True)
    print(f"{len(chosen)} tried, {survivors} survived")
    return 1 if survivors or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
