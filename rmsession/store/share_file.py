"""The file that one person gives another to import: a shared copy of one session, as JSON that any mail carries.

``{"format": "rmsession share", "version": 1, "sha256": …, "session": {…}, "facts": [{…}, …]}``, a fact a line, all of
it ASCII. The checksum is over what the last two say, however a mail program broke the lines. Whoever made the file, it
is read as a stranger's: what does not fit is refused whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rmsession.core.facts import Fact
from rmsession.core.record import Record
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.store.codec import fact_document, fact_of, header_document, record_of
from rmsession.store.disk import shown
from rmsession.store.names import checked_id
from rmsession.store.seal import opened, unreadable
from rmsession.store.sent import checksum, parsed, plain
from rmsession.store.spelling import Unfit

FORMAT: Final = "rmsession share"
VERSION: Final = 1
"""Raised when an older program could no longer read the file rightly; a new kind of fact does not raise it."""
LIMIT: Final = 20_000_000
"""Bytes of a file that is read: a hundred times what a long session takes."""
MOST_FACTS: Final = 10_000
"""Facts of a file that is read; folding many more that were made for that takes minutes."""
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ID: Final = re.compile(r"[\w.:-]{1,200}", re.ASCII)
_LAST: Final = 2**40
"""A seq that no session comes to; one beyond it would leave no room for what is written next."""


def spell(record: Record) -> str:
    """The file's text.

    Raises:
        StoreError: a fact would not read back the same.
    """
    body = {"session": header_document(record), "facts": [fact_document(each) for each in record.facts]}
    facts = ",\n".join(plain(each) for each in body["facts"])
    head = plain({"format": FORMAT, "version": VERSION, "sha256": checksum(body)}).removesuffix("}")
    text = f'{head},\n"session":{plain(body["session"])},\n"facts":[\n{facts}\n]}}\n'
    try:
        same = read(text.encode("ascii"), Path("share")) == record
    except StoreError as error:
        raise StoreError(f"Not shared: it would not read back ({error})") from error
    if not same:  # half a character pair beside its other half: JSON in ASCII makes one character of them
        raise StoreError("Not shared: a text in it would not read back the same. Correct that line first")
    return text


def read_file(path: Path) -> Record:
    """The copy that lies in a file.

    Raises:
        NewerFormat: a later program wrote it.
        Damaged: it is no such file, or not as it was written.
        StoreError: it cannot be read.
    """
    try:
        with opened(path) as file:
            data = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        raise unreadable(path, error if isinstance(error, OSError) else OSError(0, "no file is called that")) from error
    return read(data, path)


def is_share(data: bytes) -> bool:
    """Whether a file begins as one of these does; then it is read as one, whatever it is called."""
    return FORMAT.encode() in data[:200]


def read(data: bytes, path: Path) -> Record:
    """The copy that these bytes spell. Raises as `read_file`."""
    if len(data) > LIMIT:
        raise _refused(path, f"it has more than {LIMIT // 1_000_000} MB")
    try:
        # Not the codec's: in its files a character beyond the first plane is never two escapes, and here it always is.
        whole = parsed(data)
    except (ValueError, RecursionError) as error:
        raise _refused(path, "it is no file of `rmsession share --data`, or only a part of one") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _refused(path, "it is no file of `rmsession share --data`")
    if isinstance(version := whole.get("version"), int) and version > VERSION:
        raise NewerFormat(f"{shown(path)} was made by a later version of this program. Update this one to import it")
    try:
        return _record(whole)
    except RecursionError as error:
        raise _refused(path, "it is nested deeper than any such file") from error
    except (Unfit, StoreError) as error:
        raise _refused(path, str(error)) from error


def _record(whole: dict[str, Any]) -> Record:
    body = {"session": whole.get("session"), "facts": whole.get("facts")}
    if whole.get("version") != VERSION or not isinstance(body["facts"], list):
        raise Unfit("its parts are not of the right shape")
    if whole.get("sha256") != checksum(body):
        raise Unfit("its checksum differs: it was changed, or only a part of it came through")
    if len(body["facts"]) > MOST_FACTS:
        raise Unfit(f"it has more than {MOST_FACTS:,} facts")
    facts = tuple(fact_of(each) for each in body["facts"])
    record = record_of(body["session"], facts)
    if not record.partial:
        raise Unfit("it claims to be the whole record, and not a shared copy")
    if len({fact.id for fact in facts}) != len(facts):
        raise Unfit("two facts in it have one id")
    if any(fact.seq not in range(_LAST) for fact in facts):
        raise Unfit("the order of its facts makes no sense")
    checked_id(record.id)
    forged = [each for each in _ids(record) if not _ID.fullmatch(each)]
    forged += [fact.id for fact in facts if not _UUID.fullmatch(fact.id)]
    if forged:
        raise Unfit("an id in it is none")
    for fact in facts:
        fact_document(fact)  # what could not be written down must not come in
    header_document(record)
    return record


def _ids(record: Record) -> Iterator[str]:
    """Every id that names somebody or something here; each may become a file name, or a name on a screen."""
    yield from (record.device, record.pair.id, record.pair.mentor.id, record.pair.mentee.id, record.agenda.id)
    for topic in record.agenda.topics:
        yield topic.id
        yield from (prompt.id for prompt in topic.prompts)
    for fact in record.facts:
        yield from _ids_of(fact)


def _ids_of(fact: Fact) -> Iterator[str]:
    yield from (fact.by, fact.device)
    topic = getattr(fact.what, "topic", None)
    if topic is not None:
        yield topic if isinstance(topic, str) else topic.id


def _refused(path: Path, why: str) -> Damaged:
    return Damaged(f"{shown(path)} was not imported: {why}. Nothing was changed; ask for the file again")
