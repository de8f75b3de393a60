"""How regularly a pair meets: the date agreed, the usual days between two sessions, and what gives cause to ask.

Cancelled dates are what mentoring dies of; two in a row, or a gap over one and a half intervals, is told in words.
"""

# ruff: noqa: PLC0415 - loaded where it is used: lists and the first paint need none of it

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rmsession.core.frozen import frozen
from rmsession.core.meeting import on_clock, placed
from rmsession.core.terms import Fate

if TYPE_CHECKING:
    from rmsession.core.arrangement import Rhythm
    from rmsession.core.commands import Command
    from rmsession.core.decision import Refusal
    from rmsession.core.lists import Meeting, Summary
    from rmsession.core.session import Session

MOST_INTERVALS = 1.5
"""A gap of more than so many intervals is told."""
MOST_CANCELLED = 2
"""So many dates cancelled in a row are told."""
_FEWEST_GAPS = 2
"""Fewer say nothing of what is usual."""


@frozen
class Agreed:
    """A date of which nobody has said yet what became of it."""

    session: str
    """The id of the session at whose end, or after which, it was agreed: its fate belongs there."""
    meeting: Meeting

    @property
    def when(self) -> datetime:
        """On a clock in the zone in which it was agreed."""
        return placed(self.meeting)

    def days(self, now: datetime) -> int:
        """How many days it is away, as its own zone counts them; fewer than none when it has passed."""
        when = self.when
        return (when.date() - _on(now, when.tzinfo or UTC)).days


class Met(NamedTuple):
    """What the sessions of a pair tell of how it meets, on whatever day and in whatever zone that is asked."""

    begun: Sequence[datetime] = ()
    """When each was started, in order."""
    held: Sequence[datetime] = ()
    """The meetings that are said to have been held: also without this program."""
    planned: datetime | None = None
    """The date first agreed in the last session."""
    waits: datetime | None = None
    """The date of which nobody has said yet what became of it."""
    cancelled: int = 0
    """Dates cancelled in a row since they met last."""


@frozen
class Cadence:
    """How regularly a pair has met, as of a day."""

    last: date | None = None
    """The day on which they met last."""
    since: int = 0
    """Days since then."""
    interval: float | None = None
    """Days from one session to the next; None where nothing says it."""
    usual: bool = False
    """Whether the interval is what they did; else it is what they agreed, for the programme or the last time."""
    meant: int | None = None
    """Days from one session to the next as the pair agreed for the whole programme; a gap is measured by it."""
    gap: int = 0
    """Days from the last session to the date agreed, or until now where none lies ahead."""
    ahead: bool = False
    """Whether a date lies ahead, today included."""
    cancelled: int = 0
    """Dates cancelled in a row since they met last."""
    over: bool = False
    """Whether the pair has ended."""

    @property
    def overdue(self) -> bool:
        """Whether the gap is over one and a half intervals."""
        measure = self.meant or self.interval
        return measure is not None and self.gap > MOST_INTERVALS * measure

    @property
    def flags(self) -> tuple[str, ...]:
        """What gives cause to ask, each in words with its numbers; none as a rule."""
        if self.over:
            return ()
        return tuple(words for words in (self._rarely(), self._cancelled()) if words)

    def _rarely(self) -> str:
        if self.interval is None or not self.overdue:
            return ""
        agreed_on = self.meant or not self.usual
        often = (
            f"{_number(self.meant or self.interval)} were agreed" if agreed_on else f"usually {_number(self.interval)}"
        )
        which = "from the last session to the next" if self.ahead else "since the last session"
        return f"{self.gap} days {which}, {often}"

    def _cancelled(self) -> str:
        return f"{self.cancelled} dates cancelled in a row" if self.cancelled >= MOST_CANCELLED else ""


def agreed(sessions: Iterable[Summary]) -> Agreed | None:
    """The date of one pair that waits for its fate: of the latest session that has one.

    A date before the day of the latest session is asked about no more: the pair has met since.
    """
    begun = _in_order(sessions)
    waiting = [Agreed(each.id, each.meetings[-1]) for each in begun if each.meetings and each.meetings[-1].fate is None]
    if not waiting:
        return None
    last, met = waiting[-1], begun[-1].started
    since = met is not None and last.session != begun[-1].id and last.when.date() < _on(met, last.when.tzinfo or UTC)
    return None if since else last


