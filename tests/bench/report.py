"""What the report of 10,000 sessions takes, index fresh and index gone: ``report.py [--data FOLDER]``.

The programme is the demo's, larger: every pair of a wave that is over has eight or nine sessions, with forms, actions
and goals. It ends with 1 when a report over a fresh index takes longer than its bar.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [each for each in (str(HERE.parents[1]), str(HERE.parents[2])) if each not in sys.path]

from bench.measure import Bar, Report, Row, alternately, command, machine  # noqa: E402 - needs the path set above

from rmsession.demo.plan import Size  # noqa: E402
from rmsession.demo.programme import make  # noqa: E402
from rmsession.demo.writing import HastyDisk  # noqa: E402
from rmsession.export.reports import REPORTS  # noqa: E402

A_PAIR = 8.5
"""Sessions of a pair whose wave is over, on the average."""
MOST_MS = 3000


def main() -> int:
    """Measure, print, and write what is asked for; 1 when it takes too long."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sessions", type=int, default=10_000)
    asked.add_argument("--data", type=Path, help="where the programme is kept from one run to the next")
    asked.add_argument("--program", type=Path, default=Path(sys.executable).with_name("rmsession"))
    asked.add_argument("--rounds", type=int, default=5, help="how often each command is run")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write every single time")
    chosen = asked.parse_args()
    report = Report()
    print("  ".join(f"{name}: {value}" for name, value in machine().items()), flush=True)
    with tempfile.TemporaryDirectory(prefix="rmsession-bench-") as passing:
        home, sessions = made(chosen.data or Path(passing), chosen.sessions)
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("RMSESSION_", "TEXTUAL"))}
        environ |= {"RMSESSION_HOME": str(home), "TZ": "Europe/Berlin", "LANG": "C.UTF-8"}
        (home / "index.sqlite").unlink(missing_ok=True)
        (first,) = alternately({"first": command((chosen.program, "report"), environ)}, 1, first=0)
        report.add(Row("report, no index yet", first, note=f"{sessions:,} sessions"))
        calls = {name: command((chosen.program, "report", "-f", name), environ) for name in REPORTS}
        for name, series in zip(calls, alternately(calls, chosen.rounds), strict=True):
            report.add(Row(f"report -f {name}", series, bar=Bar(MOST_MS, "ms"), figure=1000 * series.median))
    if chosen.json:
        report.write(chosen.json)
    return int(bool(report.missed))


def made(top: Path, sessions: int) -> tuple[Path, int]:
    """The data folder, made when it is first wanted, and how many sessions there are."""
    home = top / f"programme-{sessions}"
    if not (done := home.with_suffix(".whole")).exists():
        print(f"Making a programme of {sessions:,} sessions in {home} …", flush=True)
        size = Size(round(sessions / A_PAIR), 0)
        number = make(home, datetime.now(UTC), "Europe/Berlin", HastyDisk(), size=size)
        done.write_text(f"{number}", encoding="utf-8")
    return home, int(done.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
