"""Drafts: what is on the screen but not yet a fact, one small sealed file beside the session's.

Kept many times a minute and without waiting for the disk: a draft outlives a killed program, not a power cut.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from rmsession.core.erasing import without
from rmsession.core.store import Draft
from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText
from rmsession.store import setaside
from rmsession.store.disk import Disk, make_lasting, remove_file, replace_file
from rmsession.store.seal import Tables, damaged, read_sealed, seal, spelled
from rmsession.store.spelling import Unfit
from rmsession.store.values import document_of, value_of

_LESS_AND_LESS: Final = ("", "view", "asides", "forms")
"""What is given up, one after the other, so that at least the line is read."""


def draft_path(session: Path) -> Path:
    """Where the draft of a session's file lies."""
    return session.with_suffix(".draft")


def temporary_path(session: Path) -> Path:
    """Where its draft is written before it takes the place of the last."""
    return session.with_suffix(".draft.tmp")


def keep(session: Path, draft: Draft, disk: Disk, *, lasting: bool = False) -> None:
    """Keep it instead of the last; one that cannot be read is set aside. Raises `NotKept`."""
    _set_aside_unread(session, disk)
    data = seal(spelled({"draft": {"1": document_of(draft)}}), 1)
    replace_file(disk, draft_path(session), temporary_path(session), data, lasting=lasting)


def read(session: Path) -> Draft | None:
    """The last draft, if there is one and it is whole; of a later program's, as much as this one understands."""
    with suppress(FileNotFoundError, StoreError):
        return draft_in(read_sealed(draft_path(session)).tables)
    return None


def characters(draft: Draft) -> int:
    """How much anybody typed that is only in it."""
    answers = [answer.text.raw for form in draft.forms for answer in form.answers if answer.text]
    return sum(map(len, (draft.line.raw, *answers, *(each.text.raw for each in draft.asides))))


def trouble(session: Path) -> StoreError | None:
    """Why there is a draft and it cannot be read; None when there is none, or it can."""
    path = draft_path(session)
    try:
        tables = read_sealed(path).tables
    except FileNotFoundError:
        return None
    except StoreError as error:
        return error
    return damaged(path, "it holds no draft") if draft_in(tables) is None else None


def put_away(session: Path, disk: Disk) -> None:
    """Forget it, as its words are kept now; one that cannot be read is set aside. Raises `NotKept`."""
    _set_aside_unread(session, disk)
    drop(session, disk)


def drop(session: Path, disk: Disk) -> None:
    """Throw it away, whatever it holds. Raises `NotKept`."""
    remove_file(disk, temporary_path(session))
    remove_file(disk, draft_path(session))


def scrub(session: Path, texts: Sequence[UserText], erased: Collection[str], disk: Disk) -> None:
    """Take these texts, and what is about these captures, out of the draft. Raises `NotKept`.

    A draft that cannot be read goes as a whole.
    """
    before = read(session)
    after = without(before, texts, erased) if before else None
    remove_file(disk, temporary_path(session))
    if after is None:
        remove_file(disk, draft_path(session))
    elif after != before:
        keep(session, after, disk, lasting=True)  # or a power cut takes the rest of the draft with the text
    make_lasting(disk, draft_path(session))


def draft_in(tables: Tables) -> Draft | None:
    """As much of a draft as this program understands; None when it is none."""
    document = dict(tables.get("draft", {}).get("1", {}))
    for part in _LESS_AND_LESS:
        document.pop(part, None)
        with suppress(Unfit):
            return value_of(document, Draft)
    return None


def _set_aside_unread(session: Path, disk: Disk) -> None:
    if trouble(session):
        setaside.move(draft_path(session), disk)
