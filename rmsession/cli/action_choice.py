"""Which action items, owners and pairs a few typed characters mean."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import TYPE_CHECKING

from rmsession.cli import pairs
from rmsession.cli.action_lines import said
from rmsession.cli.ground import Ground, NothingMatched
from rmsession.cli.pairs import Together, pair_named
from rmsession.cli.talk import cut
from rmsession.core.action_list import owners_meant
from rmsession.core.idents import shortest
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import ActionStatus
from rmsession.core.text import UserText, clean

if TYPE_CHECKING:
    from rmsession.core.lists import ActionItem

_FEW = 3
"""Ids up to which it is quicker to look for each than to read all actions."""
_MOST_NAMED = 5
"""Actions or owners that are named when a word means several."""


def chosen(ground: Ground, prefixes: Sequence[str], *, settled: bool, private: bool) -> list[ActionItem]:
    """The actions whose ids begin so, each once. Raises `NothingMatched`.

    What can still be done is meant before what is settled, or the other way round: so a few characters are enough.
    """
    store = ground.store()
    near = [] if settled else list(store.open_actions())
    every = list(store.actions()) if len(prefixes) > _FEW else None
    those: dict[ActionItem, None] = {}
    for prefix in prefixes:
        found = _beginning(prefix, near)
        if not found:
            some = store.actions(begins=prefix.lower()) if every is None else every
            found = _beginning(prefix, [each for each in some if each.status is not ActionStatus.OPEN])
            found = found or _beginning(prefix, some)
        those[_one(prefix, found, private=private)] = None
    return list(those)


def _beginning(prefix: str, items: Sequence[ActionItem]) -> list[ActionItem]:
    return [each for each in items if each.capture.startswith(prefix.lower())] if prefix else []


def _one(prefix: str, found: Sequence[ActionItem], *, private: bool) -> ActionItem:
    if len(found) == 1:
        return found[0]
    if not found:
        raise NothingMatched(f"no action's id begins with {clean(prefix)!r}: see `rmsession actions`")
    short = shortest(each.capture for each in found)
    some = ", ".join(f"{short[each.capture]} ({cut(said(each, private=private), 40)})" for each in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    raise NothingMatched(f"{len(found)} actions begin with {clean(prefix)!r}: {some}{more}")


def owner_meant(ground: Ground, typed: str, known: Sequence[str]) -> str:
    """The one owner who is meant. Raises `NothingMatched`."""
    meant = owners_meant(typed, known, ground.settings.me or "")
    if len(meant) == 1:
        return meant[0]
    if meant:
        some = ", ".join(map(clean, meant[:_MOST_NAMED]))
        more = f" and {len(meant) - _MOST_NAMED} more" if len(meant) > _MOST_NAMED else ""
        raise NothingMatched(f"{len(meant)} owners are called {clean(typed)!r}: {some}{more}")
    unknown = typed.strip().casefold() == "me" and not ground.settings.me
    hint = "RMSESSION_ME says who you are" if unknown else "`rmsession actions` names them"
    raise NothingMatched(f"nobody called {clean(typed)!r} has such an action item: {hint}")


def pair_meant(ground: Ground, name: str) -> str:
    """The id of the one pair that is meant. Raises `NothingMatched`."""
    # A programme is one small file; only what it does not tell is looked for in the sessions.
    with suppress(NothingMatched):
        return pair_named(name, list(_in_programme(ground).values())).id
    return pair_named(name, list(_in_sessions(ground).values())).id


def pairs_of(ground: Ground, wanted: AbstractSet[str]) -> dict[str, Together]:
    """The pairs of these ids."""
    known = _in_programme(ground)
    if wanted - known.keys():
        known |= _in_sessions(ground)
    return {pair: known[pair] for pair in wanted if pair in known}


def me_here(ground: Ground) -> UserText | None:
    """Whoever sits here, if that is known."""
    return UserText(ground.settings.me) if ground.settings.me else None


def _in_programme(ground: Ground) -> dict[str, Together]:
    try:
        return {pair: Together(pair, *people, ()) for pair, people in ground.store().names().items()}
    except StoreError:  # it cannot be read; `troubles` says so
        return {}


def _in_sessions(ground: Ground) -> dict[str, Together]:
    return {each.id: each for each in pairs.pairs_of(ground.store().history())}
