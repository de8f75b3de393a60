"""What the capture line knows of this pair, and of nobody else: owners, tags, lines typed before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rmsession.core.between import ActionRef
from rmsession.core.capture import Context, as_typed
from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.goals import Named, asked_about, named_in
from rmsession.core.last_time import Brought
from rmsession.core.session import Session
from rmsession.core.store import Store
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Audience
from rmsession.tui.carrying import Carrying
from rmsession.tui.desk import Desk
from rmsession.tui.pairs_goals import goal_lines
from rmsession.tui.recorder import Recorder
from rmsession.tui.widgets.capture import Known


@frozen
class _Past:
    """What earlier sessions of the pair left."""

    actions: tuple[Brought, ...] = ()
    session: Session | None = None
    """The one before this."""
    goals: tuple[Named, ...] = ()
    """The goals that any of them named."""
    pair: str = ""
    """Whose all this is: of another pair nothing is offered."""


class Memory:
    """Collects what may be offered; private lines of earlier sessions are not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._past = _Past()
        self.carrying = Carrying(desk)
        """Last time's actions, to be settled."""
        self._seen: object = None
        self.known = Known(self._context())
        self.refresh()

    @property
    def last_time(self) -> tuple[Brought, ...]:
        """Action items of earlier sessions: those that this one opened with, or else all that are open now."""
        return self.carrying.items or (self._past.actions if self._past.pair == self._desk.session.pair.id else ())

    async def read(self, recorder: Recorder) -> None:
        """Read the pair's open actions and last session; what cannot be read is offered less, not reported."""
        pair, this = self._desk.session.pair.id, self._desk.session.record.id
        try:
            self._past = await recorder.ask(lambda store: _past(store, pair, this))
            if self._past.session:  # else nobody named any: what searches for them is not loaded either
                hits = await recorder.ask(lambda store: goal_lines(store, pair, self._desk.now().wall.date()))
                self._past = replace(self._past, goals=named_in(hits, self._desk.session))
        except StoreError:
            self._past = _Past()
        await self.carrying.read(recorder)
        self._seen = None
        self.refresh()

    def refresh(self) -> None:
        """Collect again when a capture, a name or the day is another."""
        session, context = self._desk.session, self._context()
        past = self._past if self._past.pair == session.pair.id else _Past()
        seen = (session.captures, context, past)
        if seen == self._seen:
            return
        self._seen = seen
        sources = [each for each in (past.session, session) if each]
        # Offered on the shared face: a private line's own tag would be seen by whoever sits beside.
        shared = (capture for each in sources for capture in each.standing() if capture.shared)
        tags = {tag: None for capture in shared for tag in capture.content.tags}
        lines = [line for each in sources for line in _lines(each, this=each is session)]
        goals = tuple(each.text.line for each in asked_about(session, past.goals))
        self.known = Known(context, tuple(tags), tuple(lines), goals)

    def _context(self) -> Context:
        session = self._desk.session
        names = [session.pair.mentee.name.line, session.pair.mentor.name.line]
        today: date = self._desk.now().wall.date()
        me = session.name_of(self._desk.by).line
        return Context(today=today, owners=tuple(name for name in names if name.strip()), me=me)


def _past(store: Store, pair: str, this: str) -> _Past:
    items = (each for each in store.open_actions(pair=pair) if each.session != this and not each.private)
    actions = tuple(Brought(ActionRef(each.session, each.capture), each, None) for each in items)
    before = next((each for each in store.history(pair=pair, limit=2) if each.id != this), None)
    return _Past(actions, session_of(store.load(before.id)) if before else None, pair=pair)


def _lines(session: Session, *, this: bool) -> list[str]:
    return [
        as_typed(each.kind, each.content, each.audience is not Audience.SHARED)
        for each in session.standing()
        if this or each.shared
    ]
