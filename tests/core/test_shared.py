"""What a shared copy says, what it never says, and that it merges with everything else there is of the session."""

from dataclasses import replace
from itertools import count, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy.sentinels import held, names_in
from support.building import MENTEE, MENTOR, Play, agenda, content, prompt, record, topic
from support.strategies import agendas, journeys, travel

from rmsession.core import commands as asked
from rmsession.core.agenda import PromptKind
from rmsession.core.commands_between import Carry, LetGoOf
from rmsession.core.commands_sitting import CorrectPair
from rmsession.core.facts import FeedbackGiven, PairCorrected, Undone, Unknown, Withdrawn
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.fold import session_of
from rmsession.core.held_back import HeldBack, held_back
from rmsession.core.record import merge, redacted
from rmsession.core.shared import shared
from rmsession.core.stand_ins import PRIVATE_TITLE, stand_ins
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText


def copy_of(play):
    """The shared copy, folded."""
    return session_of(shared(play.session))


def says(session):
    """What the standing lines of a session say."""
    return [each.content.text.raw for each in session.standing()]


@given(agendas(), journeys())
def test_a_copy_shows_what_is_shared_and_takes_its_time_as_the_session_does(plan, numbers):
    session = travel(plan, numbers).session
    names, copy = stand_ins(session.record), session_of(shared(session))

    def named(times):
        return {names.get(each, each): seconds for each, seconds in times.items()}

    expected = {
        each.id: replace(each, topic=names.get(each.topic, each.topic)) for each in session.standing() if each.shared
    }
    assert {each.id: each for each in copy.standing()} == expected
    assert list(expected) == [each.id for each in copy.standing()]
    at = session.last_at
    assert (copy.times(at), copy.run(at)) == (named(session.times(at)), session.run(at))
    assert (copy.allotted, copy.budgets) == (named(session.allotted), named(session.budgets))
    assert [each.id for each in copy.topics] == [names.get(each.id, each.id) for each in session.topics]
    assert (copy.phase, copy.started, copy.ended) == (session.phase, session.started, session.ended)
    assert (copy.next_date, copy.meetings, copy.pair) == (session.next_date, session.meetings, session.pair)
    assert copy.parked == {names.get(each, each) for each in session.parked}


@given(agendas(), journeys())
def test_a_copy_of_a_copy_is_the_same_and_brings_nothing_back(plan, numbers):
    session = travel(plan, numbers).session
    copy = shared(session)
    assert shared(session_of(copy)) == copy
    assert merge(session.record, copy) == session.record
    assert merge(copy, session.record) == session.record


@given(agendas(), journeys(), journeys(), st.data())
def test_copies_merge_to_the_same_record_in_any_order(plan, numbers, theirs, data):
    """Full and shared copies of different moments, and what was written on the other side in between."""
    whole = travel(plan, numbers).record
    moments = data.draw(st.lists(st.integers(1, len(whole.facts)), min_size=2, max_size=2))
    copies = [whole, *(shared(session_of(replace(whole, facts=whole.facts[:many]))) for many in moments)]
    other = Play(copies[-1], by=MENTEE.id, device="lap", ids=count(1000))
    for number in theirs[:8]:
        lines = [*other.session.captures]
        if lines:
            target = lines[number % len(lines)]
            wanted = (asked.Finish(target), asked.Amend(target, content(f"n{number}")), asked.Withdraw(target))
            other.try_to(wanted[number % 3])
    copies.append(shared(other.session))
    merged = [
        merge(merge(merge(merge(one, two), three), four), one)
        for one, two, three, four in data.draw(st.permutations(list(permutations(copies))).map(lambda each: each[:4]))
    ]
    assert all(each == merged[0] for each in merged)
    assert session_of(merged[0]).pair == session_of(whole).pair
    assert merge(merged[0], shared(session_of(merged[0]))) == merged[0]
    parts = merge(merge(copies[1], copies[3]), copies[2])
    assert parts == merge(copies[3], merge(copies[2], copies[1]))


@pytest.mark.parametrize("end", [True, False])
def test_no_private_word_is_in_a_copy(end):
    it = held(end=end)
    spelled = repr([_every_word(shared(session_of(it.record)))])
    assert names_in(spelled, it.hidden - set().union(*it.erased.values())) == set()
    assert names_in(spelled, it.shared) == it.shared
    stones = it.record
    for target in it.erased:
        stones = redacted(stones, target, by=MENTOR.id, wall=it.draft.wall)
    assert names_in(repr([_every_word(shared(session_of(stones)))]), it.hidden) == set()


