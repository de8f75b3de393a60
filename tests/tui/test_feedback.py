"""The feedback form: every item by one key, half-filled forms, who sees it, and the lock."""

from __future__ import annotations

from functools import partial

import pytest
from support.afterwards import shown, under_way
from support.building import agenda, kick_off

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.agenda import FeedbackKind
from rmsession.core.feedback import Answer, Via, Visibility, keys
from rmsession.core.store import Draft, HalfForm
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.tui.screens.feedback import FeedbackScreen
from rmsession.tui.widgets.filling import form_of
from rmsession.tui.widgets.form import Choices


def form(role=Role.MENTEE, *, locked=True):
    return lambda desk, *_: FeedbackScreen(desk, role, locked=locked)


def at_the_close(plan=None):
    play = under_way(plan or agenda("One", "Two", title="Listening in"))
    play.do(asked.Close())
    return play


async def test_a_whole_form_by_one_key_an_item_and_the_page_that_tells_nothing():
    async with shown(at_the_close(), form()) as stage:
        await stage.press(*"5432144")
        await stage.type("more stories")
        await stage.press("enter", "enter")
        assert "You answered 8 of 9 questions." in stage.text()
        await stage.press("enter")
        given = stage.session.forms[Role.MENTEE]
        assert [answer.score for answer in given.answers] == [5, 4, 3, 2, 1, 4, 4, None, None]
        assert [answer.text for answer in given.answers[7:]] == [UserText("more stories"), None]
        assert (given.visibility, given.via) == (Visibility.COUNTS, Via.SCREEN)
        assert stage.desk.forms == ()
        assert stage.results == []
        left = stage.text()
        assert "hand the keyboard back" in left
        assert "more stories" not in left
        assert "8 of 9" not in left
        await stage.press("enter")
        assert stage.results == [True]


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        pytest.param(FeedbackKind.FIRST, Role.MENTEE, marks=pytest.mark.long, id="first"),
        pytest.param(FeedbackKind.FINAL, Role.MENTOR, marks=pytest.mark.long, id="final"),
    ],
)
async def test_the_lowest_and_the_highest_score_of_every_item_have_their_keys(kind, role):
    play = under_way(agenda("One", "Two", feedback=kind, questions=(UserText("Was the room warm? (1-5)"),)))
    play.keep("hear from a customer", Kind.GOAL, score=1)
    play.do(asked.Close())
    items = form_of(play.session, role).items
    async with shown(play, form(role)) as stage:
        for item in items:
            offered = keys(item)
            for key, score in offered[:1] + offered[-1:]:
                await stage.press(key, "left")
                assert stage.desk.forms[0].answers[-1] == Answer(item.id, score)
            await stage.press("right" if offered else "enter")
        assert f"You answered {sum(bool(keys(item)) for item in items)} of {len(items)} questions." in stage.text()


async def test_skipping_going_back_and_changing_an_answer():
    async with shown(at_the_close(), form()) as stage:
        await stage.press("4", "s", "left", "left", "2", "3")
        assert stage.desk.forms[0].answers == (Answer("good-use", 2), Answer("on-goals", 3))
        await stage.press("backspace", "s")
        assert stage.desk.forms[0].answers == (Answer("good-use", 2), Answer("on-goals"))


async def test_an_item_passed_over_is_handed_in_empty():
    async with shown(at_the_close(), form()) as stage:
        await stage.press(*["right"] * 7, "enter", "enter", "enter")
        items = form_of(stage.session, Role.MENTEE).items
        assert stage.session.forms[Role.MENTEE].answers == tuple(Answer(item.id) for item in items)


async def test_backspace_in_an_empty_line_goes_back_and_in_words_deletes():
    async with shown(at_the_close(), form()) as stage:
        await stage.press(*"5432144", "a", "b", "backspace")
        assert stage.desk.forms[0].answers[-1] == Answer("keep", text=UserText("a"))
        await stage.press("backspace", "backspace")
        assert "7 of 9" in stage.text()


async def test_an_answer_is_picked_with_the_mouse():
    async with shown(at_the_close(), form()) as stage:
        await stage.pilot.click(Choices, offset=(6, 3))
        assert stage.desk.forms[0].answers == (Answer("good-use", 4),)


async def test_who_sees_it_is_said_first_and_changed_with_tab():
    async with shown(at_the_close(), form()) as stage:
        first = next(line.strip() for line in stage.text().splitlines() if line.strip())
        assert first == "Your mentor will see counts only (tab); it lies on your mentor's disk."
        await stage.press("tab")
        first = next(line.strip() for line in stage.text().splitlines() if line.strip())
        assert first == "Your mentor will see your answers (tab); it lies on your mentor's disk."
        await stage.press(*"sssssss", "enter", "enter", "enter")
        assert stage.session.forms[Role.MENTEE].visibility is Visibility.BOTH


async def test_the_line_about_who_sees_it_takes_a_click():
    async with shown(at_the_close(), form()) as stage:
        row = stage.text().splitlines()[1]
        await stage.pilot.click("#sees", offset=(row.index("tab") - stage.app.screen.query_one("#sees").region.x, 0))
        assert stage.desk.forms[0].visibility is Visibility.BOTH


