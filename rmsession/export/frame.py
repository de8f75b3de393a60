"""A web page around what stands in it: nothing loaded from elsewhere, no script, every text of theirs only text."""

from __future__ import annotations

from html import escape
from typing import Final

from rmsession.core.text import UserText
from rmsession.export.page_style import STYLE

AUTO: Final = ' dir="auto"'
"""Each text says by its first letters from which side it is read."""
_NOTHING_LOADED: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser is told: should a text ever be taken for more than text, the page still loads and runs nothing."""


def document(title: str, body: str, *, style: str = "") -> str:
    """The page as HTML 5; `style` comes behind the style of every page."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_LOADED}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def inert(text: UserText) -> str:
    """A text of theirs as nothing but text, with its own line ends."""
    return f"<span{AUTO}>{escape(text.block.strip())}</span>"
