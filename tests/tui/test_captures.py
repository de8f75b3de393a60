"""The captured lines of a record: settled by the keys of the list of actions, and corrected without losing a word."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from support.building import MENTEE, Play, agenda, content, topic
from support.stage import Stage, staged
from textual.widgets import Input, OptionList

from rmsession.core import commands as asked
from rmsession.core.facts import ActionDropped, Amended, Fact
from rmsession.core.record import with_fact
from rmsession.core.session import Capture
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.export.formats import FORMATS

PLAN = agenda(topic("One", 10), topic("Two", 10))


def shown(stage: Stage) -> str:
    return "\n".join(strip.text.rstrip() for strip in stage.app.screen._compositor.render_strips())


async def front(stage: Stage, name: str) -> None:
    for _ in range(50):
        await stage.pilot.pause()
        if type(stage.app.screen).__name__ == name:
            return
    raise AssertionError(f"{name} is not in front but {stage.app.screen}")


async def answer(stage: Stage, key: str, typed: str) -> None:
    await stage.pilot.press("alt+e")
    await front(stage, "CapturesDialog")
    await stage.pilot.press(key)
    await front(stage, "AskChange")
    stage.app.screen.query_one(Input).value = typed
    await stage.pilot.press("enter")
    await front(stage, "SessionScreen")


def only(stage: Stage) -> Capture:
    return next(iter(stage.session.captures.values()))


async def test_an_action_is_handed_over_re_dated_dropped_and_reopened_from_the_record():
    async with staged(PLAN) as stage:
        await stage.enter("@alex send the draft by fri")
        await answer(stage, "h", "robin")
        assert only(stage).content.owner == UserText("Robin")
        await answer(stage, "t", "2026-12-01")
        assert only(stage).content.due == "2026-12-01"
        await answer(stage, "x", "no longer needed")
        assert only(stage).reason == UserText("no longer needed")
        kept = [type(fact) for fact in await stage.facts()]
        assert kept[-3:] == [Amended, Amended, ActionDropped]
        await stage.pilot.press("alt+e", "o")
        await front(stage, "SessionScreen")
        assert only(stage).status is ActionStatus.OPEN


async def test_all_that_can_be_done_with_an_action_stands_in_80_columns():
    async with staged(PLAN, (80, 24)) as stage:
        await stage.enter("@alex send the draft by fri")
        await stage.enter("~ she may leave")
        await stage.pilot.press("alt+e")
        await front(stage, "CapturesDialog")
        await stage.pilot.press("home")
        await stage.pilot.pause()
        await stage.pilot.pause()
        keys = "d Done x Drop h Hand t Date k Kind m Move p Private w Withdraw r Redact"
        assert keys in shown(stage)
        assert "F7 shows private ones, esc goes back" in shown(stage)


async def test_a_key_that_makes_no_sense_for_the_line_does_nothing():
    async with staged(PLAN) as stage:
        await stage.enter("only a note")
        await stage.pilot.press("alt+e")
        await front(stage, "CapturesDialog")
        facts = len(stage.session.facts)
        await stage.pilot.press("d", "x", "h", "t", "o", "v")
        assert type(stage.app.screen).__name__ == "CapturesDialog"
        assert len(stage.session.facts) == facts
        assert " d Done" not in shown(stage)


async def test_what_was_typed_for_a_change_that_is_not_made_is_there_again():
    async with staged(PLAN) as stage:
        await stage.enter("@alex send the draft")
        await stage.pilot.press("alt+e", "x")
        await front(stage, "AskChange")
        stage.app.screen.query_one(Input).value = "half a reas"
        await stage.pilot.press("escape")
        await front(stage, "CapturesDialog")
        draft = await stage.app.recorder.ask(lambda store: store.draft(stage.id))
        assert [each.text.raw for each in draft.asides] == ["half a reas"]
        await stage.pilot.press("x")
        await front(stage, "AskChange")
        assert stage.app.screen.query_one(Input).value == "half a reas"
        await stage.pilot.press("enter")
        await front(stage, "SessionScreen")
        assert not stage.screen.desk.asides.noted


def corrected(*, by: str | None) -> tuple[Play, str]:
    play = Play(PLAN, ids=count(50))
    play.start()
    line = play.keep("The first wording")
    play.do(asked.Amend(line, content("The second wording")), by=by)
    return play, line


async def versions(stage: Stage) -> str:
    await stage.pilot.press("alt+e")
    await front(stage, "CapturesDialog")
    assert "corrected: v shows how it stood" in shown(stage)
    await stage.pilot.press("v")
    await front(stage, "VersionsDialog")
    return shown(stage)


async def test_the_original_stays_readable_to_its_writer_and_to_nobody_else():
    play, _ = corrected(by=MENTEE.id)
    async with staged(PLAN, facts=play.record.facts[1:]) as stage:
        text = await versions(stage)
        assert "first written" in text
        assert "you  •••" in text, "whoever sits beside need not see it"
        await stage.pilot.press("f7")
        await stage.pilot.pause()
        text = shown(stage)
        assert "you  The first wording" in text
        assert "Alex  The second wording" in text
        assert stage.screen.desk.by != MENTEE.id
        await stage.pilot.press("escape", "escape")
        stage.screen.desk.by = MENTEE.id
        await versions(stage)
        await stage.pilot.press("f7")
        await stage.pilot.pause()
        text = shown(stage)
        assert "The first wording" not in text
        assert "Robin  only its writer is shown these words" in text
        assert "you  The second wording" in text


async def test_of_a_private_line_every_version_is_dots_until_it_is_revealed():
    async with staged(PLAN) as stage:
        await stage.enter("~ my first doubt")
        line = only(stage)
        stage.screen.desk.ask(asked.Amend(line.id, content("my second doubt")))
        text = await versions(stage)
        assert "doubt" not in text
        assert text.count("•••") >= 2
        await stage.pilot.press("escape", "f7", "v")
        await front(stage, "VersionsDialog")
        assert stage.app.screen.revealing
        assert {"my first doubt", "my second doubt"} <= {each.strip() for each in shown(stage).split("  ")}


def rivals() -> tuple[tuple[Fact, ...], str]:
    play, line = corrected(by=None)
    first = play.session.facts[-1]
    other = replace(
        first, id="rival", by=MENTEE.id, device="elsewhere", what=Amended(line, line, content("A rival wording"))
    )
    return with_fact(play.record, other).facts, line


@pytest.mark.parametrize("wanted", ["The second wording", "A rival wording"])
async def test_rival_wordings_are_shown_and_one_is_chosen(wanted):
    facts, line = rivals()
    async with staged(PLAN, facts=facts[1:]) as stage:
        assert len(stage.session.captures[line].rivals) == 1
        await stage.pilot.press("alt+e")
        await front(stage, "CapturesDialog")
        assert "another wording waits to be settled" in shown(stage)
        await stage.pilot.press("v")
        await front(stage, "VersionsDialog")
        both = stage.app.screen.query_one(OptionList)
        capture = stage.session.captures[line]
        both.highlighted = [each.text.raw for each in (*capture.rivals, capture.content)].index(wanted)
        await stage.pilot.press("enter")
        await front(stage, "SessionScreen")
        settled = (await stage.kept()).captures[line]
        assert (settled.content.text.raw, settled.rivals) == (wanted, ())


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_everything_that_leaves_shows_the_corrected_text(name):
    play = Play(PLAN)
    play.start()
    line = play.keep("Send the foolish draft", Kind.ACTION, owner="Alex", due="2026-12-01")
    play.do(asked.Amend(line, content("Send the better draft", "Alex", due="2026-12-02")))
    play.do(asked.End())
    text = FORMATS[name].make(play.session, private=False, feedback=False)
    said = text if isinstance(text, str) else text.decode()
    assert "better" in said
    assert "foolish" not in said
