"""Restoring brings back what is missing, and undoes nothing that was kept or erased since."""

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from store.copying import NOW, WAYS, Failing, Killed, brought_back, contents, holds, late, saved, seen, would_change
from store.kept_values import facts, records
from store.on_disk import action, finished, note, program, rewrite, the_file
from support.building import BEGIN, PAIR, content, fact, fact_id, record
from support.tally import tally

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.facts import Amended, Captured, Erased
from rmsession.core.programme import Pair, Person
from rmsession.core.record import merge
from rmsession.core.store import Draft
from rmsession.core.store_errors import NoSuchSession, NotKept, StoreError
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.store.comparing import Fate
from rmsession.store.disk import Disk
from rmsession.store.folder import folder_named
from rmsession.store.ledger import Ledger
from rmsession.store.locks import writing
from rmsession.store.opening import open_store
from rmsession.store.session_file import load
from rmsession.store.snapshots import Snapshots, snapshots

ONE, TWO = record(number=1).id, record(number=2).id
SECRET = "SENTINEL-4711 is the secret"


@pytest.fixture
def file(tmp_path):
    """Where the backup goes."""
    return tmp_path / "b.zip"


def fates(told):
    return {change.session: change.fate for change in told.changes}


class TestUniting:
    def test_histories_that_went_apart_become_one(self, tiny, home, file):
        tiny.begin(record(facts=(action(1),)))
        shutil.copytree(home, other := home.with_name("other"))
        store = open_store(other)
        store.append(ONE, late(5))
        saved(other, file)
        tiny.append(ONE, late(4))
        (change,) = would_change(home, file).changes
        assert (change.fate, change.facts, change.here_only) == (Fate.ADDS, 1, 1)
        before = tiny.load(ONE)
        assert brought_back(home, file).changes == [change]
        assert tiny.load(ONE) == merge(before, store.load(ONE))
        assert set(tiny.load(ONE).facts) == {action(1), late(4), late(5)}

    def test_what_was_kept_since_stays(self, tiny, home, file):
        tiny.begin(record(facts=(action(1),)))
        saved(home, file)
        tiny.append(ONE, late(2))
        before = contents(home)
        told = brought_back(home, file)
        assert not told.something
        assert [(each.fate, each.here_only) for each in told.changes] == [(Fate.SAME, 1)]
        assert contents(home) == before

    def test_it_stands_as_it_was_in_a_snapshot_before_it_changes(self, tiny, home, file):
        tiny.begin(record(facts=(action(1), note(2))))
        saved(home, file)
        rewrite(the_file(home), lambda tables: tables["facts"].pop("2"))
        before = the_file(home).read_bytes()
        brought_back(home, file)
        assert tiny.load(ONE).facts == (action(1), note(2))
        assert snapshots(folder_named(home, Disk()), ONE)[0].path.read_bytes() == before

    def test_a_rival_is_told_and_never_written_over(self, tiny, home, file):
        tiny.begin(record(facts=(note(1, "there"), note(2))))
        saved(home, file)
        tiny.delete(ONE)
        tiny.begin(record(facts=(note(1, "here"),)))
        (change,) = brought_back(home, file).changes
        assert (change.fate, change.facts, change.rivals) == (Fate.ADDS, 1, 1)
        assert tiny.load(ONE).facts == (note(1, "here"), note(2))

    # Not shrunk: each try makes four data folders, and making one smaller takes minutes.
    @settings(
        max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=set(Phase) - {Phase.shrink}
    )
    @given(base=records(), some=st.lists(facts(), max_size=6, unique_by=lambda each: each.id), cuts=st.data())
    def test_whatever_is_kept_comes_back_the_same(self, tmp_path_factory, base, some, cuts):
        """Into an empty folder, and into one whose history went another way from any moment on."""
        top = tmp_path_factory.mktemp("any")
        first = cuts.draw(st.integers(0, len(some)))
        second = cuts.draw(st.integers(first, len(some)))
        there, here = open_store(top / "there", disk=Failing()), open_store(top / "here", disk=Failing())
        whole = replace(base, facts=tuple(some[:second]))
        there.begin(merge(whole, whole))  # a record with a tombstone holds none of the words it erases
        here.begin(replace(base, facts=(*some[:first], *some[second:])))
        saved(top / "there", top / "b.zip", Failing())
        brought_back(top / "new", top / "b.zip", disk=Failing())
        wanted = contents(top / "there")
        marks = {name: data for name, data in contents(top / "new").items() if name.startswith("erased/")}
        assert contents(top / "new") == wanted | marks
        assert open_store(top / "new").load(base.id) == there.load(base.id)
        assert [each.id for each in open_store(top / "new").history()] == [each.id for each in there.history()]
        both = merge(here.load(base.id), there.load(base.id))
        brought_back(top / "here", top / "b.zip", disk=Failing())
        assert here.load(base.id) == both
        assert not would_change(top / "here", top / "b.zip").something
        tally("a backup of any record into any other, and into none", cases=1)


