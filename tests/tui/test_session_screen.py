"""The session screen: what keys, words and clicks become, as facts in the store."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.building import agenda, content, kick_off, prompt, topic
from support.stage import staged
from textual.widgets import OptionList

from rmsession.core import facts as happened
from rmsession.core.agenda import PromptKind
from rmsession.core.clock import Gap
from rmsession.core.terms import ActionStatus, Audience, Kind, Phase
from rmsession.core.text import UserText
from rmsession.tui.keys import ACTS
from rmsession.tui.screens.captures import CapturesDialog
from rmsession.tui.screens.dialogs import Ask
from rmsession.tui.widgets.understood import Understood


async def test_lines_become_captures_of_their_kind_in_the_store():
    async with staged() as stage:
        lines = [
            "Wants fewer dashboards", "@alex send the draft by 2026-12-01", "? Who owns the policy", "! a reading club",
            "d: we meet on Tuesdays", "g: post weekly = 2", "r: social media = 3", "p: why the policy changed",
        ]  # fmt: skip
        for line in lines:
            await stage.enter(line)
        captures = list((await stage.kept()).captures.values())
        assert [each.kind for each in captures] == [
            Kind.NOTE, Kind.ACTION, Kind.QUESTION, Kind.IDEA, Kind.DECISION, Kind.GOAL, Kind.RATING, Kind.PARKED,
        ]  # fmt: skip
        assert captures[1].content.owner == UserText("Alex")
        assert captures[1].content.due == "2026-12-01"
        assert captures[5].content.score == 2
        assert stage.line.value == ""


async def test_typing_on_after_enter_is_not_glued_to_the_entered_line():
    async with staged() as stage:
        await stage.pilot.press(*"one", "enter", *"two", "enter", *"thr")
        await stage.pilot.pause()
        said = [each.content.text.raw for each in (await stage.kept()).standing()]
        assert said == ["one", "two"]
        assert stage.line.value == "thr"


async def test_a_pasted_block_is_one_note_with_its_line_ends():
    async with staged() as stage:
        from textual.events import Paste

        stage.line.post_message(Paste("first\r\nsecond\nthird\n"))
        await stage.pilot.pause()
        await stage.pilot.press("enter")
        await stage.pilot.pause()
        (capture,) = (await stage.kept()).standing()
        assert capture.content.text.raw == "first\nsecond\nthird"


@pytest.mark.parametrize("act", [act for act in ACTS if act.key and act.word != "on"], ids=lambda act: act.word)
async def test_every_key_leaves_the_line_as_it_is(act):
    async with staged() as stage:
        if act.word == "resume":
            await stage.enter("/pause")
        stage.line.value = "half a thought"
        before = (
            stage.session,
            len(stage.app.screen_stack),
            stage.screen._revealed,
            stage.screen.query_one(Understood).render(),
        )
        await stage.pilot.press(act.key)
        await stage.pilot.pause()
        assert stage.line.value == "half a thought"
        after = (
            stage.session,
            len(stage.app.screen_stack),
            stage.screen._revealed,
            stage.screen.query_one(Understood).render(),
        )
        assert any(one != other for one, other in zip(before, after, strict=True)), f"{act.key} did nothing"


async def test_next_back_jump_extend_and_park_by_key_and_word():
    async with staged() as stage:
        topics = [each.id for each in stage.session.topics]
        await stage.pilot.press("f2")
        await stage.enter("/4")
        await stage.pilot.press("f3", "f5")
        await stage.enter("/-2")
        await stage.pilot.press("f6")
        await stage.enter("/park why the policy changed")
        events = await stage.facts()
        assert events[1:] == [
            happened.TopicEntered(topics[1], done=True),
            happened.TopicEntered(topics[3]),
            happened.TopicEntered(topics[2]),
            happened.Extended(topics[2], 300.0),
            happened.Extended(topics[2], -120.0),
            happened.TopicParked(topics[2], then=topics[3]),
            happened.Captured(Kind.PARKED, topics[3], content("why the policy changed")),
        ]


async def test_undo_and_redo():
    async with staged() as stage:
        await stage.enter("a note")
        await stage.pilot.press("alt+z")
        assert not list(stage.session.standing())
        await stage.pilot.press("alt+y")
        assert [each.content.text.raw for each in (await stage.kept()).standing()] == ["a note"]


@pytest.mark.parametrize("back", [("f8",), (*"/on", "enter")], ids=["key", "command"])
async def test_off_the_record_nothing_is_kept_and_the_line_goes_on_as_it_stood_before(back):
    async with staged() as stage:
        await stage.pilot.press(*"Half", "f8")
        await stage.enter("a secret")
        assert stage.line.value == "a secret"
        assert not list((await stage.kept()).standing())
        draft = await stage.app.recorder.ask(lambda store: store.draft(stage.id))
        assert draft is None or draft.line.raw == ""
        if back != ("f8",):
            stage.line.value = ""
        await stage.pilot.press(*back)
        await stage.pilot.pause()
        await stage.pilot.press(*"!", "enter")
        assert [each.content.text.raw for each in (await stage.kept()).standing()] == ["Half!"]


async def test_private_lines_show_only_while_revealed():
    async with staged() as stage:
        await stage.enter("~ the sentinel line")
        (capture,) = (await stage.kept()).standing()
        assert capture.audience is Audience.MENTOR

        def shown() -> str:
            return "\n".join(strip.text for strip in stage.screen._compositor.render_strips())

        assert "sentinel" not in shown()
        await stage.pilot.press("f7")
        await stage.pilot.pause()
        assert "sentinel" in shown()
        await stage.pilot.press("f7")
        await stage.pilot.pause()
        assert "sentinel" not in shown()
        stage.line.value = "~ another sentinel"
        await stage.pilot.pause()
        assert "sentinel" not in shown()


async def test_prompts_are_ticked_by_key_number_and_click():
    plan = agenda(
        topic("One", prompts=("first", prompt("second", PromptKind.QUESTION), prompt("mine", PromptKind.PRIVATE)))
    )
    async with staged(plan) as stage:
        first, second, _ = stage.session.topics[0].prompts
        await stage.pilot.press("alt+t")
        assert stage.session.ticked == {first.id}
        await stage.enter("/tick 2")
        assert stage.session.ticked == {first.id, second.id}
        await stage.pilot.click("#topic", offset=(8, 2))
        await stage.pilot.pause()
        assert (await stage.kept()).ticked == {second.id}


async def test_a_click_on_a_topic_jumps_there():
    async with staged() as stage:
        await stage.pilot.click("#topics", offset=(6, 2))
        await stage.pilot.pause()
        assert stage.session.current == stage.session.topics[2].id


async def test_a_gap_is_asked_about_and_counted_only_on_request():
    async with staged() as stage:
        await stage.pass_time(60)
        await stage.pass_time(14 * 60, asleep=True)
        assert isinstance(stage.app.screen, Ask)
        await stage.pilot.press("d")
        await stage.pilot.pause()
        assert stage.session.run(stage.screen.desk.now().at) == pytest.approx(60)
        await stage.pass_time(10 * 60, asleep=True)
        await stage.pilot.press("c")
        await stage.pilot.pause()
        assert stage.session.run(stage.screen.desk.now().at) == pytest.approx(660)
        assert [type(event) for event in await stage.facts()].count(happened.GapSettled) == 2


async def test_pause_since_some_minutes_ago():
    async with staged() as stage:
        await stage.pass_time(100)
        await stage.pass_time(100)
        await stage.enter("/pause 2")
        assert stage.session.run(stage.screen.desk.now().at) == pytest.approx(80)
        await stage.pass_time(100)
        await stage.pilot.press("f4")
        await stage.pass_time(20)
        assert stage.session.run(stage.screen.desk.now().at) == pytest.approx(100)


async def test_fit_is_proposed_and_accepted_with_one_key():
    async with staged() as stage:
        await stage.enter("/until +30")
        await stage.pilot.press("alt+i")
        await stage.pilot.pause()
        assert isinstance(stage.app.screen, Ask)
        await stage.pilot.press("y")
        await stage.pilot.pause()
        (fit,) = [event for event in await stage.facts() if isinstance(event, happened.Fitted)]
        assert sum(change.seconds for change in fit.shortened) == -15 * 60
        assert stage.session.budgets[stage.session.topics[-1].id] == 8 * 60


async def test_a_capture_is_edited_reclassified_moved_withdrawn_and_redacted():
    async with staged() as stage:
        await stage.enter("send the draft")
        (capture,) = stage.session.standing()
        await stage.pilot.press("alt+e")
        await stage.pilot.pause()
        assert isinstance(stage.app.screen, CapturesDialog)
        await stage.pilot.press("k")
        await stage.pilot.pause()
        await stage.pilot.press("a")
        await stage.pilot.pause()
        assert stage.session.captures[capture.id].kind is Kind.ACTION
        await stage.pilot.press("alt+e", "m")
        await stage.pilot.pause()
        await stage.pilot.press("2")
        await stage.pilot.pause()
        assert stage.session.captures[capture.id].topic == stage.session.topics[1].id
        await stage.pilot.press("alt+e", "e")
        await stage.pilot.pause()
        stage.app.screen.query_one("#line").value = "@robin send the final draft"
        await stage.pilot.press("enter")
        await stage.pilot.pause()
        assert stage.session.captures[capture.id].content == content("send the final draft", "Robin")
        await stage.pilot.press("alt+e", "r")
        await stage.pilot.pause()
        await stage.pilot.press("e")
        await stage.app.workers.wait_for_complete()
        await stage.pilot.pause()
        kept = await stage.kept()
        assert kept.captures[capture.id].erased
        assert "draft" not in repr([fact.what for fact in kept.facts if isinstance(fact.what, happened.Captured)])
        assert "send the final draft" not in str(stage.screen.query_one("#line").known)


async def test_the_last_topic_leads_to_the_closing():
    async with staged(agenda("Only one")) as stage:
        await stage.pilot.press("f2")
        await stage.pilot.pause()
        assert stage.session.phase is Phase.CLOSING


async def test_a_refused_command_says_why_and_stays():
    async with staged() as stage:
        await stage.enter("/99")
        assert stage.line.value == "/99"
        assert "1 to 5" in str(stage.screen.query_one(Understood).render())


async def test_topics_are_added_and_moved():
    async with staged() as stage:
        await stage.enter("/topic Password managers 10")
        assert [each.title.raw for each in stage.session.topics][1] == "Password managers"
        await stage.enter("/later 2")
        assert [each.title.raw for each in stage.session.topics][2] == "Password managers"
        await stage.pilot.press("alt+j")
        await stage.pilot.pause()
        stage.app.screen.query_one(OptionList).highlighted = 2
        await stage.pilot.press("u")
        await stage.pilot.pause()
        assert [each.title.raw for each in (await stage.kept()).topics][1] == "Password managers"


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_clock_topic_and_line_show_at_every_size(size):
    async with staged(kick_off(), size) as stage:
        text = "\n".join(strip.text for strip in stage.screen._compositor.render_strips())
        assert "left of 5 min" in text
        assert "Hello and role swap" in text
        assert "›" in text
        assert stage.line.has_focus


async def test_what_another_program_did_shows_by_itself():
    async with staged() as stage:
        await stage.enter("@alex send the draft")
        (capture,) = stage.session.standing()
        theirs = replace(
            (await stage.kept()).facts[-1], id="other", device="phone", seq=9, what=happened.ActionDone(capture.id)
        )
        await stage.app.recorder.ask(lambda store: store.append(stage.id, theirs))
        for _ in range(4):
            await stage.pass_time(1)
        await stage.pilot.pause(0.2)
        assert stage.session.captures[capture.id].status is ActionStatus.DONE


async def test_a_key_never_overtakes_what_was_typed_before_it():
    async with staged() as stage:
        await stage.pilot.press(*"one", "enter", "f2", *"two", "enter")
        await stage.pilot.pause()
        topics = [each.id for each in stage.session.topics]
        assert [each.topic for each in (await stage.kept()).standing()] == topics[:2]


async def test_a_gap_in_the_closing_is_left_to_the_closing():
    async with staged() as stage:
        await stage.pilot.press("f9")
        await stage.pilot.pause()
        stage.clock.suspend(900)
        stage.screen._tick()
        assert isinstance(stage.screen.desk.tick(), Gap)
