"""The form as text, and its reply read back however it was answered."""

from __future__ import annotations

import re
import textwrap
import time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rmsession.core.agenda import FeedbackKind
from rmsession.core.feedback import Answer, Form, form
from rmsession.core.feedback_reply import from_reply
from rmsession.core.feedback_text import END, HOW, as_text
from rmsession.core.text import UserText

GOALS = (("g1", UserText("post weekly: 3 posts (1-5)")), ("g2", UserText("post weekly")))
OWN = tuple(map(UserText, ("What\nnow?", "How useful was it? (1-5)", "Again? (yes/no)", "One thing")))
SHORT = form(FeedbackKind.REGULAR, "mentor")
LONG = form(FeedbackKind.FINAL, "mentee", goals=GOALS, topic=UserText("searching smarter"), questions=OWN)
FIRST = form(FeedbackKind.FIRST, "mentee")

SENT = """\
Feedback on Kick-off

Write each answer behind its colon; leave empty what you want to skip. Then send all of it back.

1 strongly disagree, 2 disagree, 3 neither, 4 agree, 5 strongly agree
1. This session was a good use of my time (1-5):
2. We spent the time on what matters for our goals (1-5):
3. I could speak frankly (1-5):
4. The pace and the way we worked suited me (1-5):
5. My mentee came prepared (1-5):

6. One thing to keep:
7. One thing to change:

End of the form.
"""


def filled(asked, said):
    """The form as somebody fills it who writes behind the colons."""
    lines = as_text(asked, above=[UserText("Feedback on Kick-off")]).splitlines()
    for number, words in said.items():
        at = next(at for at, line in enumerate(lines) if line.startswith(f"{number}. "))
        lines[at] = f"{lines[at]} {words}"
    return "\n".join(lines)


def read(asked, text):
    """What was answered by number, and the problems."""
    reply = from_reply(asked, text)
    assert [answer.item for answer in reply.answers] == [item.id for item in asked.items]
    got = {
        number: answer.text.raw if answer.text else answer.score
        for number, answer in enumerate(reply.answers, 1)
        if answer.text or answer.score is not None
    }
    return got, [problem.raw for problem in reply.problems]


def test_the_form_as_it_is_sent():
    assert as_text(SHORT, above=[UserText("Feedback on Kick-off")]) == SENT


def test_each_kind_of_item_as_it_is_sent():
    lines = as_text(LONG).splitlines()
    assert lines[0] == HOW
    for line in (
        "6. My confidence in “searching smarter”, before the session (1-5):",
        "8. How effective is the mentoring for the business? (1-5):",
        "0 not at all likely, 10 extremely likely",
        "10. How likely are you to recommend this programme to a colleague? (0-10):",
        "11. Goal: post weekly: 3 posts (1-5) (-2 to +2):",
        "16. What ⏎ now?:",
        "18. Again? (1 yes, 2 no):",
    ):
        assert line in lines


def test_markup_and_escapes_in_a_goal_are_harmless_text():
    paper = form(FeedbackKind.FINAL, "mentor", goals=[("g", UserText("a\x1b[31mb"))])
    assert "\x1b" not in as_text(paper)
    assert from_reply(paper, filled(paper, {9: "1"})).answers[8] == Answer("goal:g", 1)


ANSWERS = {1: 4, 2: 5, 3: 1, 5: 2, 6: "the pace", 7: "more time"}
QUOTED = "\n".join(f"> {line}".rstrip() for line in SENT.splitlines())


def between(said):
    lines = []
    for line in QUOTED.splitlines():
        lines.append(line)
        number = re.match(r"> (\d)\.", line)
        if number and int(number[1]) in said:
            lines.append(str(said[int(number[1])]))
    return "\n".join(lines)


