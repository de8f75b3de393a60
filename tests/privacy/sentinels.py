"""Sessions with a mark of its own in every place where something private can stand, and how to look for marks.

A mark is a word that stands nowhere else. Whoever looks for it finds it whole or in part, in any case, and also where
somebody wrote it in base64, with escapes, in UTF-16 or compressed.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from support.building import MENTEE, MENTOR, PAIR, Play, content, record
from support.held import session_id

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda, FeedbackKind
from rmsession.core.arrangement import Arrangement, Objective, Profile
from rmsession.core.commands_sitting import CorrectPair
from rmsession.core.facts import FeedbackGiven, Unknown
from rmsession.core.feedback import Answer, Via, Visibility, form
from rmsession.core.programme import Pair, Person
from rmsession.core.record import Record, redacted
from rmsession.core.store import Draft, HalfForm
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText
from rmsession.core.uniting import Known
from rmsession.reader.agenda_reader import read_text
from rmsession.store.opening import open_store

_PART = 7
"""So many characters of a mark give it away."""


def mark(name: str) -> str:
    """The mark for a place: ten letters, the accented one in the middle of nothing else."""
    letters = (chr(ord("a") + byte % 26) for byte in hashlib.sha256(name.encode()).digest())
    return f"é{''.join(letter for letter in letters)[:10]}"


def found_in(data: bytes, word: str) -> bool:
    """Whether a mark, or enough of it, can be read out of these bytes."""
    return any(_stands(form, word) for form in _forms(data))


def _stands(data: bytes, word: str) -> bool:
    plain = word.removeprefix("é").encode()
    low = data.lower()
    whole = [plain[start : start + _PART] for start in range(len(plain) - _PART + 1)]
    wide = [bytes(each) for part in whole for each in (part.decode().encode("utf-16-le"),)]
    return any(part in low for part in whole + wide) or _in_base64(data, plain)


def _in_base64(data: bytes, plain: bytes) -> bool:
    # At each of the three places in a group of three; the first and last sign depend on the neighbours.
    shifted = (base64.b64encode(b"\0" * shift + plain)[(shift and 2) or 0 :][2:-4] for shift in range(3))
    return any(each in data for each in shifted)


def _forms(data: bytes) -> Iterable[bytes]:
    """The bytes as they are, without what sets text (colours, line ends), and unpacked."""
    yield data
    yield re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", data)
    with suppress(OSError, EOFError, zlib.error):
        yield gzip.decompress(data)
    with suppress(zipfile.BadZipFile, tarfile.TarError, OSError, EOFError):
        if zipfile.is_zipfile(io.BytesIO(data)):
            archive = zipfile.ZipFile(io.BytesIO(data))
            yield from (archive.read(name) for name in archive.namelist())
        elif tarfile.is_tarfile(io.BytesIO(data)):
            with tarfile.open(fileobj=io.BytesIO(data)) as tar:
                yield from (file.read() for each in tar if (file := tar.extractfile(each)))


def agenda_text() -> str:
    """An agenda as a mentor writes it, with private prompts wherever a comment can stand, and a private topic."""
    m = mark
    return f"""---
title: Talk {m("title")}
duration: 40
feedback: first
---
<!-- {m("prompt before all")} -->

Purpose {m("purpose")}.

## Opening {m("topic")} <!-- {m("prompt in a title")} --> (10 min)

Body {m("body")}.

<!-- {m("prompt")}
goes on {m("prompt, next line")} -->

- [ ] tick {m("tick")} <!-- {m("prompt in a prompt")} -->
- ? question {m("question")}

## Salary {m("private topic")} (10 min) (private)

Body {m("private body")}.

- [ ] figure {m("private topic's prompt")}
- ? ask {m("private topic's question")}

## What went wrong {m("off-record topic")} (5 min) (off the record)

- [ ] said {m("off-record tick")}

## First action and feedback (10 min)

- [ ] next date
"""


PRIVATE_PROMPTS = ("prompt before all", "prompt in a title", "prompt", "prompt, next line", "prompt in a prompt")
AGENDA_SHARED = ("title", "topic", "tick")
"""What of the agenda an export shows, the prompt because it is ticked."""
PRIVATE_TOPIC = ("private topic", "private body", "private topic's prompt", "private topic's question")


@dataclass
class Held:
    """A session with marks in it, and which of them may be seen where."""

    record: Record
    draft: Draft
    other: Record
    """Another pair's session."""
    shared: set[str] = field(default_factory=set)
    """Must be in every export."""
    private: set[str] = field(default_factory=set)
    """May be seen by their writer, when asked for."""
    gone: set[str] = field(default_factory=set)
    """In the file, and for nobody's eyes: withdrawn, amended, undone, private prompts, drafts, guarded answers."""
    answers: set[str] = field(default_factory=set)
    """Shown where feedback is asked for."""
    others: set[str] = field(default_factory=set)
    """Another pair's."""
    erased: dict[str, set[str]] = field(default_factory=dict)
    """Marks of captures that are there to be redacted, by the capture's id."""

    @property
    def hidden(self) -> set[str]:
        """What nobody may see unasked."""
        return self.private | self.gone | self.others | set().union(*self.erased.values())


