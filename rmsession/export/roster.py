"""The pairs of a programme as a table for spreadsheets, which `rmsession import` reads back."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO
from typing import Final

from rmsession.core.pair_fields import Entry, Field, told
from rmsession.core.roster_lines import Spelling
from rmsession.core.text import UserText
from rmsession.export.spreadsheet import harmless

_MARK: Final = "\ufeff"
"""Without it spreadsheets take the letters of most languages for others."""
_END: Final = "\r\n"
_GUARD: Final = re.compile(r"""(;["'\s\u200c\u200d]*)'(?=[=+@＝＋＠﹦﹢﹫]|[-－﹣][^)(])""")
"""An apostrophe within a text that `harmless` may have put there."""


def table(entries: Iterable[Entry]) -> str:
    """A line of headings, and a line for each pair."""
    text = StringIO()
    writer = csv.writer(text, lineterminator=_END)
    writer.writerow([each.value for each in Field])
    for entry in entries:
        writer.writerow([cell(told(entry, each)) for each in Field])
    return f"{_MARK}{text.getvalue()}"


def cell(text: UserText) -> str:
    """A text on one line, in which no spreadsheet finds a formula."""
    return harmless(text.line.strip())


def meant(typed: str) -> str:
    """What a cell means: without the apostrophes by which `cell` kept a spreadsheet from running it."""
    likely = (_GUARD.sub(r"\1", each) for each in (typed.removeprefix("'"), typed))
    return next((each for each in likely if each != typed and harmless(each) == typed), typed)


SPELLING: Final = Spelling(cell, meant)
"""How these tables spell a text."""
