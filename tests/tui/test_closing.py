"""The closing: what keys at the read-back, the next date, the forms and the end become, as facts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.afterwards import shown, under_way
from support.building import BEGIN, agenda, kick_off
from textual.widgets import Input

from rmsession.core import commands as asked
from rmsession.core import facts as happened
from rmsession.core.agenda import FeedbackKind
from rmsession.core.feedback import Via
from rmsession.core.terms import ActionStatus, Audience, Kind, Phase, Role
from rmsession.core.text import UserText
from rmsession.tui.screens.closing import ClosingEnd, ClosingScreen
from rmsession.tui.screens.dialogs import Ask
from rmsession.tui.screens.feedback import FeedbackScreen
from rmsession.tui.screens.form_by_mail import FormByMail


def at_the_close(*lines, plan=None):
    """A play in its closing; each line is (text, fields of `Play.keep`), and the ids."""
    play = under_way(plan)
    ids = [play.keep(text, more.pop("kind", Kind.ACTION), **more) for text, more in lines]
    play.do(asked.Close())
    return play, ids


async def test_enter_accepts_an_action_that_lacks_nothing_and_goes_to_the_next_step():
    play, (done,) = at_the_close(("send the draft", {"owner": "Alex", "due": "2026-12-01"}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("enter")
        assert stage.facts()[-1] == happened.Accepted(done)
        assert stage.app.screen.query_one("#when").has_focus
        assert (await stage.kept()).facts[-1].what == happened.Accepted(done)


async def test_accepting_asks_for_owner_and_due_where_they_are_missing():
    play, (bare,) = at_the_close(("book a room", {}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("enter")
        await stage.type("alex")
        await stage.press("enter")
        await stage.type("fri")
        await stage.press("enter")
        capture = stage.session.captures[bare]
        assert (capture.content.owner, capture.content.due, capture.accepted) == (UserText("Alex"), "2026-11-27", True)


async def test_an_owner_and_a_date_may_stay_open():
    play, (bare,) = at_the_close(("book a room", {}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("enter", "enter", "enter")
        assert stage.facts()[-1] == happened.Accepted(bare)
        assert stage.session.captures[bare].content.owner is None
        assert not any(isinstance(what, happened.Amended) for what in stage.facts())


async def test_what_is_no_day_is_said_and_stays_in_the_line():
    play, (bare,) = at_the_close(("book a room", {"owner": "Alex"}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("d")
        await stage.type("12/3")
        before = stage.session
        await stage.press("enter")
        assert stage.session is before
        line = stage.app.screen.focused
        assert isinstance(line, Input)
        assert line.value == "12/3"
        assert not stage.session.captures[bare].accepted


async def test_a_line_is_amended_in_its_typed_form_and_may_change_its_kind():
    play, (one,) = at_the_close(("send the draft", {"owner": "Alex", "due": "2026-12-01"}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("e")
        line = stage.app.screen.focused
        assert line.value == "@Alex send the draft due:2026-12-01"
        line.value = "d: the draft goes out"
        await stage.press("enter")
        capture = stage.session.captures[one]
        assert (capture.kind, capture.content.text) == (Kind.DECISION, UserText("the draft goes out"))
        assert not list(stage.session.to_read_back())


async def test_a_tilde_makes_a_line_the_writers_own():
    play, (one,) = at_the_close(("talk to Sam", {"owner": "Robin", "due": "2026-12-01"}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("e", "home")
        await stage.type("~ ")
        await stage.press("enter")
        assert stage.session.captures[one].audience is Audience.MENTOR
        assert "talk to Sam" not in stage.text()


async def test_an_action_is_dropped_with_or_without_a_reason():
    play, (one, two) = at_the_close(("a", {"owner": "Alex"}), ("b", {"owner": "Alex"}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("x")
        await stage.type("no time")
        await stage.press("enter", "x", "enter")
        assert [stage.session.captures[each].status for each in (one, two)] == [ActionStatus.DROPPED] * 2
        assert [stage.session.captures[each].reason.raw for each in (one, two)] == ["no time", ""]


async def test_a_digit_says_how_sure_the_owner_is_and_again_takes_it_back():
    play, (one,) = at_the_close(("send the draft sure:9", {"owner": "Alex", "due": "2026-12-01", "doubts": ("sure",)}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("2", "4")
        content = stage.session.captures[one].content
        assert (content.confidence, content.doubts, content.text.raw) == (4, (), "send the draft sure:9")
        assert "4 of 5" in str(stage.app.screen.query_one("#parts").render())
        await stage.press("4")
        assert stage.session.captures[one].content.confidence is None
        await stage.press("enter")
        assert stage.facts()[-1] == happened.Accepted(one)


async def test_a_note_that_was_not_understood_is_read_back_and_taken_back():
    play, (one,) = at_the_close(("social media = lots", {"kind": Kind.RATING, "doubts": ("score",)}))
    async with shown(play, ClosingScreen) as stage:
        assert "the scale goes 1 to 5" in stage.text()
        await stage.press("x")
        assert stage.session.captures[one].withdrawn


async def test_filling_in_an_owner_answers_the_doubt_about_it():
    play, (one,) = at_the_close(("check it", {"owner": "bob", "due": "2026-12-01", "doubts": ("owner",)}))
    async with shown(play, ClosingScreen) as stage:
        assert "bob is neither of you" in stage.text()
        await stage.press("o")
        stage.app.screen.focused.value = "me"
        await stage.press("enter")
        assert stage.session.captures[one].content.owner == UserText("Robin")
        assert stage.session.captures[one].content.doubts == ()


async def test_a_line_left_for_later_is_still_pending_after_the_end():
    play, _ = at_the_close(("a", {"owner": "Alex", "due": "2026-12-01"}), ("b", {"owner": "Alex"}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("s", "s")
        assert stage.app.screen.query_one("#when").has_focus
        await stage.press("f2", "f2", "enter")
        assert stage.session.phase is Phase.ENDED
        assert stage.results == [ClosingEnd.LATER]
        assert stage.session.pending()[0] == "read-back"


async def test_escape_leaves_what_was_typed_and_it_is_there_again():
    play, _ = at_the_close(("a", {"owner": "Alex"}), ("b", {"owner": "Alex"}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("o")
        await stage.type("xyz")
        await stage.press("escape", "right", "left", "o")
        assert stage.app.screen.focused.value == "xyz"


async def test_what_is_typed_to_a_line_that_is_settled_elsewhere_reaches_no_other_line():
    play, (first, _) = at_the_close(("a", {"owner": "Alex"}), ("b", {"owner": "Alex"}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("x")
        await stage.type("no need")
        desk = stage.app.screen.desk
        assert desk.ask(asked.Finish(first)) is None
        desk.ask(asked.Accept(first))
        await stage.press("enter")
        assert not any(isinstance(what, happened.ActionDropped) for what in stage.facts())
        stage.app.screen._look_around()
        await stage.press("x")
        assert stage.app.screen.focused.value == ""
        assert [aside.text.raw for aside in desk.asides.noted] == ["no need"]


async def test_a_private_action_is_masked_until_it_is_revealed():
    play, _ = at_the_close(("talk to HR", {"owner": "Robin", "private": True}))
    async with shown(play, ClosingScreen) as stage:
        assert "talk to HR" not in stage.text()
        await stage.press("e")
        assert "talk to HR" not in stage.text()
        await stage.press("f7")
        assert "talk to HR" in stage.text()
        await stage.press("f7")
        assert "talk to HR" not in stage.text()


async def test_one_more_line_can_be_kept():
    play, _ = at_the_close(("a", {"owner": "Alex", "due": "2026-12-01"}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("n")
        await stage.type("@alex call by mon")
        await stage.press("enter")
        assert [each.content.text.raw for each in stage.session.to_read_back()] == ["a", "call"]


@pytest.mark.parametrize(
    ("words", "when", "zone"),
    [
        ("tue 15:00", "2026-11-24T15:00:00+01:00", "Europe/Berlin"),
        ("1 dec 15:00", "2026-12-01T15:00:00+01:00", "Europe/Berlin"),
        ("+2w 9.30", "2026-12-05T09:30:00+01:00", "Europe/Berlin"),
        ("2027-07-01 15:00", "2027-07-01T15:00:00+02:00", "Europe/Berlin"),
    ],
)
async def test_the_next_date_is_typed_as_people_say_it(words, when, zone):
    play, _ = at_the_close()
    async with shown(play, ClosingScreen) as stage:
        await stage.type(words)
        await stage.press("enter")
        agreed = stage.session.next_date
        assert (agreed.when.isoformat(), agreed.zone) == (when, zone)


async def test_the_zone_of_the_next_date_can_be_changed():
    play, _ = at_the_close()
    async with shown(play, ClosingScreen) as stage:
        await stage.app.workers.wait_for_complete()
        await stage.type("1 dec 15:00")
        await stage.press("tab")
        stage.app.screen.focused.value = "new york"
        await stage.press("enter")
        agreed = stage.session.next_date
        assert (agreed.when.isoformat(), agreed.zone) == ("2026-12-01T15:00:00-05:00", "America/New_York")


async def test_no_default_date_is_ever_taken_and_none_can_be_noted():
    play, _ = at_the_close()
    async with shown(play, ClosingScreen) as stage:
        await stage.press("enter")
        assert stage.session.next_date is None
        await stage.press("alt+n")
        assert stage.session.next_date == happened.NextDateSet(None, "Europe/Berlin")


async def test_the_mentee_fills_the_form_first_and_the_mentors_waits():
    play, _ = at_the_close()
    async with shown(play, ClosingScreen) as stage:
        await stage.press("f2", "enter")
        assert isinstance(stage.app.screen, FeedbackScreen)
        assert stage.app.screen.LOCKED
        await stage.press(*"45432341", "enter", "enter", "enter", "enter")
        assert isinstance(stage.app.screen, ClosingScreen)
        assert isinstance(stage.session.forms[Role.MENTEE], happened.FeedbackGiven)
        await stage.press("l", "enter")
        assert stage.results == [ClosingEnd.LATER]
        assert stage.session.pending() == ("next date", "mentor form")


async def test_both_forms_left_out_leave_nothing_pending():
    play, _ = at_the_close()
    async with shown(play, ClosingScreen) as stage:
        await stage.press("alt+n", "s", "s", "enter")
        assert stage.results == [ClosingEnd.ENDED]
        assert [type(form) for form in stage.session.forms.values()] == [happened.FeedbackSkipped] * 2


async def test_a_form_by_mail_is_copied_read_and_handed_in():
    play, _ = at_the_close()
    async with shown(play, ClosingScreen) as stage:
        await stage.press("f2", "t")
        assert isinstance(stage.app.screen, FormByMail)
        await stage.press("f2")
        assert "3. I could speak frankly (1-5):" in stage.app.copied[0]
        assert "f4" not in stage.app.screen.active_bindings
        reply = stage.app.screen.query_one("#reply")
        reply.text = "1. This session was a good use of my time (1-5): 4\n3. I could speak frankly (1-5): seven\n"
        await stage.pilot.pause()
        assert "Understood: 1 of 10" in stage.text()
        assert "seven" in stage.text()
        await stage.press("escape", "t")
        assert stage.app.screen.query_one("#reply").text.startswith("1. This session")
        await stage.press("f4")
        form = stage.session.forms[Role.MENTEE]
        assert (form.via, form.answers[0].score, form.answers[2].score) == (Via.PASTED, 4, None)


async def test_f9_goes_back_to_the_topics():
    play, _ = at_the_close()
    async with shown(play, ClosingScreen) as stage:
        await stage.press("f9")
        assert stage.session.phase is Phase.RUNNING
        assert stage.results == [ClosingEnd.BACK]


async def test_undoing_the_way_here_leads_back_to_the_topics():
    play, _ = at_the_close()
    async with shown(play, ClosingScreen) as stage:
        await stage.press("alt+z")
        assert stage.results == [ClosingEnd.BACK]


async def test_steps_are_walked_by_keys_and_clicks():
    play, _ = at_the_close(("a", {}))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("f2", "f3")
        assert stage.app.screen.query_one("#read-back").has_focus
        await stage.pilot.click("Steps StepItem:last-child")
        await stage.press("enter")
        assert stage.session.phase is Phase.ENDED


async def test_an_ended_session_offers_only_what_is_pending():
    play, (one,) = at_the_close(("a", {"owner": "Alex", "due": "2026-12-01"}))
    play.do(asked.SetNextDate(BEGIN + timedelta(days=14), "Europe/Berlin"))
    play.do(asked.End())
    async with shown(play, ClosingScreen) as stage:
        steps = stage.app.screen.query_one("Steps")
        assert [item.render().plain.split("\n")[0] for item in steps.children] == ["▶ Read back", "· Feedback", "· End"]
        assert "f9" not in stage.app.screen.active_bindings
        await stage.press("enter", "s", "s", "enter")
        assert stage.session.captures[one].accepted
        assert stage.results == [ClosingEnd.ENDED]
        assert stage.facts()[-1] == happened.FeedbackSkipped(Role.MENTOR)


async def test_an_ended_session_can_be_left_again_at_once():
    play, _ = at_the_close(("a", {}))
    play.do(asked.End())
    async with shown(play, ClosingScreen) as stage:
        await stage.press("escape")
        assert stage.results == [ClosingEnd.LATER]


async def test_an_agenda_without_feedback_has_no_step_for_it():
    play, _ = at_the_close(plan=agenda("One", "Two", feedback=FeedbackKind.NONE))
    async with shown(play, ClosingScreen) as stage:
        await stage.press("alt+n", "enter")
        assert stage.results == [ClosingEnd.ENDED]


async def test_off_the_record_the_keys_offer_the_way_back():
    plan = agenda("One", "Two", feedback=FeedbackKind.NONE)
    play = under_way(plan)
    one = play.keep("a", Kind.ACTION)
    play.do(asked.GoOffRecord(on=True))
    play.do(asked.Close())
    async with shown(play, ClosingScreen) as stage:
        await stage.press("o")
        await stage.type("alex")
        await stage.press("enter")
        assert stage.session.captures[one].content.owner is None
        await stage.press("f8", "enter")
        assert stage.session.captures[one].content.owner == UserText("Alex")


async def test_a_gap_is_asked_about_but_not_over_the_mentees_form():
    play, _ = at_the_close()
    async with shown(play, ClosingScreen) as stage:
        await stage.press("f2", "enter")
        play.clock.suspend(900)
        await stage.pilot.pause(1.2)
        assert isinstance(stage.app.screen, FeedbackScreen)
        await stage.press("escape", "y")
        assert isinstance(stage.app.screen, Ask)
        await stage.press("c")
        assert stage.facts()[-1] == happened.GapSettled(900.0, counted=True)


async def test_the_closing_shows_at_every_size_and_keeps_its_clock():
    for size in ((60, 16), (80, 24), (200, 60)):
        play, _ = at_the_close(("send the draft", {"owner": "Alex"}), plan=kick_off())
        async with shown(play, ClosingScreen, size) as stage:
            screen = stage.text()
            assert "send the draft" in screen
            assert "closing 14:20" in screen
            assert "End" in screen
