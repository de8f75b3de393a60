"""The line that says whom one meets, and how things stand with them."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rmsession.core.due import shown
from rmsession.tui.text import content
from rmsession.tui.widgets.flow import MUTED, Flow, spread
from rmsession.tui.widgets.home_lookup import Found, overdue


class PersonLine(Static):
    """Who is chosen; a click asks to choose."""

    DEFAULT_CSS = "PersonLine { height: auto; padding: 0 1; pointer: pointer; }"

    class Clicked(Message):
        """Somebody pointed at it."""

    def show(self, found: Found, now: datetime) -> None:
        """Take what was found of somebody, or of nobody."""
        who, standing = _words(found, now)
        self.update(Flow(lambda width: spread(who, standing, width)))

    def on_click(self) -> None:
        """Ask."""
        self.post_message(self.Clicked())


def _words(found: Found, now: datetime) -> tuple[Content, Content]:
    companion = found.companion
    lead = ("With  ", MUTED)
    if companion is None:
        return Content.assemble(lead, "nobody chosen yet"), Content.styled("w  choose who you meet", MUTED)
    if companion.name is None:
        return Content.assemble(lead, ("somebody new", "bold")), Content.styled("asked before the start", MUTED)
    role = " (mentors you)" if companion.mentors_me else ""
    return Content.assemble(lead, content(companion.name, "bold"), (role, MUTED)), _standing(found, now)


def _standing(found: Found, now: datetime) -> Content:
    """``2 open actions · ! 1 overdue · next Tue 1 Dec 15:00``."""
    today, count = now.date(), len(found.actions)
    late = sum(overdue(each, today) for each in found.actions)
    parts: list[Content] = []
    if count:
        parts.append(Content.styled("1 open action" if count == 1 else f"{count} open actions", MUTED))
    if late:
        parts.append(Content.styled(f"! {late} overdue", "$text-warning"))
    if ahead := found.next_date(now):
        parts.append(Content.styled(f"next {shown(ahead.date(), today)} {ahead:%H:%M}", MUTED))
    return Content.styled(" · ", MUTED).join(parts)
