"""The file of a pair's figures: what is written reads back, and what else is in one is refused whole."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import PAIR, record
from support.strategies import agendas, journeys, travel

from rmsession.core.agenda import FeedbackKind
from rmsession.core.feedback import Via
from rmsession.core.figures import (
    ActionFigures,
    DateFigures,
    FormFigures,
    GoalScore,
    PairFigures,
    SessionFigures,
    TopicFigures,
    figures_of,
)
from rmsession.core.outcomes import Change
from rmsession.core.programme import Programme
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.core.telling import by_pair
from rmsession.core.terms import ActionStatus, Fate, Kind, Phase, Role, TopicState
from rmsession.core.text import UserText
from rmsession.store.figures_file import file_name, is_figures, read, read_figures, read_file, spell
from rmsession.store.sent import checksum

NOW = datetime(2026, 12, 24, 9, 30, tzinfo=UTC)
HERE = Path("x-figures.json")
DAY = date(2026, 11, 21)
LINE = "00000000-0000-0000-0000-000000000077"

SCORES = (("frank", 4), (f"goal:{LINE}", -2))


def full() -> PairFigures:
    """Figures with one of everything."""
    session = SessionFigures(
        record().id, PAIR.id, PAIR.mentor.id, PAIR.mentee.id, "", FeedbackKind.FINAL, Phase.ENDED, DAY, DAY,
        2700.0, 2699.5, True, (TopicFigures("", 600.0, 601.25, TopicState.DONE),),
        (FormFigures(Role.MENTEE, True, Via.PASTED, SCORES), FormFigures(Role.MENTOR, False)),
        (ActionFigures(DAY, DAY, None, ActionStatus.OPEN, 2),), (GoalScore(LINE, LINE, 3),),
        (DateFigures(DAY, Fate.MOVED),), ((Kind.NOTE, 4),), 1, 2,
    )  # fmt: skip
    entry = Change(
        "entry-1", PAIR.id, DAY, UserText("Ask \x1b[2J customers"), UserText("=1+1"), UserText("the “policy”\nnew"),
        record().id, LINE, tuple(Role), revised=NOW,
    )  # fmt: skip
    return PairFigures(PAIR.id, PAIR.mentor.id, PAIR.mentee.id, NOW, (session,), (entry,))


def body(text: str) -> dict[str, Any]:
    """What a file says."""
    return json.loads(text)


def resealed(whole: dict[str, Any]) -> bytes:
    """A file that says this, with the checksum that belongs to it."""
    rest = {name: part for name, part in whole.items() if name not in ("format", "version", "sha256")}
    return json.dumps(whole | {"sha256": checksum(rest)}).encode()


def test_what_is_written_reads_back(tmp_path):
    text = spell(full())
    assert text.isascii()
    (tmp_path / "one.json").write_text(text, encoding="ascii")
    assert read_file(tmp_path / "one.json") == full()
    assert is_figures(text.encode())
    assert {*body(text)} == {
        "format", "version", "sha256", "made", "pair", "mentor", "mentee", "sessions", "changes"
    }  # fmt: skip
    assert (body(text)["format"], body(text)["version"]) == ("rmsession figures", 1)
    assert file_name(full()) == "2026-12-24-pair-robin-alex-figures.json"


@given(agendas(), journeys())
def test_whatever_the_engine_comes_to_reads_back(plan, numbers):
    sessions = [figures_of(travel(plan, numbers).session)]
    (told,) = by_pair(Programme(pairs=(PAIR,)), [replace(each, pair=PAIR.id) for each in sessions], NOW)
    assert read(spell(told).encode(), HERE) == told


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a document: every number, word, date and id."""
    if isinstance(document, dict):
        return [each for name, part in document.items() for each in places(part, (*path, name))]
    if isinstance(document, list):
        return [each for number, part in enumerate(document) for each in places(part, (*path, number))]
    return [path]


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The same document with something else in one place."""
    copy = json.loads(json.dumps(document))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copy


WHOLE = body(spell(full()))
PLACES = [each for each in places(WHOLE) if each[0] not in ("format", "sha256")]
WORDS = {"idea", "answer", "changed"}


def test_no_word_passes_where_none_belongs():
    """Beside the change log's three texts every place is a number, a date, an id or one word of a few."""
    told = []
    for path in PLACES:
        for word in ("she spoke of a merger", {"text": "merger"}, ["merger"]):
            try:
                read(resealed(put(WHOLE, path, word)), HERE)
            except (Damaged, NewerFormat):
                continue
            told.append(path[-1])
    assert set(told) == WORDS


@pytest.mark.parametrize("where", [(), ("sessions", 0), ("sessions", 0, "topics", 0), ("changes", 0)])
def test_nothing_can_be_added(where):
    with pytest.raises(Damaged, match="more than figures"):
        read(resealed(put(WHOLE, (*where, "note"), "merger")), HERE)


