"""What can be said of a pair on the command line, an option for each field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import click

from rmsession.core.pair_fields import Field
from rmsession.core.text import UserText

_OPTIONS: Final = (
    (Field.MENTOR, "NAME", "Who mentors."),
    (Field.MENTEE, "NAME", "Who is mentored: in reverse mentoring the senior one."),
    (Field.WAVE, "NAME", "The wave of the programme that they belong to."),
    (Field.MENTOR_ROLE, "TEXT", "What the mentor does: “Claims analyst”."),
    (Field.MENTOR_LOCATION, "PLACE", "Where the mentor works; reports count places and name none."),
    (Field.MENTOR_LEVEL, "TEXT", "How high, in the organisation's own words."),
    (Field.MENTEE_ROLE, "TEXT", "What the mentee does: “VP Claims”."),
    (Field.MENTEE_LOCATION, "PLACE", "Where the mentee works."),
    (Field.MENTEE_LEVEL, "TEXT", "How high, in the organisation's own words."),
    (Field.AGENDA_OWNER, "mentor|mentee", "Who sets the agenda."),
    (Field.EVERY, "3w|10d", "From one session to the next."),
    (Field.SESSIONS, "NUMBER", "How many are planned; most programmes run 5 to 7."),
    (Field.MINUTES, "NUMBER", "How long one is to take."),
    (Field.STARTS, "DATE", "2026-12-01, mon, +2w, 1 dec."),
    (Field.ENDS, "DATE", "When it is planned to end."),
    (Field.OBJECTIVE, "customers|workplace|result|TEXT", "What it is to do for the business."),
)


def said_options(*required: Field) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command an option for each field; those `required` must be said."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for field, metavar, words in reversed(_OPTIONS):
            flag = f"--{field.value.replace(' ', '-')}"
            command = click.option(flag, metavar=metavar, required=field in required, help=words)(command)
        return command

    return decorate


def said(options: Mapping[str, str | None]) -> dict[Field, UserText]:
    """What was said; an option that was not given says nothing, one that is empty takes away."""
    return {
        field: UserText(typed)
        for field, *_ in _OPTIONS
        if (typed := options.get(field.value.replace(" ", "_"))) is not None
    }