class TestDamage:
    def test_a_damaged_file_gives_way_and_is_kept(self, tiny, home, file):
        tiny.begin(record(facts=(action(1), note(2))))
        saved(home, file)
        path = the_file(home)
        whole = path.read_bytes()
        path.write_bytes(broken := whole[:-9])
        assert fates(would_change(home, file)) == {ONE: Fate.MENDS}
        told = brought_back(home, file)
        assert told.aside == [path.with_name(f"{path.name}.damaged")]
        assert told.aside[0].read_bytes() == broken
        assert path.read_bytes() == whole
        assert not tiny.troubles()
        tiny.append(ONE, note(3))

    def test_a_snapshot_adds_what_the_backup_lacks(self, tiny, home, file):
        tiny.begin(record(facts=(action(1),)))
        saved(home, file)
        tiny.append(ONE, note(2))
        Snapshots(folder_named(home, Disk()), Disk(), lambda: NOW).before_change(the_file(home))
        the_file(home).write_bytes(b"")
        brought_back(home, file)
        assert tiny.load(ONE).facts == (action(1), note(2))

    def test_a_snapshot_alone_can_be_restored(self, tiny, home):
        tiny.begin(record(facts=(action(1),)))
        tiny.append(ONE, late(2))
        (snapshot,) = snapshots(folder_named(home, Disk()), ONE)
        the_file(home).write_bytes(b"{")
        assert fates(brought_back(home, snapshot.path)) == {ONE: Fate.MENDS}
        assert tiny.load(ONE).facts == (action(1),)
        the_file(home).unlink()
        assert fates(brought_back(home, snapshot.path)) == {ONE: Fate.NEW}
        assert tiny.load(ONE).facts == (action(1),)

    def test_what_is_damaged_there_is_named_and_the_rest_comes(self, tiny, home, file):
        tiny.begin(record(number=1, facts=(action(1),)))
        tiny.begin(record(number=2))
        name = the_file(home, 2).name
        the_file(home, 2).write_bytes(b"{")
        saved(home, file)
        told = brought_back(home.with_name("new"), file)
        assert fates(told) == {ONE: Fate.NEW, TWO: Fate.REFUSED}
        assert name in next(each.why for each in told.changes if each.why)

    def test_a_later_format_is_left_alone_here_and_there(self, tiny, home, file):
        tiny.begin(record(facts=(action(1),)))
        saved(home, file)
        later = the_file(home).read_bytes().replace(b'"format":1', b'"format":2')
        the_file(home).write_bytes(later)
        told = brought_back(home, file)
        assert fates(told) == {ONE: Fate.REFUSED}
        assert "later version" in told.changes[0].why
        assert the_file(home).read_bytes() == later
        saved(home, file)
        assert fates(brought_back(home.with_name("new"), file)) == {ONE: Fate.REFUSED}

    def test_damaged_people_give_way_and_are_kept(self, tiny, home, file):
        tiny.keep_pair(PAIR)
        saved(home, file)
        (home / "programme.json").write_bytes(b"{")
        told = brought_back(home, file)
        assert told.people == 3
        assert [path.name for path in told.aside] == ["programme.json.damaged"]
        assert tiny.programme().pairs == (PAIR,)
        assert not tiny.troubles()


