"""Commands on action items: what was promised, by whom, until when; and that it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import click

from rmsession.cli.ground import Ground, NothingMatched, Refused, pass_ground
from rmsession.cli.idents import shortest
from rmsession.cli.summaries import HIDDEN
from rmsession.cli.talk import GAP, cells, complain, cut, say, say_json, table, width
from rmsession.core.commands import Command, Finish, ReopenAction
from rmsession.core.decide import Now, decide, stamp
from rmsession.core.decision import Refusal
from rmsession.core.due import shown
from rmsession.core.facts import Fact, Kind
from rmsession.core.fold import session_of
from rmsession.core.owners import written
from rmsession.core.programme import same_name
from rmsession.core.review import Summary
from rmsession.core.session import ActionStatus, Session
from rmsession.core.text import UserText, clean
from rmsession.settings import Settings, zone_of

_LEAST_ROOM = 24
_MOST_NAMED = 5
"""Actions that are named when an id means several."""


@dataclass(frozen=True, slots=True)
class Item:
    """One action item in a list."""

    id: str
    """The capture's."""
    session: Summary
    text: UserText
    owner: UserText | None
    due: str | None
    status: ActionStatus
    private: bool

    def late(self, today: date) -> int:
        """Days by which it is overdue; 0 when it is not, or is settled."""
        return max((today - self.day).days, 0) if self.day and self.status is ActionStatus.OPEN else 0

    @property
    def day(self) -> date | None:
        """When it is due, if that is a day."""
        try:
            return date.fromisoformat(self.due or "")
        except ValueError:
            return None

    def said(self, *, private: bool) -> str:
        """Its text for a plain surface."""
        return self.text.line if private or not self.private else HIDDEN


@click.command(
    epilog="""\b
    Examples:
      rmsession actions                      all of them, what is overdue first
      rmsession actions --open --json | jq -r .text
      rmsession done 7c1e                    one is done
    """
)
@click.option("--open", "only_open", is_flag=True, help="Only those that wait to be done.")
@click.option("--private", is_flag=True, help="Show private ones too; else they are dots.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line an action.")
@pass_ground
def actions(ground: Ground, *, only_open: bool, private: bool, as_json: bool) -> None:
    """List action items of all sessions.

    Open ones first, the overdue before the others; then those done or dropped.
    """
    items = _items(ground, only_open=only_open)
    today = _today(ground.settings)
    for line in ground.store().troubles():
        complain(line)
    if as_json:
        for each in items:
            say_json(_plain(each, today, private=private))
    elif items:
        for line in _listing(items, today, private=private):
            say(line)
    else:
        say("No action items wait." if only_open else "No action items yet. In a session: @name what by friday")


@click.command(
    epilog="""\b
    Examples:
      rmsession done 7c1e 03ab               two are done
      rmsession done --reopen 7c1e           one is not done after all
    """
)
@click.argument("actions", metavar="ID…", nargs=-1, required=True)
@click.option("--reopen", is_flag=True, help="They wait again.")
@click.option("--private", is_flag=True, help="Show private ones in the answer; else they are dots.")
@pass_ground
def done(ground: Ground, *, actions: tuple[str, ...], reopen: bool, private: bool) -> None:
    """Mark action items done, or open again.

    A session that runs meanwhile shows it within seconds.

    ID is the beginning of an action's id, as `rmsession actions` shows it.
    """
    items = _items(ground, only_open=False)
    # All are found before the first is marked: a mistyped one leaves nothing half done.
    chosen = [_named(each, items, private=private) for each in actions]
    for item in dict.fromkeys(chosen):
        _mark(ground, item, ReopenAction(item.id) if reopen else Finish(item.id))
        say(f"{'Open again' if reopen else 'Done'}: {item.said(private=private)}")


def _mark(ground: Ground, item: Item, command: Command) -> None:
    """Keep the fact; the session may be open in another program, which takes it in."""
    store = ground.store()
    session = session_of(store.load(item.session.id))
    now = Now(session.last_at, datetime.now(ZoneInfo(zone_of(ground.settings))))
    by = _author(session, ground.settings)
    decision = decide(session, command, now, by)
    if isinstance(decision, Refusal):
        raise Refused(f"{item.id[:8]} stays as it is: {decision.why}")
    fact: Fact = stamp(decision, session, now, by=by, device=store.device, fact_id=str(uuid4()))
    # It did not happen at the table: it has a date, and no place in the session's own time.
    store.append(item.session.id, replace(fact, at=None))


