"""One generated session, run through the real engine: every fact is decided, stamped and applied."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from rmsession.core.changing import begun
from rmsession.core.commands import Command
from rmsession.core.decide import Now, decide, stamp
from rmsession.core.decision import Decision
from rmsession.core.facts import Fact
from rmsession.core.fold import apply
from rmsession.core.record import Record
from rmsession.core.session import Session


def uuid_of(lot: Random) -> str:
    """A random uuid, the same for the same state of the lot."""
    return str(UUID(int=lot.getrandbits(128), version=4))


class Course:
    """A session in the making: requests in, facts out, with a clock that moves when told."""

    def __init__(self, record: Record, lot: Random, device: str) -> None:
        # Nobody else holds it: changed in place as in a replay, it takes two thirds of the time.
        self.session: Session = begun(record, frozenset())
        self._lot = lot
        self._device = device
        self._at = 0.0
        self._wall = record.created

    @property
    def people(self) -> tuple[str, str]:
        """The ids of mentor and mentee."""
        return self.session.pair.mentor.id, self.session.pair.mentee.id

    @property
    def wall(self) -> datetime:
        """What the clock on the wall says."""
        return self._wall

    def do(self, command: Command, *, by: str | None = None) -> Fact | None:
        """Make a request of the engine; None where it refuses."""
        return self.at(self._wall, command, by=by)

    def at(self, wall: datetime, command: Command, *, by: str | None = None) -> Fact | None:
        """Make a request at another moment, as on a later day."""
        by = by or self.people[0]
        now = Now(self._at, wall)
        answer = decide(self.session, command, now, by)
        if not isinstance(answer, Decision):
            return None
        device = self._device if by == self.people[0] else f"{self._device[:-4]}{by[:4]}"
        fact = stamp(answer, self.session, now, by=by, device=device, fact_id=uuid_of(self._lot))
        self.session = apply(self.session, fact)
        return fact

    def wait(self, seconds: float) -> None:
        """Time passes at the table."""
        self._at += round(seconds, 3)
        self._wall += timedelta(seconds=round(seconds, 3))
