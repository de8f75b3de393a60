"""Minutes of hostile notes: read as an agenda they are the agenda, shown as Markdown they are what was typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from support.building import BEGIN, MENTEE, MENTOR, PAIR, Play, agenda, prompt, record, topic
from support.tally import tally

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda
from rmsession.core.facts import Amended, Content, FeedbackGiven
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.owners import written
from rmsession.core.programme import Person
from rmsession.core.terms import Kind, Role
from rmsession.core.text import UserText
from rmsession.export.markdown import minutes
from rmsession.reader.agenda_reader import read_text

PIECES = (
    "# ", "## Break (5 min)", "### ", "- ", "- [ ] no task", "- [x] ", "* ", "+ ", "1. ", "2) ", "> ",
    "| a | b |\n|---|---|\n| A | 5 |", "|", "```", "~~~", "`", "``", "---", "===", "***", "___", "+++",
    "---\nduration: 7\nkind: x\n---", "<!--", "-->", "<b>", "</div>", "<script>alert(1)</script>", "<?", "<![CDATA[",
    "<a href='x'>", "<http://a.b>", "<a@b.c>", "](", "![", "[a](b)", "[a]: /u 'x'", "[^1]: x", "[x]", "\\", "\\\n",
    "\\\\", "&amp;", "&#35;", "&lt;b&gt;", "&", "~~", "~", "**", "__", "*", "_", "a_b", "$x$", "{#id}", ":::",
    "(10 min)", "10:00 - 10:30", "9:00 ", "5 min", "Duration: 90 min", "Agenda", "## Agenda", "Total: 1 h", "(private)",
    "(off the record)", "@owner", "#tag", "due:2026-12-01", "by fri", "\t", "    ", "  ", " ", "\n", "\n\n", "\r",
    "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\u00a0", "\u3000", "\u2003", "\u200b", "\ufeff", "\u202e", "\u2066",
    "\x00", "\x1b[31m", "\x1b]8;;file:///\x07", "\x9b", "\ud800", "e\u0301", "\u0301", "世", "\U0001f3f3\ufe0f",
    "é", "a", "Z", "x y", "1", ".", ":", "'", '"', "!", "%",
)  # fmt: skip
HOSTILE = st.one_of(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join), st.text(max_size=30))
TYPED = HOSTILE.filter(str.strip)
LISTED = {"paragraph", "bullet_list", "list_item"}
SECTIONS = {
    Kind.DECISION: "Decisions",
    Kind.QUESTION: "Questions",
    Kind.IDEA: "Ideas",
    Kind.GOAL: "Goals",
    Kind.PARKED: "Parked",
}
Part = tuple[int, str, list[tuple[int, str]]]
"""A heading's level and words, and what stands under it: how deep in lists, and its words."""


def shown(markdown: str) -> list[Part]:
    """What a Markdown viewer shows of the minutes; anything but headings, lists and plain text is an error."""
    front, _, rest = markdown.removeprefix("---\n").partition("\n---\n")
    assert front.split("\n")[0] == "kind: minutes"
    parts: list[Part] = []
    depth, heading = 0, 0
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(rest):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind == "heading":
            heading = int(token.tag[1:]) if token.nesting > 0 else 0
        elif kind == "inline" and heading:
            parts.append((heading, words(token), []))
        elif kind == "inline":
            parts[-1][2].append((depth, words(token)))
        else:
            assert kind in LISTED, f"{token.type} was made of a note"
            depth += token.nesting if kind == "list_item" else 0
    return parts


def words(token: Token) -> str:
    """The words of a paragraph as they are shown."""
    said = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif child.type in ("s_open", "s_close"):
            said.append("~~")
        else:
            assert child.type in ("text", "text_special"), f"{child.type} was made of a note"
            said.append(child.content)
    return trimmed("".join(said))


