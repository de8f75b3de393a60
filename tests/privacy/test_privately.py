"""What is typed behind a ``~`` is its writer's alone, wherever it can be typed, and stays so."""

from __future__ import annotations

from datetime import date

import pytest
from support.building import BEGIN, MENTEE, Play, agenda, topic

from rmsession.core import commands as asked
from rmsession.core.capture import Context, Line, may_be_private, parse
from rmsession.core.session import Session
from rmsession.core.slash import request
from rmsession.core.terms import Audience, Kind

CONTEXT = Context(today=date(2026, 11, 21))


def ready() -> Play:
    play = Play(agenda("One", topic("Salary", private=True), "Three"))
    play.start()
    return play


def done(play: Play, word: str, argument: str) -> Session:
    command = request(word, argument, play.session, BEGIN)
    assert isinstance(command, asked.Command)
    play.do(command)
    return play.session


@pytest.mark.parametrize("typed", ["~ my doubt", "~my doubt", "  ~ my doubt"])
def test_a_line_parked_behind_a_tilde_is_private(typed):
    (parked,) = done(ready(), "park", typed).standing(Kind.PARKED)
    assert parked.content.text.raw == "my doubt"
    assert parked.audience is Audience.MENTOR


def test_a_line_parked_without_one_is_shared_also_when_it_begins_with_a_path():
    for typed in ("budget", "~/notes are there", "~5 people"):
        (parked,) = done(ready(), "park", typed).standing(Kind.PARKED)
        assert (parked.content.text.raw, parked.shared) == (typed, True)


def test_a_topic_added_behind_a_tilde_is_private_and_so_are_its_lines():
    play = ready()
    session = done(play, "topic", "~ Salary talk 7")
    added = session.following(session.current)
    assert (added.title.raw, added.minutes, added.private) == ("Salary talk", 7.0, True)
    play.do(asked.Next())
    line = play.keep("a figure")
    assert play.session.captures[line].audience is Audience.MENTOR
    assert not done(play, "topic", "Open talk 7").topics[2].private


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("~", True), ("~ ", True), ("~ x", True), (" ~x", True), ("/park ~", True), ("/park ~ x", True),
        ("/topic  ~ x", True), ("~/notes", False), ("~5 people", False), ("~~no~~", False), ("", False),
        ("a ~ b", False), ("/park x", False), ("/par", False), ("//x ~", False),
    ],
)  # fmt: skip
def test_a_line_is_masked_from_its_first_sign_on(typed, masked):
    assert may_be_private(typed) is masked


def test_whatever_is_kept_privately_was_masked_at_each_letter():
    for line in ("~ a doubt", "~@Alex do it by fri", "~ ? why", "~idea: more", "  ~ d: we stop", "~\nline"):
        parsed = parse(line, CONTEXT)
        assert isinstance(parsed, Line)
        assert parsed.private
        begun = line.index("~") + 1
        assert all(may_be_private(line[:length]) for length in range(begun, len(line) + 1)), line


def test_what_both_have_seen_stays_shared_when_it_is_moved_under_a_private_topic():
    """Moving hides nothing that was shown; `p` among the captured lines does."""
    play = ready()
    line = play.keep("said aloud")
    play.do(asked.MoveCapture(line, play.id_of("Salary")))
    assert play.session.captures[line].shared


def test_a_line_of_a_private_topic_stays_private_when_it_is_moved_out_amended_or_made_an_action():
    play = ready()
    play.do(asked.Next())
    line = play.keep("a figure")
    play.do(asked.MoveCapture(line, play.id_of("One")))
    play.do(asked.Reclassify(line, Kind.ACTION))
    play.do(asked.Amend(line, play.session.captures[line].content.__class__(MENTEE.name)))
    play.do(asked.Withdraw(line))
    play.do(asked.Undo())
    assert play.session.captures[line].audience is Audience.MENTOR
