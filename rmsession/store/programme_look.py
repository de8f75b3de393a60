"""A look at ``programme.json`` that reads no more of it than a list needs, once it was found whole as it stands."""

# ruff: noqa: PLC0415 - loaded where it is used: a list of what has not changed needs none of it

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText
from rmsession.store.index import Index
from rmsession.store.index_look import signature_of
from rmsession.store.seal import Tables, read_bytes
from rmsession.store.spelling import Document, Unfit, loads

if TYPE_CHECKING:
    from rmsession.core.arrangement import Rhythm

Names = Mapping[str, tuple[UserText, UserText]]
"""Mentor and mentee of each pair, by the pair's id."""


class ProgrammeLook:
    """What lists ask of the file: whether it can be read, and who the people of a pair are.

    To read all of it, and to prove it, takes more modules than the list itself. The index remembers by which size,
    times and inode it was known when it was last read whole, as it does of sessions' files.
    """

    def __init__(self, path: Path, index: Index) -> None:
        self._path = path
        self._index = index

    def trouble(self) -> str | None:
        """Why it cannot be read, in one line."""
        try:
            stamp = signature_of(self._path).lasting
        except FileNotFoundError:
            return None
        if self._index.proven() != stamp:
            # Only here: it loads msgspec and all that a programme knows.
            from rmsession.store.known import read

            try:
                read(self._path)
            except StoreError as error:
                return str(error)
            self._index.prove(stamp)
        return None

    def names(self) -> Names:
        """Who the people of each pair are. Raises `Damaged`, `NewerFormat`."""
        with suppress(LookupError):  # it was changed at this moment, or has no pairs
            tables = self._proven()
            people = {each["id"]: UserText(each["name"]) for each in tables["people"].values()}
            pairs = tables["pairs"].values()
            return {each["id"]: (people[each["mentor"]], people[each["mentee"]]) for each in pairs}
        # Only here, as above.
        from rmsession.store.known import read

        return {each.id: (each.mentor.name, each.mentee.name) for each in read(self._path).pairs}

    def rhythms(self) -> Mapping[str, Rhythm]:
        """How often each pair means to meet. Raises `Damaged`, `NewerFormat`."""
        with suppress(LookupError):  # it was changed at this moment
            return _rhythms(self._proven().get("arrangements", {}).values())
        # Only here, as above.
        from rmsession.store.known import read

        return {each.pair: each.rhythm for each in read(self._path).arrangements}

    def _proven(self) -> Tables:
        """The tables of a file that is as it was when it was read whole. Raises `LookupError` where it is not."""
        try:
            if self._index.proven() == signature_of(self._path).lasting:
                tables: Tables = loads(read_bytes(self._path))
                return tables
        except (FileNotFoundError, StoreError, Unfit):
            pass
        raise LookupError


def _rhythms(arranged: Collection[Document]) -> Mapping[str, Rhythm]:
    if not arranged:
        return {}
    # Only here: where nothing was agreed, a list needs none of it.
    from rmsession.core.arrangement import Rhythm

    return {each["pair"]: Rhythm(each["interval_days"], _day(each["ended"])) for each in arranged}


def _day(spelled: str | None) -> date | None:
    return date.fromisoformat(spelled) if spelled else None
