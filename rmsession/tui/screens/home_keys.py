"""The keys of Home, in the order in which its footer and the palette show them."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

KEYS: Final = (
    Binding("slash", "look_up('search')", "Search", tooltip="Find what was said", id="home.search"),
    Binding("a", "look_up('actions')", "Actions", tooltip="What was promised, and its state", id="home.actions"),
    Binding("h", "look_up('history')", "History", tooltip="All sessions of a pair", id="home.history"),
    Binding("r", "look_up('report')", "Report", tooltip="What the programme came to, in figures", id="home.report"),
    Binding(
        "p", "look_up('pairs')", "Pairs", show=False, tooltip="Who mentors whom, and how far they are", id="home.pairs"
    ),
    Binding("w", "choose_who", "Who", tooltip="Choose the person you meet", id="home.who"),
    Binding("escape", "put_away", "Hide", tooltip="Show nobody's sessions any more", id="home.put_away"),
    Binding("o", "open_file", "File", show=False, tooltip="Choose any Markdown file as the agenda", id="home.file"),
    Binding("n", "new_agenda", "New", tooltip="Write an agenda from a template", id="home.new"),
)
"""What is not in the footer is in the palette, and in the help."""
