"""The file that a programme lead gives a pair: who the two are and how they mean to work, as JSON for any mail.

``{"format": "rmsession pair card", "version": 1, "sha256": …, "card": {…}}``, all of it ASCII; the checksum is over
what the last says. Whoever made the file, it is read as a stranger's: what does not fit is refused whole.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.card import Card
from rmsession.core.frozen import frozen
from rmsession.core.pair_fields import INTERVALS, LONGEST, LONGEST_NAME, MINUTES, SESSIONS
from rmsession.core.programme import Pair, same_name
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.core.text import UserText
from rmsession.store.disk import shown
from rmsession.store.known import revised_of
from rmsession.store.sent import checksum, parsed, plain
from rmsession.store.spelling import Unfit
from rmsession.store.values import Aware, document_of, value_of

FORMAT: Final = "rmsession pair card"
VERSION: Final = 1
"""Raised when an older program could no longer read the file rightly; a new field does not raise it."""
LIMIT: Final = 100_000
"""Bytes of a card that is read: ten times what a talkative one takes."""
_BEGINNING: Final = 200
_ID: Final = re.compile(r"[\w.:-]{1,200}", re.ASCII)
_YEARS: Final = range(2, 9999)


@frozen
class _CardDocument:
    pair: Pair
    mentor: dict[str, Any]
    mentee: dict[str, Any]
    arrangement: dict[str, Any]
    made: Aware


def spell(card: Card) -> str:
    """The file's text.

    Raises:
        StoreError: it would not read back the same.
    """
    try:
        _insist_on_sense(card)
    except Unfit as error:
        raise StoreError(f"Not written: {error}. Mend that with `rmsession pair edit` first") from error
    body = document_of(card)
    head = plain({"format": FORMAT, "version": VERSION, "sha256": checksum(body)}).removesuffix("}")
    text = f'{head},\n"card":{json.dumps(body, ensure_ascii=True, allow_nan=False, indent=1)}}}\n'
    try:
        same = read(text.encode("ascii"), Path("card")) == card
    except StoreError as error:
        raise StoreError(f"Not written: the card would not read back ({error})") from error
    if not same:  # half a character pair beside its other half: JSON in ASCII makes one character of them
        raise StoreError("Not written: a text on the card would not read back the same. Correct it first")
    return text


def is_card(data: bytes) -> bool:
    """Whether a file begins as one of these does; then it is read as one, whatever it is called."""
    return FORMAT.encode() in data[:_BEGINNING]


def read(data: bytes, path: Path) -> Card:
    """The card that these bytes spell.

    Raises:
        NewerFormat: a later program wrote it.
        Damaged: it is no such file, or not as it was written.
    """
    if len(data) > LIMIT:
        raise _refused(path, f"it has more than {LIMIT // 1000} KB")
    try:
        whole = parsed(data)
    except (ValueError, RecursionError) as error:
        raise _refused(path, "it is no pair card, or only a part of one") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _refused(path, "it is no pair card")
    if isinstance(version := whole.get("version"), int) and version > VERSION:
        raise NewerFormat(f"{shown(path)} was made by a later version of this program. Update this one to import it")
    try:
        return _card(whole)
    except (Unfit, RecursionError) as error:
        raise _refused(path, str(error) if isinstance(error, Unfit) else "it is nested too deep") from error


def _card(whole: dict[str, Any]) -> Card:
    body = whole.get("card")
    if whole.get("version") != VERSION or not isinstance(body, dict):
        raise Unfit("its parts are not of the right shape")
    if whole.get("sha256") != checksum(body):
        raise Unfit("its checksum differs: it was changed, or only a part of it came through")
    spelled = value_of(body, _CardDocument)
    mentor, mentee = revised_of(spelled.mentor, Profile), revised_of(spelled.mentee, Profile)
    card = Card(spelled.pair, mentor, mentee, revised_of(spelled.arrangement, Arrangement), spelled.made)
    _insist_on_sense(card)
    return card


def _insist_on_sense(card: Card) -> None:
    """Raise `Unfit` for a card that nobody's program wrote."""
    pair, arranged = card.pair, card.arrangement
    ids = (pair.id, pair.mentor.id, pair.mentee.id)
    if not all(_ID.fullmatch(each) for each in ids) or len(set(ids)) < len(ids):
        raise Unfit("an id on it is none")
    if (card.mentor.person, card.mentee.person, arranged.pair) != (ids[1], ids[2], ids[0]):
        raise Unfit("it tells of somebody else than it names")
    if any(not each.name.line.strip() or len(each.name.raw) > LONGEST_NAME for each in (pair.mentor, pair.mentee)):
        raise Unfit(f"a name on it is missing, or has more than {LONGEST_NAME} characters")
    if same_name(pair.mentor.name, pair.mentee.name) or card.made.year not in _YEARS:
        raise Unfit("mentor and mentee have one name, or its day is none")
    if any(len(each.raw) > LONGEST for each in _texts(card)):
        raise Unfit(f"a text on it has more than {LONGEST} characters")
    numbers = ((arranged.interval_days, INTERVALS), (arranged.sessions, SESSIONS), (arranged.minutes, MINUTES))
    if any(number is not None and number not in within for number, within in numbers):
        raise Unfit("a number on it makes no sense")
    if arranged.known_as is not None:
        raise Unfit("how another lead knows the pair is on it")


def _texts(card: Card) -> tuple[UserText, ...]:
    profiles = (each for one in (card.mentor, card.mentee) for each in (one.role, one.location, one.level))
    return (*profiles, card.arrangement.wave, card.arrangement.objective_words)


def _refused(path: Path, why: str) -> Damaged:
    return Damaged(f"{shown(path)} was not imported: {why}. Nothing was changed; ask for the card again")
