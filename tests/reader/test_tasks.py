"""Task lists in: each form that people have, anything else, and what this program wrote itself."""

from __future__ import annotations

import time
from datetime import date, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.building import BEGIN, MENTOR, Play, kick_off

from rmsession.core import commands as asked
from rmsession.core.commands_between import Carry
from rmsession.core.decide import Now
from rmsession.core.decision import Refusal
from rmsession.core.session import Session
from rmsession.core.tasks import ImportedTask, TasksTaken, take_tasks
from rmsession.core.terms import ActionStatus, Audience, Kind
from rmsession.core.text import UserText
from rmsession.export.formats import SPELLINGS
from rmsession.reader.limits import SIZE_LIMIT
from rmsession.reader.tasks import LONGEST_TASK, MOST_TASKS, NoTasks, read_tasks, tasks_in

OPEN, DONE, DROPPED = ActionStatus.OPEN, ActionStatus.DONE, ActionStatus.DROPPED


def task(text: str, **more: object) -> tuple[object, ...]:
    """What a task says, field by field; `more` are fields of `ImportedTask`."""
    return said(ImportedTask(UserText(text), **more))


def said(each: ImportedTask) -> tuple[object, ...]:
    owner = each.owner.raw if each.owner else None
    return (each.text.raw, owner, each.due, each.status, each.settled, each.reason.raw, each.confidence, each.project)


ALEX = UserText("Alex")
LINES = {
    "- [ ] Send it (@Alex, due 2026-12-01)": task("Send it", owner=ALEX, due="2026-12-01"),
    "* [X] Send it @Alex due:2026-12-01": task("Send it", owner=ALEX, due="2026-12-01", status=DONE),
    "  1. [ ] Read (and answer) it": task("Read (and answer) it"),
    "> - [ ] quoted": task("quoted"),
    '- [x] ~~Ask~~ (@"Jo Smith", dropped: no (real) time)': task(
        "Ask", owner=UserText("Jo Smith"), status=DROPPED, reason=UserText("no (real) time")
    ),
    "- [ ] Draft ⏫ 📅 2026-12-01": task("Draft ⏫", due="2026-12-01"),
    "- [x] Draft ➕ 2026-11-01 📅 2026-12-01 ✅ 2026-11-30": task(
        "Draft", due="2026-12-01", status=DONE, settled=date(2026, 11, 30)
    ),
    "- [-] Draft ❌ 2026-11-30": task("Draft", status=DROPPED, settled=date(2026, 11, 30)),
    "- [ ] Draft [due:: 2026-12-01] [owner:: Alex]": task("Draft", due="2026-12-01", owner=ALEX),
    "- [x] Draft (due:: 2026-12-01) (completion:: 2026-11-30)": task(
        "Draft", due="2026-12-01", status=DONE, settled=date(2026, 11, 30)
    ),
    "- [ ] Call (sure 4 of 5, carried 2 times: no answer)": task("Call", confidence=4),
    r"- [ ] Mail \@bob \*now\* due\:2026-12-01": task("Mail @bob *now* due:2026-12-01"),
    "- [ ] mail a@b.de": task("mail a@b.de"),
    "- [ ] on 📅 2026-99-99": task("on 📅 2026-99-99"),
    "(A) 2026-11-01 Call Mum +Family @phone due:2026-12-01": task(
        "(A) Call Mum +Family", owner=UserText("phone"), due="2026-12-01"
    ),
    "x 2026-11-30 2026-11-01 Call Mum +Family": task(
        "Call Mum", project="Family", status=DONE, settled=date(2026, 11, 30)
    ),
    "xylophone lessons due:2026-W49-2": task("xylophone lessons due:2026-W49-2"),
    "Pay due:2026-12-01 today": task("Pay today", due="2026-12-01"),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_read_as_its_program_means_it(line):
    (read,), problems = read_tasks(line)
    assert (said(read), problems) == (LINES[line], ())


def test_lines_without_a_box_among_such_with_one_are_told_where_no_name_says_which_are_tasks():
    text = "# Heading\n\n(A) Call Dana\n- [ ] x\n  goes on\n- plain\n---\n```\ncode\n```\nx Read\n"
    (task,), (told,) = read_tasks(text)
    assert (task.text.raw, told.line, told.code) == ("x\ngoes on", 3, "no-box")
    assert told.message.startswith("3 lines, this one first, have no task box")
    assert read_tasks(text, markdown=True)[1] == ()
    assert read_tasks("# Heading\n\n- [ ] x\n- [x] y\n")[1] == ()


def test_only_boxes_are_tasks_in_markdown_and_every_line_in_todo_txt():
    prose = "# Monday\n\nWe met.\n\n- a bullet\n- [ ] a task\n```\n- [ ] code\n```\n- [ ]\n"
    assert [(each.text.raw, each.line) for each in read_tasks(prose)[0]] == [("a task", 6)]
    assert read_tasks("We met.\nAgain", markdown=True) == ((), ())
    assert [each.text.raw for each in read_tasks("We met.\n\nAgain")[0]] == ["We met.", "Again"]


def test_lines_that_are_indented_under_a_task_belong_to_it():
    (read, other), _ = read_tasks("- [ ] one\\\n  two @Alex due:2026-12-01\n  - a remark\n- [ ] three\n")
    assert (read.text.raw, read.owner, read.due) == ("one\ntwo", ALEX, "2026-12-01")
    assert other.text.raw == "three"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x" * (SIZE_LIMIT + 1), "list.md has more than 1 MB, the most that is read: split it"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "list.md is not a text file: give a Markdown (.md) or text file"),
        (b"", "list.md holds no tasks: a task is “- [ ] text” in Markdown, or a line of todo.txt"),
        (b"\xef\xbb\xbf \n", "list.md holds no tasks: a task is “- [ ] text” in Markdown, or a line of todo.txt"),
    ],
)
def test_what_holds_no_task_is_one_clear_line(data, says):
    with pytest.raises(NoTasks) as told:
        tasks_in(data, "list.md")
    assert str(told.value) == says


