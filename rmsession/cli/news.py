"""What came in from elsewhere, in words: how much of what, and by whom."""

from __future__ import annotations

from collections import Counter

from rmsession.core import between
from rmsession.core import facts as happened
from rmsession.core.facts import Event, Fact
from rmsession.core.record import Record
from rmsession.core.session import Session

_WORDS: dict[type[Event], tuple[str, str]] = {
    happened.Amended: ("line amended", "lines amended"),
    happened.Withdrawn: ("line withdrawn", "lines withdrawn"),
    happened.Reclassified: ("line of another kind", "lines of another kind"),
    happened.ActionDone: ("action done", "actions done"),
    happened.ActionReopened: ("action open again", "actions open again"),
    happened.ActionDropped: ("action dropped", "actions dropped"),
    between.ActionCarried: ("action carried", "actions carried"),
    between.ActionSplit: ("action split", "actions split"),
    happened.NextDateSet: ("next date set", "next dates set"),
    happened.FeedbackGiven: ("form filled", "forms filled"),
    happened.Undone: ("step undone", "steps undone"),
}


def news(session: Session, here: Record | None, facts: tuple[Fact, ...]) -> str:
    """``3 facts new: 1 action done by Alex, 2 notes by Robin``, of the facts that are new in a session."""
    if not facts:
        return "nothing new: all of it is here already"
    counts = _counts(session, facts, told_who=here is not None)
    parts = [_counted(number, *words, who) for (words, who), number in counts.items()]
    stones = [fact.what.target for fact in facts if isinstance(fact.what, happened.Erased)]
    rest, erased = len(facts) - counts.total() - len(stones), set(stones)
    parts += [_counted(rest, "other", "others", "")] if rest and parts else []
    parts += [_counted(len(erased), "line erased for good", "lines erased for good", "")] if erased else []
    much = f"{'' if here else '1 session new, '}{_counted(len(facts), 'fact', 'facts', '')} new"
    return f"{much}: {', '.join(parts)}" if parts else much


def _counts(session: Session, facts: tuple[Fact, ...], *, told_who: bool) -> Counter[tuple[tuple[str, str], str]]:
    """How many of each kind that people know, and by whom: of a whole session that would be too much to read."""
    found: Counter[tuple[tuple[str, str], str]] = Counter()
    for fact in facts:
        words = _words(fact)
        if words and not fact.partial:
            found[words, session.name_of(fact.by).line if told_who else ""] += 1
    return found


def _words(fact: Fact) -> tuple[str, str] | None:
    match fact.what:
        case happened.Captured(kind=kind):
            name = {"action": "action item", "rating": "self-rating", "parked": "parked line"}.get(kind.value)
            return name or kind.value, f"{name or kind.value}s"
        case what:
            return _WORDS.get(type(what))


def _counted(number: int, one: str, many: str, who: str) -> str:
    return f"{number} {one if number == 1 else many}{f' by {who}' if who else ''}"
