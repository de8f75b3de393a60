"""What holds of any text: it is read, in order, in time that grows with its length."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rmsession.core.agenda import Severity
from rmsession.reader.agenda_reader import read_text
from rmsession.reader.limits import MOST_TOPICS
from rmsession.reader.report import as_json, as_lines

PARTS = [
    "# Title", "## Topic (5 min)", "### Part (10m)", "- [ ] tick", "- [x] done", "- ? ask", "<!-- private -->",
    "<!--", "-->", "* point (5 min)",
    "  - nested 10 min", "1. one: 5m", "9:00 - 9:30 Tea", "9:00 Tea", "00:05 Tea", "> quoted (5 min)", "```",
    "~~~ x", "| a | min |", "|---|---|",
    "| b | 5 |", "---", "+++", "title: x", "duration: 45", "Agenda", "## Agenda", "**Agenda:**", "## Minutes",
    "## Action items", "Setext", "===",
    "<ul><li>a (5 min)<li>b", "<table><tr><td>5 min<td>x", "[r]: /u", "(private)", "(off the record)",
    "5-10 min", "½ hr", "(", ")", "[", "](",
    "\t", "", "", "話す 5分", "30+ min -", "12:30am - 2:00pm x", "é" * 30, "&#x20;", "\\",
]  # fmt: skip
texts = st.lists(st.sampled_from(PARTS) | st.text(max_size=12), max_size=24).map("\n".join)


@settings(max_examples=600, deadline=None)
@given(texts | st.text(max_size=300))
@example("---\n---")
@example("---\n" * 3)
@example("\ufeff# A")
@example("## \n\n## (5 min)\n")
@example("- - - - a (5 min)")
@example("\ud800 (5 min)")
def test_any_text_is_read(text):
    reading = read_text(text, name="any.md")
    agenda = reading.agenda
    lines = [topic.line for topic in agenda.topics]
    assert lines == sorted(lines)
    count = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(1 <= line <= count for line in lines)
    assert all(topic.minutes is None or 0 <= topic.minutes <= 24 * 60 * 40 for topic in agenda.topics)
    assert all(topic.title for topic in agenda.topics)
    assert all(1 <= problem.line <= count for problem in reading.problems)
    ids = [topic.id for topic in agenda.topics] + [prompt.id for topic in agenda.topics for prompt in topic.prompts]
    assert len(ids) == len(set(ids))
    assert bool(agenda.topics) is not any(problem.severity is Severity.ERROR for problem in reading.problems)
    as_json(reading, "any.md")
    assert all("\n" not in line for line in as_lines(reading, "any.md"))


@settings(deadline=None)
@given(texts)
def test_a_text_is_read_the_same_every_time(text):
    assert read_text(text) == read_text(text)


@settings(deadline=None)
@given(texts, st.sampled_from(["\r\n", "\r"]))
def test_line_ends_make_no_difference(text, end):
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert read_text(plain.replace("\n", end)) == read_text(plain)


titles = st.from_regex(r"[A-Z][a-z]{3,9}( [a-z]{3,9}){0,3}", fullmatch=True)


@settings(deadline=None)
@given(st.lists(st.tuples(titles, st.integers(1, 240)), min_size=2, max_size=20))
def test_the_house_style_survives_the_round_trip(topics):
    total = sum(minutes for _, minutes in topics)
    body = "\n".join(f"## {title} ({minutes} min)\n\n- [ ] tick\n" for title, minutes in topics)
    agenda = read_text(f"---\nduration: {total}\n---\n# The agenda\n\n{body}").agenda
    assert [(topic.title.raw, topic.minutes) for topic in agenda.topics] == topics
    assert agenda.stated_minutes == agenda.total_minutes == total
    assert all(len(topic.prompts) == 1 for topic in agenda.topics)


@pytest.mark.parametrize("count", [1, 500, MOST_TOPICS + 1])
def test_few_and_many_topics(count):
    reading = read_text("# A\n\n" + "".join(f"## Topic {number} (5 min)\n\n" for number in range(count)))
    assert len(reading.agenda.topics) == min(count, MOST_TOPICS)
    assert [problem.code for problem in reading.problems] == (["too-many-topics"] if count > MOST_TOPICS else [])


def house(count):
    one = (
        "## Topic {} (10 min)\n\nSay what *it* is [about](http://example.org/{}).\n\n"
        "- [ ] Ask\n- [ ] Say it, with **care**\n- ? What now?\n\n<!-- short -->\n\n"
    )
    return "# Long\n\n" + "".join(one.format(number, number) for number in range(count))


def seconds(work, *, tries=2):
    """The least processor time of some tries; other work on the machine does not count."""
    taken = []
    for _ in range(tries):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.long  # a timing: on a busy machine it tells of the machine
def test_reading_costs_about_as_much_as_parsing_and_grows_with_the_text():
    text, half = house(1200), house(600)
    parser = MarkdownIt("commonmark").enable("table")
    whole = seconds(lambda: read_text(text))
    assert whole <= 1.5 * seconds(lambda: parser.parse(text))
    assert whole <= 3 * seconds(lambda: read_text(half))


@pytest.mark.parametrize(
    "piece",
    [
        "(5 mx) ",
        ".",
        "-",
        "10:00 - ",
        "[a](b) ",
        "`",
        "<!-- ",
        "* ",
        "Anna/Bo & ",
        "http://x.y ",
        "5 ",
        "1h30",
        "<ul><li>",
        "| a ",
        "&amp;",
        ": ",
    ],
)
@pytest.mark.parametrize("before", ["", "- ", "## ", "|"])
def test_lines_made_to_be_slow_are_not(piece, before):
    row = before + (piece * 4000)[:4000] + " (10 min)"
    text = "# T\n\n" + ("|a|b|\n|-|-|\n" if before == "|" else "") + "\n".join([row] * 25)
    assert seconds(lambda: read_text(text), tries=1) < 1
