"""How the line under way is read: told beside it, and nothing of a private one."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from rmsession.core.capture import Blank, Context, Line, Slash, describe, parse
from rmsession.tui.keys import BY_WORD, matching
from rmsession.tui.text import HIDDEN, content, typed


class Understood(Static):
    """How the line under way is read, and at the right what was kept last."""

    DEFAULT_CSS = """
    Understood { height: 1; color: $text-muted; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__(id="understood")

    def say(self, message: Content) -> None:
        """Show the live reading of a line, or the answer to one that was not taken."""
        self.update(message, layout=False)


def reading(line: str, context: Context, *, revealed: bool, off_record: bool = False) -> Content:
    """The live reading: kind, owner, due date; the matching commands of a slash; nothing of a private line."""
    match parse(line, context):
        case Blank():
            return Content("")
        case Slash(word=word):
            return _commands(word)
        case Line() if off_record:
            return Content.styled("off the record: this is not kept", "$text-warning")
        case Line(private=True) if not revealed:
            return Content(f"private · {HIDDEN}")
        case parsed:
            parts = [
                Content.assemble(f"{label} ", content(text, "$foreground"))
                if text
                else Content.styled(label, "$foreground")
                for label, text in describe(parsed, context.today)
            ]
            return Content(" · ").join(parts)


def _commands(word: str) -> Content:
    act = BY_WORD.get(word)
    if act:
        return Content.assemble(Content.styled(f"/{act.word} {act.argument}".rstrip(), "$foreground"), f"  {act.tip}")
    if word[:1] in "+-" or word.isdecimal():
        what = "jump to that topic" if word.isdecimal() else "minutes for this topic"
        return Content.assemble(Content.styled(f"/{word}", "$foreground"), f"  {what}")
    found = matching(word)
    if not found:
        return Content.styled(f"/{typed(word)} is no command: // types a slash, F1 lists the commands", "$text-warning")
    return Content("  ").join([Content(f"/{each.word}") for each in found[:9]])
