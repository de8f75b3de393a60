"""What a mentee takes home as one web page: to be read on any machine, printed, or listened to, without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from rmsession.core.session import Capture
from rmsession.core.terms import Role
from rmsession.core.text import clean
from rmsession.core.wordings import told
from rmsession.export import when
from rmsession.export.frame import AUTO, document, inert
from rmsession.export.promised import STATE, remarks
from rmsession.export.share import HOLDS, KINDS, Promise, Site, TakeHome, day_of
from rmsession.export.share_style import SHARE_STYLE


def share_page(home: TakeHome) -> str:
    """The page: what the mentee promised is the first that is seen, and the first that is read out."""
    parts = [
        *_header(home),
        *_yours(home),
        *_waiting(home, Role.MENTOR),
        *_waiting(home, None),
        *_section("sites", "Sites we mentioned", map(_site, home.sites), style="sites"),
        *_section("decisions", "Decisions", (f"<li>{_said(each)}</li>" for each in home.decisions)),
        *_section("settled", "Already settled", map(_settled, home.settled)),
        *_notes(home),
        *_section("left", "Left for another time", (f"<li>{inert(each)}</li>" for each in home.left)),
        *_section("next", "Next meeting", _meeting(home)),
        *_footer(home),
    ]
    return document(f"You promised: {home.title}", "\n".join(parts), style=SHARE_STYLE)


def _header(home: TakeHome) -> Iterator[str]:
    pair = home.session.pair
    yield f'<header>\n<p class="title"{AUTO}>{escape(home.title)}</p>'
    yield f"<p>{inert(pair.mentor.name)} with {inert(pair.mentee.name)}</p>"
    yield from (f"<p>{escape(each)}</p>" for each in when.sittings(home.session))
    yield "</header>"


def _yours(home: TakeHome) -> Iterator[str]:
    yield f'<section class="yours" aria-labelledby="promised">\n<h1 id="promised">{home.heading(Role.MENTEE)}</h1>'
    if mine := home.waiting(Role.MENTEE):
        yield f'<ul class="promises" role="list">\n{_lines(map(_promise, mine))}\n</ul>'
    else:
        yield "<p>Nothing of yours is open. What you take on in a session stands here, with its date.</p>"
    yield "</section>"


def _waiting(home: TakeHome, role: Role | None) -> Iterator[str]:
    ident = role.value if role else "others"
    return _section(ident, home.heading(role), map(_promise, home.waiting(role)), style="promises quiet")


def _section(ident: str, name: str, items: Iterable[str], *, style: str = "lines") -> Iterator[str]:
    """A part of the page that a screen reader lists by its name; nothing where nothing stands in it."""
    # The role says what it is already: one browser takes a list without marks for none.
    if lines := _lines(items):
        yield f'<section aria-labelledby="{ident}">\n<h2 id="{ident}"{AUTO}>{escape(name)}</h2>'
        yield f'<ul class="{style}" role="list">\n{lines}\n</ul>\n</section>'


def _lines(items: Iterable[str]) -> str:
    return "\n".join(items)


def _promise(promise: Promise) -> str:
    # Whose it is and until when belongs to the wording above it, not to a rival.
    capture = promise.capture
    return f"<li>{inert(capture.content.text)}{_more(_details(promise))}{_rivals(capture)}</li>"


def _settled(promise: Promise) -> str:
    state = STATE[promise.capture.status]
    why = f": {inert(promise.capture.reason)}" if promise.capture.reason else ""
    owner = promise.capture.content.owner
    details = [f"{escape(state)}{why}", *([inert(owner)] if owner else [])]
    return f'<li class="settled">{_text(promise.capture)}{_more(details)}</li>'


def _details(promise: Promise) -> Iterator[str]:
    if promise.due:
        yield f'<strong class="late">{escape(promise.due)}</strong>' if promise.late else escape(promise.due)
    if promise.role is None:  # else the heading says it
        owner = promise.capture.content.owner
        yield inert(owner) if owner else "nobody’s yet"
    for words, why in remarks(promise.capture):
        yield f"{escape(words)}: {inert(why)}" if why else escape(words)


def _more(parts: Iterable[str]) -> str:
    said = " · ".join(parts)
    return f'<span class="more">{said}</span>' if said else ""


def _site(site: Site) -> str:
    # The address is the words of the link: so it is seen for what it is, and is there on paper.
    said = "".join(_more([inert(each)]) for each in site.said)
    link = escape(site.address)
    return f'<li><a href="{link}" rel="noopener noreferrer" dir="ltr">{link}</a>{said}</li>'


def _notes(home: TakeHome) -> Iterator[str]:
    if not home.notes:
        return
    yield '<section aria-labelledby="notes">\n<h2 id="notes">Notes</h2>'
    for title, lines in home.notes:
        name = clean(title.raw).strip() or "Without a topic"
        items = "\n".join(f"<li>{_kind(each)}{_said(each)}</li>" for each in lines)
        yield f"<h3{AUTO}>{escape(name)}</h3>\n<ul>\n{items}\n</ul>"
    yield "</section>"


def _kind(capture: Capture) -> str:
    name = KINDS[capture.kind]
    return f'<span class="kind">{name}: </span>' if name else ""


def _said(capture: Capture) -> str:
    # A rival is told with its score, and so is what it rivals.
    score = "" if capture.content.score is None or capture.rivals else f" = {capture.content.score}"
    return f"{_text(capture)}{score}"


def _text(capture: Capture) -> str:
    said = told(capture.content) if capture.rivals else capture.content.text
    return f"{inert(said)}{_rivals(capture)}"


def _rivals(capture: Capture) -> str:
    # Two people amended the same line without seeing each other's: the page does not choose between them.
    return "".join(_more([f"or: {inert(told(each))}"]) for each in capture.rivals)


def _meeting(home: TakeHome) -> Iterator[str]:
    """The date that holds, by itself; in small below it what became of those before."""
    if home.meetings:
        now, *before = home.meetings
        yield f"<li>{escape(now)}{''.join(_more([escape(each)]) for each in before)}</li>"


def _footer(home: TakeHome) -> Iterator[str]:
    yield f"<footer>\n<p>As of {day_of(home.today)}. {HOLDS}</p>\n</footer>"
