"""What is shown before a session is shared, and the writing that is read back: the same for every surface."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from rmsession.core.facts import FeedbackGiven
from rmsession.core.feedback import Visibility
from rmsession.core.held_back import HeldBack
from rmsession.core.text import clean
from rmsession.export.files import NotWritten, save
from rmsession.export.share import TakeHome


class Shape(Enum):
    """As what a session is shared; the value is how the name of its file ends."""

    PAGE = "-shared.html"
    MAIL = "-shared.txt"
    DATA = "-shared.json"


def held_line(held: HeldBack) -> str:
    """How much stays, and for whom.

    ``Held back: 3 lines private to the mentor, 1 private topic, the mentee's answers (counts only).``
    """
    parts = [
        *(
            f"{_counted(number, 'line')} private to the {whose}"
            for number, whose in ((held.mentor, "mentor"), (held.mentee, "mentee"))
            if number
        ),
        *([_counted(held.topics, "private topic")] if held.topics else []),
        *([_counted(held.prompts, "private prompt")] if held.prompts else []),
        *(f"the {role.value}'s answers (counts only)" for role in held.forms),
    ]
    return f"Held back: {', '.join(parts)}." if parts else "Held back: nothing; nothing private was captured."


def data_lines(home: TakeHome) -> Iterator[str]:
    """What the data file has beside what the page says."""
    session = home.session
    prompts = sum(1 for _ in session.prompts())
    forms = [
        f"the {role.value}'s answers"
        for role, form in session.forms.items()
        if isinstance(form, FeedbackGiven) and form.visibility is Visibility.BOTH
    ]
    parts = [
        f"the agenda ({_counted(len(session.topics), 'topic')}, {_counted(prompts, 'prompt')})",
        "when each topic began",
        "who said and settled what, and when",
        *forms,
    ]
    yield f"The data file has besides: {', '.join(parts)}."


def write(text: str, path: Path, *, force: bool = False) -> None:
    """Write a file, and read it back before it is called written.

    Raises:
        NotWritten: the file is there, the disk refused, or what lies there now is something else.
    """
    save(text, path, force=force)
    try:
        same = path.read_bytes() == text.encode("utf-8", "replace")
    except OSError:
        same = False
    if not same:
        raise NotWritten(f"{clean(os.fspath(path))} did not read back as it was written: see to the disk, try again")


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"
