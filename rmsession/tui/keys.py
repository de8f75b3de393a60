"""What a session screen can be told to do, one row each.

Keys, footer, palette, slash words, completion and help are made from these rows, so that none can miss one.
"""

from __future__ import annotations

from textual.binding import Binding

from rmsession.core import commands as asked
from rmsession.core.commands import Command
from rmsession.core.commands_sitting import CorrectPair, SetMustEnd, SetPrepared
from rmsession.core.frozen import frozen
from rmsession.tui.key_names import key_name


@frozen
class Act:
    """One thing to do in a session: a slash word, a title, a key where it is common."""

    word: str
    """What is typed behind the slash; the screen's action is ``action_act('word')``."""
    title: str
    """As in the palette and the footer; the footer takes the short one."""
    tip: str
    key: str | None = None
    argument: str = ""
    """What may follow the word, as a hint."""
    command: type[Command] | None = None
    """The request it makes, whose legality decides whether it shows; None: it only concerns the screen."""
    short: str = ""
    """The footer's word; empty keeps it out of the footer."""

    @property
    def key_shown(self) -> str:
        """The key as people call it; empty where there is none."""
        return key_name(self.key or "")


ACTS = (
    Act("next", "Next topic", "Finish this topic and go on", "f2", command=asked.Next, short="Next"),
    Act("back", "Back", "Return to the topic before", "f3", command=asked.Back, short="Back"),
    Act("pause", "Pause", "Stop the clock, now or some minutes ago", "f4", "[minutes ago]", asked.Pause, "Pause"),
    Act("resume", "Resume", "Let the clock run again", "f4", command=asked.Resume, short="Resume"),
    Act("extend", "Extend this topic", "Give it minutes; /+5 and /-2 too", "f5", "[minutes]", asked.Extend, "+5"),
    Act("park", "Park", "Put this topic, or a line, in the parking lot", "f6", "[number or text]", asked.Park, "Park"),
    Act("reveal", "Reveal private lines", "Show private lines for a moment", "f7", short="Reveal"),
    Act("off", "Off the record", "Keep nothing from here on", "f8", command=asked.GoOffRecord, short="Off rec."),
    Act("on", "On the record", "Keep things again", "f8", command=asked.GoOffRecord, short="On rec."),
    Act("close", "Close the session", "Read back, next date, feedback", "f9", command=asked.Close, short="Close"),
    Act("tick", "Tick the next prompt", "Tick the next open prompt, or one by number", "alt+t", "[number]", asked.Tick),
    Act("undo", "Undo", "Take the last step back", "alt+z", command=asked.Undo),
    Act("redo", "Redo", "Take the last undo back", "alt+y", command=asked.Redo),
    Act("edit", "Captured lines", "Correct, reclassify, move, withdraw or redact a line", "alt+e"),
    Act("topics", "Topics", "Jump, reorder, add, park and bring back topics", "alt+j"),
    Act("last", "Last time", "What is left of earlier sessions: done, carry, drop or split each", "alt+l"),
    Act("fit", "Fit to time", "Propose what to shorten so that the closing holds", "alt+i", command=asked.AcceptFit),
    Act("hide", "Hide the screen", "Blank everything but the clock; any key brings it back", "alt+h"),
    Act("topic", "Add a topic", "Add a topic behind this one", None, "title minutes", asked.AddTopic),
    Act("unpark", "Bring a topic back", "Take a topic out of the parking lot", None, "[number]", asked.Unpark),
    Act("earlier", "Move a topic earlier", "Move a topic that is to come one place up", None, "number", asked.Move),
    Act("later", "Move a topic later", "Move a topic that is to come one place down", None, "number", asked.Move),
    Act("until", "Must end by", "When this must be over", None, "14:45 | +30 | open", SetMustEnd),
    Act("prepared", "Prepared?", "Note whether the mentee came prepared", None, "yes | no", SetPrepared),
    Act("who", "Correct who this is with", "The session was with somebody else", None, "mentee", CorrectPair),
    Act("export", "Export", "Write what both may read as a file, or copy it", None),
    Act("link", "Open a link", "Show a link of this topic in full, then open it", None, "[number]"),
    Act("end", "End now", "End in one step; what was not closed waits on Home", None, command=asked.End),
    Act("help", "Help", "What the keys and the capture line do", "f1", short="Help"),
    Act("quit", "Leave", "Pause and leave; continue from Home", None),
)  # fmt: skip
"""In the order in which footer, palette and help show them."""

BY_WORD = {act.word: act for act in ACTS}


KEYS = frozenset(act.key for act in ACTS if act.key)
"""The keys of a session."""


def bindings() -> list[Binding]:
    """The keys of a session, for the footer and for when the capture line has not the keyboard.

    Not priority bindings: those are carried out before what was typed in front of them has reached the line, and a
    note entered just before F2 went to the next topic. The capture line hands them up in order instead.
    """
    return [
        Binding(
            act.key,
            f"act('{act.word}')",
            act.short or act.title,
            show=bool(act.short),
            key_display=act.key_shown,
            tooltip=act.tip,
            id=f"session.{act.word}",
        )
        for act in ACTS
        if act.key
    ]


def matching(word: str) -> list[Act]:
    """The acts whose word begins so, for completion; an exact one first."""
    return sorted((act for act in ACTS if act.word.startswith(word)), key=lambda act: act.word != word)
