"""The report as JSON, for programs: every value as it is, beside the words for it.

The ids of the sessions and pairs that a figure came from stay: counted, they would tell how many are behind a hidden
one. Whoever has the records asks for them by ``rmsession report --explain``.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, Final

from rmsession.core.change_log import doubtful
from rmsession.core.outcomes import Change
from rmsession.core.report.values import Cell, Figure, Part, Report, Section, Share, Value
from rmsession.export.figure_words import bounds, per_cent, said
from rmsession.export.report_head import LOG_PARTS, head

VERSION: Final = 1
"""Raised when a reader of the last version would misread this one."""


def report_json(report: Report) -> str:
    """One JSON object; days are ISO 8601, and what is hidden or missing has no number.

    Letters beyond ASCII are escaped, so that a terminal which shows the file obeys none of it.
    """
    value = {
        "format": "rmsession report",
        "version": VERSION,
        "says": list(head(report)),
        "made_up": report.made_up,
        "as_of": report.as_of.isoformat(),
        "reporting": {"k": report.reporting.k, "n": report.reporting.n} if report.reporting else None,
        "unknown": report.unknown,
        "latest": report.latest.isoformat() if report.latest else None,
        "since": report.since.isoformat() if report.since else None,
        "moved": report.moved,
        "parts": list(map(_part, report.parts)),
    }
    return f"{json.dumps(value, indent=1)}\n"


def _part(part: Part) -> dict[str, Any]:
    return {
        "wave": None if part.wave is None else part.wave.raw,
        "sections": list(map(_section, part.sections)),
        "log": list(map(_change, part.log)),
    }


def _section(section: Section) -> dict[str, Any]:
    return {"id": section.id, "title": section.title, "figures": list(map(_figure, section.figures))}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "id": figure.id,
        "label": figure.label,
        "value": spelled(figure.value),
        "cells": list(map(_cell, figure.cells)),
        "note": figure.note,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"label": cell.label, "value": spelled(cell.value)}


def spelled(value: Value) -> dict[str, Any]:
    """A value with its kind, its numbers, and the words for it; of a share also the whole per cents of it."""
    plain: dict[str, Any] = {"kind": type(value).__name__.lower()}
    plain |= {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Share):
        plain["percent"] = per_cent(value.k, value.n)
        plain["low"], plain["high"] = bounds(value.k, value.n)
    return plain | {"said": said(value)}


def _change(change: Change) -> dict[str, Any]:
    words = {name: getattr(change, name).raw for _, name in LOG_PARTS}
    return {"on": change.on.isoformat()} | words | {"arithmetic": list(doubtful(change))}
