"""What a mentee takes home as the text of an e-mail: lines that every client shows as they are."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from rmsession.core.session import Capture
from rmsession.core.terms import Role
from rmsession.core.text import UserText, clean
from rmsession.core.wordings import told
from rmsession.export import when
from rmsession.export.promised import STATE, remarks
from rmsession.export.share import HOLDS, KINDS, Promise, Site, TakeHome, day_of

COLUMNS: Final = 72
"""As wide as a line of an e-mail may be and stay readable where it is quoted."""


def share_text(home: TakeHome) -> str:
    """The text, in the order of the page; an address is never broken, for half of one opens nothing."""
    pair = home.session.pair
    blocks = [
        [*_wrapped(home.title), *_wrapped(f"{pair.mentor.name.line} with {pair.mentee.name.line}")],
        _part(home.heading(Role.MENTEE), _yours(home)),
        _part(home.heading(Role.MENTOR), _promises(home, Role.MENTOR)),
        _part(home.heading(None), _promises(home, None)),
        _part("Sites we mentioned", (line for each in home.sites for line in _site(each))),
        _part("Decisions", (line for each in home.decisions for line in _item(_said(each)))),
        _part("Already settled", (line for each in home.settled for line in _settled(each))),
        _notes(home),
        _part("Left for another time", (line for each in home.left for line in _item(clean(each.raw).strip()))),
        _part("Next meeting", _meeting(home)),
        _wrapped(f"As of {day_of(home.today)}. {HOLDS}"),
    ]
    blocks[0] += [line for each in when.sittings(home.session) for line in _wrapped(each)]
    return "\n\n".join("\n".join(each) for each in blocks if each) + "\n"


def _part(name: str, lines: Iterable[str]) -> list[str]:
    said = list(lines)
    return [*_wrapped(name.upper()), *said] if said else []


def _yours(home: TakeHome) -> list[str]:
    return [*_promises(home, Role.MENTEE)] or ["Nothing of yours is open."]


def _promises(home: TakeHome, role: Role | None) -> Iterator[str]:
    for each in home.waiting(role):
        yield from _item(each.capture.content.text.block.strip(), mark="[ ] ")
        owner = each.capture.content.owner
        # Else the heading says who.
        details = [each.due, *([owner.line if owner else "nobody’s yet"] if role is None else [])]
        details += [f"{words}: {why.line}" if why else words for words, why in remarks(each.capture)]
        yield from _item(" · ".join(filter(None, details)), mark="    ")
        for rival in each.capture.rivals:
            yield from _item(f"or: {told(rival).block.strip()}", mark="    ")


def _settled(promise: Promise) -> Iterator[str]:
    yield from _item(_text(promise.capture), mark="[x] " if STATE[promise.capture.status] == "done" else "[-] ")
    state = STATE[promise.capture.status] + (f": {promise.capture.reason.line}" if promise.capture.reason else "")
    owner = promise.capture.content.owner
    yield from _item(" · ".join([state, *([owner.line] if owner else [])]), mark="    ")


def _site(site: Site) -> Iterator[str]:
    yield f"- {site.address}"
    for each in site.said:
        yield from _item(each.line, mark="  ")


def _notes(home: TakeHome) -> list[str]:
    lines = [] if not home.notes else ["NOTES"]
    for title, said in home.notes:
        lines += ["", *_wrapped(clean(title.raw).strip() or "Without a topic")] if len(lines) > 1 else []
        lines += [] if len(lines) > 1 else _wrapped(clean(title.raw).strip() or "Without a topic")
        for each in said:
            name = KINDS[each.kind]
            lines += _item(f"{name}: {_said(each)}" if name else _said(each))
    return lines


def _said(capture: Capture) -> str:
    # A rival is told with its score, and so is what it rivals.
    score = "" if capture.content.score is None or capture.rivals else f" = {capture.content.score}"
    return f"{_text(capture)}{score}"


def _text(capture: Capture) -> str:
    if not capture.rivals:
        return capture.content.text.block.strip()
    # On a line of its own: a wording of several lines would swallow it.
    return "\nor: ".join(told(each).block.strip() for each in (capture.content, *capture.rivals))


def _meeting(home: TakeHome) -> Iterator[str]:
    """The date that holds, by itself; below it what became of those before."""
    if home.meetings:
        now, *before = home.meetings
        yield from _item(now)
        yield from (line for each in before for line in _item(f"before: {each}", mark="  "))


def _item(text: str, mark: str = "- ") -> list[str]:
    return _wrapped(text, mark) if text else []


def _wrapped(text: str, mark: str = "") -> list[str]:
    """Lines that fit, the first behind its mark and the others below its text."""
    # Whole addresses, for half of one opens nothing; other words give way where they are longer than a line.
    breaks = "://" not in text
    lines = [
        part
        for line in UserText(text).block.split("\n")
        for part in textwrap.wrap(line, COLUMNS - len(mark), break_long_words=breaks, break_on_hyphens=False)
    ]
    return [f"{mark if place == 0 else ' ' * len(mark)}{line}" for place, line in enumerate(lines)]