def unless_changed(waits: Agreed | None, command: Command) -> Callable[[Session], Command | Refusal]:
    """The request about a date, to be made of the record as it stands then: refused if the date is another by now."""

    def ask(session: Session) -> Command | Refusal:
        if waits and (not session.meetings or session.meetings[-1] != waits.meeting):
            # Only here: a list asks for nothing, and answers load every kind of fact.
            from rmsession.core.decision import Refusal

            return Refusal("The date was changed meanwhile.")
        return command

    return ask


def cadence(sessions: Sequence[Summary], now: datetime, rhythm: Rhythm | None = None) -> Cadence:
    """How regularly one pair meets, from its sessions in any order; days are those of the zone of `now`.

    A pair that has ended gives no cause to ask.
    """
    return cadence_of(met_in(sessions), now, rhythm)


def met_in(sessions: Iterable[Summary]) -> Met:
    """What the sessions of one pair, in any order, tell of how it meets."""
    begun = _in_order(sessions)
    if not begun:
        return Met()
    waits, planned = agreed(begun), begun[-1].meetings
    return Met(
        begun=tuple(each.started for each in begun if each.started),
        held=tuple(placed(each) for one in begun for each in one.meetings if each.fate is Fate.HELD),
        planned=placed(planned[0]) if planned else None,
        waits=waits.when if waits else None,
        cancelled=_cancelled_in_a_row(planned),
    )


def cadence_of(met: Met, now: datetime, rhythm: Rhythm | None = None) -> Cadence:
    """How regularly a pair meets, as `cadence` says it."""
    today = now.date()
    meant = rhythm.interval_days if rhythm else None
    over = rhythm is not None and rhythm.ended is not None and rhythm.ended <= today
    if not met.begun:
        return Cadence(interval=meant, meant=meant, over=over)
    zone = now.tzinfo or UTC
    days = sorted(_days(met.begun, zone) | _days(met.held, zone))
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    last = days[-1]
    usual = len(gaps) >= _FEWEST_GAPS
    interval = _median(gaps) if usual else meant or _planned(met, zone)
    then = _on(met.waits, zone) if met.waits else None
    ahead = then is not None and then >= today
    gap = ((then if then and ahead else today) - last).days
    return Cadence(
        last=last,
        since=max((today - last).days, 0),
        interval=interval,
        usual=usual,
        meant=meant,
        over=over,
        gap=max(gap, 0),
        ahead=ahead,
        cancelled=met.cancelled,
    )


def _in_order(sessions: Iterable[Summary]) -> list[Summary]:
    """Those that were begun, the earliest first."""
    begun = [(each.started, each.id, each) for each in sessions if each.started]
    return [each for *_, each in sorted(begun, key=lambda one: one[:2])]


def _days(moments: Sequence[datetime], zone: tzinfo) -> set[date]:
    """The days of these moments in that zone."""
    try:
        return {moment.astimezone(zone).date() for moment in moments}  # there may be thousands
    except OverflowError:
        return {_on(moment, zone) for moment in moments}


def _planned(met: Met, zone: tzinfo) -> float | None:
    """Days from the last session to the date first agreed in it."""
    if met.planned is None:
        return None
    days = (_on(met.planned, zone) - _on(met.begun[-1], zone)).days
    return float(days) if days > 0 else None


def _cancelled_in_a_row(meetings: Iterable[Meeting]) -> int:
    """How many of the last dates fell through; one that was only moved neither counts nor breaks the row."""
    count = 0
    for meeting in meetings:
        match meeting.fate:
            case Fate.CANCELLED:
                count += 1
            case Fate.HELD:
                count = 0
            case _:
                pass
    return count


def _on(moment: datetime, zone: tzinfo) -> date:
    """The day of a moment in that zone."""
    return on_clock(moment, zone).date()


def _median(gaps: Sequence[int]) -> float:
    """The one in the middle, or what lies between the two there; `statistics` takes longer to load than a list."""
    in_order, half = sorted(gaps), len(gaps) // 2
    return (in_order[half] + in_order[~half]) / 2


def _number(days: float) -> str:
    return f"{days:.0f}" if days == round(days) else f"{days:.1f}"
