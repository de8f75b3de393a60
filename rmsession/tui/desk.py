"""The desk: the one holder of a session while screens work on it.

`ask` is the only way a session changes: decided, stamped, applied, handed to the recorder. Screens read
`session`, put requests, and show what came of them.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from uuid import uuid4

from rmsession.core.clock import GAP_SECONDS, Clock, Gap, SetBack, Timeline
from rmsession.core.commands import Command, SettleGap, Start
from rmsession.core.commands_sitting import OpenSitting
from rmsession.core.decide import Now, decide, stamp
from rmsession.core.decision import Refusal
from rmsession.core.facts import Fact
from rmsession.core.fold import apply, session_of
from rmsession.core.late import late_fact, late_undo
from rmsession.core.legal import LEGAL
from rmsession.core.record import Record, erased_captures, lost_texts, merge, redacted
from rmsession.core.session import Session
from rmsession.core.store import Draft
from rmsession.core.terms import Phase
from rmsession.core.zones import zone_named
from rmsession.tui.drafting import CHARGED, Drafting
from rmsession.tui.recorder import Recorder

NEW_SITTING_SECONDS = 3600.0
"""A session taken up on another date after more than this is a new sitting; a session over midnight is not."""


class Desk(Drafting):
    """A session, the clock it is measured by, and the recorder that keeps it."""

    def __init__(
        self,
        session: Session,
        recorder: Recorder,
        clock: Clock,
        *,
        by: str,
        device: str,
        gap_seconds: float = GAP_SECONDS,
    ) -> None:
        super().__init__(session, recorder)
        self.by = by
        self._device = device
        self._clock = clock
        self._gap_seconds = gap_seconds
        self.drafted: datetime | None = None
        """When the draft was kept from which the session was taken up."""
        self._timeline: Timeline | None = None

    @property
    def zone(self) -> str:
        """The IANA zone of the record."""
        return self.session.record.zone

    @property
    def clocks(self) -> tzinfo | None:
        """The zone whose clocks the record's times are told by; that of now where nobody knows the record's."""
        return zone_named(self.zone) or self.now().wall.tzinfo

    def now(self) -> Now:
        """Session seconds and wall time, now."""
        moment = self._clock.now()
        at = self._timeline.at(moment) if self._timeline else self.session.last_at
        return Now(max(at, self.session.last_at), moment.wall)

    def allows(self, command: type[Command]) -> bool:
        """Whether a request is legal in this phase."""
        return command in LEGAL[self.session.phase]

    def ask(self, command: Command) -> Refusal | None:
        """Make a request; None means that it happened and is on its way to the disk."""
        if isinstance(command, Start):
            self._timeline = self._from(0.0)
        now = self.now()
        decision = decide(self.session, command, now, self.by)
        if isinstance(decision, Refusal):
            return decision
        fact = stamp(decision, self.session, now, by=self.by, device=self._device, fact_id=str(uuid4()))
        self.session = apply(self.session, fact)
        self._recorder.keep(self.session.record.id, fact)
        return None

    def ask_of(self, other: Session, command: Command) -> Session | Refusal:
        """Make a request about another session's record: that session behind it, the fact on its way to the disk."""
        wall, fact_id = self._clock.now().wall, str(uuid4())
        return self._kept_of(other, late_fact(other, command, wall, by=self.by, device=self._device, fact_id=fact_id))

    def take_back_of(self, other: Session, target: str) -> Session | Refusal:
        """Undo one's own fact in another session's record; that session behind it."""
        wall, fact_id = self._clock.now().wall, str(uuid4())
        return self._kept_of(other, late_undo(other, target, wall, by=self.by, device=self._device, fact_id=fact_id))

    def tick(self) -> Gap | SetBack | None:
        """Look at the clock; what was strange since the last look, if it matters."""
        if self._timeline is None:
            return None
        self._timeline, strange = self._timeline.tick(self._clock.now())
        if self.session.phase not in CHARGED:
            return None
        if isinstance(strange, Gap):
            self.gap = strange = self.gap.and_then(strange) if self.gap else strange
        return strange

    def settle(self, *, counted: bool) -> Refusal | None:
        """Count the gap or leave it out, as the mentor said."""
        gap, self.gap = self.gap, None
        if gap is None:
            return None
        if counted and self._timeline:
            self._timeline = self._timeline.counting(gap)
        return self.ask(SettleGap(gap.seconds, counted))

    def take_up(self, draft: Draft | None) -> None:
        """Go on with a session that an earlier run left, from its last sign of life.

        `gap` is then the time away to ask about: None when nothing was running, or when it is short enough to count.
        A session left on another day gets a new sitting instead, and nothing in between counts.
        """
        now, facts = self._clock.now(), self.session.facts
        walls = [fact.wall for fact in facts if fact.at is not None] + ([draft.wall] if draft else [])
        alive = max(walls, default=now.wall).astimezone(now.wall.tzinfo)
        if draft:
            self._take(draft)
            self.drafted = draft.wall
        if self.session.phase in (Phase.READY, Phase.ENDED):
            return
        self._timeline = self._from(max(self.session.last_at, draft.at if draft else 0.0))
        gap = Gap(max((now.wall - alive).total_seconds(), 0.0), alive, now.wall)
        if alive.date() != now.wall.date() and gap.seconds > NEW_SITTING_SECONDS:
            self.ask(OpenSitting())
        elif self.session.phase in CHARGED:
            self.gap = draft.gap if draft else None
            if gap.seconds > self._gap_seconds:
                self.gap = self.gap.and_then(gap) if self.gap else gap
            else:
                self._timeline = self._timeline.counting(gap)

    def sit_down(self, must_end: datetime | None = None) -> Refusal | None:
        """Open an ended session again; its clock goes on from where it stood."""
        self._timeline = self._from(self.session.last_at)
        return self.ask(OpenSitting(must_end))

    async def redact(self, target: str) -> None:
        """Erase one capture's text for good, on the disk first. Raises `StoreError`; nothing is changed then."""
        session, by, wall = self.session.record.id, self.by, self.now().wall
        await self._recorder.ask(lambda store: store.redact(session, target, by=by, wall=wall))
        before, after = self.session.record, redacted(self.session.record, target, by=by, wall=wall)
        self.session = session_of(after)
        self._forget(lost_texts(before, after), {target})

    def take_in(self, record: Record) -> bool:
        """Merge what another program wrote meanwhile; whether anything changed."""
        before, merged = self.session.record, merge(self.session.record, record)
        if merged.facts == before.facts:
            return False
        self.session = session_of(merged)
        if texts := lost_texts(before, merged):
            self._forget(texts, erased_captures(merged) - erased_captures(before))
        return True

    def _kept_of(self, other: Session, fact: Fact | Refusal) -> Session | Refusal:
        if isinstance(fact, Refusal):
            return fact
        self._recorder.keep(other.record.id, fact)
        return apply(other, fact)

    def _from(self, at: float) -> Timeline:
        return Timeline(at, self._clock.now(), self._gap_seconds)
