"""What the program tells in passing stands once, and in front."""

from __future__ import annotations

from support.running import held, running
from textual.widgets._toast import Toast

from rmsession.tui.launch import OpenHome


async def test_what_is_told_stands_once_when_a_dialog_opens_over_it_and_after():
    async with running(held(1, 7), first=OpenHome(), notices=True) as run:
        home = await run.on("HomeScreen")

        async def shown() -> list[bool]:
            for _ in range(3):
                await run.pilot.pause()
            return [
                screen is run.app.screen
                for screen in run.app.screen_stack
                for toast in screen.query(Toast)
                if all(each.display for each in toast.ancestors_with_self if each is not run.app)
            ]

        run.app.notify("kept", timeout=60)
        await run.until(lambda: home.query(Toast), "the notice")
        assert await shown() == [True]
        await run.press("w")
        await run.on("PeopleDialog")
        await run.until(lambda: run.app.screen.query(Toast), "the notice, in front")
        assert await shown() == [True]
        await run.press("escape")
        await run.on("HomeScreen")
        assert await shown() == [True]
