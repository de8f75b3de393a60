"""Time: asked for, never counted; a gap is noticed and never charged in silence."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Protocol

from rmsession.core.frozen import frozen

GAP_SECONDS = 120.0
"""Two ticks further apart than this are a gap: the machine slept, or the program was stopped."""
SET_BACK_SECONDS = 2.0
"""A wall clock that loses more than this against the monotonic one was set back."""


@frozen
class Moment:
    """One reading of both clocks."""

    wall: datetime
    """Aware, local."""
    mono: float
    """Seconds of a clock that is never set."""


class Clock(Protocol):
    """Something that tells the time."""

    def now(self) -> Moment:
        """Both clocks, read together."""


class SystemClock:
    """The machine's clocks, read in a zone; in the machine's own where none is given."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def now(self) -> Moment:
        """Both clocks, read together."""
        wall = datetime.now(UTC).astimezone(self._zone)
        # The offset of the moment, not the zone: times in one zone are subtracted as if summer time never began.
        return Moment(wall.replace(tzinfo=timezone(wall.utcoffset() or timedelta())), time.monotonic())


class FastClock:
    """The machine's clocks run `speed` times as fast from the first reading on; for rehearsals."""

    def __init__(self, speed: float, now: Callable[[], Moment] | None = None) -> None:
        self._now = now or SystemClock().now
        self._speed = speed
        self._start = self._now()

    def now(self) -> Moment:
        """Both clocks, hurried."""
        passed = (self._now().mono - self._start.mono) * self._speed
        return Moment(self._start.wall + timedelta(seconds=passed), self._start.mono + passed)


@frozen
class Gap:
    """Time in which nobody looked at the clock."""

    seconds: float
    left: datetime
    """The wall time when it began."""
    back: datetime

    def and_then(self, later: Gap) -> Gap:
        """Both as one; what lies between them was not away and is not in its seconds."""
        return Gap(self.seconds + later.seconds, self.left, later.back)


@frozen
class SetBack:
    """The wall clock was set back; session time goes on unchanged."""

    seconds: float


@frozen
class Timeline:
    """Where session seconds lie on this machine's clocks.

    `tick` must be called often (every second or so): that is how a gap is told from time at the table.
    While a gap waits for its answer, session seconds go on from where they stood when it began.
    """

    base: float
    """Session seconds at `seen`."""
    seen: Moment
    """The last reading."""
    gap_seconds: float = GAP_SECONDS
    """Two ticks further apart than this are a gap; infinite for a clock that is hurried, where every hiccup is long."""

    def at(self, now: Moment) -> float:
        """Session seconds at this moment."""
        return self.base + self._passed(now)

    def tick(self, now: Moment) -> tuple[Timeline, Gap | SetBack | None]:
        """The timeline as of `now`, and what was strange since the last tick."""
        wall, mono = self._since(now)
        away = max(wall, mono)
        if away > self.gap_seconds:
            return replace(self, seen=now), Gap(away, self.seen.wall, now.wall)
        moved = replace(self, base=self.at(now), seen=now)
        return moved, SetBack(mono - wall) if mono - wall > SET_BACK_SECONDS else None

    def counting(self, gap: Gap) -> Timeline:
        """The timeline with a gap counted after all."""
        return replace(self, base=self.base + gap.seconds)

    def _since(self, now: Moment) -> tuple[float, float]:
        # Two times in one zone are subtracted as their local times: wrong by an hour where summer time begins or ends.
        wall = now.wall.astimezone(UTC) - self.seen.wall.astimezone(UTC)
        return wall.total_seconds(), max(now.mono - self.seen.mono, 0.0)

    def _passed(self, now: Moment) -> float:
        wall, mono = self._since(now)
        # A reading that is itself across a gap counts nothing: the next tick will ask about it.
        return 0.0 if max(wall, mono) > self.gap_seconds else mono
