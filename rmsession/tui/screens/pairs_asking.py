"""What the screen of pairs asks before a pair is added, becomes another or ends.

Each question answers with the id of the pair that is to be stood on afterwards, or None where nothing was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime
from typing import Any, Final, TypeVar
from uuid import uuid4

from textual.content import Content
from textual.screen import Screen

from rmsession.core.frozen import frozen
from rmsession.core.pair_fields import PROFILED, Entry, Field, Unclear, told
from rmsession.core.pair_making import FORM, NAMES, flaws, made, mended
from rmsession.core.roster import differences, entry_of, hints, to_keep
from rmsession.core.store import Store
from rmsession.core.store_errors import StoreError
from rmsession.core.text import UserText
from rmsession.core.zones import zone_named
from rmsession.tui.launch import Launch
from rmsession.tui.recorder import Recorder
from rmsession.tui.screens.dialogs import Ask, Choice
from rmsession.tui.screens.pairs_form import FieldsDialog, Form
from rmsession.tui.text import content, error
from rmsession.tui.widgets.pairs_fields import Asked, Flaw
from rmsession.tui.widgets.pairs_lookup import Known

T = TypeVar("T")
_HINTS: Final = {
    Field.AGENDA_OWNER: "mentor or mentee",
    Field.EVERY: "3w, 10d",
    Field.SESSIONS: "most programmes run 5 to 7",
    Field.MINUTES: "45",
    Field.STARTS: "2026-12-01, mon, +2w, 1 dec",
    Field.ENDS: "2027-05-31",
    Field.OBJECTIVE: "customers, workplace, result, or your own words",
    Field.MENTEE: "in reverse mentoring the senior one",
}
_BEGINS: Final = (Field.MENTEE, Field.WAVE)
_COMPLETED: Final = (*NAMES, Field.WAVE, *PROFILED)
_NEW: Final = "new"


@frozen
class Work:
    """What a question needs."""

    screen: Screen[Any]
    launch: Launch
    recorder: Recorder
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    """What was typed into forms that were closed before it was kept, by form."""

    @property
    def now(self) -> datetime:
        """The moment, where dates are read."""
        return self.launch.clock.now().wall.astimezone(zone_named(self.launch.zone) or UTC)

    async def keep(self, question: Callable[[Store], T]) -> T | None:
        """Put a change to the store; None, and why, where it was not kept."""
        try:
            return await self.recorder.ask(question)
        except (StoreError, Unclear) as refusal:
            self.say(str(refusal), severity="error")
            return None

    def say(self, line: str, *, severity: Any = "information") -> None:
        """One line that stays long enough to be read."""
        self.screen.notify(error(line).plain, severity=severity, timeout=8, markup=False)


async def ask_pair(work: Work, known: Known | None, pairs: Sequence[Known]) -> str | None:
    """Add a pair, or edit the one that is `known`."""
    fields = (*FORM, Field.ENDED) if known and known.entry.arrangement.ended else FORM
    entry, today = known.entry if known else None, work.now.date()
    programme = await work.keep(lambda store: store.programme())
    if programme is None:
        return None
    title = Content("Add a pair") if known is None else Content.assemble("Edit ", who(known))
    typed = work.typed.setdefault(known.id if known else _NEW, {})

    def judge(values: Mapping[str, str]) -> dict[str, Flaw]:
        said = _said(values, entry)
        wrong = flaws(programme, entry, said, today)
        if wrong:
            return {each.value: Flaw(words) for each, words in wrong.items()}
        after = mended(programme, entry, said, today) if entry else made(programme, said, today, str)[1]
        usual = hints(said, after)
        return {Field.SESSIONS.value: Flaw(usual[0], stops=False)} if usual else {}

    form = Form(title, [_asked(each, entry, pairs) for each in fields], judge, typed)
    while values := await work.screen.app.push_screen_wait(FieldsDialog(form)):
        said, now = _said(values, entry), work.now
        after = await work.keep(lambda store, said=said, now=now: _kept(store, entry, said, now))  # type: ignore[misc]
        if after is None:
            continue
        typed.clear()
        work.say(f"Added: {_line(after)}" if entry is None else _changed(entry, after))
        for line in hints(said, after):
            work.say(line, severity="warning")
        return str(after.pair.id)
    return None


async def ask_end(work: Work, known: Known) -> str | None:
    """Say that a pair has ended, or that it goes on; nobody is asked who wanted that, or why."""
    ended, today = known.entry.arrangement.ended, work.now.date()
    says = Content(
        f"It ended on {ended}." if ended else "Either may go without a fault. Sessions and open actions stay."
    )
    choices = [
        Choice("ended", Content(f"It has ended, today {today}"), "e"),
        Choice("early", Content("It has ended before its time, today"), "b"),
    ]
    if ended:
        choices = [Choice("on", Content("It goes on after all"), "o")]
    answer = await work.screen.app.push_screen_wait(Ask(Content.assemble("End ", who(known)), says, choices))
    if answer is None:
        return None
    day, now = None if answer == "on" else today, work.now

    def keep(store: Store) -> Entry:
        before = entry_of(store.programme(), known.pair)
        after = replace(before, arrangement=replace(before.arrangement, ended=day, early=answer == "early"))
        _put(store, before, after, now)
        return after

    after = await work.keep(keep)
    if after:
        work.say(f"{_line(after)}: {'goes on' if day is None else f'ended on {day}'}")
    return known.id if after else None


def _kept(store: Store, entry: Entry | None, said: Mapping[Field, UserText], now: datetime) -> Entry:
    """Keep a pair as it is said to be, by what the programme knows now. Raises `Unclear`."""
    programme = store.programme()
    if entry is None:
        before, after = made(programme, said, now.date(), lambda: str(uuid4()))
        store.keep_known(to_keep(before, after, now, new=True))
        return after
    before = entry_of(programme, next((each for each in programme.pairs if each.id == entry.pair.id), entry.pair))
    after = mended(programme, before, said, now.date())
    if after.arrangement.ended is None:  # what goes on was not ended early
        after = replace(after, arrangement=replace(after.arrangement, early=False))
    _put(store, before, after, now)
    return after


def _put(store: Store, before: Entry, after: Entry, now: datetime) -> None:
    values = to_keep(before, after, now)
    if values and all(each.id != before.pair.id for each in store.programme().pairs):
        values = [before.pair, *values]  # only its sessions know it so far
    if values:
        store.keep_known(values)


def _said(values: Mapping[str, str], entry: Entry | None) -> dict[Field, UserText]:
    """What was typed and is another than before: what nobody touched stays as it is."""
    fields = {Field(key): value for key, value in values.items()}
    return {each: UserText(value) for each, value in fields.items() if value != _initial(each, entry)}


def _initial(which: Field, entry: Entry | None) -> str:
    return told(entry, which).line if entry else ""


def _asked(which: Field, entry: Entry | None, pairs: Iterable[Known]) -> Asked:
    known = tuple(told(each.entry, which) for each in pairs) if which in _COMPLETED else ()
    hint = _HINTS.get(which, "")
    return Asked(which.value, which.value, hint, _initial(which, entry), known, begins=which in _BEGINS)


def who(known: Known) -> Content:
    """The two of a pair, by name."""
    return Content.assemble(content(known.pair.mentor.name), " and ", content(known.pair.mentee.name))


def _line(entry: Entry) -> str:
    return f"{entry.pair.mentor.name.line} and {entry.pair.mentee.name.line}"


def _changed(before: Entry, after: Entry) -> str:
    names = ", ".join(each.field.value for each in differences(before, after))
    return f"Changed: {names}" if names else "Nothing was changed"
