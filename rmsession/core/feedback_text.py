"""The feedback form as plain text, to be sent to somebody who cannot be handed the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from rmsession.core.feedback import Form, Item, ItemKind
from rmsession.core.text import UserText

HOW = "Write each answer behind its colon; leave empty what you want to skip. Then send all of it back."
END = "End of the form."


def as_text(asked: Form, *, above: Sequence[UserText] = ()) -> str:
    """The form, a line for each item with the place to answer at its end; `feedback_reply` reads what comes back.

    Args:
        asked: the form.
        above: what stands over it: which session it is about, who will see the answers, where they lie.
    """
    lines = [text.line for text in above]
    lines += ["", HOW] if lines else [HOW]
    last = ""
    for number, item in enumerate(asked.items, 1):
        meaning = legend(item)
        if meaning != last:
            lines += ["", *([meaning] if meaning else [])]
        last = meaning
        lines.append(" ".join(part for part in (f"{number}.", wording(item), hint(item)) if part) + ":")
    return "\n".join([*lines, "", END, ""])


def wording(item: Item) -> str:
    """The item on one line, ready for a colon."""
    line = " ".join(item.text.line.split())
    return line.rstrip(" .:") or line


def hint(item: Item) -> str:
    """Which answers an item takes, in brackets; empty where it takes words."""
    match item.kind:
        case ItemKind.TEXT | ItemKind.OPEN:
            return ""
        case ItemKind.CHOICE:
            return f"({_named(item)})"
        case ItemKind.GOAL:
            return f"({item.lowest} to +{item.highest})"
        case _:
            return f"({item.lowest}-{item.highest})"


def legend(item: Item) -> str:
    """What the scores mean, on one line above the items that share them; empty where the hint says it."""
    return "" if item.kind is ItemKind.CHOICE else _named(item)


def _named(item: Item) -> str:
    return ", ".join(f"{score} {item.label(score)}" for score in item.scores if item.label(score))