class TestErased:
    def test_what_was_redacted_since_stays_redacted(self, tiny, home, file):
        tiny.begin(record(facts=(action(1, SECRET),)))
        tiny.append(ONE, fact(Amended(fact_id(1), fact_id(1), content(f"{SECRET}, amended")), 2, 2.0))
        saved(home, file)
        tiny.redact(ONE, fact_id(1), by="x", wall=BEGIN)
        before = tiny.load(ONE)
        brought_back(home, file)
        assert tiny.load(ONE) == before
        assert not holds(home, SECRET)

    @pytest.mark.parametrize("lose", [lambda path: path.write_bytes(b""), lambda path: path.unlink()])
    def test_even_when_the_file_with_its_tombstone_was_lost(self, tiny, home, file, lose):
        tiny.begin(record(facts=(action(1, SECRET), note(2))))
        tiny.keep_draft(ONE, Draft(BEGIN, 1.0, UserText(SECRET)))
        saved(home, file)
        tiny.redact(ONE, fact_id(1), by="x", wall=BEGIN)
        tiny.drop_draft(ONE)
        lose(the_file(home))
        brought_back(home, file)
        assert [type(each.what) for each in tiny.load(ONE).facts] == [Erased, Captured]
        assert not holds(home, SECRET)

    def test_what_was_redacted_there_leaves_file_draft_snapshots_and_index_here(self, tiny, home, file):
        tiny.begin(record(facts=(action(1, SECRET), note(2))))
        shutil.copytree(home, other := home.with_name("other"))
        open_store(other).redact(ONE, fact_id(1), by="x", wall=BEGIN)
        saved(other, file)
        tiny.keep_draft(ONE, Draft(BEGIN, 1.0, UserText(SECRET)))
        tiny.append(ONE, late(3, target=2))
        assert tiny.open_actions()
        the_file(home).with_name(f"{the_file(home).name}.damaged").write_text(SECRET)
        assert len(holds(home, SECRET)) == 5
        tiny.close()
        brought_back(home, file)
        assert not holds(home, SECRET)
        assert len(open_store(home).load(ONE).facts) == 3

    def test_a_session_deleted_since_stays_deleted_unless_asked(self, tiny, home, file):
        tiny.begin(record(number=1, facts=(action(1, SECRET),)))
        tiny.begin(record(number=2))
        saved(home, file)
        tiny.delete(ONE)
        assert fates(brought_back(home, file)) == {ONE: Fate.DELETED, TWO: Fate.SAME}
        assert not holds(home, SECRET)
        with pytest.raises(NoSuchSession):
            tiny.load(ONE)
        assert fates(brought_back(home, file, deleted=True)) == {ONE: Fate.NEW, TWO: Fate.SAME}
        assert tiny.load(ONE).facts == (action(1, SECRET),)
        the_file(home).unlink()
        assert fates(would_change(home, file)) == {ONE: Fate.NEW, TWO: Fate.SAME}

    def test_what_was_erased_there_is_known_here(self, tiny, home, file):
        tiny.begin(record(number=1))
        saved(home, early := file.with_name("early.zip"))
        tiny.delete(ONE)
        saved(home, file)
        new = home.with_name("new")
        brought_back(new, file)
        assert fates(brought_back(new, early)) == {ONE: Fate.DELETED}

    def test_the_ledger_keeps_the_first_day_and_no_ids(self, tiny, home):
        ledger = Ledger(folder_named(home, Disk()), Disk())
        ledger.add(ONE)
        before = ledger.entries()
        ledger.take_in({key: day + timedelta(days=3) for key, day in before.items()})
        assert ledger.entries() == before
        assert ONE not in "".join(path.name for path in (home / "erased").iterdir())
        ledger.drop(ONE)
        assert not ledger.entries()


