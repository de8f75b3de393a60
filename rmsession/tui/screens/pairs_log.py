"""What the screen of pairs asks for the business-change log: an entry's words, and who agrees to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import uuid4

from textual.content import Content

from rmsession.core.change_log import agreed_by, doubtful
from rmsession.core.days import day_said
from rmsession.core.outcomes import Change
from rmsession.core.store import Store
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.tui.screens.dialogs import Ask, Choice
from rmsession.tui.screens.pairs_asking import Work, who
from rmsession.tui.screens.pairs_form import FieldsDialog, Form
from rmsession.tui.text import content
from rmsession.tui.widgets.pairs_fields import Asked, Flaw
from rmsession.tui.widgets.pairs_lookup import Known

_WORDS: Final = ("idea", "answer", "changed")
_SHOWN: Final = 60


async def ask_change(work: Work, known: Known) -> str | None:
    """Write an entry of the change log."""
    today = work.now.date()
    asked = [
        Asked("idea", "idea", "what was suggested in a session"),
        Asked("answer", "answer", "what the leader said to it"),
        Asked("changed", "changed", "what is different now: an updated policy, say"),
        Asked("on", "on", f"when it changed; empty is today, {today}"),
    ]
    typed = work.typed.setdefault(f"log {known.id}", {})
    form = Form(Content.assemble("What changed: ", who(known)), asked, lambda each: _doubts(each, today), typed)
    while values := await work.screen.app.push_screen_wait(FieldsDialog(form)):
        entry = replace(_entry(values, today), id=str(uuid4()), pair=known.id, revised=work.now)
        if await work.keep(lambda store, entry=entry: store.keep_known([entry]) or True):  # type: ignore[misc]
            typed.clear()
            work.say("Kept. It leaves with no report before both agreed: y")
            return known.id
    return None


async def ask_agreed(work: Work, known: Known) -> str | None:
    """Say that an entry of the log may be told as it stands, and whose word that is."""
    waiting = known.to_agree
    which = waiting[0].id if len(waiting) == 1 else await work.screen.app.push_screen_wait(_which(waiting))
    entry = next((each for each in waiting if each.id == which), None)
    if entry is None:
        return None
    missing = [role for role in Role if role not in entry.agreed]
    keys = {Role.MENTOR: "m", Role.MENTEE: "e"}
    choices = [Choice(role.value, Content.assemble(f"The {role.value}: ", _name(known, role)), keys[role])
               for role in missing]  # fmt: skip
    if len(missing) > 1:
        choices.append(Choice("both", Content("Both of them"), "b"))
    says = Content("\n").join(
        [content(entry.changed if entry.changed.line.strip() else entry.idea, limit=200)]
        + [Content.styled(f"! {each}", "$text-warning") for each in doubtful(entry)]
    )
    answer = await work.screen.app.push_screen_wait(
        Ask(Content("May it be told as it stands? Who says so?"), says, choices)
    )
    if answer is None:
        return None
    now, roles = work.now, tuple(Role) if answer == "both" else (Role(answer),)

    def keep(store: Store) -> Change:
        before = next((each for each in store.programme().changes if each.id == entry.id), entry)
        after = agreed_by(before, roles, now)
        store.keep_known([after])
        return after

    after = await work.keep(keep)
    if after:
        left = [role.value for role in Role if role not in after.agreed]
        work.say(f"The {left[0]} has not agreed yet." if left else "Both agreed: it goes into the report.")
    return known.id if after else None


def _which(waiting: Sequence[Change]) -> Ask:
    choices = [Choice(each.id, Content.assemble(f"{each.on}  ", content(each.idea, limit=_SHOWN)), f"{place}")
               for place, each in enumerate(waiting[:9], 1)]  # fmt: skip
    return Ask(Content("Which entry?"), Content("Those that not both agreed to yet."), choices)


def _doubts(values: Mapping[str, str], today: date) -> dict[str, Flaw]:
    """What is to be said to an entry: of figures that cannot be, it is said and kept all the same."""
    found = {}
    for key in _WORDS:
        if lines := doubtful(Change("", "", today, UserText(values[key]))):
            found[key] = Flaw(" ".join(lines), stops=False)
    if not UserText(values["idea"]).line.strip():
        found["idea"] = Flaw("say what was suggested: an entry begins with the idea")
    day = _day(values["on"], today)
    if day is None or day > today:
        found["on"] = Flaw(f"write a day that has been, as {today}")
    return found


def _entry(values: Mapping[str, str], today: date) -> Change:
    idea, answer, changed = (UserText(values[key].strip()) for key in _WORDS)
    return Change("", "", _day(values["on"], today) or today, idea, answer, changed)


def _day(typed: str, today: date) -> date | None:
    return day_said(typed, today) if typed.strip() else today


def _name(known: Known, role: Role) -> Content:
    return content((known.pair.mentor if role is Role.MENTOR else known.pair.mentee).name)
