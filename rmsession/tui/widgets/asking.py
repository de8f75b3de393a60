"""What is typed while lines are read back: what the line starts with, how it reads, and which requests it makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import Enum

from textual.content import Content

from rmsession.core import commands as asked
from rmsession.core.capture import Blank, Context, Line, Slash, as_typed, describe, parse
from rmsession.core.commands import Command
from rmsession.core.due import read_due, shown
from rmsession.core.facts import Content as Said
from rmsession.core.owners import named
from rmsession.core.session import Capture
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText
from rmsession.tui.text import content


class Typing(Enum):
    """What the line at the foot is for."""

    AMEND = "amend"
    OWNER = "owner"
    DUE = "due"
    REASON = "reason"
    ADD = "add"


HINTS = {
    Typing.AMEND: "The line as it was typed",
    Typing.OWNER: "Who does it? An empty line: nobody yet",
    Typing.DUE: "By when? fri, +3d, 1 dec; an empty line: no date",
    Typing.REASON: "Why is it dropped? Enter alone gives no reason",
    Typing.ADD: "One more line: @owner … by fri",
}


def missing(capture: Capture) -> tuple[Typing, ...]:
    """What is asked before an action is accepted."""
    if capture.kind is not Kind.ACTION:
        return ()
    lacks = ((Typing.OWNER, capture.content.owner), (Typing.DUE, capture.content.due))
    return tuple(what for what, there in lacks if not there)


def prefill(what: Typing, capture: Capture | None) -> str:
    """What the line holds when it opens."""
    match what, capture:
        case Typing.AMEND, Capture():
            return as_typed(capture.kind, capture.content, private=capture.audience is not Audience.SHARED)
        case Typing.OWNER, Capture():
            return capture.content.owner.raw if capture.content.owner else ""
        case Typing.DUE, Capture():
            return capture.content.due or ""
        case _:
            return ""


def reading(what: Typing, typed: str, context: Context) -> Content:
    """How the line is understood so far."""
    match what:
        case Typing.AMEND | Typing.ADD:
            parts = describe(parse(typed, context), context.today)
            return Content(" · ").join(
                Content.assemble(ours, " ", content(theirs, "$foreground")) if theirs else Content(ours)
                for ours, theirs in parts
            )
        case Typing.OWNER:
            known = named(typed, context.owners, context.me)
            words = content(UserText(known or typed.strip()), "$foreground")
            return (
                words if known or not typed.strip() else Content.assemble(words, " is neither of you, but may own it")
            )
        case Typing.DUE:
            day = read_due(typed, context.today)
            if day:
                return Content.styled(_with_year(day, context.today), "$foreground")
            return Content("not a day: try fri, +3d, 1 dec, 2026-12-01" if typed.strip() else "")
        case Typing.REASON:
            return Content("")


def _with_year(day: date, today: date) -> str:
    """A day with its year, this one's too: what was typed may have been meant for the next."""
    words = shown(day, today)
    return f"{words} {day.year:04}" if day.year == today.year and (day - today).days not in (0, 1) else words


def sure(capture: Capture, answer: int) -> Command:
    """Say how sure the owner of an action is; the answer that stands there is taken back."""
    doubts = tuple(each for each in capture.content.doubts if each != "sure")
    confidence = None if capture.content.confidence == answer else answer
    return asked.Amend(capture.id, replace(capture.content, confidence=confidence, doubts=doubts), settles=False)


def requests(
    what: Typing, typed: str, capture: Capture | None, context: Context, role: Role
) -> tuple[Command, ...] | str:
    """The requests that the line makes; a sentence where it makes none.

    `role` is whose alone a line becomes that is made private.
    """
    if what is Typing.ADD:
        return _added(typed, context)
    if capture is None:
        return "That line is no longer there."
    match what:
        case Typing.AMEND:
            return _amended(typed, capture, context, role)
        case Typing.OWNER:
            name = named(typed, context.owners, context.me) or " ".join(typed.split())
            return _filled_in(capture, "owner", replace(capture.content, owner=UserText(name) if name else None))
        case Typing.DUE:
            return _due(typed, capture, context.today)
        case Typing.REASON:
            return (asked.Drop(capture.id, UserText(typed.strip())),)


def _due(typed: str, capture: Capture, today: date) -> tuple[Command, ...] | str:
    day = read_due(typed, today)
    if typed.strip() and day is None:
        return "That is not one day: type fri, +3d, 1 dec or 2026-12-01."
    return _filled_in(capture, "due", replace(capture.content, due=day.isoformat() if day else None))


def _filled_in(capture: Capture, doubt: str, changed: Said) -> tuple[Command, ...]:
    if changed == capture.content:
        return ()
    # Whoever fills in by hand what was not understood has answered the doubt.
    doubts = tuple(each for each in changed.doubts if each != doubt)
    return (asked.Amend(capture.id, replace(changed, doubts=doubts)),)


def _added(typed: str, context: Context) -> tuple[Command, ...] | str:
    match parse(typed, context):
        case Line(kind=kind, content=said, private=private):
            return (asked.Keep(kind, said, private),)
        case Slash():
            return "Commands have keys here; // types a slash."
        case Blank():
            return "There is nothing to keep yet."


def _amended(typed: str, capture: Capture, context: Context, role: Role) -> tuple[Command, ...] | str:
    match parse(typed, context):
        case Line(kind=kind, content=said, private=private):
            wanted = Audience(role.value) if private else Audience.SHARED
            made: list[Command] = []
            if kind is not capture.kind:
                made.append(asked.Reclassify(capture.id, kind))
            if said != capture.content:
                made.append(asked.Amend(capture.id, said))
            if private is (capture.audience is Audience.SHARED):
                made.append(asked.SetAudience(capture.id, wanted))
            return tuple(made)
        case Slash():
            return "Commands have keys here; // types a slash."
        case Blank():
            return "An empty line cannot replace it: x takes it back."