class TestTheRest:
    def test_people_come_in_and_those_here_stay_as_they_are(self, tiny, home, file):
        tiny.keep_pair(PAIR)
        saved(home, file)
        store = open_store(home.with_name("other"))
        here = replace(PAIR.mentor, name=UserText("Robin, renamed"))
        store.keep_person(here)
        more = Pair("pair-2", here, Person("person-2", UserText("Sam")))
        store.keep_pair(more)
        told = brought_back(home.with_name("other"), file)
        assert told.people == 2
        assert store.programme().pairs == (more, replace(PAIR, mentor=here))
        assert not brought_back(home.with_name("other"), file).something

    def test_what_is_known_of_people_comes_in_where_it_is_later_than_here(self, tiny, home, file):
        then, later = BEGIN, BEGIN + timedelta(days=1)
        theirs = Arrangement(PAIR.id, UserText("one"), revised=later)
        tiny.keep_known((PAIR, theirs, Profile(PAIR.mentor.id, UserText("VP"), revised=then)))
        saved(home, file)
        other = home.with_name("other")
        store = open_store(other)
        here = Profile(PAIR.mentor.id, UserText("CFO"), revised=later)
        store.keep_known((PAIR, here, Arrangement(PAIR.id, UserText("two"), revised=then)))
        told = brought_back(other, file)
        assert (told.people, told.known, told.something) == (0, 1, True)
        assert (store.programme().arrangements, store.programme().profiles) == ((theirs,), (here,))
        assert not brought_back(other, file).something

    def test_settings_and_agendas_come_where_they_are_missing(self, tiny, home, file):
        (home / "agendas").mkdir()
        for name, text in (("config.toml", 'me = "Robin"\n'), ("agendas/a.md", "# A\n"), ("agendas/b.md", "# B\n")):
            (home / name).write_text(text)
        saved(home, file, agendas=sorted((home / "agendas").iterdir()))
        new = home.with_name("new")
        (new / "agendas").mkdir(parents=True)
        (new / "agendas" / "a.md").write_text("# Mine\n")
        told = brought_back(new, file)
        assert told.files == ["config.toml", "agendas/b.md"]
        assert [(new / "agendas" / name).read_text() for name in ("a.md", "b.md")] == ["# Mine\n", "# B\n"]
        (new / "agendas" / "b.md").unlink()
        (new / "agendas" / "b.md").symlink_to(home / "nowhere.md")
        assert not brought_back(new, file).files

    def test_two_folders_stay_two_devices(self, tiny, home, file):
        saved(home, file)
        new = home.with_name("new")
        brought_back(new, file)
        assert open_store(new).device != tiny.device

    def test_a_draft_comes_with_its_session_and_never_over_another(self, tiny, home, file):
        tiny.begin(record())
        tiny.keep_draft(ONE, Draft(BEGIN, 1.0, UserText("there")))
        saved(home, file)
        tiny.keep_draft(ONE, Draft(BEGIN, 2.0, UserText("here")))
        brought_back(home, file)
        assert tiny.draft(ONE).line.raw == "here"
        brought_back(home.with_name("new"), file)
        assert open_store(home.with_name("new")).draft(ONE).line.raw == "there"

    def test_looking_changes_nothing(self, tiny, home, file):
        tiny.begin(record(number=1, facts=(action(1),)))
        tiny.begin(record(number=2))
        tiny.keep_pair(PAIR)
        saved(home, file)
        the_file(home, 1).write_bytes(b"{")
        the_file(home, 2).unlink()
        (home / "programme.json").unlink()
        before = contents(home)
        assert fates(would_change(home, file)) == {ONE: Fate.MENDS, TWO: Fate.NEW}
        assert contents(home) == before


LIVE = """
store = open_store(sys.argv[1])
with store.live(record().id, person="Robin"):
    seen = store.revision(record().id)
    print("running", flush=True)
    sys.stdin.readline()
    store.append(record().id, note(9))
    print(store.revision(record().id) > seen, len(store.load(record().id).facts), flush=True)
"""


