"""Minutes: what stands, in its place, and nothing of what must not leave."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from support.building import BEGIN, MENTEE, Play, agenda, fact, kick_off, prompt, record, topic

from rmsession.core import commands as asked
from rmsession.core.agenda import FeedbackKind, PromptKind
from rmsession.core.commands_sitting import OpenSitting
from rmsession.core.facts import Amended, Captured, Content, FeedbackGiven, Started
from rmsession.core.feedback import Answer, Via, Visibility
from rmsession.core.fold import session_of
from rmsession.core.record import redacted
from rmsession.core.terms import Audience, Kind, Role
from rmsession.core.text import UserText
from rmsession.export.markdown import minutes


def section(text: str, title: str) -> list[str]:
    """The lines under a heading that begins so, without blank ones."""
    _, _, behind = text.partition(f"# {title}")
    return [line for line in behind.partition("\n#")[0].splitlines()[1:] if line]


def test_a_whole_session_line_by_line():
    play = Play(kick_off())
    play.start()
    play.do(asked.Tick(play.session.topics[0].prompts[0].id))
    play.wait(minutes=4)
    play.do(asked.Next())
    play.keep("Wants fewer dashboards")
    play.keep("Send the draft", Kind.ACTION, owner="Alex", due="2026-12-01")
    play.keep("Who owns the policy?", Kind.QUESTION)
    play.keep("A glossary for the board", Kind.IDEA)
    play.keep("We meet every three weeks", Kind.DECISION)
    play.keep("hear from a customer every week", Kind.GOAL, score=2)
    play.keep("social media", Kind.RATING, score=3)
    play.keep("Why the policy changed", Kind.PARKED)
    play.wait(minutes=12)
    play.do(asked.Park(play.id_of("Where")))
    play.do(asked.Next())
    play.wait(minutes=1)
    play.do(asked.End())
    play.do(asked.SetNextDate(datetime(2026, 12, 1, 15, 0), "Europe/Berlin"))  # noqa: DTZ001 - local by definition
    assert minutes(play.session) == (
        "---\n"
        "kind: minutes\n"
        "duration: 45\n"
        "---\n"
        "\n"
        "# Kick-off\n"
        "\n"
        "- Mentor: Robin\n"
        "- Mentee: Alex\n"
        "- Date: Sat 21 Nov 2026, 14:00 to 14:17 (Europe/Berlin)\n"
        "- Time: planned 45 min, took 17 min\n"
        "- Next meeting: Tue 1 Dec 2026, 15:00 (Europe/Berlin)\n"
        "\n"
        "## Agenda\n"
        "\n"
        "### Hello and role swap (5 min)\n"
        "\n"
        "Planned 5 min, took 4 min. Ticked:\n"
        "\n"
        "- ✓ May I type notes?\n"
        "\n"
        "### Ground rules (10 min)\n"
        "\n"
        "Planned 10 min, took 12 min.\n"
        "\n"
        "Notes:\n"
        "\n"
        "- Wants fewer dashboards\n"
        "\n"
        "### Where you start (10 min)\n"
        "\n"
        "Planned 10 min, parked.\n"
        "\n"
        "### Pick two or three goals (12 min)\n"
        "\n"
        "Planned 12 min, took 1 min, left open.\n"
        "\n"
        "### First action and feedback (8 min)\n"
        "\n"
        "Planned 8 min, not reached.\n"
        "\n"
        "## Decisions\n"
        "\n"
        "- We meet every three weeks\n"
        "\n"
        "## Questions\n"
        "\n"
        "- Who owns the policy?\n"
        "\n"
        "## Ideas\n"
        "\n"
        "- A glossary for the board\n"
        "\n"
        "## Goals\n"
        "\n"
        "- hear from a customer every week = 2\n"
        "\n"
        "## Self-ratings\n"
        "\n"
        "- social media = 3\n"
        "\n"
        "## Parked\n"
        "\n"
        "- Topic: Where you start\n"
        "- Why the policy changed\n"
        "\n"
        "## Action items\n"
        "\n"
        "- [ ] Send the draft @Alex due:2026-12-01\n"
    )


def test_action_items_say_what_became_of_them():
    play = Play()
    play.start()
    play.keep("open", Kind.ACTION, owner="Jo Smith")
    play.do(asked.Finish(play.keep("done", Kind.ACTION, due="2026-12-01")))
    play.do(asked.Drop(play.keep("dropped", Kind.ACTION, owner="Alex"), UserText("no *time*")))
    play.do(asked.Drop(play.keep("for no reason", Kind.ACTION)))
    assert section(minutes(play.session), "Action items") == [
        '- [ ] open @"Jo Smith"',
        "- [x] done due:2026-12-01",
        "- ~~dropped~~ @Alex – dropped: no \\*time\\*",
        "- ~~for no reason~~ – dropped",
    ]


SECRET = "SECRET"


def nothing(play: Play) -> None:
    play.keep(SECRET, private=True)
    play.keep(SECRET, Kind.ACTION, private=True)
    play.keep(SECRET, private=True, by=MENTEE.id)


def withdrawn(play: Play) -> None:
    play.do(asked.Withdraw(play.keep(SECRET)))


def undone(play: Play) -> None:
    play.keep(SECRET)
    play.do(asked.Undo())


def amended_away(play: Play) -> None:
    play.do(asked.Amend(play.keep(SECRET), Content(UserText("fine"))))


def made_private(play: Play) -> None:
    play.do(asked.SetAudience(play.keep(SECRET), Audience.MENTOR))


def private_topic(play: Play) -> None:
    play.do(asked.Jump(play.id_of(SECRET)))
    play.do(asked.Tick(play.session.topics[1].prompts[0].id))
    play.do(asked.Park())


def private_prompt(play: Play) -> None:
    play.do(asked.Tick(play.session.topics[0].prompts[0].id))


def off_record_topic(play: Play) -> None:
    play.do(asked.Jump(play.id_of("Off")))
    play.do(asked.Tick(play.session.topics[2].prompts[0].id))


@pytest.mark.parametrize(
    "happens",
    [nothing, withdrawn, undone, amended_away, made_private, private_topic, private_prompt, off_record_topic],
)
def test_nothing_hidden_leaves(happens):
    play = Play(
        agenda(
            topic("Open", prompts=(prompt(SECRET, PromptKind.PRIVATE),)),
            topic(SECRET, 7, private=True, prompts=(prompt(f"{SECRET} prompt"),), body=UserText(SECRET)),
            topic("Off", off_record=True, prompts=(prompt(f"{SECRET} too"),)),
            body=UserText(SECRET),
        )
    )
    play.start()
    happens(play)
    text = minutes(play.session, feedback=True)
    assert SECRET not in text
    assert "### Private topic (7 min) (private)\n" in text
    assert "### Off (10 min) (off the record)\n" in text


def test_what_was_erased_leaves_nothing_but_the_rest():
    play = Play()
    play.start()
    target = play.keep(SECRET, Kind.ACTION)
    play.do(asked.Amend(target, Content(UserText(f"{SECRET} again"))))
    play.keep("stays")
    text = minutes(session_of(redacted(play.record, target, by="x", wall=BEGIN)), private=True)
    assert SECRET not in text
    assert "- stays\n" in text
    assert "Action items" not in text


def test_private_minutes_say_so_first_and_mark_every_line():
    play = Play(agenda(topic("Open"), topic("Salary", private=True, prompts=(prompt("Ask how much"),))))
    play.start()
    play.keep("mine", private=True)
    play.keep("hers", Kind.ACTION, private=True, by=MENTEE.id, due="2026-12-01")
    play.keep("for both")
    play.do(asked.Jump(play.id_of("Salary")))
    play.do(asked.Tick(play.session.topics[1].prompts[0].id))
    lines = minutes(play.session, private=True).splitlines()
    assert lines[4:7] == [
        "# One-on-one",
        "",
        (
            "> **Private: do not pass it on.** Besides what is shared it holds 1 note of the mentor's own, "
            "1 action item of the mentee's own, and 1 private topic."
        ),
    ]
    assert "- mine (private to the mentor)" in lines
    assert "- [ ] hers due:2026-12-01 (private to the mentee)" in lines
    assert "- for both" in lines
    assert "### Salary (10 min) (private)" in lines
    assert "- ✓ Ask how much" in lines


def test_every_sitting_has_its_date_and_end():
    play = Play()
    play.start()
    play.wait(minutes=20)
    play.do(asked.Pause())
    play.clock.run(24 * 3600)
    play.tick()
    play.do(OpenSitting())
    play.wait(minutes=30)
    running = minutes(play.session)
    assert "- Sitting 1: Sat 21 Nov 2026, 14:00 to 14:20 (Europe/Berlin)\n" in running
    assert "- Sitting 2: Sun 22 Nov 2026, 14:20 (Europe/Berlin), not ended\n" in running
    play.do(asked.End())
    ended = minutes(play.session)
    assert "- Sitting 2: Sun 22 Nov 2026, 14:20 to 14:50 (Europe/Berlin)\n" in ended
    assert "- Time: planned 45 min, took 50 min\n" in ended


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Kolkata", "Sat 21 Nov 2026, 18:30 (Asia/Kolkata), not ended"),
        ("Mars/Olympus", "Sat 21 Nov 2026, 14:00 (Mars/Olympus), not ended"),
        ("../etc`x", "Sat 21 Nov 2026, 14:00 (../etc\\`x), not ended"),
    ],
)
def test_dates_are_in_the_zone_of_the_record(zone, shown):
    play = Play(record(zone=zone))
    play.start()
    assert f"- Date: {shown}\n" in minutes(play.session)


def test_a_session_past_midnight_names_both_days():
    play = Play()
    play.clock.run(9 * 3600 + 45 * 60)
    play.tick()
    play.start()
    play.wait(minutes=30)
    play.do(asked.End())
    assert "Sat 21 Nov 2026, 23:45 to Sun 22 Nov 2026, 00:15 (Europe/Berlin)" in minutes(play.session)


def test_what_was_not_started_has_topics_and_no_times():
    text = minutes(session_of(record(agenda(("One", 2.5), ("Two", None), title=""))))
    assert text == (
        "---\nkind: minutes\n---\n\n# Session\n\n- Mentor: Robin\n- Mentee: Alex\n\n## Agenda\n\n"
        "### One (2.5 min)\n\nNot started.\n\n### Two\n\nNot started.\n"
    )


def test_a_topic_added_live_and_a_moment_say_so():
    play = Play(agenda(("One", 5)))
    play.start()
    play.do(asked.AddTopic(UserText("More"), 3))
    play.do(asked.Next())
    play.wait(seconds=10)
    play.do(asked.End())
    assert section(minutes(play.session), "More (3 min)") == ["Added in the session, took under 1 min, left open."]


def test_a_note_without_a_topic_is_not_lost():
    facts = (
        fact(Started(kick_off().topics[0].id, ()), 1, 0.0),
        fact(Captured(Kind.NOTE, None, Content(UserText("loose"))), 2, 1.0),
        fact(Captured(Kind.NOTE, "t-gone", Content(UserText("looser"))), 3, 1.0),
    )
    assert section(minutes(session_of(record(facts=facts))), "Other notes") == ["- loose", "- looser"]


def test_rival_amendments_are_both_shown():
    start = fact(Started(kick_off().topics[0].id, ()), 1, 0.0)
    line = fact(Captured(Kind.DECISION, None, Content(UserText("first"))), 2, 1.0)
    one = fact(Amended(line.id, line.id, Content(UserText("hers"))), 3)
    other = fact(Amended(line.id, line.id, Content(UserText("his"))), 4)
    text = minutes(session_of(record(facts=(start, line, one, other))))
    assert section(text, "Decisions") == ["- his", "  - or: hers"]


def answered(role: Role, visibility: Visibility) -> FeedbackGiven:
    answers = (Answer("frank", 4), Answer("keep", text=UserText("the *pace*\nand tea")), Answer("change"))
    return FeedbackGiven(role, answers, visibility, Via.SCREEN)


def test_feedback_leaves_only_when_asked_and_only_as_far_as_its_giver_said():
    play = Play()
    play.start()
    play.do(asked.End())
    play.do(asked.GiveFeedback(answered(Role.MENTOR, Visibility.BOTH)))
    play.do(asked.GiveFeedback(answered(Role.MENTEE, Visibility.COUNTS)))
    assert "Feedback" not in minutes(play.session).replace("First action and feedback", "")
    shown = section(minutes(play.session, feedback=True), "Feedback")
    assert shown[0] == "- The mentee answered 2 of 3 items."
    assert shown[1:] == [
        "- The mentor answered:",
        "  - I could speak frankly. – 4 (agree)",
        "  - One thing to keep – the \\*pace\\* ⏎ and tea",
    ]


def test_answers_about_goals_and_own_questions_name_them():
    play = Play(replace(kick_off(), feedback=FeedbackKind.FINAL, questions=(UserText("Was tea *good*? (1-5)"),)))
    play.start()
    goal = play.keep("hear customers", Kind.GOAL, score=2)
    secret = play.keep(SECRET, Kind.GOAL, private=True)
    answers = (Answer(f"goal:{goal}", 1), Answer(f"goal:{secret}", -1), Answer("own:1", 5), Answer("recommend", 9))
    play.do(asked.GiveFeedback(FeedbackGiven(Role.MENTEE, answers, Visibility.BOTH, Via.SCREEN)))
    assert section(minutes(play.session, feedback=True), "Feedback")[:5] == [
        "- The mentee answered:",
        "  - Goal: hear customers – 1 (more than expected)",
        f"  - goal:{secret} – -1",
        "  - Was tea \\*good\\*? – 5 (very much)",
        "  - How likely are you to recommend this programme to a colleague? – 9",
    ]


def test_feedback_that_is_not_there_is_said_or_not_asked_for():
    play = Play()
    play.start()
    play.do(asked.SkipFeedback(Role.MENTEE))
    assert section(minutes(play.session, feedback=True), "Feedback") == [
        "- The mentee chose to give none.",
        "- The mentor has given none yet.",
    ]
    silent = session_of(record(replace(kick_off(), feedback=FeedbackKind.NONE)))
    assert "## Feedback" not in minutes(silent, feedback=True)


def test_the_date_of_a_clock_set_forward_and_back_is_no_earlier_than_its_start():
    play = Play()
    play.start()
    play.clock.set_wall(-timedelta(hours=1).total_seconds())
    play.tick()
    play.do(asked.End())
    assert "- Date: Sat 21 Nov 2026, 14:00 to 14:00 (Europe/Berlin)\n" in minutes(play.session)
