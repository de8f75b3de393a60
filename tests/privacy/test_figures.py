"""Three laptops, three files, one lead: the report is the one of all records together, and no word came with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from privacy.laptops import Laptop, laptop
from privacy.sentinels import names_in
from support.tally import tally

from rmsession.cli import run
from rmsession.core.arrangement import Arrangement
from rmsession.core.figures import PairFigures
from rmsession.core.outcomes import Milestone, Step
from rmsession.core.programme import Pair, Person, Programme
from rmsession.core.report.build import report
from rmsession.core.report.values import Asked
from rmsession.core.telling import by_pair
from rmsession.core.text import UserText
from rmsession.store.figures_file import read_figures
from rmsession.store.opening import open_store

TODAY = date(2026, 12, 24)
NOW = datetime(2026, 12, 24, tzinfo=UTC)
SENT = ("text", "md", "html", "csv", "json")


@pytest.fixture(scope="module")
def top(tmp_path_factory) -> Path:
    """Where the folders of this module lie."""
    return tmp_path_factory.mktemp("laptops")


@pytest.fixture(scope="module")
def laptops(top) -> list[Laptop]:
    """Three pairs' machines, and the file that each sent."""
    made = [laptop(number, top / f"home-{number}") for number in (1, 2, 3)]
    (top / "lead").mkdir()
    with pytest.MonkeyPatch.context() as patched:
        for each in made:
            patched.setenv("RMSESSION_HOME", str(each.home))
            assert run(["share", "--figures", "-o", str(top / "lead"), "--yes"]) == 0
    return made


def lead(laptops: list[Laptop]) -> Programme:
    """What the programme lead knows: the three pairs by ids of her own, one that never met, a wave, a promotion."""
    ids = [(each.known_as.pair, each.known_as.mentor, each.known_as.mentee) for each in laptops] + [("p4", "m4", "n4")]
    pairs = [Pair(pair, Person(one, UserText("A")), Person(two, UserText("B"))) for pair, one, two in ids]
    people = {each.id: each for pair in pairs for each in (pair.mentor, pair.mentee)}
    promoted = Milestone("x", "lead-m1", Step.PROMOTED, happened=True, on=date(2026, 12, 20))
    waves = tuple(Arrangement(each.id, UserText("Wave one"), starts=date(2026, 9, 1), sessions=7) for each in pairs)
    return Programme(tuple(people.values()), tuple(pairs), (), waves, (promoted,))


def together(laptops: list[Laptop], programme: Programme, home: Path) -> tuple[PairFigures, ...]:
    """What all three pairs' records come to in one folder, where the lead's own programme is known."""
    store = open_store(home)
    for each in laptops:
        for record in each.records:
            store.begin(record)
    known = tuple(Arrangement(each.pair.id, known_as=each.known_as) for each in laptops)
    log = tuple(change for each in laptops for change in each.changes)
    whole = replace(programme, arrangements=(*programme.arrangements, *known), changes=log)
    return by_pair(whole, store.figures(), NOW)


def test_the_report_of_three_files_is_the_one_of_all_records_together(laptops, top):
    programme = lead(laptops)
    sent, troubles = read_figures(top / "lead")
    assert troubles == ()
    sent = tuple(replace(each, made=NOW) for each in sent)
    here = together(laptops, programme, top / "together")
    assert [each.pair for each in here] == ["lead-pair-1", "lead-pair-2", "lead-pair-3", "p4"]
    assert sent == here[:3]
    # There is something to compare: sessions, scores of goals and forms, actions looked at again, words of the log.
    for each in sent:
        assert len(each.sessions) == 3
        assert sum(len(form.scores) for one in each.sessions for form in one.forms) > 30
        assert [goal.score for one in each.sessions[1:] for goal in one.goals if goal.score is not None][-1] > 4
        assert [each.changed.raw for each in each.changes] == [f"Policy {each.pair[-1]} updated"]
    for asked in (Asked(), Asked(pool=True), Asked(wave=UserText("wave ONE"), since=date(2026, 12, 1))):
        told = [report(programme, each, asked, TODAY, files=True) for each in (sent, here[:3])]
        assert told[0] == told[1]
    assert told[0].reporting is not None
    assert (told[0].reporting.k, told[0].reporting.n) == (3, 4)


def test_no_word_that_anybody_wrote_is_in_a_file(laptops, top):
    files = {path.name: path.read_bytes() for path in (top / "lead").iterdir()}
    assert len(files) == 3
    every = set().union(*(each.marks for each in laptops))
    assert len(every) > 200
    # All of them stand on the pairs' machines, where they are looked for in the same way.
    kept = b"".join(path.read_bytes() + path.name.encode() for each in laptops for path in each.home.rglob("*.json"))
    kept += b"".join(path.read_bytes() for each in laptops for path in each.home.rglob("*.draft"))
    kept += b"".join(path.read_bytes() for each in laptops for path in each.home.rglob("*.md"))
    others = {each for each in every if each.startswith("other ")} | {"draft", "half a form", "off the record"}
    assert names_in(kept, every - others) == every - others
    for name, data in files.items():
        assert names_in(name.encode() + b"\0" + data, every) == set()
    tally("private marks in what left", cases=len(every) * len(files))


@pytest.mark.parametrize("how", SENT)
def test_no_word_of_a_pair_is_in_the_leads_report(laptops, top, how, monkeypatch, capfd):
    home = top / f"lead-{how}"
    store = open_store(home)
    programme = lead(laptops)
    store.keep_known([*programme.pairs, *programme.arrangements, *programme.milestones])
    store.close()
    monkeypatch.setenv("RMSESSION_HOME", str(home))
    assert run(["report", "--from", str(top / "lead"), "-f", how]) == 0
    told = capfd.readouterr()
    assert "Policy 2 updated" in told.out
    assert names_in(told.out + told.err, set().union(*(each.marks for each in laptops))) == set()


def test_the_preview_shows_nothing_that_stays_but_the_two_names(laptops, monkeypatch, capfd):
    it = laptops[0]
    monkeypatch.setenv("RMSESSION_HOME", str(it.home))
    assert run(["share", "--figures", "-o", "-", "--yes"]) == 0
    told = capfd.readouterr()
    names = {f"laptop 1: {role}'s name" for role in ("mentor", "mentee")}
    assert names_in(told.err, it.marks) == names
    assert names_in(told.out, it.marks) == set()
