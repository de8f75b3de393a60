"""A past record as lines: what was promised first, then every topic with what was captured under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from datetime import date, tzinfo

from textual.content import Content

from rmsession.core.agenda import Topic
from rmsession.core.due import due_shown
from rmsession.core.frozen import frozen
from rmsession.core.owners import named
from rmsession.core.query import Query
from rmsession.core.session import Capture, Session
from rmsession.core.terms import ActionStatus, Audience, Kind, Phase, Role, TopicState
from rmsession.core.text import UserText
from rmsession.core.zones import on_wall, zone_named
from rmsession.tui.markdown import hanging
from rmsession.tui.text import HIDDEN, block, content
from rmsession.tui.widgets.flow import MUTED, spread
from rmsession.tui.widgets.history_marks import marked
from rmsession.tui.widgets.log import said
from rmsession.tui.widgets.takeaways import standing_of
from rmsession.tui.widgets.topics import SIGNS, title_of

_STATES = {
    ActionStatus.OPEN: "○",
    ActionStatus.DONE: "✓",
    ActionStatus.DROPPED: "✗",
    ActionStatus.SPLIT: "⑂",
}
_ROOMY = 56
"""Cells from which time and kind have a column of their own."""
_HANG = 4
_BOLD = "$foreground bold"
_NOTHING = "Nothing was captured here.\nIn a session every line typed is kept, under its topic."


@frozen
class Seat:
    """Who looks at a record, and so what of it they may see."""

    role: Role
    """The side of the pair."""
    shared_only: bool = False
    """Whether what this side keeps to itself is left out as well: it is not they who sit here."""
    revealed: bool = False
    """Whether their own private lines show for a moment."""

    def may_see(self, capture: Capture) -> bool:
        """Whether a line is theirs to see, as dots or in words."""
        return capture.shared or (not self.shared_only and capture.audience is Audience(self.role.value))

    def hides(self, capture: Capture) -> bool:
        """Whether a line shows as dots now."""
        return not capture.shared and not self.revealed

    def knows(self, topic: Topic) -> bool:
        """Whether a topic's title shows in words."""
        return not topic.private or (self.revealed and self.role is Role.MENTOR and not self.shared_only)

    def has_private(self, session: Session) -> bool:
        """Whether there is anything that could be revealed to them."""
        own = any(not each.shared and self.may_see(each) for each in session.standing())
        titles = self.role is Role.MENTOR and not self.shared_only and any(each.private for each in session.topics)
        return own or titles


@frozen
class RecordLook:
    """How a record is looked at."""

    seat: Seat
    zone: tzinfo | None
    today: date
    query: Query = field(default_factory=Query)


@frozen
class Entry:
    """Some lines that belong together: a heading, a topic, a captured line."""

    lines: tuple[Content, ...]
    capture: str | None = None
    """Its id; None for what is no captured line, or one that is hidden."""
    topic: str | None = None
    """The id, of a topic's title."""

    @property
    def stands(self) -> bool:
        """Whether one can stand on it."""
        return self.capture is not None or self.topic is not None


def entries(session: Session, look: RecordLook, width: int) -> list[Entry]:
    """The whole record, wrapped to so many cells."""
    look = replace(look, zone=zone_named(session.record.zone) or look.zone)
    found = [Entry(tuple(_head(session, look, width)))]
    for heading, actions in _promises(session, look):
        waiting = sum(each.status is ActionStatus.OPEN for each in actions)
        count = Content.styled(f"  {waiting} open" if waiting else "  ✓ all settled", MUTED)
        found.append(_gap(*Content.assemble(heading.stylize_before(_BOLD), count).wrap(width)))
        found += [Entry(tuple(_action_lines(each, look, width)), each.id) for each in actions]
    captures = [each for each in session.standing() if look.seat.may_see(each)]
    if not captures and session.phase is Phase.ENDED:
        found.append(_gap(*(Content.styled(line, MUTED) for line in _NOTHING.splitlines())))
    for topic in session.topics:
        found.append(_gap(*_topic_lines(session, topic, look, width), topic=topic.id))
        found += _under(captures, topic.id, look, width)
    if loose := list(_under(captures, None, look, width)):
        found += [_gap(Content.styled("Under no topic", _BOLD)), *loose]
    return found


def _head(session: Session, look: RecordLook, width: int) -> list[Content]:
    title = content(session.record.agenda.title, _BOLD)
    about = standing_of(session, (), session.last_at, revealed=look.seat.revealed)
    return [*(marked(look.query, title).wrap(width) or [title]), *about.lines(width)]