def _every_word(value):
    """Every string that a value holds, whatever holds it."""
    match value:
        case UserText(raw=raw):
            return [raw]
        case str():
            return [value]
        case tuple():
            return [word for each in value for word in _every_word(each)]
        case _ if hasattr(value, "__dataclass_fields__"):
            return [word for name in value.__dataclass_fields__ for word in _every_word(getattr(value, name))]
        case _:
            return []


def test_the_heading_says_no_name_path_or_line_number_of_the_file():
    plan = agenda(
        replace(topic("Open", prompts=(prompt("see", PromptKind.TICK), prompt("own", PromptKind.PRIVATE))), line=7),
        topic("Salary", prompts=("how much",), private=True, body=UserText("figures")),
        source=UserText("/home/robin/plan.md"),
        mentee=UserText("Kim"),
    )
    heading = shared(session_of(record(plan))).agenda
    assert (heading.source, heading.mentor, heading.mentee) == (UserText(), UserText(), UserText())
    opened, private = heading.topics
    assert [each.text.raw for each in opened.prompts] == ["see"]
    assert {opened.line, *(each.line for each in opened.prompts)} == {0}
    assert (private.title, private.body, private.prompts, private.id) == (PRIVATE_TITLE, UserText(), (), "private-2")
    assert private.private


def test_the_earlier_words_of_a_line_stay_and_its_later_ones_leave():
    play = Play(agenda("One"))
    play.start()
    line = play.keep("first")
    play.do(asked.Amend(line, content("then")))
    play.do(asked.Amend(line, content("at last")))
    copy = shared(play.session)
    assert [each.what.content.text.raw for each in copy.facts if hasattr(each.what, "content")] == ["", "", "at last"]
    assert session_of(copy).captures[line] == play.session.captures[line]
    play.do(asked.Undo())
    assert says(copy_of(play)) == ["then"]
    both = merge(copy, shared(play.session))
    assert says(session_of(both)) == ["then"]


def test_a_version_without_its_words_does_not_stand():
    """The mentee takes the later version back, whose earlier words stayed with the mentor."""
    play = Play(agenda("One"))
    play.start()
    line = play.keep("first")
    play.do(asked.Amend(line, content("then")))
    copy = shared(play.session)
    *_, amended = copy.facts
    there = Play(copy, by=MENTEE.id, device="lap", ids=count(500))
    there.happen(Undone(amended.id))
    assert says(there.session) == []
    assert session_of(merge(play.record, there.record)).captures[line].content.text.raw == "first"


@pytest.mark.parametrize("take_back", [asked.Withdraw, lambda line: asked.SetAudience(line, Audience.MENTOR)])
def test_what_is_taken_back_is_taken_back_in_an_earlier_copy_too(take_back):
    play = Play(agenda("One"))
    play.start()
    line = play.keep("too frank")
    early = shared(play.session)
    play.do(take_back(line))
    late = shared(play.session)
    assert "too frank" not in _every_word(late)
    assert not [each for each in session_of(merge(early, late)).standing() if each.shared]
    play.do(asked.Undo())
    again = merge(merge(early, late), shared(play.session))
    assert says(session_of(again)) == ["too frank"]


def test_what_the_mentor_made_private_the_mentee_shares_again_for_nobody():
    """On a copy of before it was made private, the mentee hid the line and showed it again, later than all here."""
    play = Play(agenda("One"))
    play.start()
    line = play.keep("frank")
    there = Play(shared(play.session), by=MENTEE.id, device="lap", ids=count(500))
    play.do(asked.SetAudience(line, Audience.MENTOR))
    play.do(asked.Amend(line, content("franker still")))
    for number in range(4):
        there.do(asked.SetAudience(line, (Audience.MENTEE, Audience.SHARED)[number % 2]))
    both = session_of(merge(play.record, shared(there.session)))
    assert both.captures[line].audience is Audience.MENTOR
    assert "franker still" not in _every_word(shared(both))
    again = Play(both.record, ids=count(900))
    assert "private to the mentor" in again.ask(asked.SetAudience(line, Audience.SHARED), by=MENTEE.id).why
    again.do(asked.SetAudience(line, Audience.SHARED))
    assert says(copy_of(again)) == ["franker still"]


def test_nothing_tells_of_a_line_that_was_private_from_the_start():
    play = Play(agenda("One"))
    play.start()
    line = play.keep("own", private=True)
    play.do(asked.Amend(line, content("own again")))
    play.do(asked.Withdraw(line))
    play.do(asked.Undo())
    gone = play.keep("own too", private=True)
    play.do(asked.Undo())
    redacted_one = play.keep("own three", private=True)
    whole = redacted(play.record, redacted_one, by=MENTOR.id, wall=play.now.wall)
    copy = shared(session_of(whole))
    assert len(copy.facts) == 1
    assert not {line, gone, redacted_one} & set(_every_word(copy))


