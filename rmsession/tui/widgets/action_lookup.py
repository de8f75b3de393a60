"""What the list of action items asks of the store, and what it keeps there; each a job of the writer's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rmsession.core.commands import Command
from rmsession.core.decision import Refusal
from rmsession.core.facts import Fact
from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.late import change, take_back
from rmsession.core.lists import ActionItem
from rmsession.core.programme import Pair, same_name
from rmsession.core.review import actions_of
from rmsession.core.session import Capture, Session
from rmsession.core.store import Store
from rmsession.core.store_errors import Conflict, StoreError
from rmsession.core.text import UserText
from rmsession.tui.launch import Launch
from rmsession.tui.recorder import Recorder


@frozen
class Made:
    """A change that is on the disk: its fact, and the action items of its session as they are now."""

    fact: Fact
    items: tuple[ActionItem, ...]


class Promised:
    """The action items of one pair, as the store has them."""

    def __init__(self, launch: Launch, recorder: Recorder) -> None:
        self._launch = launch
        self._recorder = recorder
        self.pairs: tuple[Pair, ...] = ()
        """Mine; everybody's where nobody has said who sits here."""

    async def look_around(self, wanted: str | None) -> Pair | None:
        """Learn which pairs there are; the wanted one, or the only one. Raises `StoreError`."""
        known = await self._recorder.ask(lambda store: store.programme().pairs)
        me = self._launch.me
        mine = tuple(
            each for each in known if me and (same_name(each.mentor.name, me) or same_name(each.mentee.name, me))
        )
        self.pairs = mine if me else known
        if wanted:
            return next((each for each in known if each.id == wanted), None)
        return self.pairs[0] if len(self.pairs) == 1 else None

    async def items(self, pair: str) -> tuple[ActionItem, ...]:
        """Every action item of a pair, in the order of the store. Raises `StoreError`."""
        return tuple(await self._recorder.ask(lambda store: store.actions(pair=pair)))

    async def session(self, session: str) -> Session:
        """A record as it is now. Raises `StoreError`."""
        return session_of(await self._recorder.ask(lambda store: store.load(session)))

    async def make(self, item: ActionItem, request: Callable[[Capture], Command | None]) -> Made | Refusal:
        """Change an action item in its own record; back once it is on the disk, or refused."""

        def ask(session: Session) -> Command | Refusal:
            capture = session.captures.get(item.capture)
            command = request(capture) if capture else None
            return command or Refusal("That line is no longer there.")

        return await self._kept(
            item.session,
            lambda store: change(store, item.session, ask, self._wall, me=self._launch.me, device=self._launch.device),
        )

    async def undo(self, session: str, fact: str) -> Made | Refusal:
        """Take a change back; back once that is on the disk, or refused."""
        return await self._kept(
            session,
            lambda store: take_back(store, session, fact, self._wall, me=self._launch.me, device=self._launch.device),
        )

    @property
    def _wall(self) -> datetime:
        return self._launch.clock.now().wall

    async def _kept(self, session: str, keep: Callable[[Store], Fact | Refusal]) -> Made | Refusal:
        def job(store: Store) -> Made | Refusal:
            fact = keep(store)
            if isinstance(fact, Refusal):
                return fact
            return Made(fact, actions_of(session_of(store.load(session))))

        try:
            return await self._recorder.ask(job)
        except (StoreError, Conflict) as refusal:
            return Refusal(str(refusal))


def other_name(pair: Pair, me: UserText | None) -> UserText:
    """Whom the list is about: the other one of the pair, for whoever sits here."""
    return pair.mentor.name if me and same_name(pair.mentee.name, me) else pair.mentee.name
