"""Each limit of the reader: what lies just within is read, what lies just beyond is told with the limit named."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.stage import staged
from support.tally import tally

from rmsession.core.agenda import Reading
from rmsession.core.text import clean
from rmsession.reader import limits
from rmsession.reader.agenda_reader import read_text
from rmsession.reader.report import as_json, as_lines
from rmsession.reader.source import UnreadableAgenda, decode

WHAT = "oversized and pathological agendas"
ONE = "# A\n\n## B (5 min)\n\n"


def _deep(levels: int) -> str:
    return ONE + "> " * levels + "x\n"


def _front(block: str) -> str:
    return f"---\n{block}\n---\n{ONE}"


ACROSS = {
    "MOST_LINES": lambda most: ONE + "\n" * (most - 5),
    "MOST_TOPICS": lambda most: "# A\n" + "".join(f"## T{number} (5 min)\n" for number in range(most)),
    "MOST_PROMPTS": lambda most: ONE + "- [ ] ask\n" * most,
    "MOST_SIBLINGS": lambda most: ONE + "- x\n" * most,
    "MOST_PARAGRAPH_LINES": lambda most: ONE + "x\n" * most,
    "MOST_TAGS": lambda most: ONE + "<ul>" + "<li>x" * (most - 1),
    "MOST_COLUMNS": lambda most: f"{ONE}|{'a|' * most}\n|{'-|' * most}\n|{'b|' * most}\n",
    "DEEPEST": lambda most: _deep(most - 1),
    "LONGEST_FRONT": lambda most: _front("a: b\n" * 20 + "# " + "x" * (most - 110)),
    "DEEPEST_FRONT": lambda most: _front("- " * (most - 1) + "x: y"),
    "MOST_VALUES": lambda most: _front(f"title: t\nlist: [{', '.join('x' * (most - 3))}]"),
    "LONGEST_VALUE": lambda most: _front(f"mentor: {'x' * most}"),
    "MOST_QUESTIONS": lambda most: _front("questions:\n" + "\n".join(f"- q{number}?" for number in range(most))),
}
"""A text that is just within each limit; with a slightly larger one given, just beyond."""


def told(reading: Reading, limit: int) -> list[str]:
    return [each.message for each in reading.problems if f"{limit:,}" in each.message and each.mend]


def test_every_limit_is_tried():
    known = {name for name in vars(limits) if name.isupper()}
    assert known == {*ACROSS, "SIZE_LIMIT"}


@pytest.mark.parametrize("name", ACROSS)
def test_within_a_limit_nothing_is_said_and_beyond_it_the_limit(name):
    limit = getattr(limits, name)
    assert not told(read_text(ACROSS[name](limit)), limit)
    beyond = read_text(ACROSS[name](limit + (20 if name == "LONGEST_FRONT" else 1) + (limit // 50)))
    (message,) = told(beyond, limit)
    assert "\n" not in message
    assert beyond.agenda.topics
    tally(WHAT, cases=2)


def test_the_size_is_refused_beyond_its_limit():
    assert decode(b"x" * limits.SIZE_LIMIT)
    with pytest.raises(UnreadableAgenda, match=r"more than 1 MB, the most that an agenda may have: keep the agenda"):
        decode(b"x" * (limits.SIZE_LIMIT + 1))
    tally(WHAT, cases=2)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LAUGHS = "".join(f"{one}: &{one} [*{last}, *{last}, *{last}]\n" for last, one in pairwise(_LETTERS[:25]))
BOMBS = {
    "billion laughs": _front(f"a: &a [x, x]\n{_LAUGHS}title: *y\nquestions: *y"),
    "laughing names": _front(
        "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a]\nlist: [{name: *b, time: 5}, {name: *b, time: 6}]"
    ),
    "alias of itself": _front("a: &a [*a]\ntitle: *a"),
    "digits that Python does not write": f"+++\ntitle = 0x{'f' * 15_000}\nduration = 0x{'f' * 15_000}\n+++\n{ONE}",
    "digits": f"+++\nduration = {'9' * 5000}\n+++\n{ONE}",
    "dotted key": f"+++\n{'.'.join('a' * 19_000)} = 1\n+++\n{ONE}",
    "brackets": f"+++\na = {'[' * 19_000}\n+++\n{ONE}",
    "question marks": _front("? " * 15_000 + "x"),
    "tags": _front("a: " + "!" * 30_000),
    "python object": _front("a: !!python/object/apply:os.system ['touch pwned']\n!!python/name:os.system x: y"),
    "anchors": _front("".join(f"a{number}: &a{number} x\n" for number in range(2500))),
    "half a character": _front("title: \ud800"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_settings_made_to_explode_do_not(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    reading = read_text(BOMBS[name], name="a.md")
    assert [topic.title.raw for topic in reading.agenda.topics] == ["B"]
    assert len(reading.agenda.title.raw) <= limits.LONGEST_VALUE
    well_formed(reading)
    assert not list(tmp_path.iterdir())
    tally(WHAT, cases=1)


def well_formed(reading: Reading) -> None:
    """Every line that the reader tells is one line, says where and how to mend it, and obeys nothing."""
    for line in as_lines(reading, "a.md"):
        assert "\n" not in line
    for problem in reading.problems:
        # A letter that no version of Unicode here knows is harmless; `clean` says what is not.
        assert clean(problem.message) == problem.message
        assert clean(problem.mend) == problem.mend
        assert problem.mend
        assert problem.line >= 1
    as_json(reading, "a.md")


PARTS = st.sampled_from(
    [
        *(
            "# ",
            "## ",
            "- ",
            "* ",
            "1. ",
            "> ",
            "- [ ] ",
            "- ? ",
            "    ",
            "|",
            "|---|---|",
            "---",
            "+++",
            "```",
            "<!--",
        ),
        *(
            "-->",
            "<ul><li>",
            "</ul>",
            "(",
            ")",
            "(5 min)",
            "(private)",
            "[",
            "](",
            "10",
            ":",
            "00",
            "min",
            " h",
            "½",
            "٣",
        ),
        *("²", "𝟗", "–", " - ", "to", "half an hour", "Agenda", "title: ", "duration: ", "questions: [", "&a ", "*a "),
        *("\\", "&amp;", "`", "\t", "\r", "\0", "\x1b[2J", "\x85", "\u2028", "\u202e", "\ud800", "\ufdd0", "\ue000"),
        *("世", "\n", "\n", "\n\n"),
    ]
)
TEXTS = st.lists(PARTS, max_size=40).map("".join)
QUICK = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


@QUICK
@given(TEXTS | TEXTS.map(lambda text: f"---\n{text}\n---\n# A\n") | TEXTS.map(lambda text: f"+++\n{text}\n+++\n# A\n"))
def test_no_text_is_too_much_for_the_reader(text):
    well_formed(read_text(text, name="a\n\x1b.md"))


@QUICK
@given(st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_no_bytes_are_too_much_for_it_either(data):
    try:
        well_formed(read_text(decode(data, name="a.md").text))
    except UnreadableAgenda as refused:
        assert str(refused).isprintable()  # noqa: PT017 - either ending is right


@pytest.mark.long
def test_many_more_texts_and_bytes():
    many = settings(QUICK, max_examples=8000)
    many(given(TEXTS)(lambda text: well_formed(read_text(text))))()
    tally(WHAT, cases=8000)


async def test_the_app_carries_an_agenda_of_the_most_topics_and_prompts():
    """What the reader lets through opens, steps and takes a note; were it too much, the limit would be too high."""
    plan = read_text(ACROSS["MOST_TOPICS"](limits.MOST_TOPICS)).agenda
    prompts = read_text(ACROSS["MOST_PROMPTS"](limits.MOST_PROMPTS)).agenda
    for agenda, topics in ((plan, limits.MOST_TOPICS), (prompts, 1)):
        began = time.process_time()
        async with staged(agenda) as stage:
            assert len(stage.session.topics) == topics
            await stage.enter("a note")
            await stage.enter("/next")
            assert [each.content.text.raw for each in stage.session.standing()] == ["a note"]
        assert time.process_time() - began < 20, "on an idle machine it is one second"
