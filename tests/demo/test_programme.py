"""A demo's programme is as large, as lively and as consistent as it says, and the same for a seed and a moment."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rmsession.cli import run
from rmsession.core.fold import session_of
from rmsession.core.outcomes import Step
from rmsession.core.query import parse
from rmsession.core.terms import ActionStatus, Fate, Kind, Outcome, Phase, Role
from rmsession.demo.outcomes import arrangement, milestones, objective_of, shared_out
from rmsession.demo.people import ME
from rmsession.demo.plan import Size, Way, plans
from rmsession.demo.programme import make
from rmsession.demo.writing import HastyDisk
from rmsession.export.report_head import MADE_UP
from rmsession.store.opening import open_store

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo(ZONE))
MOMENTS = [
    NOW,
    NOW.replace(hour=0, minute=20),
    NOW + timedelta(days=99),
    datetime(2028, 2, 29, 23, 50, tzinfo=NOW.tzinfo),
]


def made(home: Path, now: datetime = NOW, size: Size | None = None) -> Path:
    make(home, now, ZONE, HastyDisk(), size=size or Size(1, 3))
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return made(tmp_path_factory.mktemp("demo") / "data", size=Size(2, 4))


@pytest.fixture(scope="module")
def store(home):
    store = open_store(home)
    yield store
    store.close()


@pytest.fixture(scope="module")
def sessions(store):
    return [session_of(store.load(each.id)) for each in store.history()]


def contents(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_it_is_of_the_size_that_was_reported_whenever_it_is_made(now):
    every, known = plans(Size(), now, 1)
    assert Counter(each.wave for each in every) == {1: 12, 2: 38}
    assert len({each.pair.mentee.id for each in every}) == 50
    names = {each.person.name.raw for each in known}
    assert len(names) == len(known)
    assert len({each.profile.location for each in known}) == 7
    assert all(each.profile.role and each.profile.level for each in known)
    for each in every:
        assert list(each.days) == sorted(set(each.days))
        assert each.days[-1] < now.date() or each.way is Way.AT_THE_TABLE
        assert len(each.days) <= len(each.agendas)
        assert each.next is None or each.next > now.date()
    assert all(each.over and len(each.days) == len(each.agendas) for each in every if each.wave == 1)
    assert {each.way for each in every} == set(Way)
    assert [each.next for each in every if each.mine and each.next] == [now.date() + timedelta(days=1)]
    assert sum(each.mine for each in every) == 3


@pytest.mark.parametrize("now", MOMENTS[:2], ids=str)
def test_eleven_of_twelve_mentors_were_promoted_within_a_year(now):
    every, _ = plans(Size(), now, 1)
    first = {each.pair.mentor.id: each for each in every if each.wave == 1}
    known = milestones(every, now, 1)
    promoted = [each for each in known if each.step is Step.PROMOTED]
    assert Counter(each.happened for each in promoted) == {True: 11, False: 1}
    assert {each.person for each in promoted} == first.keys()
    for each in promoted:
        since = each.on - first[each.person].days[0]
        assert since < timedelta(days=365) if each.happened else since > timedelta(days=365)
    assert all(each.source and each.on <= now.date() for each in known)


def test_every_pair_has_an_arrangement_and_both_agreed_to_most_of_the_change_log():
    every, _ = plans(Size(), NOW, 1)
    for each in every:
        words = arrangement(each, NOW)
        assert words.pair == each.pair.id
        assert words.wave
        assert words.sessions == len(each.agendas)
        assert words.objective is objective_of(each)
        assert (words.ended is not None) == each.over
        assert words.early == (each.way is Way.EARLY)
    suggested = [each for some in shared_out(every).values() for each in some]
    assert Counter(set(each.agreed) == set(Role) for each in suggested) == {True: 8, False: 2}


def test_sessions_are_full_and_people_mostly_content(sessions):
    captures = [each for session in sessions for each in session.captures.values()]
    assert {each.kind for each in captures} == set(Kind)
    assert {each.status for each in captures} == set(ActionStatus)
    assert any(each.carries and each.carries[-1].reason for each in captures)
    assert any(not each.shared and each.stands for each in captures)
    assert {each for session in sessions for each in session.reviewed.values()} == set(Outcome)
    assert {meeting.fate for session in sessions for meeting in session.meetings} == {None, *Fate}
    assert 10 < len(captures) / len(sessions) < 30
    scores = [
        {answer.item: answer.score for answer in form.answers if answer.score is not None}
        for session in sessions
        for form in session.forms.values()
        if hasattr(form, "answers")
    ]
    frank = Counter(each["frank"] for each in scores if "frank" in each)
    assert frank[4] + frank[5] > 0.6 * frank.total() > 0
    sure = [(each["before"], each["now"]) for each in scores if {"before", "now"} <= each.keys()]
    assert sum(now for _, now in sure) > sum(before for before, _ in sure)
    assert all(now >= before for before, now in sure)
    assert any("business" in each for each in scores)
    assert any(name.startswith("goal:") for each in scores for name in each)


def test_goals_are_scored_again_in_the_same_words_and_rise(sessions):
    scores: dict[tuple[str, str], list[int]] = {}
    for session in sorted(sessions, key=lambda each: each.record.created):
        for each in session.standing(Kind.GOAL):
            scores.setdefault((session.pair.id, each.content.text.raw), []).append(each.content.score)
    again = [each for each in scores.values() if len(each) > 1]
    assert len(again) >= 4
    assert all(each[-1] > each[0] for each in again)


def test_there_is_something_to_do_today(store, sessions):
    today = NOW.date()
    mine = [each for each in sessions if each.pair.mentor.name.raw == ME]
    assert len({each.pair.id for each in mine}) == 3
    assert [each.phase for each in sessions if each.phase is not Phase.ENDED] == [Phase.PAUSED]
    due = [each.due for each in store.open_actions() if each.pair in {one.pair.id for one in mine}]
    assert min(due) < today.isoformat() < max(due)
    assert any(each.next_date and each.next_date.date() == today + timedelta(days=1) for each in store.history())
    for word in ("policy", "linkedin", "dashboard"):
        assert store.search(parse(f"{word} ", today), today).total >= 3
    assert not any(fact.wall > NOW for each in sessions for fact in each.facts)


def test_its_report_says_that_it_is_made_up_whatever_the_environment_says(home, monkeypatch, capsys):
    monkeypatch.setenv("RMSESSION_DEMO", "false")
    assert run(["--home", str(home), "report"]) == 0
    assert MADE_UP in capsys.readouterr().out


def test_the_change_log_leads_back_to_the_lines_it_began_with(store, sessions):
    by_id = {each.record.id: each for each in sessions}
    log = store.programme().changes
    assert log
    for each in log:
        line = by_id[each.session].captures[each.capture]
        assert (line.kind, line.content.text, by_id[each.session].pair.id) == (Kind.IDEA, each.idea, each.pair)


def test_the_same_seed_and_moment_make_the_same_bytes_by_one_process_or_two(tmp_path, monkeypatch):
    alone = contents(made(tmp_path / "alone", size=Size(0, 2)))
    monkeypatch.setattr("rmsession.demo.work._WORTH_IT", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert contents(made(tmp_path / "both", size=Size(0, 2))) == alone
