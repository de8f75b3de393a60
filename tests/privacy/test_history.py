"""The history shows everybody what is theirs to see: no line of the other one, no other pair, nothing that is gone."""

from __future__ import annotations

import pytest
from privacy.painted import Watch, painted
from privacy.sentinels import PRIVATE_PROMPTS, PRIVATE_TOPIC, held, mark
from privacy.test_screens import look_in_each_size, on_screen, until
from support.building import MENTEE, MENTOR, PAIR
from support.stage import Stage
from support.tally import tally

from rmsession.tui.launch import OpenReview
from rmsession.tui.widgets.history_list import HistoryList
from rmsession.tui.widgets.record_pane import RecordPane


async def opened(stage: Stage, *, as_mentee: bool) -> None:
    await on_screen(stage, "HomeScreen")
    steps = stage.app._flow.show(OpenReview(PAIR.id, as_mentee=as_mentee))
    stage.app.run_worker(steps, group="flow")
    await on_screen(stage, "HistoryScreen")
    await until(lambda: stage.app.screen.query_one(RecordPane).session is not None, "the record")
    await stage.pilot.pause()


async def nothing_opens(stage: Stage) -> None:
    """What lies behind the history shows more than the mentee may see: no key leads there."""
    history = stage.app.screen
    await stage.pilot.press("enter")
    await until(lambda: history.query_one(RecordPane).has_focus, "the record")
    await stage.pilot.press("enter", "a", "left", "a")
    await stage.app.workers.wait_for_complete(each for each in stage.app.workers if each.group == "flow")
    await stage.pilot.pause()
    assert stage.app.screen is history


async def read(stage: Stage, watch: Watch) -> None:
    """To the end of the record, and in a size in which all of it is in sight."""
    await look_in_each_size(stage)
    await stage.pilot.press("tab", "end", "left")
    await stage.pilot.resize_terminal(140, 120)
    await stage.pilot.pause()
    watch.look(stage.app)


@pytest.mark.parametrize(
    ("me", "as_mentee", "own"),
    [(MENTOR.name.raw, False, "mentor"), (MENTEE.name.raw, False, "mentee"), (MENTOR.name.raw, True, "")],
    ids=["the mentor", "the mentee", "the mentor, as the mentee"],
)
async def test_only_own_private_lines_show_and_only_when_asked_for(me, as_mentee, own):
    it = held()
    theirs = {"mentor": {name for name in it.private if not name.startswith("mentee's")},
              "mentee": {name for name in it.private if name.startswith("mentee's")}}  # fmt: skip
    mine = theirs.get(own, set()) | (set(PRIVATE_TOPIC) if own == "mentor" else set())
    erased = {name for names in it.erased.values() for name in names if "private" in name}
    mine |= erased if own == "mentor" else set()
    answers = {name for name in it.gone if "answer" in name}
    watch = Watch(it.private | (it.gone - {"off-record tick"}) | it.others | erased | answers | set(PRIVATE_PROMPTS))
    async with painted(it, watch, first="home", me=me) as stage:
        await opened(stage, as_mentee=as_mentee)
        assert len([each for each in stage.app.screen.query_one(HistoryList).rows if hasattr(each, "title")]) == 1
        if as_mentee:
            await nothing_opens(stage)
        await read(stage, watch)
        assert not watch.shown & (it.private | it.others)
        with watch.allowing(mine):
            await stage.pilot.press("f7")
            await stage.pilot.pause()
            watch.look(stage.app)
            assert bool(watch.shown & mine) is bool(mine)
            if stage.app.screen.revealing:
                await stage.pilot.press("f7")
                await stage.pilot.pause()
        watch.look(stage.app)
        shelf = stage.app.screen.query_one("#shelf")
        for name in sorted(it.private)[::15]:
            with watch.allowing({name}):  # whoever types it sees it
                stage.app.screen.query_one("#search").value = mark(name)
                await until(lambda: shelf.findings is not None, "an answer")
                await stage.pilot.pause()
                assert shelf.findings.total == 0, name
                stage.app.screen.query_one("#search").value = ""
                await until(lambda: shelf.findings is None, "all sessions")
                await stage.pilot.pause()
    assert watch.seen == {}, "\n\n".join(f"{name} on {where}" for name, where in watch.seen.items())
    tally("private marks on the screen", cases=watch.frames * len(watch.names) // 4)