async def test_leaving_takes_two_steps_and_keeps_the_draft():
    async with shown(at_the_close(), form()) as stage:
        await stage.press("4", "5", "escape")
        assert stage.results == []
        await stage.press("escape", "3", "escape", "y")
        assert stage.results == [False]
        assert Role.MENTEE not in stage.session.forms
        draft = await stage.draft()
        assert draft.forms == (
            HalfForm("mentee", (Answer("good-use", 4), Answer("on-goals", 5), Answer("frank", 3)), Visibility.COUNTS),
        )


async def test_a_half_filled_form_is_taken_up_where_it_was_left():
    play = at_the_close()
    half = HalfForm("mentee", (Answer("good-use", 4), Answer("on-goals")), Visibility.BOTH)
    draft = Draft(play.clock.now().wall, play.at, UserText(), (half,))
    async with shown(play, form(), draft=draft) as stage:
        assert "3 of 9" in stage.text()
        assert "Your mentor will see your answers" in stage.text()
        await stage.press("5")
        assert stage.desk.forms[0].answers == (*half.answers, Answer("frank", 5))


async def test_words_under_way_are_in_the_draft_before_enter():
    async with shown(at_the_close(), form()) as stage:
        await stage.press(*"5432144")
        await stage.type("more st")
        draft = await stage.draft()
        assert draft.forms[0].answers[-1] == Answer("keep", text=UserText("more st"))


async def test_a_half_typed_answer_is_taken_up_in_the_line():
    play = at_the_close()
    given = tuple(Answer(item.id, 4) for item in form_of(play.session, Role.MENTEE).items[:7])
    half = HalfForm("mentee", (*given, Answer("keep", text=UserText("more st"))), Visibility.COUNTS)
    async with shown(play, form(), draft=Draft(play.clock.now().wall, play.at, UserText(), (half,))) as stage:
        await stage.type("ories")
        assert stage.desk.forms[0].answers[-1].text == UserText("more stories")


async def test_the_whole_form_is_left_out_in_two_steps():
    async with shown(at_the_close(), form()) as stage:
        await stage.press("4", "f9", "escape", "f9", "y")
        assert stage.facts()[-1] == happened.FeedbackSkipped(Role.MENTEE)
        assert stage.desk.forms == ()
        await stage.press("enter")
        assert stage.results == [True]


async def test_the_mentors_form_is_not_locked_and_needs_no_last_page():
    async with shown(at_the_close(), form(Role.MENTOR, locked=False)) as stage:
        assert not stage.app.screen.LOCKED
        assert "it lies on your own disk" in stage.text()
        await stage.press(*"55555", "enter", "enter", "enter")
        assert stage.results == [True]
        assert stage.session.forms[Role.MENTOR].answers[4] == Answer("prepared", 5)


async def test_the_hand_over_is_locked_and_shows_nothing_of_the_session():
    play = under_way(kick_off())
    play.keep("Wants fewer dashboards")
    play.keep("not for the mentee", Kind.GOAL, private=True)
    play.do(asked.Close())
    async with shown(play, form()) as stage:
        assert stage.app.screen.LOCKED
        for _ in range(11):
            seen = stage.text()
            assert not any(words in seen for words in ("dashboards", "not for the mentee", "Robin", "14:2"))
            await stage.press("enter" if stage.app.screen.query_one("AnswerLine").has_focus else "s")


@pytest.mark.parametrize("role", list(Role))
def test_a_goal_that_one_keeps_to_themselves_is_on_nobodys_form(role):
    play = under_way(agenda("One", "Two", feedback=FeedbackKind.FINAL))
    play.keep("hear customers", Kind.GOAL)
    play.keep("find another job", Kind.GOAL, private=True)
    asked_for = [item.text.raw for item in form_of(play.session, role).items if item.id.startswith("goal:")]
    assert asked_for == ["Goal: hear customers"]


async def test_own_questions_and_goals_are_asked_and_odd_text_stays_text():
    odd = "[@click=app.quit]Why?[/] \x1b[31m\u202e"
    play = under_way(agenda("One", "Two", feedback=FeedbackKind.FINAL, questions=(UserText(odd),)))
    play.keep("[TODO] hear customers", Kind.GOAL)
    play.do(asked.Close())
    async with shown(play, form(Role.MENTOR, locked=False)) as stage:
        seen = []
        for _ in form_of(play.session, Role.MENTOR).items:
            seen.append(stage.text())
            await stage.press("enter" if stage.app.screen.query_one("AnswerLine").has_focus else "s")
        assert any("Goal: [TODO] hear customers" in text for text in seen)
        assert any("[@click=app.quit]Why?[/] ␛[31m" in text for text in seen)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)])
async def test_question_and_answers_show_at_every_size(size):
    async with shown(at_the_close(), partial(form()), size) as stage:
        assert "strongly agree" in stage.text()
        assert "lies on your" in stage.text()