def _promises(session: Session, look: RecordLook) -> Iterator[tuple[Content, list[Capture]]]:
    """Whose action items they are, one's own first; those of neither, and of nobody, last."""
    pair = session.pair
    mine, theirs = (
        (pair.mentee.name, pair.mentor.name) if look.seat.role is Role.MENTEE else (pair.mentor.name, pair.mentee.name)
    )
    actions = [each for each in session.standing(Kind.ACTION) if look.seat.may_see(each) and not look.seat.hides(each)]
    owned = {each.id: _owner(each, mine, theirs) for each in actions}
    groups = (
        (mine, Content("You promised")),
        (theirs, Content.assemble(content(theirs), " promised")),
        (None, Content("To be done by others, or by nobody yet")),
    )
    for owner, heading in groups:
        if some := [each for each in actions if owned[each.id] == owner]:
            yield heading, sorted(some, key=lambda each: each.status is not ActionStatus.OPEN)


def _owner(capture: Capture, *names: UserText) -> UserText | None:
    """Which of the two an action item's owner is."""
    owner = capture.content.owner
    known = named(owner.raw, [each.raw for each in names]) if owner else None
    return next((name for name in names if known is not None and name.raw == known), None)


def _action_lines(capture: Capture, look: RecordLook, width: int) -> list[Content]:
    sign, words, late = _STATES[capture.status], _state(capture, look.today), _is_late(capture, look.today)
    mark = Content.styled("!" if late else sign, "$text-warning" if late else "$text-accent")
    text = marked(look.query, block(capture.content.text))
    settled = capture.status is not ActionStatus.OPEN
    body = Content.assemble(text.stylize_before(MUTED if settled else ""), "  ", words)
    return hanging(mark, body, width, indent=1)


def _state(capture: Capture, today: date) -> Content:
    """What became of an action item, or until when it waits, in words."""
    due = capture.content.due
    match capture.status:
        case ActionStatus.OPEN if due and _is_late(capture, today):
            words, style = f"overdue since {due_shown(due, today)}", "$text-warning"
        case ActionStatus.OPEN if due:
            words, style = f"due {due_shown(due, today)}", "$text-accent"
        case ActionStatus.DROPPED if capture.reason:
            return Content.assemble(("dropped: ", MUTED), content(capture.reason, MUTED))
        case status:
            words, style = status.value, MUTED
    carried = f", carried {len(capture.carries)}×" if capture.carries else ""
    return Content.styled(words + carried, style)


def _is_late(capture: Capture, today: date) -> bool:
    due = capture.content.due or ""
    # ISO dates compare as texts; what is no date is not overdue.
    return capture.status is ActionStatus.OPEN and due[:4].isdigit() and due < today.isoformat()


def _topic_lines(session: Session, topic: Topic, look: RecordLook, width: int) -> list[Content]:
    state = session.state(topic.id)
    title = title_of(topic, revealed=look.seat.knows(topic))
    if look.seat.knows(topic):
        title = marked(look.query, title)
    begun = state not in (TopicState.TO_COME, TopicState.PARKED)
    spent, given = session.spent(topic.id, session.last_at), session.allotted.get(topic.id, 0.0)
    of = f" of {given / 60:.0f}" if given else ""
    right = Content.styled(f"{spent / 60:.0f}{of} min" if begun or spent else _not_begun(state), MUTED)
    left = hanging(
        Content.styled(SIGNS[state], MUTED), title.stylize_before(_BOLD), max(width - right.cell_length - 1, 8)
    )
    return [*spread(left[0], right, width), *left[1:]]


def _not_begun(state: TopicState) -> str:
    return "parked" if state is TopicState.PARKED else "not begun"


def _under(captures: Iterable[Capture], topic: str | None, look: RecordLook, width: int) -> Iterator[Entry]:
    """The lines of one topic; those that are hidden together as one row of dots, so that nobody can count them."""
    own = [each for each in captures if each.topic == topic]
    for each in own:
        if not look.seat.hides(each):
            yield Entry(tuple(_capture_lines(each, look, width)), each.id)
    if any(look.seat.hides(each) for each in own):
        yield Entry((Content.styled(HIDDEN, MUTED).pad_left(2),))


def _capture_lines(capture: Capture, look: RecordLook, width: int) -> list[Content]:
    when = f"{on_wall(capture.wall, look.zone):%H:%M}"
    body = marked(look.query, said(capture, look.today))
    if _is_late(capture, look.today):
        body = Content.assemble(body, "  ", ("overdue", "$text-warning"))
    elif capture.is_open_action:
        body = Content.assemble(body, "  ", ("○ open", MUTED))
    if width >= _ROOMY:
        return hanging(Content.styled(f"{when} {capture.kind.value:<8}", MUTED), body, width, indent=2)
    lead = Content.styled(f"{when} {capture.kind.value}  ", MUTED)
    lines = Content.assemble(lead, body).wrap(max(width - _HANG, 8))
    return [line.pad_left(_HANG if number else _HANG // 2) for number, line in enumerate(lines)]


def _gap(*lines: Content, topic: str | None = None) -> Entry:
    return Entry((Content(""), *lines), topic=topic)