def test_nul_a_giant_line_and_too_many_tasks_are_told_and_the_others_go():
    giant = "x" * (LONGEST_TASK + 1)
    tasks, problems = tasks_in(f"- [ ] a\0b\n- [ ] {giant}\n{giant}\n- [ ] last\n".encode(), "list.md")
    assert [each.text.raw for each in tasks] == ["ab", "last"]
    assert [(each.line, each.code) for each in problems] == [(1, "nul-dropped"), (2, "long-task")]
    tasks, problems = read_tasks("- [ ] x\n" * (MOST_TASKS + 2))
    assert len(tasks) == MOST_TASKS
    assert [(each.line, each.code) for each in problems] == [(MOST_TASKS + 1, "too-many-tasks")]


WEARING = [
    "- [ ] \n", "- [ ] " + " " * 3900 + "x\n", "- [ ] " + "(dropped: " * 390 + ")\n", "- [ ] " + "📅" * 3900 + "\n",
    "- [ ] " + "~~" * 1900 + "\n", "  " * 1900 + "\n", "due:x " * 600 + "\n", '- [ ] (@"' + '""' * 1900 + "\n",
    "- [ ] x\n" + "  y\n" * 10,
]  # fmt: skip


@pytest.mark.parametrize("piece", WEARING)
def test_a_megabyte_of_anything_is_read_soon(piece):
    begun = time.process_time()
    read_tasks(piece * (SIZE_LIMIT // len(piece.encode())))
    assert time.process_time() - begun < 2


@given(st.text() | st.text(alphabet='-*[]x() @due:,2026\\\n~`📅✅❌+A"#'), st.sampled_from([None, True, False]))
def test_any_text_has_a_reading(text, markdown):
    tasks, problems = read_tasks(text, markdown=markdown)
    assert all(each.text and each.line for each in tasks)
    assert all(each.message and each.mend for each in problems)


def taken(session: Session, tasks: tuple[ImportedTask, ...]) -> TasksTaken:
    numbers = count(len(session.facts) + 1000)
    now = Now(session.last_at, BEGIN.replace(month=12))
    answer = take_tasks(tasks, session, now, by=MENTOR.id, device="desk", new_id=lambda: f"new-{next(numbers)}")
    assert isinstance(answer, TasksTaken), answer
    return answer


def begun() -> Play:
    play = Play(kick_off())
    play.start()
    return play


def actions(session: Session) -> set[tuple[object, ...]]:
    """Every action item as people see it."""
    return {
        (
            " ".join(each.content.text.line.split()),
            each.content.owner.line if each.content.owner else None,
            each.content.due,
            OPEN if each.status is OPEN else DONE if each.status is DONE else DROPPED,
            each.settled.date() if each.settled else None,
            each.content.confidence,
            each.audience,
        )
        for each in session.standing(Kind.ACTION)
    }


WORDS = st.text(max_size=40).filter(lambda text: UserText(text) and UserText(text).line.strip())
# What would mean something in a list if it were not text.
MARKS = st.lists(
    st.sampled_from(
        [
            "@bob",
            "due:2026-01-01",
            "(@x,",
            "(due",
            "(sure 4 of 5)",
            "(private to the mentor)",
            "📅 2026-01-01",
            "~~a~~",
            "⏳ 2026-01-01",
            "🔁 every day",
            "🏁 delete",
            "⏫",
            "&#x23EB;",
            "⏎",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
# A word of todo.txt is what it looks like: the format has no way to say that one is only text.
PLAIN_WORDS = st.lists(
    st.text(alphabet="abcXYZ éß世#&;.,?'\"/[]|()-<>!*_`~\\1", min_size=1).filter(str.strip), min_size=1, max_size=4
).map(" ".join)
OWNERS = st.sampled_from([None, "Alex", "Robin", "Kim", "Jo Smith", 'A "B", (c) *d*'])
MARKDOWN = st.sampled_from(["github", "obsidian"])


def played(drawn: list[tuple[str, str | None, bool, ActionStatus, int | None, bool]]) -> Session:
    play = begun()
    for text, owner, dated, status, sure, private in drawn:
        due = "2026-12-01" if dated else None
        ident = play.keep(text, Kind.ACTION, owner=owner, due=due, confidence=sure, private=private)
        if sure:
            play.do(Carry(ident, "another"))
        match status:
            case ActionStatus.DONE:
                play.do(asked.Finish(ident))
            case ActionStatus.DROPPED:
                play.do(asked.Drop(ident, UserText(text)))
            case _:
                pass
    return play.session


def drawn(words: st.SearchStrategy[str], owners: st.SearchStrategy[str | None]) -> st.SearchStrategy[Session]:
    """Sessions with action items that differ in what makes two of them the same."""
    status, sure = st.sampled_from([OPEN, DONE, DROPPED]), st.sampled_from([None, 1, 5])
    one = st.tuples(words, owners, st.booleans(), status, sure, st.booleans())

    def key(each: tuple[str, str | None, bool, ActionStatus, int | None, bool]) -> tuple[object, ...]:
        return " ".join(UserText(each[0]).line.split()), each[1], each[2]

    return st.lists(one, max_size=3, unique_by=key).map(played)


def check_back(session: Session, spelling: str) -> None:
    text = SPELLINGS[spelling].make(session, private=True)
    tasks, problems = read_tasks(text, markdown=spelling != "todotxt")
    assert not problems
    fresh = taken(begun().session, tasks)
    after = session_of_taken(fresh)
    # GitHub's list has no days but the one that is due.
    without_days = spelling == "github"
    assert cut(actions(after), without_days) == cut(actions(session), without_days)
    again = taken(after, tasks)
    assert (again.added, again.settled, again.facts) == (0, 0, ())
    here = taken(session, tasks)
    assert (here.added, here.settled) == (0, 0)


def cut(found: set[tuple[object, ...]], without_days: bool) -> set[tuple[object, ...]]:
    return {(*each[:4], None, *each[5:]) for each in found} if without_days else found


def session_of_taken(what: TasksTaken) -> Session:
    from rmsession.core.fold import session_of

    return session_of(what.record)


@given(drawn(WORDS | MARKS, OWNERS), MARKDOWN)
def test_what_was_written_as_markdown_comes_back_the_same(session, spelling):
    check_back(session, spelling)


@given(drawn(PLAIN_WORDS, st.sampled_from([None, "Alex", "Robin", "Kim"])))
def test_what_was_written_as_todo_txt_comes_back_the_same(session):
    check_back(session, "todotxt")


def test_a_task_that_is_there_is_not_added_and_what_is_done_elsewhere_is_done_here():
    play = begun()
    ident = play.keep("Send the draft", Kind.ACTION, owner="Alex", due="2026-12-01")
    list_ = read_tasks("- [x] Send the  draft (@alex, due 2026-12-01)\n- [ ] Call (@Kim)\n- [ ] Call (@Kim)\n")[0]
    first = taken(play.session, list_)
    assert (first.added, first.settled, first.known) == (1, 1, 2)
    after = session_of_taken(first)
    assert after.captures[ident].status is DONE
    (call,) = (each for each in after.standing(Kind.ACTION) if each.id != ident)
    assert call.content.doubts == ("owner",)
    assert (call.at, call.audience) == (None, Audience.SHARED)
    second = taken(after, list_)
    assert (second.added, second.settled, second.known, second.record) == (0, 0, 3, after.record)


def test_a_day_that_the_list_names_is_the_day_on_which_it_was_done():
    after = session_of_taken(taken(begun().session, read_tasks("x 2026-11-30 2026-11-01 Call\nx Mail\n")[0]))
    days = [each.settled.date() for each in after.standing(Kind.ACTION) if each.settled]
    assert days == [date(2026, 11, 30), BEGIN.replace(month=12).date()]


def test_tags_and_projects_are_those_of_the_capture_line():
    after = session_of_taken(taken(begun().session, read_tasks("Call #phone +Family\nRead +Kick-off\n")[0]))
    call, read = after.standing(Kind.ACTION)
    assert call.content.text.raw == "Call #phone +Family"
    assert (call.content.tags, call.content.goals) == (("phone",), ("Family",))
    assert read.content.text.raw == "Read"


def test_nothing_is_taken_into_a_session_that_has_not_begun_or_is_off_the_record():
    tasks, _ = read_tasks("Call")
    for session in (Play(kick_off()).session, off_record()):
        now = Now(session.last_at, datetime.now(BEGIN.tzinfo))
        assert isinstance(take_tasks(tasks, session, now, by=MENTOR.id, device="x", new_id=lambda: "1"), Refusal)


def off_record() -> Session:
    play = begun()
    play.do(asked.GoOffRecord(on=True))
    return play.session
