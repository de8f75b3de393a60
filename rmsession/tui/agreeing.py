"""An agenda is shown until a session of it is agreed on and kept, or until none is to be."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App

from rmsession.core.agenda import Reading
from rmsession.core.store_errors import StoreError
from rmsession.tui import opening
from rmsession.tui.beforehand import set_aside
from rmsession.tui.desk import Desk
from rmsession.tui.launch import Launch, OpenAgenda
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.preview import PreviewScreen


async def agreed(
    app: App[None],
    launch: Launch,
    recorder: Recorder,
    wanted: OpenAgenda,
    reading: Reading,
    *,
    report: Callable[[str], None],
) -> Desk | None:
    """Ask who meets, and until when; the session that was begun, None when whoever is asked goes back.

    Nothing of the screen is held here when it has gone: what it took is the session's then.
    """
    if wanted is launch.first:
        set_aside()
    while True:
        preview = PreviewScreen(
            reading,
            launch,
            recorder,
            mentor=wanted.mentor,
            mentee=wanted.mentee,
            must_end=wanted.must_end,
            duration_minutes=wanted.duration_minutes,
        )
        plan = await app.push_screen_wait(preview)
        if plan is None:
            return None
        try:
            return await opening.begin(plan, launch, recorder)
        except StoreError as refusal:
            report(str(refusal))
            wanted = OpenAgenda(wanted.path, plan.mentor, plan.mentee, plan.must_end, plan.duration_minutes)
