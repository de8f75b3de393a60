"""What people wrote as Markdown that shows exactly those characters, and can be nothing but text.

Only what would mean something is escaped, so that the file still reads well as it is.
"""

from __future__ import annotations

import re

from rmsession.core.text import UserText

_MEANS_SOMETHING = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)             # a backslash that would escape, or break the line
    | [*`\[|]                             # emphasis, code, links and tasks, tables
    | (?<![^\W_])_ | _(?![^\W_])          # emphasis; inside a word it is none
    | <(?=\S)                             # HTML, comments, addresses
    | &(?=\#?[A-Za-z0-9]+;)               # entities
    """,
    re.VERBOSE,
)
_OPENS_BLOCK = re.compile(
    r"""
      \#{1,6}(?=[ ]|$)                    # heading
    | [-+](?=[ ]|$)                       # bullet
    | >                                   # quotation
    | [-=:](?=[-=:|+ ]*$)                 # underline of a heading, rule, second line of a table
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:[ ]|$))")
_CLOSING_HASHES = re.compile(r"(^| )(#+)$")
_INDENT = "  "
"""A list item's text begins two columns in, whether or not a task box stands before it."""


def inline(text: UserText) -> str:
    """The text on one line, for use inside a line that begins with something else."""
    return _escaped(text.line.strip())


def opening(text: UserText) -> str:
    """The text on one line, for use where a line or a list item begins."""
    return _line(text.line.strip())


def heading(text: UserText) -> str:
    """The text on one line, for use behind ``## ``."""
    return _CLOSING_HASHES.sub(r"\1\\\2", inline(text))


def struck(text: UserText) -> str:
    """The text on one line, struck through; nothing of what shows nothing, for tildes alone open a block of code."""
    line = text.line.strip()
    return f"~~{_escaped(line, most_tildes=0)}~~" if line else ""


def item(text: UserText, behind: str = "", *, mark: str = "- ") -> str:
    """The text as a list item: its further lines indented under the first, `behind` at the end of the last."""
    paragraphs = _paragraphs(text.block)
    # A backslash keeps the line end in what is shown; two blanks would too, but most editors drop them.
    body = f"\n\n{_INDENT}".join(f"\\\n{_INDENT}".join(map(_line, lines)) for lines in paragraphs)
    return mark + body + behind


def _paragraphs(block: str) -> list[list[str]]:
    paragraphs: list[list[str]] = [[]]
    # Only the blank is white space to Markdown here (tabs are blanks by now); a no-break space is a character.
    for line in (line.strip(" ") for line in block.split("\n")):
        # Yet a line of nothing but such characters is no line: parsers that take them for white space drop it, and the
        # backslash before it would show.
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]


def _line(line: str) -> str:
    """A line that begins a block or a line of a paragraph: what would open another block is escaped as well."""
    if _OPENS_BLOCK.match(line):
        return "\\" + _escaped(line)
    return _NUMBERED.sub(r"\1\\", _escaped(line))


def _escaped(line: str, *, most_tildes: int = 1) -> str:
    """The line with its signs taken literally; a lone tilde strikes nothing through and stays readable."""
    line = _MEANS_SOMETHING.sub(r"\\\g<0>", line)
    return line.replace("~", r"\~") if line.count("~") > most_tildes else line
