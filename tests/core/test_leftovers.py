"""What earlier sessions left over: offered until it is taken, asked or let go, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from support.building import BEGIN, MENTEE, MENTOR, HandClock, Play, agenda, prompt, record, topic

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.agenda import PromptKind
from rmsession.core.last_time import is_about_last_time, to_review
from rmsession.core.leftovers import LINE_MINUTES, LeftLine, leftovers, offers, since_words
from rmsession.core.session import Session
from rmsession.core.terms import ActionStatus, Kind, Role, TopicState
from rmsession.core.text import UserText

IDS = count(1)


def question(text):
    return prompt(text, PromptKind.QUESTION)


def sitting(plan, number=1, days=0):
    """A play of a session that began so many days later."""
    play = Play(
        record(plan, number=number, created=BEGIN + timedelta(days=days)),
        clock=HandClock(BEGIN + timedelta(days=days)), ids=IDS,
    )  # fmt: skip
    play.start()
    return play


def over(play) -> Session:
    play.try_to(asked.End())
    return play.session


def first(*topics):
    """A session that left all but its first topic."""
    return sitting(agenda(*topics))


def ids(things):
    return [each.id for each in things]


def test_parked_topics_and_those_never_reached_are_left_with_their_time_and_date():
    play = sitting(agenda("Hello", topic("Policy", 12), ("Feeds", None), "Close to now", stated_minutes=45.0))
    play.do(asked.Park(play.id_of("Policy")))
    play.do(asked.Jump(play.id_of("Close")))
    left = leftovers([over(play)])
    assert [(each.title.raw, each.minutes, each.carried) for each in left.topics] == [
        ("Policy", 12.0, "2026-11-21"),
        ("Feeds", 13.0, "2026-11-21"),
    ]
    assert ids(left.topics) == [play.id_of("Policy"), play.id_of("Feeds")]


def test_a_topic_that_had_the_floor_the_closing_and_last_times_actions_are_not_left():
    play = first("Hello", "Begun", topic("Last time's actions", 5), topic("Feedback", 8, protected=True))
    play.do(asked.Jump(play.id_of("Begun")))
    play.do(asked.Back())
    assert leftovers([over(play)]).topics == ()


def test_a_session_that_never_began_leaves_nothing():
    assert leftovers([Play(agenda("Hello", "Policy")).session]).topics == ()


def test_what_is_taken_is_offered_again_only_when_it_is_left_again():
    one = first("Hello", topic("Policy", 12))
    before = over(one)
    (taken,) = leftovers([before]).topics
    discussed = sitting(agenda(taken, "New"), 2, days=7)
    discussed.do(asked.Next())
    assert leftovers([before, over(discussed)]).topics == ()
    left_again = sitting(agenda("New", taken), 2, days=7)
    (again,) = leftovers([before, over(left_again)]).topics
    assert (again.id, again.carried, again.minutes) == (taken.id, "2026-11-28", 12.0)


def test_what_is_let_go_is_offered_no_more():
    one = first("Hello", "Policy")
    line = one.keep("the cloud bill", Kind.PARKED)
    before = over(one)
    left = leftovers([before])
    two = sitting(agenda("New"), 2, days=7)
    two.do(between.LetGoOf(left.topics[0].id))
    two.do(between.LetGoOf(line))
    after = leftovers([before, over(two)])
    assert (after.topics, after.lines) == ((), ())


def test_a_parked_line_comes_back_as_a_topic_with_its_own_id():
    one = first("Hello")
    line = one.keep("the cloud\nbill", Kind.PARKED)
    gone = one.keep("no longer", Kind.PARKED)
    one.do(asked.Withdraw(gone))
    before = over(one)
    (left,) = leftovers([before]).lines
    assert (left.topic.id, left.topic.title.raw, left.topic.minutes) == (line, "the cloud bill", LINE_MINUTES)
    assert left.topic.carried == "2026-11-21"
    two = sitting(agenda(left.topic, "New"), 2, days=7)
    two.do(asked.Next())
    assert leftovers([before, over(two)]).lines == ()


def test_questions_that_were_never_asked_are_remembered_until_they_are():
    asks = topic("Hello", prompts=("Say hello", question("What changed?"), question("What did not?")))
    one = first(asks, topic("Later", prompts=(question("With its topic"),)))
    one.do(asked.Tick(question("What changed?").id))
    before = over(one)
    (left,) = leftovers([before]).questions
    assert (left.text.raw, left.carried) == ("What did not?", "2026-11-21")
    two = sitting(agenda("New"), 2, days=7)
    two.do(between.BringQuestion(left, two.id_of("New")))
    (again,) = leftovers([before, two.session]).questions
    assert again.carried == "2026-11-28"
    two.do(asked.Tick(left.id))
    assert leftovers([before, over(two)]).questions == ()


def test_what_the_agenda_has_and_what_is_private_to_the_other_side_is_not_offered():
    one = first("Hello", topic("Mine", private=True), "Theirs", topic("Open", prompts=(question("Why?"),)))
    one.do(asked.Jump(one.id_of("Open")))
    own = one.keep("my worry", Kind.PARKED, private=True)
    other = one.keep("their worry", Kind.PARKED, private=True, by=MENTEE.id)
    shared = one.keep("the bill", Kind.PARKED)
    left = leftovers([over(one)])
    plan = agenda("Theirs")
    assert ids(offers(left, plan, Role.MENTOR)) == [one.id_of("Mine"), shared, own, question("Why?").id]
    assert [each.private for each in offers(left, plan, Role.MENTOR)] == [True, False, True, False]
    assert ids(offers(left, plan, Role.MENTEE)) == [shared, other, question("Why?").id]
    assert question("Why?").id not in ids(offers(left, agenda(topic("Open", prompts=(question("Why?"),))), Role.MENTOR))


def test_the_open_actions_of_all_sessions_are_left_and_each_side_sees_its_own():
    one, two = first("Hello"), sitting(agenda("Hello"), 2, days=7)
    late = two.keep("send it", Kind.ACTION, due="2026-11-25")
    none = one.keep("some day", Kind.ACTION)
    mine = one.keep("think", Kind.ACTION, private=True, due="2026-12-01")
    theirs = one.keep("rest", Kind.ACTION, private=True, by=MENTEE.id)
    done = one.keep("done", Kind.ACTION)
    one.do(asked.Finish(done))
    sessions = [over(one), over(two)]
    assert {each.capture for each in leftovers(sessions).actions} == {late, none, mine, theirs}
    assert [each.capture for each in to_review(sessions, MENTOR.id)] == [late, mine, none]
    assert [each.capture for each in to_review(sessions, MENTEE.id)] == [late, none, theirs]


def test_the_day_is_the_pairs_own_and_a_strange_one_is_not_told():
    late = record(agenda("Hello", "Policy"), created=BEGIN)
    play = Play(late, clock=HandClock(BEGIN.replace(hour=23, minute=30).astimezone(None)))
    play.start()
    assert leftovers([over(play)]).topics[0].carried == "2026-11-21"
    strange = replace(play.session, record=replace(play.record, zone="Nowhere/Land"))
    assert len(leftovers([strange]).topics) == 1
    assert since_words("2026-11-21", date(2026, 12, 1)) == "21 Nov"
    assert since_words("2026-11-21", date(2027, 1, 3)) == "21 Nov 2026"
    assert since_words("\x1b[2J", date(2026, 12, 1)) == "earlier"


ASKS = [question(f"Question {number}?") for number in range(4)]
TOPICS = [topic(f"Topic {number}", prompts=(ASKS[number % 4],)) for number in range(6)]
TOPICS += [topic("Last time's actions"), topic("Feedback", protected=True), topic("Private", private=True)]


def history(numbers) -> list[Session]:
    """Sessions with random agendas of the same topics, and random moves."""
    sessions: list[Session] = []
    for number, seed in enumerate(numbers, 1):
        luck = Random(seed)
        left = leftovers(sessions)
        own = luck.sample(TOPICS, luck.randint(1, 4))
        own += [each for each in (*left.topics, *(line.topic for line in left.lines))
                if luck.random() < 0.4 and each.id not in ids(own)]  # fmt: skip
        play = sitting(agenda(*own), number, days=7 * number)
        for each in left.questions:
            if luck.random() < 0.4:
                play.try_to(between.BringQuestion(each, luck.choice(own).id))
        for _ in range(luck.randint(0, 10)):
            here = luck.choice(play.session.topics)
            anything = [*ids(TOPICS), *ids(ASKS), *(line for each in sessions for line in each.captures)]
            play.try_to(luck.choice([
                asked.Next(), asked.Park(), asked.Park(here.id), asked.Jump(here.id), asked.Tick(luck.choice(ASKS).id),
                between.LetGoOf(luck.choice(anything)), asked.Undo(), asked.Unpark(here.id),
            ]))  # fmt: skip
            if luck.random() < 0.3:
                play.keep(f"line {luck.random()}", luck.choice([Kind.PARKED, Kind.ACTION, Kind.NOTE]))
        sessions.append(over(play) if luck.random() < 0.9 else play.session)
    return sessions


def knows(session: Session, thing: str) -> bool:
    """Whether a session had a topic or a prompt of that id, or let it go."""
    return (
        session.topic_by_id(thing) is not None
        or thing in [prompt.id for prompt in session.prompts()]
        or thing in session.let_go
    )


histories = st.lists(st.integers(0, 99_999), min_size=1, max_size=4).map(history)


@given(histories)
def test_nothing_is_offered_that_a_later_session_took_asked_or_let_go(sessions):
    left = leftovers(sessions)
    for topic_ in left.topics:
        last = max(place for place, each in enumerate(sessions) if each.topic_by_id(topic_.id))
        assert sessions[last].state(topic_.id) in {TopicState.PARKED, TopicState.TO_COME}
        assert not any(topic_.id in each.let_go for each in sessions[last:])
    for each in left.questions:
        last = max(place for place, one in enumerate(sessions) if each.id in [prompt.id for prompt in one.prompts()])
        assert each.id not in sessions[last].ticked
        assert not any(each.id in one.let_go for one in sessions[last:])
    for each in left.lines:
        home = next(place for place, one in enumerate(sessions) if each.capture.id in one.captures)
        assert each.capture.stands
        assert not any(knows(one, each.capture.id) for one in sessions[home + 1 :])
    assert all(each.status is ActionStatus.OPEN for each in left.actions)


@given(histories)
def test_nothing_that_was_left_is_missing(sessions):
    left = leftovers(sessions)
    offered = {*ids(left.topics), *(each.capture.id for each in left.lines), *ids(left.questions)}
    offered |= {prompt.id for each in left.topics for prompt in each.prompts}
    for place, session in enumerate(sessions):

        def still(thing, place=place, session=session):
            return not any(knows(one, thing) for one in sessions[place + 1 :]) and thing not in session.let_go

        for each in session.topics:
            waits = session.state(each.id) in {TopicState.PARKED, TopicState.TO_COME}
            comes_anyway = each.protected or is_about_last_time(each.title)
            assert not (waits and not comes_anyway and still(each.id)) or each.id in offered
            whole = waits and not comes_anyway
            for ask in () if each.private or whole else each.prompts:
                assert not (ask.kind is PromptKind.QUESTION and ask.id not in session.ticked and still(ask.id)) or (
                    ask.id in offered
                )
        for capture in session.standing(Kind.PARKED):
            assert not still(capture.id) or LeftLine(capture, since(session)) in left.lines
        opens = {each.id for each in session.standing(Kind.ACTION) if each.is_open_action}
        assert opens <= {each.capture for each in left.actions}


def since(session: Session) -> str:
    assert session.started
    return session.started.date().isoformat()


def test_a_hostile_line_is_a_topic_of_one_line():
    one = first("Hello")
    one.keep("a\n\x1b[2J\nb", Kind.PARKED)
    assert leftovers([over(one)]).lines[0].topic.title == UserText("a \x1b[2J b")
