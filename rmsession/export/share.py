"""What a mentee takes home from a session: what was promised, which sites were mentioned, what else was shared.

The page and the e-mail say the same, and both are made from the shared copy (`rmsession.core.shared`), so that neither
can say more than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rmsession.core.fold import session_of
from rmsession.core.frozen import frozen
from rmsession.core.links import addresses
from rmsession.core.owners import named
from rmsession.core.session import Capture, Session
from rmsession.core.shared import shared
from rmsession.core.terms import ActionStatus, Kind, Phase, Role, TopicState
from rmsession.core.text import UserText, clean
from rmsession.export import when
from rmsession.export.seen import topics_seen

KINDS = {
    Kind.NOTE: "",
    Kind.QUESTION: "Question",
    Kind.IDEA: "Idea",
    Kind.GOAL: "Goal",
    Kind.RATING: "Self-rating",
    Kind.PARKED: "Parked",
}
"""What a line of the notes is called; a plain note needs no name."""
HOLDS = "It holds what both of you may read, and nothing private."
"""What both say of themselves at their end."""


@frozen
class Promise:
    """One action item that somebody took on."""

    capture: Capture
    role: Role | None
    """Who does it; None for somebody else, or nobody yet."""
    due: str
    """``due Tue 1 Dec 2026``; empty without a date."""
    late: bool
    """Whether it waits although its day has passed; `due` says so too."""


@frozen
class Site:
    """One web address that was mentioned, and in which lines."""

    address: str
    said: tuple[UserText, ...]
    """What the lines say, with ``…`` for the address; none that says nothing else."""


@frozen
class TakeHome:
    """Everything that the page and the e-mail say, in their order."""

    session: Session
    """The shared copy, folded."""
    today: date
    promises: tuple[Promise, ...]
    """Those that wait: the mentee's first, then the mentor's, then others'."""
    settled: tuple[Promise, ...]
    """Those that were done, dropped or split."""
    sites: tuple[Site, ...]
    decisions: tuple[Capture, ...]
    notes: tuple[tuple[UserText, tuple[Capture, ...]], ...]
    """By topic, those in which something was said; what stands under none has an empty title."""
    left: tuple[UserText, ...]
    """Titles of the topics that were parked, or that nobody came to."""
    meetings: tuple[str, ...]
    """The date that holds for the next meeting, then those that were agreed before it, the latest first."""

    @property
    def title(self) -> str:
        """The agenda's title on one line."""
        return clean(self.session.record.agenda.title.raw).strip() or "Session"

    def waiting(self, role: Role | None) -> tuple[Promise, ...]:
        """What waits for one side."""
        return tuple(each for each in self.promises if each.role is role)

    def heading(self, role: Role | None) -> str:
        """``You promised``, to the mentee whose page it is."""
        match role:
            case Role.MENTEE:
                return "You promised"
            case Role.MENTOR:
                return f"{clean(self.session.pair.mentor.name.raw).strip() or 'The mentor'} promised"
            case None:
                return "Also to do"


def take_home(session: Session, today: date) -> TakeHome:
    """What is to be taken home from a session, whole or a copy; `today` decides what is overdue."""
    copy = session_of(shared(session))
    lines = list(copy.standing())
    actions = [_promise(copy, each, today) for each in lines if each.kind is Kind.ACTION]
    return TakeHome(
        session=copy,
        today=today,
        promises=tuple(each for each in _by_date(actions) if each.capture.status is ActionStatus.OPEN),
        settled=tuple(each for each in actions if each.capture.status is not ActionStatus.OPEN),
        sites=_sites(lines),
        decisions=tuple(each for each in lines if each.kind is Kind.DECISION),
        notes=tuple(_notes(copy, [each for each in lines if each.kind in KINDS])),
        left=tuple(_left(copy)),
        meetings=tuple(reversed(list(when.meetings(copy)))),
    )


def _by_date(promises: Iterable[Promise]) -> list[Promise]:
    """The overdue and the soonest first; without a date last."""
    order = [Role.MENTEE, Role.MENTOR, None]
    return sorted(promises, key=lambda each: (order.index(each.role), each.capture.content.due or "~"))


def _promise(session: Session, capture: Capture, today: date) -> Promise:
    content, pair = capture.content, session.pair
    people = {pair.mentor.name.raw: Role.MENTOR, pair.mentee.name.raw: Role.MENTEE}
    owner = named(content.owner.raw, people) if content.owner else None
    try:
        day = date.fromisoformat(content.due or "")
    except ValueError:
        said = f"due {clean(content.due)}" if content.due else ""
        return Promise(capture, people.get(owner or ""), said, late=False)
    late = day < today and capture.status is ActionStatus.OPEN
    return Promise(capture, people.get(owner or ""), f"{'overdue since' if late else 'due'} {day_of(day)}", late)


def day_of(day: date) -> str:
    """``Tue 1 Dec 2026``."""
    return f"{day:%a} {day.day} {day:%b} {day.year:04}"


def _sites(lines: Iterable[Capture]) -> tuple[Site, ...]:
    """Each address once, in the order of the first line that has it."""
    found: dict[str, list[UserText]] = {}
    for capture in lines:
        for content in (*capture.rivals, capture.content):
            for address in addresses(content.text.raw):
                said = found.setdefault(address, [])
                rest = UserText(content.text.raw.replace(address, "…"))
                if clean(rest.raw).strip(" ….") and rest not in said:
                    said.append(rest)
    return tuple(Site(address, tuple(said)) for address, said in found.items())


def _left(session: Session) -> Iterator[UserText]:
    """What was parked, and once the session is over what nobody came to; of a private topic nothing."""
    states = {TopicState.PARKED.value} | ({TopicState.TO_COME.value} if session.phase is Phase.ENDED else set())
    return (each.title for each in topics_seen(session, private=False) if each.state in states and not each.private)


def _notes(session: Session, lines: list[Capture]) -> Iterator[tuple[UserText, tuple[Capture, ...]]]:
    known = set()
    for topic in topics_seen(session, private=False):
        known.add(topic.id)
        if here := tuple(each for each in lines if each.topic == topic.id):
            yield topic.title, here
    if rest := tuple(each for each in lines if each.topic not in known):
        yield UserText(), rest