@pytest.mark.parametrize(
    "reply",
    [
        filled(SHORT, ANSWERS),
        filled(SHORT, ANSWERS).replace("\n", "\r\n"),
        filled(SHORT, ANSWERS).replace("\n", "\r"),
        "\ufeff" + filled(SHORT, ANSWERS),
        "\n".join(f"> {line}" for line in filled(SHORT, ANSWERS).splitlines()),
        "\n".join(f">> {line}" for line in filled(SHORT, ANSWERS).splitlines()),
        "Hi Sam,\nhere it is.\n\n" + filled(SHORT, ANSWERS) + "\n\nBest,\nAna\n-- \nAna, 555-1234\n3. floor",
        filled(SHORT, ANSWERS).replace(END, "").rstrip() + "\n\nSent from my phone",
        filled(SHORT, ANSWERS).replace(END, "").rstrip() + "\n\nThanks, Ana",
        "[21/11/2026, 14:03] Ana Lima: " + filled(SHORT, ANSWERS),
        "[14:03] Ana: " + filled(SHORT, ANSWERS).split("agree\n", 1)[1],
        filled(SHORT, ANSWERS).replace(" (1-5)", ""),
        filled(SHORT, ANSWERS).replace("(1-5): ", "(1–5): "),
        filled(SHORT, {**ANSWERS, 1: "[4]", 2: "[ 5 ]", 3: "(1)", 5: "[ ] 2"}),
        filled(SHORT, {**ANSWERS, 1: "agree", 2: "Strongly agree!", 3: "1 - strongly disagree", 5: "disagree (2)"}),
        filled(SHORT, {**ANSWERS, 1: "4/5", 2: "*5*", 3: "1, sadly", 5: "disagree, a bit"}),
        filled(SHORT, {**ANSWERS, 4: "skip"}),
        filled(SHORT, {**ANSWERS, 4: "-"}),
        filled(SHORT, {**ANSWERS, 4: "n/a"}),
        re.sub(r"(?m)^\d\. ", "", filled(SHORT, ANSWERS)),
        re.sub(r"(?m)^(\d)\. ", r"- \1) ", filled(SHORT, ANSWERS)),
        filled(SHORT, ANSWERS).replace("4. The pace and the way we worked suited me (1-5):\n", ""),
        between(ANSWERS),
        between(ANSWERS).replace("\n> ", "\n\n> "),
        re.sub(r"(?m)^(?!>)(.*)$", r"\n\1\n", between(ANSWERS)),
        re.sub(r"\(1-5\): (\d)", r"(1-5):\n\1", filled(SHORT, ANSWERS)),
        "1. 4\n2. 5\n3. 1\n5. 2\n6. the pace\n7. more time",
        "1) 4\n2) agree strongly? 5\n2: 5\n3 - strongly disagree\n5 = 2\n6: the pace\n7: more time\n",
        "1. agree\n2. 5\n3. 1\n5. 2\n6. the pace\n7. more time\n\nOn Sat, 21 Nov 2026 Sam wrote:\n" + QUOTED,
        "1. agree\n2. 5\n3. 1\n5. 2\n6. the pace\n7. more time\n\nBye, Ana\n\n" + QUOTED,
        QUOTED + "\n\n1. agree\n2. 5\n3. 1\n5. 2\n6. the pace\n7. more time\n\nBye, Ana",
    ],
)
def test_a_reply_is_read_however_it_was_written(reply):
    if "strongly? 5" in reply:
        assert read(SHORT, reply)[0] == ANSWERS
    else:
        assert read(SHORT, reply) == (ANSWERS, [])


def test_wrapped_by_a_mail_program():
    said = {6: 2, 7: 4, 10: 10, 11: -2, 12: 2, 13: "words " * 20 + "end", 16: "later"}
    for width in (40, 60, 72):
        lines = [wrapped for line in filled(LONG, said).splitlines() for wrapped in textwrap.wrap(line, width) or [""]]
        got, problems = read(LONG, "\n".join(f"> {line}" for line in lines))
        assert problems == []
        assert {number: " ".join(str(words).split()) for number, words in got.items()} == {
            number: str(words) for number, words in said.items()
        }


def test_answers_of_every_kind():
    said = {
        6: "slightly",
        8: "extremely",
        10: "9",
        11: "−1",
        12: "as expected",
        17: "very much",
        18: "No",
        19: "one thing",
    }
    assert read(LONG, filled(LONG, said)) == (
        {6: 2, 8: 5, 10: 9, 11: -1, 12: 0, 17: 5, 18: 2, 19: "one thing"},
        [],
    )
    assert read(FIRST, filled(FIRST, {8: "not a good fit"})) == ({8: 3}, [])
    assert read(FIRST, filled(FIRST, {8: "good"})) == ({8: 1}, [])


