"""A reading as `rmsession check` tells it: JSON for programs, lines for people."""

from __future__ import annotations

from typing import Any

from rmsession.core.agenda import Problem, Reading, Severity, Topic


def as_json(reading: Reading, file: str) -> dict[str, Any]:
    """The reading as one JSON object; whole minutes are integers, unstated ones null."""
    agenda = reading.agenda
    return {
        "file": file,
        "title": agenda.title.raw,
        "stated_minutes": _figure(agenda.stated_minutes),
        "total_minutes": _figure(agenda.total_minutes),
        "topics": [_topic(topic) for topic in agenda.topics],
        "problems": [_problem(problem) for problem in reading.problems],
    }


def as_lines(reading: Reading, file: str) -> list[str]:
    """The reading for people: the title and total, each topic with its minutes, then what to look at."""
    agenda = reading.agenda
    stated = "" if agenda.stated_minutes is None else f" of {agenda.stated_minutes:g} stated"
    lines = [f"{file}: {agenda.title.line} · {len(agenda.topics)} topics · {agenda.total_minutes:g} min{stated}"]
    lines.extend(_topic_line(topic) for topic in agenda.topics)
    lines.extend(problem_line(problem, file) for problem in reading.problems)
    return lines


def problem_line(problem: Problem, file: str) -> str:
    """One problem: where, what, how to mend it."""
    return f"{file}:{problem.line}: {problem.severity.value}: {problem.message} [{problem.code}]; {problem.mend}"


def has_errors(reading: Reading) -> bool:
    """Whether the agenda cannot be run as it is."""
    return any(problem.severity is Severity.ERROR for problem in reading.problems)


def _topic_line(topic: Topic) -> str:
    minutes = "   –" if topic.minutes is None else f"{topic.minutes:4g}"
    marks = [mark for mark, on in (("private", topic.private), ("off the record", topic.off_record)) if on]
    lead = f" · {topic.lead.line}" if topic.lead else ""
    return f"  {minutes}  {topic.title.line}{lead}{''.join(f' ({mark})' for mark in marks)}"


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "title": topic.title.raw,
        "minutes": _figure(topic.minutes),
        "lead": topic.lead.raw if topic.lead else None,
        "line": topic.line,
        "private": topic.private,
        "off_record": topic.off_record,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "line": problem.line,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "mend": problem.mend,
    }


def _figure(minutes: float | None) -> int | float | None:
    """Whole minutes as integers."""
    if minutes is None:
        return None
    return int(minutes) if minutes == int(minutes) else round(minutes, 2)
