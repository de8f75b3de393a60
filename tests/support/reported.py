"""A report made by hand that holds a value of each kind, and hostile words wherever somebody's words can stand."""

from __future__ import annotations

from datetime import date

from rmsession.core.outcomes import Change
from rmsession.core.report.values import (
    Cell,
    Count,
    Figure,
    Hidden,
    Mean,
    Median,
    Missing,
    Pace,
    Part,
    Recommend,
    Report,
    Section,
    Share,
    Shift,
    Spread,
)
from rmsession.core.terms import Role
from rmsession.core.text import UserText
from rmsession.export.report_groups import PARTS

SOURCE = "5e551040-source"
"""Begins the id of everything that a figure came from: no rendering says one."""
HOSTILE = (
    "Ψ<script>alert(1)</script> =cmd|' /C calc'!A0 [x](javascript:x) `c` **b** \x1b]0;t\x07 &lt; \u202egpj\n"
    '# "x"\' ;=1'
)
"""What a wave or an idea may be called."""
FORMULA = '=HYPERLINK("http://evil.example";A1)'
AGREE = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")


def spread(*counts: int) -> Spread:
    """How many answered each of the five points of agreement."""
    return Spread(tuple(zip(AGREE, counts, strict=True)))


def change(number: int, idea: str, answer: str = "", changed: str = "") -> Change:
    """An entry of the log, agreed by both."""
    return Change(
        id=f"{SOURCE}-{number}",
        pair=f"{SOURCE}-pair",
        on=date(2026, 10, number),
        idea=UserText(idea),
        answer=UserText(answer),
        changed=UserText(changed),
        session=f"{SOURCE}-session",
        capture=f"{SOURCE}-capture",
        agreed=tuple(Role),
    )


def sections() -> tuple[Section, ...]:
    """A value of each kind, in the sections of a report."""
    return (
        Section(
            "activity",
            "Activity",
            (
                Figure("activity.pairs", "Pairs", Count(12), sources=(SOURCE,)),
                Figure("activity.held", "Sessions held", Count(61, 84), sources=(SOURCE,)),
                Figure("activity.gap", "From one meeting to the next", Median(21.5, 49, "days"), sources=(SOURCE,)),
                Figure("activity.prepared", "Sessions to which the mentee came prepared", Share(48, 61)),
            ),
        ),
        Section("running", "Running", running()),
        Section("reaction", "Reaction", reaction()),
        Section(
            "learning",
            "Learning",
            (
                Figure(
                    "learning.confidence",
                    "Confidence, before the session and now",
                    Shift(2.1, 3.84, 54, 1, 5),
                    (
                        Cell("Your professional profile", Shift(1.9, 4.0, 12, 1, 5), (SOURCE,)),
                        Cell("Posting with a purpose", Shift(2.4, 2.4, 11, 1, 5)),
                        Cell("AI assistants on a real task", Hidden()),
                    ),
                ),
                Figure("learning.goals", "Goals, against what was expected", Mean(-0.4, 23, -2, 2)),
            ),
        ),
        Section(
            "results",
            "Results",
            (
                Figure("results.promoted", "Mentors promoted within 12 months", Share(11, 12), note="2 not yet known"),
                Figure("results.retained", "Mentees still with us", Share(97, 120)),
            ),
        ),
    )


def running() -> tuple[Figure, ...]:
    """Times by topic, of so many topics that they are folded, some of them hidden."""
    topics = (f"{agenda}{PARTS}Topic {number}" for agenda in ("Kick-off", "Half-way check") for number in range(1, 8))
    cells = tuple(
        Cell(topic, Hidden() if 6 <= place <= 8 else Pace(600, 500 + 20 * place, 12), (SOURCE,))
        for place, topic in enumerate(topics)
    )
    return (
        Figure("running.topic", "A topic: minutes planned and taken", Pace(2700, 2940, 61), cells),
        Figure("running.parked", "Topics parked", Missing()),
    )


def reaction() -> tuple[Figure, ...]:
    """One item told in three ways, with its course, and others."""
    shares = (Share(6, 11), Share(8, 12), Hidden(), Hidden(), Missing(), Share(104, 120))
    means = (Mean(3.6, 11, 1, 5), Mean(3.9, 12, 1, 5), Hidden(), Mean(4.1, 10, 1, 5), Mean(4.6, 11, 1, 5))
    top_two, mean = (
        tuple(Cell(f"session {number}", value, (SOURCE,)) for number, value in enumerate(values, 1))
        for values in (shares, means)
    )
    frank = "I could speak frankly:"
    return (
        Figure("reaction.frank.mentee.top-two", f"{frank} mentees who agree", Share(49, 56), top_two, (SOURCE,)),
        Figure("reaction.frank.mentee.mean", f"{frank} mentees, mean", Mean(4.16, 56, 1, 5), mean),
        Figure("reaction.frank.mentee.spread", f"{frank} mentees, each answer", spread(0, 2, 5, 31, 18)),
        Figure("reaction.frank.mentor.top-two", f"{frank} mentors who agree", Share(50, 55), note="55 answers of 12"),
        Figure("reaction.frank.mentor.mean", f"{frank} mentors, mean", Hidden()),
        Figure("reaction.fit", "Is this a good fit?", spread(1, 0, 0, 0, 8)),
        Figure("reaction.recommend", "Would recommend it", Recommend(7, 2, 12), note="as of their last form"),
        Figure("reaction.few", "The pace suited me: mentors", Hidden()),
    )


def report() -> Report:
    """Two waves, one with a hostile name, and the pairs of none."""
    log = (
        change(
            3,
            "Answer customers on the network within a day",
            "Yes, as a trial",
            "Policy 12 was changed: 97% of 12 reply within a day",
        ),
        change(9, HOSTILE, FORMULA, "漢字かな한국어 " * 30 + "👨\u200d👩\u200d👧\u200d👦 " + "W" * 200),
    )
    return Report(
        as_of=date(2026, 11, 22),
        reporting=Share(10, 12),
        latest=date(2026, 11, 20),
        since=date(2026, 6, 1),
        moved=True,
        parts=(
            Part(UserText("Wave one"), sections(), log),
            Part(UserText(HOSTILE), (sections()[0], Section("results", "Results", ()))),
            Part(UserText(), (Section("reaction", "Reaction", (Figure("reaction.few", "Frank", Hidden()),)),)),
        ),
    )
