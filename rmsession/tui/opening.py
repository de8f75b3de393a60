"""From a plan, or an id, to a desk: the steps before a session screen can show anything."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from math import inf
from uuid import uuid4

from textual.app import App

from rmsession.core.between import ActionRef
from rmsession.core.cadence import agreed, unless_changed
from rmsession.core.clock import GAP_SECONDS
from rmsession.core.commands import Pause, Start
from rmsession.core.commands_between import BringQuestion, LetGoOf, OpenLastTime, SettleNextDate
from rmsession.core.commands_sitting import CorrectPair, SetPrepared
from rmsession.core.facts import Fact
from rmsession.core.fold import session_of
from rmsession.core.last_time import opened
from rmsession.core.late import change
from rmsession.core.lists import ActionItem
from rmsession.core.meeting import dated
from rmsession.core.programme import Pair, Person, pair_of, person_here, person_named
from rmsession.core.record import Record
from rmsession.core.store import Store
from rmsession.core.store_errors import Conflict, NotKept, StoreError
from rmsession.core.terms import Fate, Phase
from rmsession.core.text import UserText
from rmsession.tui.desk import Desk
from rmsession.tui.earlier import waiting
from rmsession.tui.launch import Launch
from rmsession.tui.plan import Plan
from rmsession.tui.recorder import Recorder

_LOOKED_BACK = 40
"""So many of a pair's latest sessions may hold the date that is agreed."""


async def pair_for(recorder: Recorder, mentor: UserText, mentee: UserText) -> Pair:
    """The pair of these two names: the one that is known, or a new one that is kept. Raises `StoreError`."""

    def find_or_create(store: Store) -> Pair:
        known = store.programme()
        pair = pair_of(known.pairs, mentor, mentee)
        if pair is None:
            people = [person_named(known.people, name) or Person(str(uuid4()), name) for name in (mentor, mentee)]
            pair = Pair(str(uuid4()), people[0], people[1])
            store.keep_pair(pair)
        return pair

    return await recorder.ask(find_or_create)


async def corrected_pair(recorder: Recorder, pair: Pair, mentee: UserText) -> CorrectPair:
    """The request that says a session was with this mentee instead. Raises `StoreError`."""
    right = await pair_for(recorder, pair.mentor.name, mentee)
    return CorrectPair(right.id, right.mentor.id, right.mentee.id, right.mentor.name, right.mentee.name)


def new_record(plan: Plan, pair: Pair, launch: Launch, now: datetime) -> Record:
    """A record of what is about to be run."""
    return Record(
        id=str(uuid4()),
        pair=pair,
        agenda=plan.agenda,
        zone=launch.zone,
        device=launch.device,
        created=now,
        planned_start=plan.planned_start,
    )


async def begin(plan: Plan, launch: Launch, recorder: Recorder) -> Desk:
    """Start a session: its record is on the disk, its clock runs. Raises `StoreError`."""
    pair = await pair_for(recorder, plan.mentor, plan.mentee)
    waits = await _waiting(pair, recorder)
    run = opened(plan.agenda, len(waits), plan.taken)
    record = new_record(replace(plan, agenda=run.agenda), pair, launch, launch.clock.now().wall)
    # Waited for: a session whose record cannot be kept is not begun, and nothing can be typed that would be lost.
    await recorder.ask(lambda store: _begin(store, record))
    await recorder.hold(record.id, pair.mentor.name.line)
    desk = Desk(
        session_of(record),
        recorder,
        launch.clock,
        by=pair.mentor.id,
        device=launch.device,
        gap_seconds=inf if launch.rehearse else GAP_SECONDS,
    )
    if plan.prepared is not None:
        desk.ask(SetPrepared(plan.prepared))
    desk.ask(Start(plan.duration_minutes, plan.must_end))
    if run.topic:
        desk.ask(OpenLastTime(run.topic, tuple(ActionRef(each.session, each.capture) for each in waits)))
    for prompt in plan.questions:
        desk.ask(BringQuestion(prompt, run.topic or run.agenda.topics[0].id))
    for origin in plan.let_go:
        desk.ask(LetGoOf(origin))
    return desk


async def _waiting(pair: Pair, recorder: Recorder) -> tuple[ActionItem, ...]:
    try:
        return await recorder.ask(lambda store: waiting(store, pair.id, pair.mentor.id))
    except StoreError:
        # A session begins all the same: what was left waits in the list of actions.
        return ()


async def take_up(session: str, launch: Launch, recorder: Recorder) -> Desk:
    """A desk for a session that was left, or that is over and only read or corrected. Raises `StoreError`."""
    record = await recorder.ask(lambda store: store.load(session))
    draft = await recorder.ask(lambda store: store.draft(session))
    folded = session_of(record)
    try:
        await recorder.hold(session, person_here(folded.pair, launch.me).name.line)
    except NotKept as refusal:
        raise StoreError(f"Not opened: {str(refusal).removeprefix('Not kept: ')}") from refusal
    # A past record is read and corrected by whoever sits here; in a running one the mentor types.
    by = person_here(folded.pair, launch.me) if folded.phase is Phase.ENDED else folded.pair.mentor
    desk = Desk(folded, recorder, launch.clock, by=by.id, device=launch.device)
    desk.take_up(draft)
    return desk


async def is_over(session: str, recorder: Recorder) -> bool:
    """Whether a session has ended. Raises `StoreError`."""
    return await recorder.ask(lambda store: session_of(store.load(session)).phase is Phase.ENDED)


async def met_as_agreed(record: Record, launch: Launch, recorder: Recorder) -> datetime | None:
    """Count the date that the pair had agreed for today as held; when that was. Raises `StoreError`, `Conflict`."""
    now = launch.clock.now().wall

    def settle(store: Store) -> datetime | None:
        before = store.history(pair=record.pair.id, limit=_LOOKED_BACK)
        waits = agreed(each for each in before if each.id != record.id)
        if waits is None or waits.days(now) != 0:
            return None
        held = unless_changed(waits, SettleNextDate(Fate.HELD, None, waits.meeting.zone))
        fact = change(store, waits.session, held, now, me=launch.me, device=launch.device)
        return waits.when if isinstance(fact, Fact) else None

    return await recorder.ask(settle)


async def note_as_held(
    desk: Desk, app: App[None], launch: Launch, recorder: Recorder, report: Callable[[str], None]
) -> None:
    """Where the pair had agreed to meet today, it does: say so in one quiet line."""
    try:
        when = await met_as_agreed(desk.session.record, launch, recorder)
    except (StoreError, Conflict) as refusal:
        report(str(refusal))
        return
    if when:
        app.notify(f"{dated(when)}, as agreed: noted as held.", markup=False, timeout=5)


def _begin(store: Store, record: Record) -> None:
    """Keep a new record, or leave nothing of it. Raises `NotKept`."""
    try:
        store.begin(record)
    except NotKept:
        with suppress(StoreError):  # there may be nothing to erase, or no way to
            store.delete(record.id)
        raise


def step_away(desk: Desk) -> None:
    """Stop the clock if it runs, and keep what is in the line."""
    if desk.session.phase is Phase.RUNNING:
        desk.ask(Pause())
    desk.keep_draft()