def _author(session: Session, settings: Settings) -> str:
    """Whoever sits here when it is one of the pair; else the mentor, whose disk this is."""
    me = UserText(settings.me or "")
    mine = (each.id for each in (session.pair.mentor, session.pair.mentee) if me and same_name(each.name, me))
    return next(mine, session.pair.mentor.id)


def _items(ground: Ground, *, only_open: bool) -> list[Item]:
    """Every action item that can be read: open ones first, the earliest due before the others."""
    store = ground.store()
    sessions = {each.id: each for each in store.history()}
    items = [
        Item(each.capture, sessions[each.session], each.text, each.owner, each.due, ActionStatus.OPEN, each.private)
        for each in store.open_actions()
        if each.session in sessions
    ]
    if not only_open:
        for summary in sessions.values():
            items += _settled(summary, session_of(store.load(summary.id)))
    return items


def _settled(summary: Summary, session: Session) -> Iterator[Item]:
    for each in session.standing(Kind.ACTION):
        if not each.is_open_action:
            what = each.content
            yield Item(each.id, summary, what.text, what.owner, what.due, each.status, not each.shared)


def _named(prefix: str, items: Sequence[Item], *, private: bool) -> Item:
    """The one action whose id begins so. Raises `NothingMatched`."""
    found = [each for each in items if each.id.startswith(prefix.lower())] if prefix else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise NothingMatched(f"no action's id begins with {clean(prefix)!r}: see `rmsession actions`")
    short = shortest(each.id for each in items)
    some = ", ".join(f"{short[each.id]} ({cut(each.said(private=private), 40)})" for each in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    raise NothingMatched(f"{len(found)} actions begin with {clean(prefix)!r}: {some}{more}")


def _listing(items: Sequence[Item], today: date, *, private: bool) -> list[str]:
    short = shortest(each.id for each in items)
    sessions = shortest(each.session.id for each in items)
    head = ("id", "due", "owner", "action", "pair", "session")
    rows = [head, *((short[each.id], *_row(each, today, sessions, private=private)) for each in items)]
    columns = width()
    if columns is not None:
        fixed = sum(max(cells(row[place]) for row in rows) for place in (0, 1, 5))
        room = max(columns - fixed - len(GAP) * (len(head) - 1), _LEAST_ROOM)
        # A third for who does it and for whom, the rest for what.
        owner = min(max(cells(row[2]) for row in rows), room // 5)
        pair = min(max(cells(row[4]) for row in rows), room // 4)
        rows = [
            (*row[:2], cut(row[2], owner), cut(row[3], room - owner - pair), cut(row[4], pair), row[5]) for row in rows
        ]
    return table(rows)


def _row(item: Item, today: date, sessions: dict[str, str], *, private: bool) -> tuple[str, ...]:
    hidden = item.private and not private
    owner = clean(written(item.owner.raw)) if item.owner and not hidden else ""
    pair = f"{item.session.mentor.line}, {item.session.mentee.line}"
    return HIDDEN if hidden else _due(item, today), owner, item.said(private=private), pair, sessions[item.session.id]


def _due(item: Item, today: date) -> str:
    """``3 days overdue``, ``Tue 1 Dec``, ``done``."""
    if item.status is not ActionStatus.OPEN:
        return str(item.status.value)
    if late := item.late(today):
        return "1 day overdue" if late == 1 else f"{late} days overdue"
    return shown(item.day, today) if item.day else "–"


def _plain(item: Item, today: date, *, private: bool) -> dict[str, Any]:
    shows = private or not item.private
    return {
        "id": item.id,
        "session": item.session.id,
        "pair": item.session.pair,
        "mentor": item.session.mentor.raw,
        "mentee": item.session.mentee.raw,
        "text": item.text.raw if shows else None,
        "owner": item.owner.raw if item.owner and shows else None,
        "due": item.due if shows else None,
        "overdue_days": item.late(today) if shows else None,
        "status": item.status.value,
        "private": item.private,
    }


def _today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(zone_of(settings))).date()