NONSENSE = {
    ("sessions", 0, "planned_seconds"): (-1.0, 1e300),
    ("sessions", 0, "topics", 0, "topic"): ("t-x", "t-0123456789a"),
    ("sessions", 0, "forms", 0, "scores", 0, 1): (0, 6, 10**6),
    ("sessions", 0, "forms", 0, "scores", 0, 0): ("own:1", "goal:me", "keep"),
    ("sessions", 0, "forms", 0, "scores", 1, 1): (3, -3),
    ("sessions", 0, "forms", 1, "role"): ("mentee",),
    ("sessions", 0, "forms", 0, "given"): (False,),
    ("sessions", 0, "actions", 0, "carried"): (-1, 10**9),
    ("sessions", 0, "goals", 0, "score"): (11, -1),
    ("sessions", 0, "goals", 0, "goal"): ("g-0123456789",),
    ("sessions", 0, "lines", 0, 1): (-1, 10**9),
    ("sessions", 0, "reviewed"): (3,),
    ("sessions", 0, "pair"): ("pair-other",),
    ("sessions", 0, "session"): ("../../x",),
    ("sessions", 0, "waited"): ([[LINE, True]],),
    ("sessions", 0, "action_lines"): ([LINE],),
    ("changes", 0, "agreed"): (["mentor"], []),
    ("changes", 0, "withdrawn"): (True,),
    ("changes", 0, "pair"): ("pair-other",),
    ("changes", 0, "idea"): ("x" * 20_000,),
    ("made",): ("2026-12-24T09:30:00", "1066-12-24T09:30:00Z"),
    ("pair",): ("a b", "", "p" * 300),
}


@pytest.mark.parametrize("path", NONSENSE, ids=lambda path: ".".join(map(str, path)))
def test_what_makes_no_sense_is_refused(path):
    for value in NONSENSE[path]:
        with pytest.raises(Damaged, match="was not read"):
            read(resealed(put(WHOLE, path, value)), HERE)


def test_two_sessions_with_one_id_are_refused():
    twice = put(WHOLE, ("sessions",), [WHOLE["sessions"][0]] * 2)
    with pytest.raises(Damaged, match="one name"):
        read(resealed(twice), HERE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": "rmsession share"}',
        b"[" * 100_000,
        b'{"made": NaN}',
        b'{"a": 1e999}',
        b"\xff\xfe",
    ],
)
def test_what_is_no_such_file_is_refused_in_one_line(data):
    with pytest.raises(Damaged) as told:
        read(data, HERE)
    assert "share --figures" in str(told.value)
    assert str(told.value).isprintable()


@given(st.integers(0, 10**6), st.sampled_from(b"09aZ{,\n\x00"))
def test_no_changed_byte_passes_for_what_was_written(place, byte):
    data = bytearray(spell(full()).encode())
    data[place % len(data)] = byte
    with suppress(StoreError):
        assert read(bytes(data), HERE) == full()  # a blank for a line end


def test_a_later_programs_file_is_told_as_such():
    with pytest.raises(NewerFormat, match="later version"):
        read(json.dumps(WHOLE | {"version": 2}).encode(), HERE)


def test_an_agenda_that_only_a_later_program_knows_has_no_name_here():
    named = put(
        put(WHOLE, ("sessions", 0, "agenda"), "a-0123456789"), ("sessions", 0, "topics", 0, "topic"), "t-0123456789"
    )
    assert read(resealed(named), HERE) == full()


def test_a_text_that_would_come_back_as_another_does_not_leave():
    entry = replace(full().changes[0], idea=UserText("\ud83d\ude00"))
    with pytest.raises(StoreError, match="Not shared"):
        spell(replace(full(), changes=(entry,)))


class TestFolder:
    def test_of_each_pair_the_latest_file_counts_and_others_are_passed_over(self, tmp_path):
        other = replace(full(), pair="pair-other", sessions=(), changes=())
        early, late = replace(full(), sessions=()), replace(full(), made=NOW + timedelta(hours=3))
        for name, each in (("z", early), ("a", late), ("b", other)):
            (tmp_path / f"{name}.json").write_text(spell(each), encoding="ascii")
        (tmp_path / "notes.txt").write_text("merger", encoding="utf-8")
        (tmp_path / "package.json").write_text("{}", encoding="utf-8")
        (tmp_path / "sub.json").mkdir()
        os.mkfifo(tmp_path / "pipe.json")
        assert read_figures(tmp_path) == ((other, late), ())

    def test_a_damaged_one_is_named_in_a_line_and_the_others_count(self, tmp_path):
        text = spell(full())
        (tmp_path / "good-figures.json").write_text(text, encoding="ascii")
        (tmp_path / "half\x1b-figures.json").write_text(text[: len(text) // 2], encoding="ascii")
        (tmp_path / "empty-figures.json").write_text("", encoding="ascii")
        (tmp_path / "changed.json").write_text(text.replace("2699.5", "2.5"), encoding="ascii")
        found, troubles = read_figures(tmp_path)
        assert found == (full(),)
        assert len(troubles) == 3
        assert all(each.isprintable() and "Ask for the file again" in each for each in troubles)

    def test_a_folder_that_is_none_is_told(self, tmp_path):
        for name in ("gone", "x" * 300, "nul\x00"):
            with pytest.raises(StoreError, match="cannot be read"):
                read_figures(tmp_path / name)
