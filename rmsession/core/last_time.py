"""The topic with which a session opens when earlier ones left action items open, and what these came to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from rmsession.core.agenda import Agenda, Topic, ident
from rmsession.core.between import ActionRef
from rmsession.core.commands_between import Review
from rmsession.core.frozen import frozen
from rmsession.core.lists import ActionItem
from rmsession.core.review import actions_of
from rmsession.core.session import Session
from rmsession.core.terms import ActionStatus, Audience, Outcome
from rmsession.core.text import UserText

TITLE = UserText("Last time")
"""The title of the topic that is put in front of an agenda that has none of its own."""
LEAST_MINUTES, MOST_MINUTES = 2, 5
"""The time-box of that topic: a minute for each action, within these."""
_FRONT = 2
"""How far in front an agenda's own topic stands to be taken for it: behind a check-in at most."""
# "Last time's actions", "Since last time", "Last time"; "Previous action items", "Review last call's action items",
# "Review action items", "Review of open actions"; "Open actions", "Action review", "Actions follow-up" and "Matters
# arising" are about it; "Actions and feedback", "Action items", "Approval of the minutes from last meeting" are not.
_ACTIONS = r"(?:action(?:s|\s+items?|\s+points?)?|to-?dos?|homework|promises)\b"
_ABOUT = re.compile(
    r"\blast\s+time\b"
    rf"|\b(?:last|previous|prior|earlier)\b.{{0,30}}\b{_ACTIONS}"
    rf"|\breview\s+(?:of\s+)?(?:the\s+|our\s+|open\s+|outstanding\s+)*{_ACTIONS}"
    rf"|\b(?:open|outstanding|unfinished)\s+{_ACTIONS}"
    r"|\baction(?:s|\s+items?|\s+points?)?\s+(?:review|follow-?\s?up)\b"
    r"|\bmatters\s+arising\b|\bcarry-?\s?over\b",
    re.IGNORECASE,
)
_STATUS = {
    ActionStatus.DONE: Outcome.DONE,
    ActionStatus.DROPPED: Outcome.DROPPED,
    ActionStatus.SPLIT: Outcome.SPLIT,
}


@frozen
class Opened:
    """An agenda as it is run."""

    agenda: Agenda
    topic: str | None = None
    """Under which topic last time's actions are looked at; None where none are open."""
    added: float = 0.0
    """Minutes of a topic that was put in front for them."""


@frozen
class Brought:
    """An earlier session's action item as this session looks at it."""

    ref: ActionRef
    item: ActionItem | None
    """As it stands in its own record; None where that cannot be read."""
    outcome: Outcome | None
    """None while it waits."""


def is_about_last_time(title: UserText) -> bool:
    """Whether a topic is about what earlier sessions left to be done, by the words of its title."""
    return _ABOUT.search(title.line[:200]) is not None


def opened(agenda: Agenda, actions: int, taken: Sequence[Topic] = ()) -> Opened:
    """The agenda with what comes from earlier sessions: `actions` to look at, and topics that were taken.

    The actions are looked at under the agenda's own topic for them where it stands in front, or behind a check-in;
    otherwise a topic is put in front. Topics that were taken follow it: what waited comes before what is new.
    """
    own = next((each for each in agenda.topics[:_FRONT] if is_about_last_time(each.title)), None)
    topics, added = agenda.topics, 0.0
    if actions and own is None:
        added = float(min(max(actions, LEAST_MINUTES), MOST_MINUTES))
        own = Topic(ident("t", TITLE.raw, *sorted(each.id for each in topics)), TITLE, added)
        topics = (own, *topics)
    place = topics.index(own) + 1 if own else 0
    known = {each.id for each in topics}
    new = tuple(each for each in taken if each.id not in known)
    agenda = replace(agenda, topics=(*topics[:place], *new, *topics[place:]))
    return Opened(agenda, own.id if own and actions else None, added)


def to_review(sessions: Iterable[Session], by: str) -> tuple[ActionItem, ...]:
    """The open action items of earlier sessions that a person may see, the earliest due first."""
    found = [
        item
        for session in sessions
        for item in actions_of(session)
        if item.status is ActionStatus.OPEN and _may_see(session, item, by)
    ]
    return tuple(sorted(found, key=lambda item: (item.due is None, item.due or "", item.when.timestamp())))


def _may_see(session: Session, item: ActionItem, by: str) -> bool:
    audience = session.captures[item.capture].audience
    return audience in (Audience.SHARED, Audience(session.role_of(by).value))


def brought(session: Session, sources: Mapping[str, Session]) -> tuple[Brought, ...]:
    """Last time's actions in their order, with what each came to."""
    if session.last_time is None:
        return ()
    items = {(item.session, item.capture): item for source in sources.values() for item in actions_of(source)}
    return tuple(
        Brought(ref, items.get((ref.session, ref.capture)), session.reviewed.get(ref.capture))
        for ref in session.last_time.actions
    )


def to_heal(session: Session, sources: Mapping[str, Session], gone: Collection[str]) -> tuple[Review, ...]:
    """What was settled in an action's own record without being said in this session: a crash came between the two.

    What is no longer there (withdrawn, redacted; a session in `gone` was deleted) counts as dropped.
    """
    reviews = []
    for each in brought(session, sources):
        outcome = None if each.outcome else _found(session, sources.get(each.ref.session), each, gone)
        if outcome:
            reviews.append(Review(each.ref, outcome))
    return tuple(reviews)


def _found(session: Session, source: Session | None, each: Brought, gone: Collection[str]) -> Outcome | None:
    if source is None:
        return Outcome.DROPPED if each.ref.session in gone else None
    if each.item is None:
        return Outcome.DROPPED
    if each.item.status is not ActionStatus.OPEN:
        return _STATUS[each.item.status]
    carries = source.captures[each.ref.capture].carries
    return Outcome.CARRIED if any(carry.into == session.record.id for carry in carries) else None
