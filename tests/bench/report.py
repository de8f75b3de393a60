"""What the report of a large programme takes, its index fresh and its index gone, in every format.

The programme is the demo's, larger: every pair of a wave that is over has eight or nine sessions, with forms, actions
and goals.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bench.measure import Bar, Row, alternately, command
from bench.setting import once

from rmsession.demo.plan import Size
from rmsession.demo.programme import make
from rmsession.demo.writing import HastyDisk
from rmsession.export.reports import REPORTS

if TYPE_CHECKING:
    from bench.setting import Bench

A_PAIR = 8.5
"""Sessions of a pair whose wave is over, on the average."""
MOST_MS = 3000
ROUNDS = 5
"""Each of them takes long enough for few to tell."""


def reports(bench: Bench) -> None:
    """Every format of ``rmsession report``, each within seconds; the first has to make the index."""
    home = bench.top / f"programme-{bench.sessions}"
    size = Size(max(round(bench.sessions / A_PAIR), 1), 0)
    sessions = once(
        home,
        f"Making a programme of {bench.sessions:,} sessions",
        lambda: make(home, datetime.now(UTC), "Europe/Berlin", HastyDisk(), size=size),
    )
    environ = bench.environ(home)
    (home / "index.sqlite").unlink(missing_ok=True)
    (first,) = alternately({"first": command((bench.program, "report"), environ)}, 1, first=0)
    bench.report.add(Row("report, no index yet", first, note=f"{sessions:,} sessions"))
    calls = {name: command((bench.program, "report", "-f", name), environ) for name in REPORTS}
    rounds = min(bench.rounds, ROUNDS)
    for name, series in zip(calls, alternately(calls, rounds, first=int(not bench.quick)), strict=True):
        bench.report.add(Row(f"report -f {name}", series, bar=Bar(MOST_MS, "ms"), figure=1000 * series.median))