def after_redaction(it: Held) -> Held:
    """The same once everything was redacted that is there for it: its marks are gone for everybody."""
    left = it.record
    for target in it.erased:
        left = redacted(left, target, by=MENTOR.id, wall=it.draft.wall)
    return replace(it, record=left)


def agenda() -> Agenda:
    """`agenda_text`, read."""
    plan = read_text(agenda_text(), name="talk").agenda
    assert [topic.private for topic in plan.topics] == [False, True, False, False]
    assert plan.feedback is FeedbackKind.FIRST
    return plan


def held(*, end: bool = True) -> Held:
    """The session, held: everything that can become of a line has become of one."""
    former = Pair("pair-former", MENTOR, Person("person-former", UserText(f"Kim {mark('former name')}")))
    play = Play(replace(record(agenda()), id=session_id("abcd"), pair=former))
    it = Held(play.record, Draft(play.now.wall, 0.0, UserText()), another().record)
    it.others |= {"former name", *OTHERS}
    it.gone |= {*PRIVATE_PROMPTS}
    it.private |= {*PRIVATE_TOPIC}
    it.shared |= {*AGENDA_SHARED}
    play.start()
    play.do(CorrectPair(PAIR.id, MENTOR.id, MENTEE.id, MENTOR.name, MENTEE.name))
    play.wait(minutes=2)
    play.do(asked.Tick(next(each.id for each in play.session.topics[0].prompts if each.kind.value == "tick")))
    _shared(play, it)
    _private(play, it)
    _gone(play, it)
    _other_topics(play, it)
    if end:
        _end(play, it)
    it.record = play.record
    answers = (Answer("stuck", text=UserText(f"half {mark('half a form')}")),)
    forms = () if end else (HalfForm("mentee", answers, Visibility.COUNTS),)
    it.draft = Draft(play.now.wall, play.at, UserText(f"~ under way {mark('draft')}"), forms)
    it.gone |= {"draft", "half a form"}
    return it


def _shared(play: Play, it: Held) -> None:
    for kind in Kind:
        name = f"shared {kind.value}"
        play.keep(f"said {mark(name)}", kind)
        it.shared.add(name)
    play.keep(f"do {mark('action')}", Kind.ACTION, owner=f"Dana {mark('owner')}", due="2026-12-01")
    amended = play.keep(f"first {mark('before it was amended')}")
    play.do(asked.Amend(amended, content(f"then {mark('amended')}")))
    dropped = play.keep(f"drop {mark('dropped')}", Kind.ACTION)
    play.do(asked.Drop(dropped, UserText(f"because {mark('reason')}")))
    opened = play.keep(f"opened {mark('made shared')}", private=True)
    play.do(asked.SetAudience(opened, Audience.SHARED))
    it.shared |= {"action", "owner", "amended", "dropped", "reason", "made shared"}
    it.gone.add("before it was amended")
    for name in ("redacted note", "redacted private note", "redacted action", "redacted open action"):
        kind = Kind.ACTION if name.endswith("action") else Kind.NOTE
        line = play.keep(f"to go {mark(name)}", kind, private="private" in name)
        play.do(
            asked.Amend(line, content(f"to go again {mark(name + ', amended')}", f"Owner {mark(name + ', owner')}"))
        )
        it.erased[line] = {name, f"{name}, amended", f"{name}, owner"}
        if name == "redacted action":
            play.do(asked.Drop(line, UserText(f"why {mark(name + ', reason')}")))
            it.erased[line].add(f"{name}, reason")


def _private(play: Play, it: Held) -> None:
    for by in (MENTOR, MENTEE):
        role = play.session.role_of(by.id).value
        for kind in Kind:
            name = f"{role}'s private {kind.value}"
            play.keep(f"own {mark(name)}", kind, private=True, by=by.id, tags=(mark(f"{name}, tag"),))
            it.private |= {name}
    owner = f"Dana {mark('private owner')}"
    play.keep(f"own {mark('private action')}", Kind.ACTION, private=True, owner=owner, due="2026-12-02")
    dropped = play.keep(f"own {mark('private dropped')}", Kind.ACTION, private=True)
    play.do(asked.Drop(dropped, UserText(f"for {mark('private reason')}")))
    closed = play.keep(f"closed {mark('made private')}")
    play.do(asked.SetAudience(closed, Audience.MENTOR))
    doubtful = play.keep(f"own {mark('private doubt')}", private=True, doubts=(f"by {mark('what was in doubt')}",))
    assert doubtful
    it.private |= {"private action", "private owner", "private dropped", "private reason", "made private"}
    it.private |= {"private doubt"}


