"""Goldens of screens: the text, and below it the style runs of each line. `RMSESSION_GOLDEN=write` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

from rich.style import Style
from textual.app import App

FOLDER = Path(__file__).parent.parent / "tui" / "goldens"


def picture(app: App[object]) -> str:
    """What the screen in front shows, with how it looks."""
    lines, runs = [], []
    for number, strip in enumerate(app.screen._compositor.render_strips()):
        lines.append(strip.text.rstrip())
        place, last = 0, None
        for segment in strip:
            style = told(segment.style)
            if style != last:
                runs.append(f"{number + 1}:{place} {style}")
                last = style
            place += segment.cell_length
    return "\n".join([*lines, "", *runs, ""])


def told(style: Style | None) -> str:
    """A style in words, without what is not seen."""
    if style is None:
        return "plain"
    marks = [name for name in ("bold", "dim", "italic", "underline", "reverse", "strike") if getattr(style, name)]
    front = style.color.name if style.color else "default"
    back = style.bgcolor.name if style.bgcolor else "default"
    return " ".join([*marks, front, "on", back])


def matches(app: App[object], name: str) -> None:
    """Compare the screen in front with the golden of that name."""
    now, path = picture(app), FOLDER / f"{name}.txt"
    if os.environ.get("RMSESSION_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8"), (
        f"{name} differs; RMSESSION_GOLDEN=write pytest -k goldens accepts it"
    )
