"""No word of any session is in a report, in whatever format, with every figure in it shown."""

from __future__ import annotations

import json
from datetime import date

import pytest
from privacy.sentinels import held, kept, names_in
from support.building import BEGIN, PAIR
from support.tally import tally

from rmsession.core.outcomes import Change
from rmsession.core.report import protect
from rmsession.core.report.build import report
from rmsession.core.report.values import Asked, Hidden, Report
from rmsession.core.telling import by_pair
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.export.reports import REPORTS
from rmsession.store.opening import open_store

IT = held()


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Report:
    """The report of a folder with a mark in every text, as if one person were enough to show a figure of."""
    home = tmp_path_factory.mktemp("report") / "home"
    kept(IT, home)
    store = open_store(home)
    entry = Change("log", PAIR.id, date(2026, 11, 1), UserText("told by both"), agreed=tuple(Role), revised=BEGIN)
    store.keep_known([entry, Change("half", PAIR.id, entry.on, UserText("told by one"), agreed=(Role.MENTOR,))])
    programme, figures = store.programme(), store.figures()
    store.close()
    with pytest.MonkeyPatch.context() as all_shown:
        all_shown.setattr(protect, "LEAST_PEOPLE", 0)
        return report(programme, by_pair(programme, figures, BEGIN), Asked(pool=True), date(2026, 11, 30))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_no_word_and_no_name_of_a_session(name, made):
    figures = [each for part in made.parts for section in part.sections for each in section.figures]
    assert not any(isinstance(each.value, Hidden) for each in figures)
    assert any(each.sources for each in figures)
    text = REPORTS[name].make(made)
    words = IT.hidden | IT.shared | IT.answers
    assert names_in(text, words) == set()
    assert {
        each for each in (IT.record.id, IT.other.id, PAIR.id, PAIR.mentor.id, PAIR.mentee.id) if each in text
    } == set()
    assert "told by both" in text
    assert "told by one" not in text
    tally("private marks in what left", cases=len(words))


def test_what_both_agreed_to_is_all_that_stands_in_words(made):
    words = json.loads(REPORTS["json"].make(made))["parts"][0]["log"]
    assert words == [{"on": "2026-11-01", "idea": "told by both", "answer": "", "changed": "", "arithmetic": []}]
