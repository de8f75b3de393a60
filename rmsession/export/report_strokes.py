"""What drawings of a report are made of: lines, boxes, points and words, in the colours of the page around them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from rmsession.core.frozen import frozen


@frozen
class Drawing:
    """Whose drawing it is."""

    ident: str
    """Its name on the page, by which its words are found; no other has it."""
    title: str
    """What it is of."""


@frozen
class Size:
    """How large a drawing is in its own units, and which style says how it stands on the page."""

    wide: int
    high: int
    style: str


def svg(at: Drawing, words: str, parts: Iterable[str], size: Size) -> str:
    """The drawing, with what it is of and what it shows for those who hear the page."""
    title, described = f"{at.ident}-t", f"{at.ident}-d"
    return (
        f'<svg class="{size.style}" viewBox="0 0 {size.wide} {size.high}" role="img" '
        f'aria-labelledby="{title} {described}">'
        f'<title id="{title}">{escape(at.title)}</title><desc id="{described}">{escape(words)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def box(style: str, left: float, top: float, wide: float, high: float) -> str:
    """A filled box."""
    return f'<rect class="{style}" x="{_n(left)}" y="{_n(top)}" width="{_n(wide)}" height="{_n(high)}"/>'


def line(style: str, left: float, top: float, right: float, bottom: float) -> str:
    """A line from one place to another."""
    return f'<line class="{style}" x1="{_n(left)}" y1="{_n(top)}" x2="{_n(right)}" y2="{_n(bottom)}"/>'


def point(style: str, across: float, down: float) -> str:
    """A round point."""
    return f'<circle class="{style}" cx="{_n(across)}" cy="{_n(down)}" r="6"/>'


def upright(style: str, across: float, down: float, said: str) -> str:
    """A word that is read from below, centred there."""
    turned = f'transform="rotate(-90 {_n(across)} {_n(down)})"'
    return words(style, across, down, said).replace("<text ", f"<text {turned} ", 1)


def words(style: str, across: float, down: float, said: str, anchor: str = "middle") -> str:
    """A few words that begin, end or are centred there."""
    return f'<text class="{style}" x="{_n(across)}" y="{_n(down)}" text-anchor="{anchor}">{escape(said)}</text>'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
