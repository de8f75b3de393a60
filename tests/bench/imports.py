"""What a start spends on imports, by package and by module, as ``python -X importtime`` tells it.

    python tests/bench/imports.py [--modules 12] [WORDS …]

The `WORDS` are those of a command, such as ``list``; with none the home screen is opened, and what is loaded until its
first paint is told. Times are of a module itself, without what it imports. The data folder is one of no session.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1])]

from bench.painted import until_painted  # noqa: E402 - needs the path set above
from bench.people import ME  # noqa: E402

from rmsession.demo.writing import write_private  # noqa: E402

_FIRST_PAINT = "Kick-off"
"""The first agenda on the home screen."""
_MS = 1000
"""Microseconds."""
_STARTED = """
import os, sys
# The interpreter tells its times on the second descriptor, and Textual paints on what Python takes for it.
sys.stderr = sys.__stderr__ = open(os.dup(2), "w", closefd=True)
os.dup2(os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT, 0o600), 2)
from rmsession.__main__ import main
sys.exit(main())
"""


def main() -> int:
    """Start it, and print where the time of its imports went."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--modules", type=int, default=12, help="how many of the dearest are named")
    asked.add_argument("words", nargs="*")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="rmsession-imports-") as home:
        times = imported(chosen.words, Path(home))
    said = f"`rmsession {' '.join(chosen.words)}`" if chosen.words else "the first paint"
    print(f"{said}: {len(times):,} modules, {sum(micros for _, micros in times) / _MS:.1f} ms\n")
    _table("package", [(name.partition(".")[0], micros) for name, micros in times], chosen.modules)
    print()
    _table("module", times, chosen.modules)
    return 0


def imported(words: Sequence[str], home: Path) -> list[tuple[str, int]]:
    """Every module in the order in which it was loaded, with the microseconds that it took by itself."""
    told, data = home / "importtime", home / "data"
    data.mkdir(mode=0o700)
    write_private(data / "config.toml", f'me = "{ME}"\nzone = "Europe/Berlin"\n')
    argv = [sys.executable, "-X", "importtime", "-c", _STARTED, os.fspath(told), *words]
    environ = {**os.environ, "RMSESSION_HOME": str(data)}
    for _ in range(2):  # the first makes the folder
        told.unlink(missing_ok=True)
        if words:
            subprocess.run(argv, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        else:
            until_painted(argv, _FIRST_PAINT, environ)
    return [
        (name.strip(), int(alone))
        for line in told.read_text(encoding="utf-8").splitlines()
        if line.startswith("import time:") and "[us]" not in line
        for alone, _, name in [line.removeprefix("import time:").split("|")]
    ]


def _table(head: str, times: Sequence[tuple[str, int]], most: int) -> None:
    """The dearest of them, and all others in one line."""
    loaded, taken = Counter(name for name, _ in times), Counter[str]()
    for name, micros in times:
        taken[name] += micros
    rows = [(name, loaded[name], micros) for name, micros in taken.most_common()]
    others = rows[most:]
    rest = (f"and {len(others):,} more", sum(many for _, many, _ in others), sum(micros for *_, micros in others))
    print(f"{head:<44}{'modules':>10}{'ms':>10}")
    for name, many, micros in [*rows[:most], *([rest] if others else [])]:
        print(f"{name:<44}{many:>10,}{micros / _MS:>10.1f}")


if __name__ == "__main__":
    sys.exit(main())