def test_a_redaction_travels():
    play = Play(agenda("One"))
    play.start()
    line = play.keep("erase me")
    early = shared(play.session)
    late = shared(session_of(redacted(play.record, line, by=MENTOR.id, wall=play.now.wall)))
    for both in (merge(early, late), merge(late, early)):
        assert "erase me" not in _every_word(both)
        assert session_of(both).captures[line].erased


def test_a_live_private_topic_is_a_stand_in_under_another_id():
    play = Play(agenda("One", "Two"))
    play.start()
    added = play.do(asked.AddTopic(UserText("Salary"), 5.0, private=True))
    play.wait(minutes=1)
    play.do(asked.Next())
    play.wait(minutes=2)
    play.do(asked.Next())
    copy = copy_of(play)
    assert [each.title.raw for each in copy.topics] == ["One", "Private topic", "Two"]
    assert added.what.topic.id not in _every_word(copy.record)
    assert copy.times(play.at)[copy.topics[1].id] == 120.0


def test_reasons_leave_while_they_stand():
    play = Play(agenda("One"))
    play.start()
    line = play.keep("do it", Kind.ACTION)
    play.do(asked.Drop(line, UserText("no budget")))
    carried = play.keep("and this", Kind.ACTION)
    play.do(Carry(carried, "later", UserText("on leave")))
    words = _every_word(shared(play.session))
    assert {"no budget", "on leave"} <= set(words)
    play.do(asked.ReopenAction(line))
    assert "no budget" not in _every_word(shared(play.session))


def test_only_the_right_names_leave():
    play = Play(agenda("One"))
    play.start()
    for name in ("Kim", "Lou"):
        play.do(CorrectPair("p", MENTOR.id, "m", MENTOR.name, UserText(name)))
    early = shared(session_of(record(agenda("One"))))
    copy = shared(play.session)
    assert copy.pair.mentee.name == UserText("Lou")
    assert not {"Alex", "Kim"} & set(_every_word(copy))
    assert session_of(merge(early, copy)).pair.mentee.name == UserText("Lou")
    assert [each.what.mentee_name.raw for each in copy.facts if isinstance(each.what, PairCorrected)] == ["Lou"]


@pytest.mark.parametrize("shown", Visibility)
def test_answers_leave_where_both_may_see_them(shown):
    play = Play(agenda("One"))
    play.start()
    play.do(asked.Close())
    given = FeedbackGiven(Role.MENTEE, (Answer("keep", 4, UserText("frank words")),), shown, Via.SCREEN)
    play.do(asked.GiveFeedback(given), by=MENTEE.id)
    copy = copy_of(play)
    assert ("frank words" in _every_word(copy.record)) == (shown is Visibility.BOTH)
    assert copy.pending() == play.session.pending()
    assert copy.forms[Role.MENTEE].answers == (given.answers if shown is Visibility.BOTH else ())


def test_what_the_mentor_lets_go_and_every_later_kind_stays():
    play = Play(agenda("One"))
    play.start()
    play.do(LetGoOf("t-guessable"))
    assert "t-guessable" not in _every_word(shared(play.session))
    play.happen(Unknown("Whispered", '{"text": "later"}'))
    assert "Whispered" not in _every_word(shared(play.session))


def test_an_orphaned_withdrawal_goes_on_from_copy_to_copy():
    play = Play(agenda("One"))
    play.start()
    line = play.keep("gone")
    play.do(asked.Withdraw(line))
    copy = shared(play.session)
    assert [type(each.what) for each in copy.facts][1:] == [Withdrawn]
    assert shared(session_of(copy)) == copy


def test_a_ring_of_undoing_ends():
    play = Play(agenda("One"))
    play.start()
    first = play.happen(Undone("nobody"))
    ring = replace(first, what=Undone(first.id), id="ring")
    shared(session_of(replace(play.record, facts=(*play.record.facts, ring, replace(first, what=Undone("ring"))))))


def test_what_is_held_back_is_counted():
    play = Play(agenda(topic("One", prompts=(prompt("own", PromptKind.PRIVATE),)), topic("Two", private=True)))
    play.start()
    play.keep("mine", private=True)
    play.keep("ours")
    play.keep("yours", private=True, by=MENTEE.id)
    play.keep("mine too", private=True)
    play.do(asked.GiveFeedback(FeedbackGiven(Role.MENTOR, (), Visibility.COUNTS, Via.SCREEN)))
    assert held_back(play.session) == HeldBack(2, 1, 1, 1, (Role.MENTOR,))