def _gone(play: Play, it: Held) -> None:
    for private in (False, True):
        own = "private " if private else ""
        line = play.keep(f"back {mark(own + 'withdrawn')}", private=private)
        play.do(asked.Withdraw(line))
        play.keep(f"undo {mark(own + 'undone')}", private=private)
        play.do(asked.Undo())
        line = play.keep(f"stays {mark(own + 'stays')}", private=private)
        play.do(asked.Amend(line, content(f"undo {mark(own + 'undone amendment')}")))
        play.do(asked.Undo())
        it.gone |= {f"{own}withdrawn", f"{own}undone", f"{own}undone amendment"}
        (it.private if private else it.shared).add(f"{own}stays")
    play.happen(Unknown("Whispered", f'{{"text": "later {mark("a later program")}"}}'))
    it.gone.add("a later program")


def _other_topics(play: Play, it: Held) -> None:
    play.do(asked.Next())
    play.wait(minutes=1)
    play.keep(f"figure {mark('line in the private topic')}")
    moved = play.keep(f"moved {mark('moved out of the private topic')}")
    play.do(asked.MoveCapture(moved, play.session.topics[0].id))
    it.private |= {"line in the private topic", "moved out of the private topic"}
    play.do(asked.Next())
    refused = play.try_to(asked.Keep(Kind.NOTE, content(f"off {mark('off the record')}")))
    assert refused is None
    it.gone |= {"off the record", "off-record tick"}
    play.do(asked.Tick(play.session.topics[2].prompts[0].id))
    play.do(asked.Next())


def _end(play: Play, it: Held) -> None:
    play.do(asked.Close())
    plan = play.record.agenda
    for role, by, shown in ((Role.MENTEE, MENTEE, Visibility.COUNTS), (Role.MENTOR, MENTOR, Visibility.BOTH)):
        items = form(plan.feedback, role.value, topic=plan.title).items
        words = next(item for item in items if not item.scores)
        name = f"{role.value}'s answer"
        answers = (Answer(words.id, text=UserText(f"think {mark(name)}")),)
        play.do(asked.GiveFeedback(FeedbackGiven(role, answers, shown, Via.SCREEN)), by=by.id)
        (it.gone if shown is Visibility.COUNTS else it.answers).add(name)
    play.do(asked.End())


OF_THE_PAIR = {"wave", "role", "place", "level", "objective"}
"""What a programme knows of the pair: the pair's own affair, and no part of what it says in a session."""
OTHERS = (
    "other wave", "other role", "other name", "other title", "other line", "other private line", "other action",
    "other owner", "other tag",
)  # fmt: skip


def another() -> Play:
    """Another pair's session, the newer one."""
    pair = Pair("pair-other", MENTOR, Person("person-other", UserText(f"Sam {mark('other name')}")))
    plan = read_text(f"# Plan {mark('other title')}\n\n## One (10 min)\n", name="plan").agenda
    play = Play(replace(record(plan), id=session_id("ef01"), pair=pair))
    play.start()
    play.keep(f"said {mark('other line')}", tags=(mark("other tag"),))
    play.keep(f"own {mark('other private line')}", private=True)
    play.keep(f"do {mark('other action')}", Kind.ACTION, owner=f"Lee {mark('other owner')}", due="2026-12-01")
    play.do(asked.End())
    return play


def known_of(it: Held) -> list[Known]:
    """Both pairs, and what a programme knows of them."""
    text = {name: UserText(f"{name} {mark(name)}") for name in (*OF_THE_PAIR, "other wave", "other role")}
    other = it.other.pair
    return [
        PAIR,
        other,
        Profile(PAIR.mentee.id, text["role"], text["place"], text["level"]),
        Profile(other.mentee.id, text["other role"]),
        Arrangement(PAIR.id, text["wave"], objective=Objective.OWN, objective_words=text["objective"]),
        Arrangement(other.id, text["other wave"]),
    ]


def kept(it: Held, home: Path) -> None:
    """Put both sessions, the people and the draft into a data folder."""
    store = open_store(home)
    for each in (it.record, it.other):
        store.begin(each)
    store.keep_known(known_of(it))
    store.keep_draft(it.record.id, it.draft)
    store.history()
    store.close()


def names_in(data: bytes | str, names: Iterable[str]) -> set[str]:
    """Of these places, those whose marks can be read out of the data."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    forms = tuple(_forms(data))
    return {name for name in names if any(_stands(each, mark(name)) for each in forms)}


def bytes_under(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, and its own name, by path."""
    return {
        str(path): str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
