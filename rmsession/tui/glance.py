"""What the session screen shows at one moment: a value made once, handed down to every widget."""

from __future__ import annotations

from datetime import datetime

from rmsession.core.frozen import frozen
from rmsession.core.last_time import Brought
from rmsession.core.pace import Pace, pace
from rmsession.core.session import Session
from rmsession.core.terms import Phase
from rmsession.tui.desk import Desk


@frozen
class Glance:
    """A session with the time at which it is looked at."""

    session: Session
    at: float
    """Session seconds."""
    wall: datetime
    pace: Pace
    revealed: bool = False
    """Whether private lines show for a moment."""
    last_time: tuple[Brought, ...] = ()
    """Actions of this pair's earlier sessions, open ones and those that were settled here."""
    trouble: str = ""
    """Why something is not kept yet; empty when all is."""
    rehearsal: bool = False
    """Whether nothing is kept at all."""

    @property
    def live(self) -> bool:
        """Whether the session is between its start and its end."""
        return self.session.phase not in (Phase.READY, Phase.ENDED)


def glance(
    desk: Desk, *, revealed: bool, last_time: tuple[Brought, ...], trouble: str, rehearsal: bool = False
) -> Glance:
    """Look at a desk, now."""
    now = desk.now()
    wall = now.wall.replace(microsecond=0)
    return Glance(desk.session, now.at, wall, pace(desk.session, now.at, wall), revealed, last_time, trouble, rehearsal)
