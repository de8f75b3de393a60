"""The feedback form: which items, in which words, by which keys, and how they are counted."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmsession.core.agenda import FeedbackKind
from rmsession.core.feedback import Answer, Form, Item, ItemKind, answered, form, k_of_n, keys
from rmsession.core.terms import Role
from rmsession.core.text import UserText

GOALS = (("g1", UserText("post weekly")), ("g2", UserText("speak up")))
MENTOR, MENTEE = Role.MENTOR.value, Role.MENTEE.value
SCALES = ["good-use", "on-goals", "frank", "pace"]
PROGRAMME = ["business", "development", "recommend", "goal:g1", "goal:g2"]


@pytest.mark.parametrize(
    ("kind", "role", "ids"),
    [
        (FeedbackKind.REGULAR, MENTEE, [*SCALES, "will-use", "before", "now", "keep", "change"]),
        (FeedbackKind.REGULAR, MENTOR, [*SCALES, "prepared", "keep", "change"]),
        (FeedbackKind.FIRST, MENTEE, [*SCALES, "will-use", "before", "now", "fit", "keep", "change"]),
        (FeedbackKind.FIRST, MENTOR, [*SCALES, "prepared", "keep", "change"]),
        (
            FeedbackKind.MIDPOINT,
            MENTEE,
            [*SCALES, "will-use", "before", "now", *PROGRAMME, "keep", "change", "change-made"],
        ),
        (FeedbackKind.FINAL, MENTOR, [*SCALES, "prepared", *PROGRAMME, "keep", "change", "change-made"]),
        (FeedbackKind.NONE, MENTEE, []),
    ],
)
def test_what_each_form_asks(kind, role, ids):
    assert [item.id for item in form(kind, role, goals=GOALS).items] == ids


def asked(kind=FeedbackKind.FINAL, role=MENTEE, **more):
    return {item.id: item for item in form(kind, role, **more).items}


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("good-use", "This session was a good use of my time."),
        ("on-goals", "We spent the time on what matters for our goals."),
        ("frank", "I could speak frankly."),
        ("pace", "The pace and the way we worked suited me."),
        ("will-use", "I will use something from today within two weeks."),
        ("before", "My confidence in today's topic, before the session"),
        ("now", "My confidence in today's topic, now"),
        ("business", "How effective is the mentoring for the business?"),
        ("development", "How effective is it for your own development?"),
        ("recommend", "How likely are you to recommend this programme to a colleague?"),
        ("goal:g1", "Goal: post weekly"),
        ("keep", "One thing to keep"),
        ("change", "One thing to change"),
        ("change-made", "One change you made"),
    ],
)
def test_the_wording(item, text):
    assert asked(goals=GOALS)[item].text.raw == text


def test_the_mentor_is_asked_whether_the_mentee_came_prepared():
    assert asked(role=MENTOR)["prepared"].text.raw == "My mentee came prepared."


def test_the_topic_is_named_where_it_is_known():
    assert asked(topic=UserText("search"))["now"].text.raw == "My confidence in “search”, now"


def test_what_the_scores_mean():
    items = asked(goals=GOALS)
    assert items["frank"].labels == ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
    assert (items["now"].label(1), items["now"].label(5)) == ("not at all confident", "very confident")
    assert items["business"].labels == ("not at all", "slightly", "moderately", "effective", "extremely effective")
    assert (items["goal:g1"].scores, items["goal:g1"].label(0)) == (range(-2, 3), "as expected")
    assert (items["recommend"].scores, items["recommend"].label(7)) == (range(11), "")
    assert items["frank"].label(6) == ""
    assert asked(FeedbackKind.FIRST)["fit"].labels == ("good fit", "still deciding", "not a good fit")


def test_an_agendas_own_questions():
    questions = ("What now?", "How useful was it? (1–5)", " ", "\u200b", "Again? (Yes / no)", "Rules (1 to 5)", "(1-5)")
    items = asked(FeedbackKind.REGULAR, questions=tuple(map(UserText, questions)))
    own = [item for name, item in items.items() if name.startswith("own:")]
    assert own[0] == Item("own:1", UserText("What now?"), ItemKind.OPEN)
    assert own[4] == Item("own:5", UserText("(1-5)"), ItemKind.OPEN)
    assert [(item.id, item.text.raw, item.kind, item.scores) for item in own[1:4]] == [
        ("own:2", "How useful was it?", ItemKind.SCALE, range(1, 6)),
        ("own:3", "Again?", ItemKind.CHOICE, range(1, 3)),
        ("own:4", "Rules", ItemKind.SCALE, range(1, 6)),
    ]


def test_only_the_two_of_a_pair_have_a_form():
    with pytest.raises(ValueError, match="sponsor"):
        form(FeedbackKind.REGULAR, "sponsor")


@given(
    st.sampled_from(FeedbackKind),
    st.sampled_from([MENTOR, MENTEE]),
    st.lists(st.text(), max_size=5),
)
def test_every_item_takes_one_key_or_words(kind, role, questions):
    items = form(kind, role, goals=GOALS, questions=tuple(map(UserText, questions))).items
    assert len({item.id for item in items}) == len(items)
    for item in items:
        by_key = keys(item)
        assert all(len(key) == 1 for key, _ in by_key)
        assert len(dict(by_key)) == len(by_key)
        assert [score for _, score in by_key] == list(item.scores)
        assert len(item.labels) == len(item.scores)
        assert bool(by_key) == (item.kind not in {ItemKind.TEXT, ItemKind.OPEN})


def test_the_keys():
    items = asked(goals=GOALS)
    assert keys(items["frank"]) == (("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5", 5))
    assert keys(items["goal:g1"]) == (("1", -2), ("2", -1), ("3", 0), ("4", 1), ("5", 2))
    assert keys(items["recommend"])[0] == ("0", 0)
    assert keys(items["recommend"])[-1] == ("x", 10)
    assert keys(items["keep"]) == ()


@pytest.mark.parametrize(
    ("scores", "least", "figure"),
    [([], 4, (0, 0)), ([5, 4, 3, None], 4, (2, 3)), ([None], 1, (0, 0)), ([-2, 0, 2], 0, (2, 3))],
)
def test_k_of_n(scores, least, figure):
    assert k_of_n(scores, least) == figure


def test_how_much_of_a_form_is_answered():
    paper = form(FeedbackKind.REGULAR, MENTOR)
    answers = [
        Answer("frank", 4),
        Answer("pace"),
        Answer("keep", text=UserText("the pace")),
        Answer("change", text=UserText(" ")),
        Answer("before", 3),
        Answer("frank", 5),
    ]
    assert answered(paper, answers) == (2, 7)
    assert answered(Form(), answers) == (0, 0)


def test_the_form_does_not_need_the_facts():
    code = "import sys, rmsession.core.feedback; sys.exit('rmsession.core.facts' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
