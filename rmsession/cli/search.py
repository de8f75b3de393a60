"""What a search finds, told: the same language as on the screen, the answer grouped by session."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from rmsession.cli.ground import Ground, NothingMatched, Unclear, today_here
from rmsession.cli.talk import complain, cut, pour, width
from rmsession.core.columns import cells
from rmsession.core.documents import Hit
from rmsession.core.marks import marks, snippet
from rmsession.core.query import Query, parse
from rmsession.core.search import Findings
from rmsession.core.terms import MOST_HITS, ActionStatus, Kind
from rmsession.core.text import clean, shortened

if TYPE_CHECKING:
    from rmsession.core.store import Progress

_KIND_COLUMNS = max(len(kind.value) for kind in Kind)
_INDENT = 4
_LEAST_ROOM = 24
_LEAST_ID = 8
"""Characters of a session's id: of thousands hardly two begin with the same, and if they do, `show` names them."""
_WORTH_TELLING = 200
"""Sessions to be read that take so long that somebody wonders."""
_BAR = 24
_MOST_MISREAD = 5
"""Words of which it is said that they were taken as text."""
_MOST_SAID = 200
"""Characters of what was asked that a message repeats."""


def search_for(
    ground: Ground,
    asked: Sequence[str],
    *,
    as_json: bool = False,
    pair_name: str | None = None,
    private: bool = False,
    limit: int = MOST_HITS,
) -> None:
    """Tell what was captured with these words, and titles; every word is whole but one with a * at its end."""
    today = today_here(ground)
    query = parse(f"{' '.join(asked)} ", today)
    if not query:
        raise Unclear("Say what to look for. Try 'rmsession search --help'.")
    for line in _taken_as_text(" ".join(asked), today):
        complain(line)
    store = ground.store()
    store.prepare(progress_on(sys.stderr))
    pair = _pair(ground, pair_name) if pair_name is not None else None
    found = store.search(query, today, pair=pair, private=private, limit=limit)
    for line in store.troubles(fresh=False):
        complain(line)
    if not found.total:
        said = shortened(clean(" ".join(asked)), _MOST_SAID)
        raise NothingMatched(f"nothing matches {said!r}: fewer words, or a * for beginnings, find more")
    if as_json:
        # Only here: lines for people need none of it.
        from json import dumps

        pour("".join(f"{dumps(_plain(hit, query))}\n" for hit in found.hits))
    else:
        pour("".join(f"{line}\n" for line in _listing(found, query)))


def _taken_as_text(asked: str, today: date) -> Iterator[str]:
    """What is to be said of words that look like an operator and are none: whoever typed one may have meant it."""
    if ":" not in asked:
        return
    # Only here: most of what is asked has no such word.
    from rmsession.core.query_misread import misread

    for each in islice(misread(asked, today), _MOST_MISREAD):
        how = "left out" if each.negated else "looked for"
        yield f"{shortened(each.typed.line, _MOST_SAID)} was {how} as text; {each.possible}"


def progress_on(stream: Any) -> Progress | None:
    """What shows on a terminal how far the reading is; None where nobody looks at it."""
    if not stream.isatty():
        return None
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        if total < _WORTH_TELLING or (percent := 100 * done // total) == shown:
            return
        shown = percent
        bar = "█" * (_BAR * done // total)
        line = f"Reading sessions {bar:·<{_BAR}} {percent:3} %  {done:,} of {total:,}"
        sys.stderr.write(f"\r{line}" if done < total else f"\r{' ' * len(line)}\r")
        sys.stderr.flush()

    return show


def _pair(ground: Ground, name: str) -> str:
    # Only here: a search of all pairs asks for no list of sessions.
    from rmsession.cli.pairs import pair_named, pairs_of

    return pair_named(name, pairs_of(ground.store().history(fresh=False))).id


def _listing(found: Findings, query: Query) -> Iterator[str]:
    """A line for each session, the one with the best hit first, and below it a line for each of its hits."""
    columns = width()
    by_session: dict[str, list[Hit]] = {}
    for hit in found.hits:
        by_session.setdefault(hit.session, []).append(hit)
    for hits in by_session.values():
        first = hits[0]
        head = f"{first.session[:_LEAST_ID]}  {first.day:%Y-%m-%d}  {first.title.line}"
        head += f"  {first.mentor.line}, {first.mentee.line}"
        yield head if columns is None else cut(head, columns)
        for hit in hits:
            yield _line(hit, query, columns)
    if found.total > len(found.hits):
        yield (
            f"These are the first {len(found.hits):,} of {found.total:,}, in {len(found.sessions):,} sessions. "
            "One more word, or --limit."
        )


def _line(hit: Hit, query: Query, columns: int | None) -> str:
    kind = hit.kind.value if hit.kind else "topic" if hit.topic_id else "title"
    start, end = f"{'':{_INDENT}}{kind:{_KIND_COLUMNS}}  ", _behind(hit)
    if columns is None:
        return f"{start}{hit.text.line}{end}"
    room = columns - cells(start)
    end = end if room - cells(end) >= _LEAST_ROOM else ""
    pieces = snippet(query, hit.text, max(room - cells(end), 1))
    said = "".join(_highlighted(piece.text.line) if piece.marked else piece.text.line for piece in pieces)
    return f"{start}{said}{end}"


def _behind(hit: Hit) -> str:
    """What else is known of a line."""
    parts = []
    if hit.owner:
        # Only here: most hits have no owner, and who is one is a language of its own.
        from rmsession.core.owners import written

        parts.append(clean(written(hit.owner.raw)))
    parts += [f"due:{clean(hit.due)}"] if hit.due else []
    parts += [hit.status.value] if hit.kind is Kind.ACTION and hit.status is not ActionStatus.OPEN else []
    parts += ["private"] if hit.private else []
    return "".join(f"  {part}" for part in parts)


def _highlighted(text: str) -> str:
    """The text as a match, where the terminal shows colour."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "") in ("", "dumb") or not sys.stdout.isatty()
    return text if plain else f"\x1b[33m\x1b[1m{text}\x1b[0m"


def _plain(hit: Hit, query: Query) -> dict[str, Any]:
    return {
        "session": hit.session,
        "capture": hit.capture,
        "topic_id": hit.topic_id,
        "pair": hit.pair,
        "mentor": hit.mentor.raw,
        "mentee": hit.mentee.raw,
        "title": hit.title.raw,
        "topic": hit.topic.raw,
        "date": hit.day.isoformat(),
        "captured": hit.wall.isoformat(),
        "at": hit.at,
        "kind": hit.kind.value if hit.kind else None,
        "text": hit.text.raw,
        "owner": hit.owner.raw if hit.owner else None,
        "due": hit.due,
        "tags": hit.tags,
        "goals": hit.goals,
        "status": hit.status.value if hit.kind is Kind.ACTION else None,
        "private": hit.private,
        "marks": marks(query, hit.text.raw),
    }
