"""What the history says in words: how a search was understood, how much it found, what to do where that is nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from textual.content import Content

from rmsession.core.due import shown
from rmsession.core.folding import folded
from rmsession.core.lists import Summary
from rmsession.core.programme import Pair
from rmsession.core.query import Query
from rmsession.core.search import Findings
from rmsession.core.text import UserText
from rmsession.tui.text import content
from rmsession.tui.widgets.flow import MUTED

HINT = 'words  "a phrase"  -without  @owner  #tag  is:open  kind:action  agenda:…  goal:…  since:2026-10'
"""The language of search in one line, for where nothing is typed."""
_OR = " or "


def understood(query: Query, people: Sequence[UserText], today: date) -> Content:
    """What a query looks for: ``open actions of Alex since 1 Oct``."""
    wanted = [_said(each.literal, end="…" if each.prefix else "") for each in query.terms if not each.negated]
    without = [_said(each.literal) for each in query.terms if each.negated]
    parts = [Content(_what(query)), *_whose_and_what_for(query, people)]
    parts += [Content.assemble("with ", Content(", ").join(wanted))] if wanted else []
    parts += [Content.assemble("without ", Content(_OR).join(without))] if without else []
    parts += _where_and_when(query, people, today)
    excluded = [_excluded(each, people, today) for each in query.without]
    parts += [Content.assemble("but not ", Content(_OR).join(excluded))] if excluded else []
    return Content(" ").join(parts)


def _excluded(query: Query, people: Sequence[UserText], today: date) -> Content:
    """What may not be so: ``open actions``, ``of Alex``, ``since 1 Oct``."""
    what = [Content(_what(query))] if query.kinds or query.states else []
    return Content(" ").join([*what, *_whose_and_what_for(query, people), *_where_and_when(query, people, today)])


def _whose_and_what_for(query: Query, people: Sequence[UserText]) -> Iterator[Content]:
    yield from (Content.assemble("of ", _named(owner, people)) for owner in query.owners)
    yield from (Content.assemble("tagged ", _said(f"#{tag}")) for tag in query.tags)
    yield from (Content.assemble("for the goal ", _said(goal)) for goal in query.goals)


def _where_and_when(query: Query, people: Sequence[UserText], today: date) -> Iterator[Content]:
    yield from (Content.assemble("in agendas like ", _said(each)) for each in query.agendas)
    yield from (Content.assemble("under topics like ", _said(each)) for each in query.topics)
    yield from (Content.assemble("with ", _named(each, people)) for each in query.people)
    yield from map(Content, _when(query, today))


def counted(findings: Findings) -> Content:
    """How much was found: ``12 in 5 sessions``."""
    if not findings.total:
        return Content.styled("nothing found", MUTED)
    sessions = len(findings.sessions)
    where = "1 session" if sessions == 1 else f"{sessions:,} sessions"
    some = "" if len(findings.hits) >= findings.total else f"the first {len(findings.hits):,} of "
    return Content.styled(f"{some}{findings.total:,} in {where}", MUTED)


def whose(pair: Pair | None, *, mentors_me: bool, as_mentee: bool) -> Content:
    """Whose sessions these are, and who is taken to look at them."""
    if pair is None:
        return Content.styled("History", "bold")
    other = pair.mentor.name if mentors_me else pair.mentee.name
    note = "  mentors you" if mentors_me else ""
    seen = Content.assemble("  as ", content(pair.mentee.name), " may see it") if as_mentee else Content(note)
    shown_name = content(pair.mentor.name if as_mentee else other, "bold")
    return Content.assemble(("History", "bold"), ("  with ", MUTED), shown_name, seen.stylize_before(MUTED))


def in_all(summaries: Iterable[Summary]) -> Content:
    """How many sessions there are, and how many actions wait."""
    known = list(summaries)
    waiting = sum(each.open_actions for each in known)
    sessions = "1 session" if len(known) == 1 else f"{len(known):,} sessions"
    actions = "1 open action" if waiting == 1 else f"{waiting:,} open actions"
    return Content.styled(f"{sessions} · {actions}" if known else "", MUTED)


def reading(done: int, total: int, width: int) -> Content:
    """How far the lists are that are made anew."""
    words = f"Reading the sessions: {done:,} of {total:,} "
    cells = max(min(width - len(words), 40), 0)
    full = round(cells * done / total) if total else 0
    return Content.assemble(
        Content.styled(words, MUTED), Content.styled("━" * full, "$accent"), Content.styled("─" * (cells - full), MUTED)
    )


def nothing(query: Query, *, known: bool) -> Content:
    """What to do, in two lines, where there is no row; `known` says whether anybody is."""
    if query:
        lines = (
            "Nothing says that. Fewer words find more.",
            "Esc clears the line; private lines are not searched.",
        )
    elif not known:
        lines = (
            "No sessions yet. Each one held is listed here by month.",
            "Esc goes Home, where an agenda can be started.",
        )
    else:
        lines = (
            "Nothing held with this person yet: it is listed here.",
            "Esc goes Home, where an agenda can be started.",
        )
    return Content.styled("\n".join(lines), MUTED)


def _what(query: Query) -> str:
    states = _OR.join("due" if state == "due" else state for state in dict.fromkeys(query.states))
    kinds = _OR.join(f"{kind.value}s" if kind.value != "parked" else "parked lines" for kind in query.kinds)
    of_actions = set(query.states) - {"private"}
    return f"{states} {kinds or ('actions' if of_actions else 'lines')}".strip()


def _when(query: Query, today: date) -> Iterator[str]:
    since, before = query.since, query.before
    if since and before and before - since == timedelta(1):
        yield f"on {shown(since, today)}"
        return
    if since:
        yield f"since {_day(since, today)}"
    if before:
        yield f"before {_day(before, today)}"


def _day(day: date, today: date) -> str:
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b} {day.year}"


def _named(typed: str, people: Sequence[UserText]) -> Content:
    """The one person whom a part of a name means; else that part."""
    found = [name for name in people if typed in folded(name.raw)]
    return content(found[0], "$foreground") if len(found) == 1 else _said(typed)


def _said(text: str, *, end: str = "") -> Content:
    return content(UserText(f"“{text}{end}”"), "$foreground")
