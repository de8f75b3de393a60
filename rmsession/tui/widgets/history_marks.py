"""What a search was for, shown in what it found."""

from __future__ import annotations

from textual.content import Content

from rmsession.core import marks as core
from rmsession.core.query import Query
from rmsession.core.text import UserText
from rmsession.tui.text import content

_STYLE = "$text-accent bold underline"


def marked(query: Query, text: Content) -> Content:
    """A text with everything marked that the query is for."""
    for start, end in core.marks(query, text.plain) if query.terms else ():
        text = text.stylize(_STYLE, start, end)
    return text


def snippet(query: Query, text: UserText, columns: int) -> Content:
    """So much of a text as fits in one line, around the first thing that the query is for."""
    pieces = core.snippet(query, text, columns)
    return Content("").join([content(each.text, _STYLE if each.marked else "") for each in pieces])
