"""Last time's actions while a session runs: read once when it opens, settled in their own records and in this one."""

from __future__ import annotations

from dataclasses import field
from functools import partial

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.between import ActionCarried, ActionRef
from rmsession.core.corrections import MOST_CARRIES, OFF_RECORD
from rmsession.core.decision import Refusal
from rmsession.core.facts import Content
from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.last_time import Brought, brought, to_heal
from rmsession.core.session import Session
from rmsession.core.store import Store
from rmsession.core.store_errors import NoSuchSession, StoreError
from rmsession.core.terms import ActionStatus, Kind, Outcome
from rmsession.core.text import UserText
from rmsession.tui.desk import Desk
from rmsession.tui.recorder import Recorder


@frozen
class Verdict:
    """What somebody says of one of last time's actions."""

    ref: ActionRef
    outcome: Outcome | None
    """None: it waits again."""
    reason: UserText = field(default_factory=UserText)
    parts: tuple[Content, ...] = ()
    """What it is split into."""


class Carrying:
    """The earlier sessions whose actions this one looks at."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sources: dict[str, Session] = {}
        self._gone: frozenset[str] = frozenset()
        self._seen: tuple[object, ...] = ()
        self._items: tuple[Brought, ...] = ()

    @property
    def items(self) -> tuple[Brought, ...]:
        """Last time's actions in their order; collected again when one of them, or what it came to, is another."""
        session = self._desk.session
        seen = (session.last_time, session.reviewed, *self._sources.values())
        if len(seen) != len(self._seen) or any(one is not other for one, other in zip(seen, self._seen, strict=True)):
            self._seen, self._items = seen, brought(session, self._sources)
        return self._items

    async def read(self, recorder: Recorder) -> None:
        """Read the records that last time's actions stand in, and note here what was settled there alone."""
        opened = self._desk.session.last_time
        if opened is None:
            return
        wanted = {ref.session for ref in opened.actions} - self._sources.keys() - self._gone
        for session in sorted(wanted):
            try:
                self._sources[session] = await recorder.ask(partial(_load, session=session))
            except NoSuchSession:
                self._gone |= {session}
            except StoreError:
                # It stays in the list without its words; to let it go is all that can be done with it.
                continue
        for review in to_heal(self._desk.session, self._sources, self._gone):
            self._desk.ask(review)

    def settle(self, verdict: Verdict) -> Refusal | None:
        """Keep what somebody says of an action: in its own record first, then in this one."""
        each = next((item for item in self.items if item.ref == verdict.ref), None)
        if each is None or not self._desk.allows(between.Review):
            return Refusal("That is no action of last time.")
        if self._desk.session.off_record and (verdict.reason or verdict.parts):
            return Refusal(OFF_RECORD)
        refusal = self._again(each) if each.outcome else None
        if refusal or verdict.outcome is None:
            return refusal
        refusal = self._in_its_record(each, verdict)
        return refusal or self._desk.ask(between.Review(each.ref, verdict.outcome))

    def carry_rest(self) -> Refusal | None:
        """Carry all that wait; those that were carried too often ask for a word, and wait."""
        waits = [each for each in self.items if each.outcome is None]
        tired = [each for each in waits if needs_reason(each)]
        for each in waits:
            refusal = None if each in tired else self.settle(Verdict(each.ref, Outcome.CARRIED))
            if refusal:
                return refusal
        these = "1 was" if len(tired) == 1 else f"{len(tired)} were"
        return (
            Refusal(f"{these} carried {MOST_CARRIES} times: say why once more, or finish, drop or split.")
            if (tired)
            else None
        )

    def _in_its_record(self, each: Brought, verdict: Verdict) -> Refusal | None:
        source, capture = self._sources.get(each.ref.session), each.ref.capture
        if source is None or each.item is None:
            gone = verdict.outcome is Outcome.DROPPED
            return None if gone else Refusal("Its record cannot be read now: x lets it go for this session.")
        this = self._desk.session.record.id
        match verdict.outcome:
            case Outcome.DONE:
                after = self._desk.ask_of(source, asked.Finish(capture))
            case Outcome.CARRIED:
                after = self._desk.ask_of(source, between.Carry(capture, this, verdict.reason))
            case Outcome.DROPPED:
                after = self._desk.ask_of(source, asked.Drop(capture, verdict.reason))
            case _:
                parts = self._parts(verdict.parts, private=each.item.private)
                if isinstance(parts, Refusal):
                    return parts
                after = self._desk.ask_of(source, between.Split(capture, this, parts))
        if isinstance(after, Refusal):
            return after
        self._sources[each.ref.session] = after
        return None

    def _parts(self, parts: tuple[Content, ...], *, private: bool) -> tuple[str, ...] | Refusal:
        """Keep the parts as actions of this session; those that a killed program kept already are taken as they are."""
        session = self._desk.session
        topic = session.last_time.topic if session.last_time else None
        used = {part for source in self._sources.values() for each in source.captures.values() for part in each.parts}
        there = {
            each.content: each.id
            for each in session.standing(Kind.ACTION)
            if each.topic == topic and each.id not in used and each.shared is not private
        }
        ids: list[str] = []
        for content in parts:
            if content not in there:
                refusal = self._desk.ask(asked.Keep(Kind.ACTION, content, private, topic))
                if refusal:
                    return refusal
            ids.append(there.pop(content, self._desk.session.facts[-1].id))
        return tuple(ids) or Refusal("Say into what it is split.")

    def _again(self, each: Brought) -> Refusal | None:
        """Let an action wait again: here first, for what stands in its own record would be noted here again."""
        refusal = self._desk.ask(between.ReviewAgain(each.ref))
        source = self._sources.get(each.ref.session)
        if refusal or source is None or each.item is None:
            return refusal
        capture = source.captures[each.ref.capture]
        after: Session | Refusal
        if capture.status is ActionStatus.OPEN and each.outcome is not Outcome.CARRIED:
            after = source
        elif each.outcome is Outcome.CARRIED:
            after = self._carried_again(source, each.ref.capture)
        else:
            after = self._desk.ask_of(source, asked.ReopenAction(capture.id))
        if isinstance(after, Refusal):
            return after
        self._sources[each.ref.session] = after
        for part in capture.parts:
            if part in self._desk.session.captures:
                self._desk.ask(asked.Withdraw(part))
        return None

    def _carried_again(self, source: Session, capture: str) -> Session | Refusal:
        this = self._desk.session.record.id
        carries = [
            fact.id
            for fact in source.facts
            if isinstance(fact.what, ActionCarried)
            and (fact.what.target, fact.what.into) == (capture, this)
            and fact.id not in source.out
        ]
        return self._desk.take_back_of(source, carries[-1]) if carries else source


def needs_reason(each: Brought) -> bool:
    """Whether to carry it once more asks why: it was carried too often for that to be a plan."""
    return each.outcome is None and each.item is not None and each.item.carried >= MOST_CARRIES


def _load(store: Store, session: str) -> Session:
    return session_of(store.load(session))
