"""review: what the command line hands to the app, and how it refuses."""

from __future__ import annotations

import pytest
from support.building import PAIR
from support.held import held, kept

from rmsession.store.opening import open_store
from rmsession.tui.launch import Launch, OpenReview, Ran


@pytest.fixture
def opened(home, monkeypatch) -> list[Launch]:
    """What the app was opened with, in a folder with one pair's session; it is left at once."""
    kept(home, held().record)
    store = open_store(home)
    store.keep_pair(PAIR)
    store.close()
    launches: list[Launch] = []

    def run(launch: Launch) -> Ran:
        launches.append(launch)
        return Ran(code=0, crash=None, unkept=0, left=None)

    monkeypatch.setattr("rmsession.tui.app.run_app", run)
    return launches


def test_it_opens_the_history_of_whoever_is_chosen_there(tell, opened):
    assert tell("review", typed="").code == 0
    assert opened[0].first == OpenReview()


@pytest.mark.parametrize("name", ["Alex", "alex", "robin"])
def test_a_pair_is_named_by_either_person(tell, opened, name):
    assert tell("review", "--pair", name, typed="").code == 0
    assert opened[0].first == OpenReview(PAIR.id)


def test_words_stand_in_the_search_line_and_the_mentee_s_eyes_are_asked_for(tell, opened):
    assert tell("review", "--as", "mentee", "policy draft", "is:open", typed="").code == 0
    assert opened[0].first == OpenReview(as_mentee=True, query="policy draft is:open")


def test_what_cannot_be_is_refused_in_one_line(tell, opened):
    nobody = tell("review", "--pair", "Zoe", typed="")
    assert (nobody.code, nobody.complaint.partition(":")[0]) == (3, "no pair is called 'Zoe'")
    assert tell("review").code == 2
    assert "needs a terminal" in tell("review").err
    assert tell("review", "--as", "mentor", typed="").code == 2
    assert opened == []