def trimmed(text: str) -> str:
    """With its blanks as a page shows them: none around a line, and one where there are several."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")


def line(typed: str) -> str:
    return trimmed(UserText(typed).line)


def paragraphs(typed: str, behind: str = "") -> list[str]:
    """What a note of several lines must show, and what stands behind it."""
    blocks = trimmed(UserText(typed).block).split("\n\n")
    found = [block.strip("\n") for block in blocks if block.strip()]
    return [*found[:-1], trimmed((found or [""])[-1] + behind)]


@dataclass(frozen=True)
class Typed:
    """All that two people can type into a session."""

    title: str
    topics: tuple[str, str, str]
    names: tuple[str, str]
    ticked: str
    notes: tuple[tuple[Kind, str], ...]
    action: str
    owner: str
    due: str
    reason: str
    rivals: tuple[str, str]
    answers: tuple[str, str]


CAPTURED = st.lists(st.tuples(st.sampled_from([Kind.NOTE, *SECTIONS]), TYPED), max_size=6).map(tuple)
ALL = st.builds(
    Typed, TYPED, st.tuples(TYPED, TYPED, TYPED), st.tuples(TYPED, TYPED), TYPED, CAPTURED, TYPED, TYPED, TYPED, TYPED,
    st.tuples(TYPED, TYPED), st.tuples(TYPED, TYPED),
)  # fmt: skip


def played(typed: Typed) -> Play:
    first, second, third = typed.topics
    plan = agenda(
        topic("t1", 5, prompts=(prompt(typed.ticked),)),
        topic("t2", 10),
        topic("t3", 2),
        title="a",
        questions=(UserText("?"),),
    )
    named = [
        replace(each, title=UserText(title)) for each, title in zip(plan.topics, (first, second, third), strict=True)
    ]
    plan = replace(plan, title=UserText(typed.title), topics=tuple(named), questions=(UserText(typed.answers[1]),))
    people = [Person(each.id, UserText(name)) for each, name in zip((MENTOR, MENTEE), typed.names, strict=True)]
    play = Play(record(plan, pair=replace(PAIR, mentor=people[0], mentee=people[1])))
    play.start()
    play.do(asked.Tick(plan.topics[0].prompts[0].id))
    for kind, text in typed.notes:
        play.keep(text, kind)
    play.do(asked.Drop(play.keep(typed.action, Kind.ACTION, owner=typed.owner, due=typed.due), UserText(typed.reason)))
    play.keep(typed.action, Kind.ACTION, owner=typed.owner, due=typed.due)
    line = play.keep("first", Kind.DECISION)
    for rival in typed.rivals:  # as two people do who have not seen each other's
        play.happen(Amended(line, line, Content(UserText(rival))))
    play.wait(minutes=2)
    play.do(asked.Next())
    play.do(asked.Park(plan.topics[2].id))
    play.wait(minutes=1)
    play.do(asked.End())
    play.do(asked.SetNextDate(BEGIN + timedelta(days=7), "Europe/Berlin"))
    said = (Answer("keep", text=UserText(typed.answers[0])), Answer("own:1", text=UserText("yes")))
    play.do(asked.GiveFeedback(FeedbackGiven(Role.MENTEE, said, Visibility.BOTH, Via.SCREEN)), by=MENTEE.id)
    return play


def wanted(typed: Typed, play: Play) -> list[Part]:
    """The minutes that this session must show."""
    session = play.session
    owner, due = line(written(typed.owner)), line(typed.due)
    head = [f"Mentor: {line(typed.names[0])}", f"Mentee: {line(typed.names[1])}"]
    items = {
        kind: [(1, each) for which, text in typed.notes if which is kind for each in paragraphs(text)] for kind in Kind
    }
    parts: list[Part] = [(1, line(typed.title) or "Session", [(1, trimmed(each)) for each in head])]
    parts[0][2].extend(
        [(1, "Date: Sat 21 Nov 2026, 14:00 to 14:03 (Europe/Berlin)"), (1, "Time: planned 17 min, took 3 min")]
    )
    parts[0][2].append((1, "Next meeting: Sat 28 Nov 2026, 14:00 (Europe/Berlin)"))
    parts.append((2, "Agenda", []))
    course = ("took 2 min", "took 1 min, left open", "parked")
    for title, minutes_, said in zip(typed.topics, (5, 10, 2), course, strict=True):
        parts.append((3, f"{line(title) or 'Untitled'} ({minutes_} min)", [(0, f"Planned {minutes_} min, {said}.")]))
    parts[2][2][0] = (0, "Planned 5 min, took 2 min. Ticked:")
    ticked = paragraphs(typed.ticked)
    parts[2][2].extend((1, each) for each in [trimmed(f"✓ {ticked[0]}"), *ticked[1:]])
    parts[2][2].extend([(0, "Notes:"), *items[Kind.NOTE]] if items[Kind.NOTE] else [])
    items[Kind.DECISION].extend((1, each) for each in paragraphs(typed.rivals[1]))
    if typed.rivals[0] != typed.rivals[1]:  # else nobody has to choose
        items[Kind.DECISION].append((2, trimmed(f"or: {line(typed.rivals[0])}")))
    items[Kind.PARKED].insert(0, (1, trimmed(f"Topic: {line(typed.topics[2]).strip() or 'Untitled'}")))
    parts.extend((2, title, items[kind]) for kind, title in SECTIONS.items() if items[kind])
    assert session.next_date
    behind = f" {owner} due:{due}"
    struck = f"~~{line(typed.action)}~~" if line(typed.action) else ""
    dropped = trimmed(f"{struck}{behind} – dropped: {line(typed.reason)}")
    action = paragraphs(typed.action, behind)
    parts.append(
        (2, "Action items", [(1, dropped), *((1, each) for each in [trimmed(f"[ ] {action[0]}"), *action[1:]])])
    )
    answers = [(2, trimmed(f"One thing to keep – {line(typed.answers[0])}"))]
    parts.append(
        (
            2,
            "Feedback",
            [
                (1, "The mentee answered:"),
                *answers,
                (2, f"{line(typed.answers[1]) or 'own:1'} – yes"),
                (1, "The mentor has given none yet."),
            ],
        )
    )
    return parts


def check_shown(typed: Typed) -> None:
    play = played(typed)
    text = minutes(play.session, feedback=True)
    # A line of which nothing shows is an empty item.
    parts = [(level, head, [each for each in items if each[1]]) for level, head, items in wanted(typed, play)]
    assert shown(text) == parts


QUICK = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck), phases=list(Phase)[:3])
"""A failure is told as it was drawn: to make it smaller takes minutes."""
THOROUGH = settings(QUICK, max_examples=3000)


@QUICK
@given(ALL)
def test_whatever_was_typed_is_shown_in_its_place_and_is_nothing_but_text(typed):
    check_shown(typed)


def test_each_piece_of_markdown_is_shown_in_every_field_of_the_minutes():
    for piece in PIECES:
        typed = piece if piece.strip() else f"{piece}x"
        both = (typed, typed)
        notes = tuple((kind, typed) for kind in (Kind.NOTE, *SECTIONS))
        check_shown(Typed(typed, (typed, typed, typed), both, typed, notes, typed, typed, typed, typed, both, both))
    tally("minutes read back", cases=len(PIECES) + QUICK.max_examples)


def outline(plan: Agenda) -> list[tuple[str, float | None, bool, bool]]:
    return [(each.title.line, each.minutes, each.private, each.off_record) for each in plan.topics]


TITLES = st.text(alphabet="abcXYZ éß世 #&;.,?'\"/@+[]|()-<>!*_`~\\:1", max_size=30).map(lambda text: f"A{text}Z")
TOPICS = st.lists(st.tuples(TITLES, st.integers(1, 90)), min_size=1, max_size=4, unique_by=lambda each: each[0])


def check_read_back(topics, title, names, notes, more):
    text = "# S\n" + "".join(f"\n## {each} ({time} min)\n\n- [ ] tick\n" for each, time in topics)
    plan = read_text(text).agenda
    assert len(plan.topics) == len(topics)
    plan = replace(plan, title=UserText(title))
    people = [Person(each.id, UserText(name)) for each, name in zip((MENTOR, MENTEE), names, strict=True)]
    play = Play(record(plan, pair=replace(PAIR, mentor=people[0], mentee=people[1])))
    play.start()
    for kind, text in notes:
        play.keep(text, kind)
        play.keep(text, Kind.ACTION, owner=more, due=more)
        play.wait(minutes=1)
        play.try_to(asked.Next())
    play.do(asked.End())
    again = read_text(minutes(play.session, feedback=True)).agenda
    assert outline(again) == outline(plan)
    assert again.stated_minutes == plan.stated_minutes
    assert not again.body
    assert not any(each.prompts or each.body for each in again.topics)


@QUICK
@given(TOPICS, TYPED, st.tuples(TYPED, TYPED), CAPTURED, TYPED)
def test_the_reader_finds_the_same_agenda_in_the_minutes_whatever_was_noted(topics, title, names, notes, more):
    check_read_back(topics, title, names, notes, more)


def test_each_piece_of_markdown_is_no_part_of_the_agenda_that_is_read_back():
    for piece in PIECES:
        typed = piece if piece.strip() else f"{piece}x"
        notes = tuple((kind, typed) for kind in (Kind.NOTE, *SECTIONS))
        check_read_back([("A", 5), ("B", 7)], typed, (typed, typed), notes, typed)
    tally("minutes read back", cases=len(PIECES) + QUICK.max_examples)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_many_more_minutes_are_shown_and_read_back():
    THOROUGH(given(ALL)(check_shown))()
    THOROUGH(given(TOPICS, TYPED, st.tuples(TYPED, TYPED), CAPTURED, TYPED)(check_read_back))()
    tally("minutes read back", cases=2 * THOROUGH.max_examples)
