"""One measurement run by itself, with what the whole bench would give it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.setting import Bench
from bench.table import Report


def alone(doc: str | None, measure: Callable[..., None], **counts: int) -> int:
    """Measure, print, and write JSON where that is asked for; 1 when a figure is over its bar.

    Each of the `counts` is an option of the command line, by its name, and handed to the measurement.
    """
    asked = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, count in counts.items():
        asked.add_argument(f"--{name}", type=int, default=count)
    asked.add_argument("--program", type=Path, default=Path(sys.executable).with_name("rmsession"))
    asked.add_argument("--data", type=Path, help="where it is measured, and what is made is kept for the next run")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write every single time")
    chosen = asked.parse_args()
    report = Report()
    if chosen.data:
        chosen.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rmsession-bench-", dir=chosen.data) as passing:
        passed = Path(passing)
        bench = Bench(
            top=chosen.data or passed,
            passing=passed,
            sessions=10_000,
            seed=1,
            program=chosen.program,
            rounds=15,
            report=report,
        )
        measure(bench, **{name: getattr(chosen, name) for name in counts})
    report.end()
    if chosen.json:
        report.write(chosen.json)
    return int(bool(report.missed))
