"""An export with private lines says plainly which it holds: in the file, and to whoever asked for it."""

from __future__ import annotations

import subprocess

import pytest
from privacy.sentinels import held
from support.building import MENTEE, Play, agenda, topic
from support.held import kept
from support.program import PROGRAM, Person

from rmsession.core.fold import session_of
from rmsession.core.terms import Audience, Kind
from rmsession.export.confidential import confidential
from rmsession.export.formats import FORMATS


def played(*, private: bool = True) -> Play:
    play = Play(agenda("One", topic("Salary", private=private)))
    play.start()
    play.keep("shared")
    if private:
        for text in ("a", "b"):
            play.keep(text, private=True)
        play.keep("c", Kind.ACTION, private=True)
        play.keep("d", Kind.PARKED, private=True)
        play.keep("e", Kind.RATING, private=True, by=MENTEE.id)
    return play


def test_it_counts_each_kind_by_whose_it_is():
    assert confidential(played().session) == (
        "Besides what is shared it holds 2 notes, 1 action item and 1 parked line of the mentor's own, "
        "1 self-rating of the mentee's own, and 1 private topic."
    )
    assert confidential(played(private=False).session) == (
        "Nothing private was captured: it holds what is shared and no more."
    )


def test_every_kind_has_a_word_and_every_private_line_is_counted():
    session = session_of(held().record)
    said = confidential(session)
    numbers = [int(word) for word in said.replace(",", "").split() if word.isdecimal()]
    private = [each for each in session.standing() if each.audience is not Audience.SHARED]
    assert sum(numbers) == len(private) + sum(topic.private for topic in session.topics)
    assert {each.kind for each in private} == set(Kind)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_it_holds(name):
    session = session_of(held().record)
    text = FORMATS[name].make(session, private=True)
    unfolded = text.replace("\r\n ", "").replace("\n ", "")  # iCalendar breaks its lines
    assert "do not pass it on" in unfolded
    assert "do not pass it on" not in FORMATS[name].make(session).replace("\r\n ", "")
    if FORMATS[name].suffix == ".md":
        assert f"> **Private: do not pass it on.** {confidential(session)}" in text.split("\n\n")[:3]


def test_the_command_says_so_beside_the_text(tmp_path):
    kept(tmp_path / "home", played().record)
    person = Person(tmp_path / "home")
    session = person.files()[0].stem[-36:]
    for words in (["export", session, "--private", "-o", "-"], ["export", session, "--private"]):
        done = subprocess.run(
            [str(PROGRAM), *words], env=person.environment(), cwd=tmp_path, capture_output=True, text=True, check=True
        )
        (line,) = done.stderr.splitlines()
        assert line.startswith("rmsession: private, do not pass it on. Besides what is shared it holds 2 notes,")
    plain = [str(PROGRAM), "export", session, "-o", "-"]
    assert not subprocess.run(plain, env=person.environment(), capture_output=True, text=True, check=True).stderr
