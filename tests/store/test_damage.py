"""Files that are not what was written: named, kept, left out, never overwritten."""

import json
import shutil

import pytest
from store.on_disk import note, rewrite, tables_in, the_file
from support.building import BEGIN, MENTOR, PAIR, fact_id, record

from rmsession.core.feedback import Answer, Visibility
from rmsession.core.store import Aside, Draft, HalfForm
from rmsession.core.store_errors import Conflict, Damaged, NewerFormat
from rmsession.core.text import UserText
from rmsession.store.opening import open_store

FORMS = (HalfForm("mentee", (Answer("use", 4),), Visibility.COUNTS),)
ASIDES = (Aside("amend", UserText("half"), "a-capture"),)
DAMAGE = {
    "empty": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "all but the last byte": lambda data: data[:-1],
    "two objects": lambda data: data + data,
    "another checksum": lambda data: data.replace(b'"sha256":"', b'"sha256":"0', 1)[: len(data)],
    "another text": lambda data: data.replace(b"a note", b"A note"),
    "zeros": lambda data: b"\0" * len(data),
    "no JSON": lambda data: b"hello",
    "a list": lambda data: b"[]",
    "a stock TinyDB file": lambda data: b'{"_default": {"1": {"a": 1}}}',
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
}
SHAPES = {
    "no header": lambda tables: tables.pop("session"),
    "two headers": lambda tables: tables["session"].update({"2": tables["session"]["1"]}),
    "header of another type": lambda tables: tables["session"]["1"].update({"agenda": 5}),
    "header without zone": lambda tables: tables["session"]["1"].pop("zone"),
    "another session": lambda tables: tables["session"]["1"].update({"id": record(number=5).id}),
    "a fact without kind": lambda tables: tables["facts"]["1"].pop("kind"),
    "a fact of another type": lambda tables: tables["facts"]["1"].update({"seq": "x"}),
    "an event of another type": lambda tables: tables["facts"]["1"]["data"].update({"content": None}),
    "two facts with one id": lambda tables: tables["facts"].update({"9": tables["facts"]["1"]}),
}


class TestDamage:
    @pytest.mark.parametrize("shape", [*DAMAGE, *SHAPES])
    def test_it_is_named_kept_and_left_out(self, tiny, home, shape):
        tiny.begin(record(number=1, facts=(note(1),)))
        path = the_file(home)
        tiny.begin(record(number=2, facts=(note(2),)))
        if shape in DAMAGE:
            path.write_bytes(DAMAGE[shape](path.read_bytes()))
        else:
            rewrite(path, SHAPES[shape])
        before = path.read_bytes()
        for store in (tiny, open_store(home)):
            for ask in (
                lambda store: store.load(record().id),
                lambda store: store.append(record().id, note(3)),
                lambda store: store.redact(record().id, fact_id(1), by="x", wall=BEGIN),
            ):
                with pytest.raises(Damaged) as told:
                    ask(store)
                assert path.name in str(told.value)
            with pytest.raises(Conflict):
                store.begin(record(number=1))
            assert [each.id for each in store.history()] == [record(number=2).id]
            assert [path.name in line for line in store.troubles()] == [True]
            store.append(record(number=2).id, note(4))
        assert path.read_bytes() == before

    def test_a_restored_file_is_back(self, tiny, home):
        tiny.begin(record(facts=(note(1),)))
        whole = the_file(home).read_bytes()
        the_file(home).write_bytes(whole[:-9])
        assert not tiny.history()
        the_file(home).write_bytes(whole)
        assert tiny.history()
        assert not tiny.troubles()
        tiny.append(record().id, note(2))

    def test_a_damaged_session_can_be_found_and_deleted(self, tiny, home):
        tiny.begin(record())
        the_file(home).write_bytes(b"")
        assert tiny.resolve("000") == record().id
        tiny.delete(record().id)
        assert not tiny.troubles()

    def test_damaged_people_are_named_and_never_overwritten(self, tiny, home):
        tiny.keep_pair(PAIR)
        path = home / "programme.json"
        for damage in DAMAGE.values():
            if damage(path.read_bytes()) != path.read_bytes():
                whole = path.read_bytes()
                path.write_bytes(damage(whole))
                broken = path.read_bytes()
                for ask in (tiny.programme, lambda: tiny.keep_pair(PAIR), lambda: tiny.keep_person(MENTOR)):
                    with pytest.raises(Damaged, match="programme"):
                        ask()
                assert path.read_bytes() == broken
                assert [line for line in tiny.troubles() if "programme.json" in line]
                path.write_bytes(whole)
        assert tiny.programme().pairs == (PAIR,)

    def test_a_pair_without_its_person_is_damage(self, tiny, home):
        tiny.keep_pair(PAIR)
        rewrite(home / "programme.json", lambda tables: tables["people"].pop("1"))
        with pytest.raises(Damaged):
            tiny.keep_person(MENTOR)

    @pytest.mark.parametrize("data", [b"", b"{}", b"\0" * 99])
    def test_a_draft_that_cannot_be_read_is_none(self, tiny, home, data):
        tiny.begin(record())
        tiny.keep_draft(record().id, Draft(BEGIN, 1.0, UserText("x")))
        the_file(home).with_suffix(".draft").write_bytes(data)
        assert tiny.draft(record().id) is None
        tiny.keep_draft(record().id, Draft(BEGIN, 1.0, UserText("y")))
        assert tiny.draft(record().id).line.raw == "y"

    @pytest.mark.parametrize(
        ("change", "read"),
        [
            (lambda draft: [draft.pop("asides"), draft.pop("view")], Draft(BEGIN, 1.0, UserText("x"), FORMS)),
            (lambda draft: draft["asides"][0].update(mood="calm"), Draft(BEGIN, 1.0, UserText("x"), FORMS, ASIDES)),
            (lambda draft: draft["asides"][0].update(about=7), Draft(BEGIN, 1.0, UserText("x"), FORMS)),
            (lambda draft: draft["forms"][0].update(visibility="later"), Draft(BEGIN, 1.0, UserText("x"))),
        ],
        ids=["an earlier program's", "with something new", "with another shape", "with a new choice"],
    )
    def test_a_draft_of_another_program_is_read_as_far_as_it_is_understood(self, tiny, home, change, read):
        tiny.begin(record())
        tiny.keep_draft(record().id, Draft(BEGIN, 1.0, UserText("x"), FORMS, ASIDES))
        rewrite(the_file(home).with_suffix(".draft"), lambda tables: change(tables["draft"]["1"]))
        assert tiny.draft(record().id) == read

    def test_files_of_other_names_and_copies_are_told(self, tiny, home):
        tiny.begin(record())
        stray = the_file(home).with_name("notes.json")
        stray.write_text("{}")
        copy = home / "sessions" / "2027" / the_file(home).name
        copy.parent.mkdir()
        shutil.copy(the_file(home), copy)
        assert len(tiny.history()) == 1
        told = tiny.troubles()
        assert len(told) == 2
        assert [line for line in told if "notes.json" in line]
        assert [line for line in told if "2027" in line and "second copy" in line]


