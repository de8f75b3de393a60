"""The desk: the one holder of a session while screens work on it.

`ask` is the only way a session changes: decided, stamped, applied, handed to the recorder. Screens read
`session`, put requests, and show what came of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from uuid import uuid4

from rmsession.core.clock import GAP_SECONDS, Clock, Gap, SetBack, Timeline
from rmsession.core.commands import Command, OpenSitting, SettleGap, Start
from rmsession.core.decide import Now, decide, stamp
from rmsession.core.decision import Refusal
from rmsession.core.erasing import without
from rmsession.core.facts import Fact
from rmsession.core.fold import apply, session_of
from rmsession.core.late import late_fact, late_undo
from rmsession.core.legal import LEGAL
from rmsession.core.record import Record, erased_captures, lost_texts, merge, redacted
from rmsession.core.session import Session
from rmsession.core.store import Draft, HalfForm, View
from rmsession.core.terms import Phase
from rmsession.core.text import UserText
from rmsession.core.zones import zone_named
from rmsession.tui.asides import Asides
from rmsession.tui.recorder import Recorder

NEW_SITTING_SECONDS = 3600.0
"""A session taken up on another date after more than this is a new sitting; a session over midnight is not."""
HEARTBEAT_SECONDS = 0.9
"""Between two signs of life when nothing is typed: so much is lost when a gap after a crash does not count."""
_CHARGED = (Phase.RUNNING, Phase.CLOSING)


class Desk:
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
        self.session = session
        self.line = UserText()
        """The capture line as it stands, for the draft."""
        self.forms: tuple[HalfForm, ...] = ()
        """Feedback forms under way, for the draft."""
        self.asides = Asides(self.keep_draft)
        """What is typed anywhere else, for the draft."""
        self.view = View()
        """Where the eyes are, for the draft."""
        self.gap: Gap | None = None
        """Time away to be asked about: it does not count until somebody says so."""
        self.by = by
        self._device = device
        self._recorder = recorder
        self._clock = clock
        self._gap_seconds = gap_seconds
        self.drafted: datetime | None = None
        """When the draft was kept from which the session was taken up."""
        self._timeline: Timeline | None = None
        self._forms_on_record: tuple[HalfForm, ...] = ()
        self._drafted: Draft | None = None

    @property
    def zone(self) -> str:
        """The IANA zone of the record."""
        return self.session.record.zone

    @property
    def clocks(self) -> tzinfo | None:
        """The zone whose clocks the record's times are told by; that of now where nobody knows the record's."""
        return zone_named(self.zone) or self.now().wall.tzinfo

    @property
    def live(self) -> bool:
        """Whether the session is between its start and its end."""
        return self.session.phase not in (Phase.READY, Phase.ENDED)

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
        if self.session.phase not in _CHARGED:
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
        elif self.session.phase in _CHARGED:
            self.gap = draft.gap if draft else None
            if gap.seconds > self._gap_seconds:
                self.gap = self.gap.and_then(gap) if self.gap else gap
            else:
                self._timeline = self._timeline.counting(gap)

    def sit_down(self, must_end: datetime | None = None) -> Refusal | None:
        """Open an ended session again; its clock goes on from where it stood."""
        self._timeline = self._from(self.session.last_at)
        return self.ask(OpenSitting(must_end))

    def keep_draft(self) -> None:
        """Keep what is on the screen but not yet a fact: now, for the moment may be the last."""
        self._drafted = self._draft()
        self._recorder.draft(self.session.record.id, self._drafted)

    def beat(self) -> None:
        """Give a sign of life: at once when there is something new to keep, else once a second.

        To be called every second or so. A session whose clock stands still needs none.
        """
        last, draft = self._drafted, self._draft()
        if last is None and not self.live and not (draft.line or draft.forms or draft.asides):
            return
        if last and replace(draft, wall=last.wall, at=last.at) == last:
            quiet = abs((draft.wall - last.wall).total_seconds())
            if quiet < HEARTBEAT_SECONDS or self.session.phase not in _CHARGED:
                return
        self.keep_draft()

    def _draft(self) -> Draft:
        """What is under way; of what was typed off the record, nothing."""
        draft = self._under_way()
        if self.session.off_record:
            view = replace(self.view, cursor=None)
            draft = replace(draft, line=UserText(), forms=self._forms_on_record, asides=(), view=view)
        return draft

    def _under_way(self) -> Draft:
        now = self.now()
        return Draft(now.wall, now.at, self.line, self.forms, self.asides.noted, self.view, self.gap)

    def with_form(self, form: HalfForm) -> None:
        """Take note of a form under way, in the place of the same person's earlier state."""
        self.forms = (*(each for each in self.forms if each.role != form.role), form)
        if not self.session.off_record:
            self._forms_on_record = self.forms
        self.keep_draft()

    def without_form(self, role: str) -> None:
        """Forget a form that was handed in or left out."""
        self.forms = tuple(each for each in self.forms if each.role != role)
        self._forms_on_record = tuple(each for each in self._forms_on_record if each.role != role)
        self.keep_draft()

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

    def _forget(self, texts: Sequence[UserText], erased: Collection[str]) -> None:
        """Take erased words out of what is under way."""
        # The store has taken them out of the draft; the next one must not bring them back.
        under_way = self._under_way()
        on_record = without(replace(under_way, forms=self._forms_on_record), texts)
        self._take(without(under_way, texts, erased))
        self._forms_on_record = on_record.forms
        self.keep_draft()

    def _kept_of(self, other: Session, fact: Fact | Refusal) -> Session | Refusal:
        if isinstance(fact, Refusal):
            return fact
        self._recorder.keep(other.record.id, fact)
        return apply(other, fact)

    def _take(self, draft: Draft) -> None:
        self.line, self.forms, self.view = draft.line, draft.forms, draft.view
        self._forms_on_record = draft.forms
        self.asides.take(draft.asides)

    def _from(self, at: float) -> Timeline:
        return Timeline(at, self._clock.now(), self._gap_seconds)