def test_a_list_inside_an_answer_is_part_of_it():
    keep = "two things\n1. the pace\n2. the stories\n\nand no slides"
    assert read(SHORT, filled(SHORT, {1: 4, 6: keep, 7: "none"})) == ({1: 4, 6: keep, 7: "none"}, [])


def test_the_first_of_two_answers_counts():
    assert read(SHORT, filled(SHORT, {1: 4}) + filled(SHORT, {1: 2, 3: 3})) == ({1: 4, 3: 3}, [])


@pytest.mark.parametrize(
    "said", ["6", "0", "-1", "3.5", "3,5", "4-5", "3 or 4", "4/10", "rather", "44", "strongly", "four"]
)
def test_what_is_no_answer_is_named(said):
    got, problems = read(SHORT, filled(SHORT, {2: said, 3: 5}))
    assert got == {3: 5}
    assert problems == [f"2. We spent the time on what matters for our goals: “{said}” is not one of 1 to 5"]


def test_a_number_alone_with_no_answer_is_named():
    assert read(SHORT, "1. 4\n2. maybe") == (
        {1: 4},
        ["2. We spent the time on what matters for our goals: “maybe” is not one of 1 to 5"],
    )


@pytest.mark.parametrize("text", ["", "thanks, will do", "meet on 3.12.2026\n3.12.2026 at noon", SENT, QUOTED])
def test_a_reply_without_answers_says_so(text):
    got, problems = read(SHORT, text)
    assert got == {}
    assert len(problems) == 1
    assert problems[0].startswith("No answer found")


def test_an_empty_form_reads_anything():
    assert from_reply(Form(), "1. 4") == from_reply(Form(), as_text(Form()))
    assert from_reply(Form(), "x").answers == ()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)


@given(st.data())
def test_a_filled_form_gives_its_answers(data):
    said = {}
    for number, item in enumerate(LONG.items, 1):
        if data.draw(st.booleans()):
            said[number] = data.draw(st.sampled_from(item.scores) if item.scores else st.lists(WORDS).map(" ".join))
    skipped = {"", "skip", "skipped", "n/a", "no answer"}
    texts = [words for words in said.values() if isinstance(words, str)]
    assume(all(re.sub(r"^[\W_]+|[\W_]+$", "", words).lower() not in skipped for words in texts))
    text = filled(LONG, said)
    if data.draw(st.booleans()):
        text = "\r\n".join(f"> {line}" for line in text.splitlines())
    got, problems = read(LONG, text)
    assert got == said
    assert bool(problems) == (not said)


@given(
    st.text() | st.lists(st.sampled_from([*SENT.splitlines(), "1. 4", "> ", "3", "[4]", "-- ", "\r"])).map("\n".join)
)
def test_any_reply_is_read(text):
    for paper in (SHORT, LONG):
        reply = from_reply(paper, text)
        assert len(reply.answers) == len(paper.items)
        for item, answer in zip(paper.items, reply.answers, strict=True):
            assert answer.score is None or answer.score in item.scores


@given(st.lists(st.text(), max_size=4), st.text())
@example([":", "?", "...", "\u200b"], ".")
@example(["a", "A", "a b"], "a")
def test_any_question_can_be_sent_and_read_back(questions, goal):
    paper = form(FeedbackKind.FINAL, "mentor", goals=[("g", UserText(goal))], questions=list(map(UserText, questions)))
    text = "\n".join(f"{line} 1" if re.match(r"\d+\. .*:$", line) else line for line in as_text(paper).split("\n"))
    for item, answer in zip(paper.items, from_reply(paper, text).answers, strict=True):
        assert (answer.score if item.scores else answer.text and answer.text.raw) in {1, "1"}


@pytest.mark.parametrize(
    "piece",
    [
        "x", " ", "\n", "> ", "1. 4\n", "1. x\n", "3. I could speak frankly (1-5): 4\n", "6. One thing to keep:\n\n",
        "on ", "[" , "[12:00] a", "best,\n", "One thing ", "2. We spent \n",
    ],
)  # fmt: skip
def test_a_long_paste_is_read_in_no_time(piece):
    began = time.process_time()
    from_reply(LONG, piece * (100_000 // len(piece)))
    assert time.process_time() - began < 4, "a fifth of a second; work per line and line would be minutes"
