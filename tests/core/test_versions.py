"""Every version of a captured line: which there are, which stand, and who may read which."""

from dataclasses import replace

import pytest
from support.building import MENTEE, MENTOR, Play, content, fact

from rmsession.core import commands as asked
from rmsession.core.facts import Amended
from rmsession.core.fold import session_of
from rmsession.core.record import redacted, with_fact
from rmsession.core.session import Session
from rmsession.core.versions import is_corrected, may_read, versions


@pytest.fixture
def play() -> Play:
    played = Play()
    played.start()
    return played


def said(session: Session, capture: str) -> list[tuple[str, str, bool]]:
    found = versions(session, session.captures[capture])
    return [(each.content.text.raw, each.by, each.stands) for each in found]


def test_each_version_in_order_and_the_last_one_stands(play):
    line = play.keep("First")
    assert not is_corrected(play.session.captures[line])
    play.do(asked.Amend(line, content("Second")), by=MENTEE.id)
    play.do(asked.Amend(line, content("Third")))
    assert is_corrected(play.session.captures[line])
    assert said(play.session, line) == [
        ("First", MENTOR.id, False), ("Second", MENTEE.id, False), ("Third", MENTOR.id, True)
    ]  # fmt: skip
    play.do(asked.Undo())
    assert said(play.session, line) == [("First", MENTOR.id, False), ("Second", MENTEE.id, True)]


def test_what_stands_is_everybodys_and_what_stood_is_its_writers(play):
    line = play.keep("First")
    play.do(asked.Amend(line, content("Second")), by=MENTEE.id)
    first, second = versions(play.session, play.session.captures[line])
    assert [may_read(first, each) for each in (MENTOR.id, MENTEE.id, "nobody")] == [True, False, False]
    assert all(may_read(second, each) for each in (MENTOR.id, MENTEE.id, "nobody"))


def test_rival_wordings_stand_side_by_side(play):
    line = play.keep("First")
    session = play.session
    for number, words in ((900, "One way"), (901, "Another way")):
        rival = fact(Amended(line, line, content(words)), number, by=MENTEE.id, device=f"d{number}")
        session = session_of(with_fact(session.record, rival))
    assert [stands for _, _, stands in said(session, line)] == [False, True, True]


def test_what_was_private_once_says_so_and_what_was_erased_is_no_version(play):
    line = play.keep("First", private=True)
    play.do(asked.Amend(line, content("Second")))
    play.do(asked.SetAudience(line, play.session.facts[0].audience))
    assert [each.shared for each in versions(play.session, play.session.captures[line])] == [False, False]
    gone = session_of(redacted(play.record, line, by=MENTOR.id, wall=play.now.wall))
    assert versions(gone, replace(play.session.captures[line])) == ()
