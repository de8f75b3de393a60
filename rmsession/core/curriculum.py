"""The agendas that come with the program, by title: what figures may name without telling anybody's own words.

An id of an agenda or a topic is made of its title, and whoever guesses a title can make the same id. So only ids of
what everybody has are told; a session from an agenda of one's own counts as such, and its topics have no name.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from rmsession.core.agenda import ident

CURRICULUM: Final = {
    "Kick-off: how we will work": (
        "Hello and role swap",
        "Ground rules and confidentiality",
        "Where you start: self-rating",
        "Pick two or three goals",
        "First action and feedback",
    ),
    "Listening in: search, feeds and alerts": (
        "Last time's actions",
        "Searching smarter",
        "Build your own feed",
        "Hear customers and rivals",
        "Actions and feedback",
    ),
    "Your professional profile": (
        "Last time's actions",
        "Audit what people find",
        "Rewrite it together",
        "Connecting and etiquette",
        "Actions and feedback",
    ),
    "Posting with a purpose": (
        "Last time's actions",
        "Channels and their manners",
        "Draft and publish one post",
        "What return looks like",
        "Actions and feedback",
    ),
    "Safe and sensible: privacy, policy, risk": (
        "Last time's actions",
        "Lock down accounts",
        "Read our policy as staff do",
        "A post goes wrong",
        "Actions and feedback",
    ),
    "Half-way check": (
        "Goal scores",
        "What to keep and change",
        "Re-plan the rest",
        "Actions and feedback",
    ),
    "Working in the open: network, cloud, phone": (
        "Last time's actions",
        "Co-edit a live document",
        "Ask and answer on our network",
        "Run a day from your phone",
        "Actions and feedback",
    ),
    "AI assistants on a real task": (
        "Last time's actions",
        "What they do well and badly",
        "Do one of your tasks together",
        "Data rules and checking",
        "Actions and feedback",
    ),
    "The view from two levels down": (
        "Last time's actions",
        "How decisions land",
        "Why people join, stay, leave",
        "One habit to change",
        "Actions and feedback",
    ),
    "Close and carry forward": (
        "Goal scores, then and now",
        "What changed in the business",
        "Your advice to your mentor",
        "Message to the sponsor",
        "Final survey",
    ),
    "One-on-one": (
        "Check-in",
        "Last time's actions",
        "Your topic",
        "Actions and feedback",
    ),
}
"""The topics of each agenda, in order; a test holds it against the files."""


def known_agenda(agenda: str) -> str:
    """The id itself if it is one of the curriculum's, else nothing."""
    return agenda if agenda in _titles() else ""


def known_topic(agenda: str, topic: str) -> str:
    """The topic's id if that agenda of the curriculum has it, else nothing."""
    return topic if topic in _topics(agenda) else ""


def agenda_title(agenda: str) -> str:
    """What an agenda of the curriculum is called; nothing for any other."""
    return _titles().get(agenda, "")


def topic_title(agenda: str, topic: str) -> str:
    """What a topic of the curriculum is called; nothing for any other."""
    return _topics(agenda).get(topic, "")


@cache
def _titles() -> dict[str, str]:
    return {ident("a", title): title for title in CURRICULUM}


@cache
def _topics(agenda: str) -> dict[str, str]:
    return {ident("t", each, "1"): each for each in CURRICULUM.get(agenda_title(agenda), ())}
