"""A data folder with three sessions, and what a fresh program sees of it: part by part, and file by file."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from store.on_disk import action, note
from store.scanning import scanned
from support.building import BEGIN, PAIR, Play, content, fact_id, kick_off, record

from rmsession import settings
from rmsession.cli.crash import LOG
from rmsession.core.agenda import Topic
from rmsession.core.card import card_of
from rmsession.core.commands import End
from rmsession.core.facts import Captured, Fact
from rmsession.core.fold import session_of
from rmsession.core.outcomes import Change
from rmsession.core.programme import Pair, Programme
from rmsession.core.record import Record
from rmsession.core.review import open_actions_of, summarise
from rmsession.core.roster import entry_of
from rmsession.core.shared import shared
from rmsession.core.store import Draft
from rmsession.core.store_errors import Damaged, NoSuchSession
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.archive import opened
from rmsession.store.backup import back_up
from rmsession.store.card_file import spell as spell_card
from rmsession.store.disk import Disk
from rmsession.store.folder import folder_named
from rmsession.store.opening import open_store
from rmsession.store.share_file import spell
from rmsession.store.snapshots import Snapshots
from rmsession.store.spelling import dumps
from rmsession.store.values import document_of
from rmsession.store.views import earliest_due, newest_first
from rmsession.whole import write_whole

ONE, TWO, THREE, PAST = (str(UUID(int=number)) for number in (1, 2, 3, 4))
DRAFT = Draft(BEGIN, 1.0, UserText("half a li"))
TO_DO = str(UUID(int=0xD0))
"""The id of the action item in the session that is over."""
GIVEN = "shared.json"
"""What was given away of a session."""
ENTRY = str(UUID(int=0xE0))
"""The id of an entry of the business-change log, to which nobody has agreed."""
CARD, PAIRS = "card.json", "pairs.csv"
"""What a programme lead gave: the pair as known there, and a table of pairs."""
SECRET = "half a line"
"""What the capture says that gets redacted."""
OLD_MINUTES = "the old minutes\n"
CRASHED = "a crash before\n"

TEMPORARY = re.compile(r"\.(tmp|part)$|^\.")
_WHEN = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-of-")


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder in a file system in memory, if there is one: hundreds of cases wait long for a real disk."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="faults-", dir=place) as folder:
        yield Path(folder)


def build(root: Path) -> None:
    """Make one: sessions one (with a draft, an action and the secret) and two, a pair, settings, agendas, minutes."""
    home = root / "home"
    open_store(home).close()  # it makes itself an id
    store = open_store(home, device="desk")
    store.begin(record(number=1, facts=(action(1, SECRET), note(2))))
    store.begin(record(number=2, facts=(note(9), action(8))))
    store.begin(past())
    store.keep_draft(ONE, DRAFT)
    store.keep_pair(PAIR)
    store.keep_known([Change(ENTRY, PAIR.id, BEGIN.date(), UserText("an idea"), revised=BEGIN)])
    store.history()
    store.close()
    (root / "out").mkdir()
    (root / "out" / "minutes.md").write_text(OLD_MINUTES)
    theirs = Pair("lead-pair", replace(PAIR.mentor, id="lead-mentor"), replace(PAIR.mentee, id="lead-mentee"))
    (root / CARD).write_text(spell_card(card_of(entry_of(Programme(), theirs), BEGIN)), encoding="ascii")
    (root / PAIRS).write_text("mentor;mentee;wave\nRobin;Alex;one\nRobin;Lee;one\n")
    settings.remember(home, "me", "Robin")
    (home / LOG).write_text(CRASHED)
    (home / LOG).chmod(0o600)
    (home / "agendas").mkdir(0o700)
    (home / "agendas" / "own.md").write_text("# Own\n\n## One (5 min)\n")


def past() -> Record:
    """A session that is over, with an action item to be done."""
    play = Play(record(number=4))
    play.start()
    play.happen(Captured(Kind.ACTION, None, content("call her")))
    play.do(End())
    *before, captured, ended = play.session.facts
    return replace(play.record, facts=(*before, replace(captured, id=TO_DO), ended))


def build_backup(root: Path) -> None:
    """Put a backup beside it that has more: another session, a fact more in session one, another agenda.

    And session one with that fact as somebody shared it.
    """
    other = root.parent / "other"
    build(other)
    store = open_store(other / "home", device="desk")
    store.append(ONE, note(5))
    (root / GIVEN).write_text(spell(shared(session_of(store.load(ONE)))), encoding="ascii")
    store.begin(record(number=3, facts=(note(1),), created=BEGIN.replace(month=12)))
    store.close()
    (other / "home" / "agendas" / "theirs.md").write_text("# Theirs\n\n## One (5 min)\n")
    folder = folder_named(other / "home", Disk())
    agendas = sorted((other / "home" / "agendas").iterdir())
    back_up(folder, root / "backup.zip", Disk(), made=BEGIN, program="0", agendas=agendas)
    shutil.rmtree(other)


def damage(root: Path) -> None:
    """Turn one bit in session one, and leave there what killed writers leave."""
    home = root / "home"
    path = next(home.glob(f"sessions/*/*/*{ONE}.json"))
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    for name in (TWO, THREE):
        (path.parent / f"{path.stem.replace(ONE, name)}.tmp").write_text(SECRET)
    gone = subprocess.Popen(["true"])
    gone.wait()
    for folder in (home, home / "agendas"):
        (folder / f".rmsession-{gone.pid}-0123abcd.tmp").write_text(SECRET)
    (home / "locks").chmod(0o755)


def carry(root: Path) -> None:
    """Let a later session, number three, have the secret line of session one as a topic, with a snapshot of it."""
    home = root / "home"
    line = Topic(fact_id(1), UserText(SECRET), 5.0, carried="2026-11-21")
    plan = replace(kick_off(), topics=(*kick_off().topics, line))
    store = open_store(home, device="desk")
    store.begin(record(plan, number=3, facts=(note(1),), created=BEGIN.replace(month=12)))
    path = next(home.glob(f"sessions/*/*/*{THREE}.json"))
    Snapshots(folder_named(home, Disk()), Disk()).before_change(path)
    store.history()
    store.close()


def state(root: Path) -> dict[str, Any]:
    """What a fresh program sees, part by part; a part is as before an operation or as after it."""
    home = root / "home"
    parts: dict[str, Any] = {f"file {path.relative_to(root)}": _content(path) for path in _plain_files(root)}
    with suppress(FileNotFoundError):
        log = (home / LOG).read_text()
        assert log.startswith(CRASHED), "what was noted before is gone"
        parts["crash"] = re.findall(r" (\w+Error)\n", log)
    parts["settings"] = _settings(home)
    store = open_store(home)
    try:
        known = {id_: _seen(store.load, id_) for id_ in (ONE, TWO, THREE, PAST)}
        for number, (id_, seen) in enumerate(known.items(), 1):
            whole = isinstance(seen, Record)
            told = (seen.agenda, seen.pair, [_same(each) for each in seen.facts]) if whole else seen
            parts[f"session {number}"] = told
            parts[f"draft {number}"] = _seen(store.draft, id_)
        records, listed, actions = scanned(home), store.history(), store.open_actions()
        parts["sessions"] = {each.id for each in records}
        assert parts["sessions"] == {id_ for id_, seen in known.items() if isinstance(seen, Record)}
        assert listed == newest_first(map(summarise, records), None, None), "the list and the files differ"
        waiting = [each for record in records for each in open_actions_of(record)]
        assert actions == earliest_due(waiting, None), "the open actions and the files differ"
        parts["programme"] = _steady(dumps(document_of(store.programme())).decode())
        parts["troubles"] = [line.replace(str(root), "") for line in store.troubles()]
    finally:
        store.close()
    return parts


def _below(root: Path) -> list[tuple[str, str, bool]]:
    """Everything in a folder and below it, in order: its name from there, its path, and whether it is a folder.

    Each case looks so a dozen times; `Path.rglob` takes four times as long.
    """
    found, cut = [], len(str(root)) + 1
    for folder, folders, names in os.walk(root):
        for kind, several in ((True, folders), (False, names)):
            found += [(f"{folder}/{name}"[cut:], f"{folder}/{name}", kind) for name in several]
    return sorted(found)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - see `_below`
        return file.read()


def files(root: Path) -> dict[str, str]:
    """Every file and folder with its mode, but what is in ``locks``."""
    return {
        _WHEN.sub("-of-", name): oct(os.stat(path).st_mode & 0o7777)  # noqa: PTH116 - see `_below`
        for name, path, _ in _below(root)
        if not name.rpartition("/")[0].endswith("locks")
    }


def digest(root: Path) -> bytes:
    """Of every name, mode and byte: equal for worlds that are the same."""
    whole = hashlib.sha256()
    for name, path, is_folder in _below(root):
        data = b"" if is_folder else _bytes(path)
        whole.update(f"{name} {os.stat(path).st_mode} {len(data)} ".encode() + data)  # noqa: PTH116 - see `_below`
    return whole.digest()


def left(root: Path) -> list[str]:
    """What a killed write left behind."""
    return [name for name, _, _ in _below(root) if TEMPORARY.search(name.rpartition("/")[2])]


def holding(root: Path, text: str) -> set[str]:
    """Every file that holds the text, but for the one that was given away: what is erased here stays in that."""
    return {
        _WHEN.sub("-of-", name)
        for name, path, is_folder in _below(root)
        if not is_folder and name.rpartition("/")[2] != GIVEN and text.encode() in _bytes(path)
    }


def write_beside(root: Path) -> None:
    """Write another file where a killed write left its own: only a write that succeeds sweeps."""
    for folder in {(root / name).parent for name in left(root) if "/.rmsession-" in name}:
        write_whole(folder / "another", b"")
        (folder / "another").unlink()


def has_one(root: Path) -> bool:
    """Whether session one is there."""
    return any((root / "home").glob(f"sessions/*/*/*{ONE}.json"))


def other_files(root: Path) -> dict[str, bytes]:
    """The bytes of session two."""
    return {
        str(path.relative_to(root)): path.read_bytes() for path in (root / "home").glob(f"sessions/*/*/*{TWO}.json")
    }


def _plain_files(root: Path) -> list[Path]:
    """What people see as files of theirs: agendas and exports."""
    found = [*(root / "out").rglob("*"), *(root / "home" / "agendas").rglob("*")]
    return [path for path in found if path.is_file() and not TEMPORARY.search(path.name)]


def _content(path: Path) -> Any:
    """What a file holds; of a backup, what can be read back of it."""
    if path.suffix == ".json":
        return re.sub(r'"(made|sha256)": ?"[^"]*"', "", path.read_text())
    if path.suffix != ".zip":
        return path.read_bytes()
    with opened(path) as archive:
        return {entry.name: archive.read(entry.name) for entry in archive.manifest.files}


def _steady(programme: str) -> str:
    """What a programme knows without what is another each time: when it was said, and new ids."""
    said = re.sub(r'"revised":"[^"]*"', '"revised":"a moment"', programme)
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "new", said)


def _settings(home: Path) -> tuple[Any, ...]:
    found, complaints = settings.load({"home": home}, {})
    assert not complaints, complaints
    return found.me, found.theme, found.recent


def _same(fact: Fact) -> tuple[Any, ...]:
    """A fact without what is another each time that it is made."""
    known = UUID(fact.id).int < 1 << 64
    return fact.id if known else "new", fact.by, fact.device, fact.seq, fact.at, fact.audience, fact.what


def _seen(ask: Any, *given: Any) -> Any:
    try:
        return ask(*given)
    except NoSuchSession:
        return None
    except Damaged:
        return "damaged"
