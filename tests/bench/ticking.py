"""What a session takes while its clock ticks: processor time for a minute, memory then, and memory over a whole hour.

    python tests/bench/ticking.py [--slices 6] [--program FILE] [--json FILE]

The session and an app that does nothing tick at the same time, so that whatever else the machine does falls on both;
the system itself counts the processor's time of each, in slices of ten seconds, which tell the spread. The hour is run
with a clock moved by hand: as many ticks as it has seconds, with captures and steps to topics between them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1])]

from bench.alone import alone  # noqa: E402 - needs the path set above
from bench.measure import Bar, Row, Series  # noqa: E402
from bench.opened import Opened, blank, resting, session  # noqa: E402

if TYPE_CHECKING:
    from bench.setting import Bench

SLICES = 6
SLICE_SECONDS = 10.0
_QUICK_SECONDS = 2.0
_NANO = 1e9
_KIB = 1024
_HOUR = HERE.with_name("hour.py")
_FLAT = 1.05
"""What memory may come to at the end of the hour, as a part of what it was after a quarter of it."""


def ticking(bench: Bench, slices: int = SLICES) -> None:
    """Processor time and memory of a session whose clock ticks, against an app that does nothing."""
    if not Path("/proc/self/smaps_rollup").exists():
        bench.report.add(Row("CPU while a session ticks", note="this system tells it of no other process"))
    else:
        _side_by_side(bench, slices)
    hour(bench)


def _side_by_side(bench: Bench, slices: int) -> None:
    number, seconds = (1, _QUICK_SECONDS) if bench.quick else (slices, SLICE_SECONDS)
    with session(bench) as ours, blank(bench) as floor:
        programs = (ours, floor)
        taken: list[list[float]] = [[], []]
        painted = [each.painted for each in programs]
        for _ in range(number):
            before = [worked(each.process) for each in programs]
            resting(programs, seconds)
            for series, program, was in zip(taken, programs, before, strict=True):
                series.append((worked(program.process) - was) / seconds)
        wrote = [(each.painted - was) / (number * seconds) for each, was in zip(programs, painted, strict=True)]
        held = [resident(each) for each in programs]
    bench.report.add(
        Row(
            f"CPU while a session ticks for {number * seconds:.0f} s",
            Series("session", tuple(taken[0])),
            Series("blank", tuple(taken[1])),
            Bar(1.3),
            figure=sum(taken[0]) / sum(taken[1]),
            note=f"CPU ms a second; {wrote[0]:,.0f} and {wrote[1]:,.0f} bytes painted a second",
        )
    )
    told = f"{held[0] / _KIB:.1f} and {held[1] / _KIB:.1f} MiB resident"
    bench.report.add(Row("memory of a session", bar=Bar(1.3), figure=held[0] / held[1], note=told))


def hour(bench: Bench) -> None:
    """Memory at the end of a simulated hour, against that after its first quarter."""
    minutes = 4 if bench.quick else 60
    words = [bench.program.with_name("python"), _HOUR, str(minutes)]
    done = subprocess.run(
        [os.fspath(each) for each in words],
        capture_output=True,
        env=bench.environ(bench.passing),
        check=True,
    )
    held: list[int] = json.loads(done.stdout)
    first, last = held[len(held) // 4], held[-1]
    told = f"{first / _KIB:.1f} MiB after a quarter, {last / _KIB:.1f} at the end, of {minutes} min"
    bench.report.add(Row("memory over a simulated hour", bar=Bar(_FLAT), figure=last / first, note=told))


def worked(process: int) -> float:
    """Processor seconds of all threads of a process so far, as the scheduler counts them in nanoseconds."""
    tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(each.read_text(encoding="ascii").split()[0]) for each in tasks) / _NANO


def resident(program: Opened) -> int:
    """KiB of a program that are in memory."""
    lines = Path(f"/proc/{program.process}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])


if __name__ == "__main__":
    sys.exit(alone(__doc__, ticking, slices=SLICES))