class TestLaterPrograms:
    def test_unknown_kinds_and_fields_are_written_back_as_they_came(self, tiny, home):
        tiny.begin(record(facts=(note(1, "the secret"), note(2))))

        def add(tables):
            tables["facts"]["3"] = tables["facts"]["2"] | {
                "id": fact_id(3),
                "kind": "Sung",
                "data": {"bars": [1, 2.50, {"key": None}], "z": 1, "a": 2},
            }
            tables["facts"]["2"]["mood"] = "glad"
            tables["session"]["1"]["weather"] = "fine"
            tables["tunes"] = {"1": {"name": "x"}}

        rewrite(the_file(home), add)
        before = tables_in(the_file(home))
        tiny.append(record().id, note(4))
        tiny.redact(record().id, fact_id(1), by="x", wall=BEGIN)
        after = tables_in(the_file(home))
        del after["facts"]["4"], after["facts"]["1"], before["facts"]["1"]
        assert after == before
        assert json.dumps(after["facts"]) == json.dumps(before["facts"])

    @pytest.mark.parametrize("file", ["session", "programme"])
    def test_a_later_format_is_never_written_to(self, tiny, home, file):
        tiny.begin(record(facts=(note(1),)))
        tiny.keep_pair(PAIR)
        path = the_file(home) if file == "session" else home / "programme.json"
        path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":2'))
        before = path.read_bytes()
        asks = {
            "session": [
                lambda: tiny.load(record().id),
                lambda: tiny.revision(record().id),
                lambda: tiny.append(record().id, note(2)),
                lambda: tiny.redact(record().id, fact_id(1), by="x", wall=BEGIN),
            ],
            "programme": [tiny.programme, lambda: tiny.keep_pair(PAIR), lambda: tiny.keep_person(MENTOR)],
        }
        for ask in asks[file]:
            with pytest.raises(NewerFormat, match="later version") as told:
                ask()
            assert path.name in str(told.value)
        assert path.read_bytes() == before
        assert [line for line in tiny.troubles() if path.name in line]
        assert bool(tiny.history()) == (file == "programme")
