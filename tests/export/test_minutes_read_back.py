"""The reader reads the minutes of a session as the agenda that it was run from."""

from hypothesis import given
from hypothesis import strategies as st
from support.building import Play

from rmsession.core import commands as asked
from rmsession.core.agenda import Agenda
from rmsession.core.terms import Kind
from rmsession.export.markdown import minutes
from rmsession.reader.agenda_reader import read_text

NASTY = st.sampled_from(
    [
        "Rehearse (10 min)",
        "10:00 - 10:30 walk",
        "## Break (5 min)",
        "- [ ] no task",
        "| Topic | Minutes |\n|---|---|\n| A | 5 |",
        "<!-- no comment -->",
        "---\nduration: 7\n---",
        "Agenda",
        "# Agenda\n\n1. One (3 min)",
        "```\ncode",
        "5 min",
        "Duration: 90 min",
    ]
)
WORDS = st.text(min_size=1, max_size=40).filter(str.strip)
NOTES = st.lists(st.tuples(st.sampled_from(Kind), st.one_of(NASTY, WORDS)), max_size=8)


def outline(agenda: Agenda) -> list[tuple]:
    return [(each.title.line, each.minutes, each.private, each.off_record) for each in agenda.topics]


def played(agenda: Agenda, notes: list[tuple[Kind, str]]) -> Play:
    """A session of that agenda in which these lines were captured, one a topic as far as they go."""
    play = Play(agenda)
    play.start()
    for kind, text in notes:
        if not play.session.off_record:
            play.keep(text, kind, private=False)
        play.wait(minutes=1)
        if play.session.following(play.session.current):
            play.do(asked.Next())
    play.do(asked.End())
    return play


TITLES = st.text(alphabet="abcXYZ éß世 #&;.,?'\"/@+[]|()-", max_size=30).map(lambda text: f"A{text}Z")
MINUTES = st.one_of(st.integers(1, 90), st.sampled_from([2.5, 7.5]))


@given(st.lists(st.tuples(TITLES, MINUTES), min_size=1, max_size=6), NOTES)
def test_topics_and_minutes_survive_whatever_was_noted(topics, notes):
    text = "# Session\n" + "".join(f"\n## {title} ({time} min)\n" for title, time in topics)
    agenda = read_text(text).agenda
    again = read_text(minutes(played(agenda, notes).session, feedback=True)).agenda
    assert len(agenda.topics) == len(topics)
    assert outline(again) == outline(agenda)


def test_marks_and_length_survive():
    agenda = read_text(
        "---\nduration: 30\n---\n# S\n## Open (5 min)\n## Pay (10 min) (private)\n## Talk (15 min) (off the record)\n"
    ).agenda
    again = read_text(minutes(played(agenda, [(Kind.NOTE, "10 min")]).session, private=True)).agenda
    assert (
        outline(again)
        == outline(agenda)
        == [
            ("Open", 5, False, False),
            ("Pay", 10, True, False),
            ("Talk", 15, False, True),
        ]
    )
    assert again.stated_minutes == agenda.stated_minutes == 30
