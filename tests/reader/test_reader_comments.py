"""Comments are the mentor's own: whatever else a reading holds, it is without them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmsession.core.agenda import PromptKind
from rmsession.reader.agenda_reader import read_text
from rmsession.reader.comments import lift


@pytest.mark.parametrize(
    ("lines", "shown", "comments"),
    [
        (["a <!-- b --> c"], ["a  c"], {0: ["b"]}),
        (["<!-- a", "", "b -->", "c"], ["", "", "", "c"], {0: ["a\n\nb"]}),
        (["a <!-- b", "c --> d"], ["a ", " d"], {0: ["b\nc"]}),
        (["a <!-- b", "", "c --> d"], ["a ", "", " d"], {0: ["b\n\nc"]}),
        (["a <!-- b", "", "<!-- c -->"], ["a <!-- b", "", ""], {2: ["c"]}),
        (["<!-- never", "closed"], ["", ""], {0: ["never\nclosed"]}),
        (["`<!--` marks one"], ["`<!--` marks one"], {}),
        (["```", "<!-- code -->", "```", "<!-- x -->"], ["```", "<!-- code -->", "```", ""], {3: ["x"]}),
        (["## A <!-- 10 min -->"], ["## A (10 min)"], {}),
        (["- <!-- a", "  b -->"], ["- ", ""], {0: ["a\nb"]}),
        (["<!-- a --><!-- b -->"], [""], {0: ["a", "b"]}),
        (["a --> b"], ["a --> b"], {}),
    ],
)
def test_comments_are_lifted_as_markdown_has_them(lines, shown, comments):
    lifted = lift(lines)
    assert (lifted.lines, lifted.comments) == (shown, comments)


SECRET = "zqx"
places = st.lists(
    st.sampled_from(
        [
            f"<!-- {SECRET} -->", f"<!-- {SECRET}\n{SECRET} -->", f"<!--\n\n{SECRET}\n\n-->",
            "## Topic (5 min)", "- point", "- [ ] box", "text",
            "\n", "| a | b |\n|---|---|\n| 5 min | c |", "# Title", "> quote", "1. one (5 min)",
            "9:00 - 9:30 Tea", "```", "`code`",
        ]
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(places, st.sampled_from(["\n", "\n\n", " "]))
def test_no_comment_shows_in_a_title_a_body_or_a_prompt_of_another_kind(parts, glue):
    text = glue.join(part for part in parts if "```" not in part and "`" not in part)
    agenda = read_text(text).agenda
    shown = [agenda.title.raw, agenda.body.raw]
    for topic in agenda.topics:
        shown += [topic.title.raw, topic.body.raw, topic.lead.raw if topic.lead else ""]
        shown += [prompt.text.raw for prompt in topic.prompts if prompt.kind is not PromptKind.PRIVATE]
    assert SECRET not in " ".join(shown)


def test_a_reminder_before_the_topics_is_the_first_topics():
    agenda = read_text("# A\n\n<!-- bring cake -->\n\n## One (5 min)\n").agenda
    assert [(prompt.kind, prompt.text.raw, prompt.line) for prompt in agenda.topics[0].prompts] == [
        (PromptKind.PRIVATE, "bring cake", 3)
    ]
