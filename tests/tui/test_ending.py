"""What a draft holds at the worst of moments."""

from __future__ import annotations

import asyncio

from support.stage import staged
from textual import events

from rmsession.core.facts import Captured
from rmsession.core.terms import Role
from rmsession.tui.screens.feedback import FeedbackScreen


async def test_at_no_moment_is_an_entered_line_neither_in_the_draft_nor_a_fact():
    async with staged() as stage:
        desk, seen = stage.screen.desk, []
        stage.line.value = "said"
        await stage.pilot.pause()
        stage.line.post_message(events.Key("enter", "\r"))
        for _ in range(500):
            # Between any two turns of the loop the draft may be kept, and the program be killed.
            facts = [fact.what.content.text.raw for fact in desk.session.facts if isinstance(fact.what, Captured)]
            seen.append((desk.line.raw, facts))
            await asyncio.sleep(0)
        assert all(line == "said" or facts == ["said"] for line, facts in seen)
        assert seen[-1] == ("", ["said"])


async def test_what_is_typed_is_in_the_draft_half_a_second_later():
    async with staged() as stage:
        for number, key in enumerate("half", 1):
            await stage.pilot.press(key)
            await asyncio.sleep(0.5)
            draft = await stage.app.recorder.ask(lambda store: store.draft(stage.id))
            assert draft.line.raw == "half"[:number]


async def test_whoever_fills_in_a_form_does_not_get_to_the_shell():
    async with staged() as stage:
        assert stage.app.check_action("suspend_process", ())
        await stage.app.push_screen(FeedbackScreen(stage.screen.desk, Role.MENTEE, locked=True))
        assert not stage.app.check_action("suspend_process", ())