class TestMeanwhile:
    def test_a_session_that_runs_elsewhere_takes_in_what_comes(self, tiny, home, file):
        tiny.begin(record(facts=(note(1), note(2))))
        saved(home, file)
        rewrite(the_file(home), lambda tables: tables["facts"].pop("2"))
        runner = program(LIVE, home)
        assert runner.stdout.readline() == "running\n"
        brought_back(home, file)
        told, _ = runner.communicate("\n", timeout=60)
        assert told == "True 3\n"
        assert tiny.load(ONE).facts == (note(1), note(2), note(9))

    def test_it_waits_for_whoever_is_writing(self, tiny, home, file, monkeypatch):
        tiny.begin(record(facts=(note(1), note(2))))
        saved(home, file)
        rewrite(the_file(home), lambda tables: tables["facts"].pop("2"))
        monkeypatch.setattr("rmsession.store.locks._PATIENCE", 0.05)
        with writing(folder_named(home, Disk()).lock(ONE)), pytest.raises(NotKept, match="another program"):
            brought_back(home, file)
        assert tiny.load(ONE).facts == (note(1),)

    def test_a_backup_while_a_session_runs_holds_what_was_acknowledged(self, tiny, home, file):
        tiny.begin(record())
        writer = """
store = open_store(sys.argv[1])
for seq in range(1, 100):
    store.append(record().id, note(seq))
    print(seq, flush=True)
"""
        runner = program(writer, home)
        first = int(runner.stdout.readline())
        for _ in range(10):
            assert not saved(home, file).damaged
        finished(runner)
        new = home.with_name("new")
        brought_back(new, file)
        facts = [each.seq for each in open_store(new).load(ONE).facts]
        assert facts == list(range(1, len(facts) + 1))
        assert len(facts) >= first

    def test_whatever_fails_doing_it_again_ends_the_same(self, tmp_path, file):
        """Each call that changes the disk fails in each way, once."""
        home, there = tmp_path / "template", tmp_path / "there"
        store = open_store(there)
        store.begin(record(number=1, facts=(action(1, SECRET), note(2))))
        store.begin(record(number=2, facts=(note(4),)))
        store.begin(record(number=3, facts=(note(5),)))
        store.keep_pair(PAIR)
        (there / "config.toml").write_text("")
        shutil.copytree(there, home)
        assert open_store(home).open_actions()
        store.redact(ONE, fact_id(1), by="x", wall=BEGIN)
        store.append(ONE, note(3))
        saved(there, file, Failing())
        the_file(home, 2).write_bytes(b"{")
        the_file(home, 3).unlink()
        for name in ("programme.json", "config.toml"):
            (home / name).unlink()
        disk = Failing()
        good = shutil.copytree(home, tmp_path / "good")
        brought_back(good, file, disk=disk)
        cases = 0
        for at in range(disk.calls):
            trial = shutil.copytree(home, tmp_path / f"{at}")
            with suppress(NotKept, Killed):
                brought_back(trial, file, disk=Failing(at, WAYS[at % len(WAYS)]))
            with suppress(StoreError):
                assert set(open_store(trial).load(ONE).facts) >= {note(2)}
            brought_back(trial, file, disk=Failing())
            assert seen(trial) == seen(good)
            assert not holds(trial, SECRET), at
            cases += 1
            shutil.rmtree(trial)
        assert cases > 30
        tally("a restore, a call of the disk fails, and again", cases=cases)


def test_a_stone_for_what_the_backup_says_more_of(tiny, home, file):
    """Amended there after it was redacted here: the amendment comes in erased."""
    tiny.begin(record(facts=(action(1, SECRET),)))
    shutil.copytree(home, other := home.with_name("other"))
    open_store(other).append(ONE, fact(Amended(fact_id(1), fact_id(1), content(f"{SECRET} 2")), 2, 2.0))
    saved(other, file)
    tiny.append(ONE, replace(action(1), what=Erased(fact_id(1), "Captured", "x", BEGIN, Kind.ACTION)))
    brought_back(home, file)
    assert [type(each.what) for each in load(the_file(home)).facts] == [Erased, Erased]
    assert not holds(home, SECRET)
