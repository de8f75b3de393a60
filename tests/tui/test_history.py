"""The history: whose sessions show, what a row and a record say, what a search finds, what can be done from there."""

from __future__ import annotations

from dataclasses import replace

from support.building import BEGIN, PAIR, record
from support.past import SECRET, SECRET_TOPIC, looking, past, three

from rmsession.core.facts import ActionDone, ActionReopened
from rmsession.core.programme import Pair, Person
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import ActionStatus, Kind
from rmsession.core.text import UserText
from rmsession.store.memory import MemoryStore
from rmsession.tui.screens.history import HistoryScreen
from rmsession.tui.text import HIDDEN

OTHER = Pair("pair-other", PAIR.mentor, Person("person-kim", UserText("Kim Other")))


def hits(it) -> set[str]:
    """The texts of the lines that were found."""
    return {each.hit.text.raw for each in it.list.rows if hasattr(each, "hit")}


def row(text: str, word: str) -> list[str]:
    """The words of the list's row in which a word stands."""
    return next(line for line in text.splitlines() if word in line).partition("│")[0].split()


async def test_sessions_stand_under_their_months_with_what_they_took_and_left_open():
    async with looking(three()) as it:
        await it.shows("October 2026", "3 sessions · 4 open actions")
        text = it.left()
        assert text.index("November 2026  2 sessions") < text.index("Posting") < text.index("Listening in")
        assert text.index("Listening in") < text.index("October 2026  1 session") < text.index("Kick-off")
        assert row(text, "Kick-off") == ["Mon", "12", "Kick-off", "20/20", "on", "time", "2", "1"]
        # One of its four lines is private: not even its number shows.
        assert row(text, "Listening") == ["Mon", "9", "Listening", "in", "20/20", "on", "time", "3", "2"]
        assert row(text, "Posting") == ["Thu", "19", "Posting", "12/20", "unfinished", "1", "1"]


async def test_the_newest_session_s_record_stands_beside_the_list_and_below_it_on_a_narrow_screen():
    async with looking(three()) as it:
        await it.shows("Alex promised", "○ Draft a post")
        assert it.screen.query_one("#side").region.x > it.screen.query_one("#shelf").region.x
        await it.pilot.resize_terminal(80, 24)
        await it.shows("Alex promised")
        side, shelf = it.screen.query_one("#side").region, it.screen.query_one("#shelf").region
        assert (side.x, side.y) == (shelf.x, shelf.bottom)
        await it.pilot.resize_terminal(60, 16)
        await it.shows("Listening in")
        assert "promised" not in it.text()
        await it.press("tab")
        await it.shows("Alex promised")
        await it.press("escape")
        await it.shows("Listening in")
        assert it.said(HistoryScreen.Closed) == []


async def test_nobody_s_sessions_show_before_somebody_is_chosen():
    other = past(9, 3, "Kim's plan", ("Kim's own note",), pair=OTHER)
    async with looking([*three(), other], pairs=(PAIR, OTHER)) as it:
        text = await it.shows("Whose sessions?")
        assert "Listening in" not in text
        assert "Kim's plan" not in text
        assert "Somebody new" not in text
        await it.press("a", "l", "enter")
        text = await it.shows("with Alex", "Listening in")
        assert "Kim" not in text
        await it.press("w")
        await it.shows("Whose sessions?")
        await it.press("k", "i", "enter")
        text = await it.shows("with Kim Other", "Kim's own note")
        assert "Listening in" not in text
        assert len(it.list.rows) == 2


async def test_a_pair_that_was_named_is_asked_for_by_nobody_and_leaving_the_question_leaves_the_screen():
    other = past(9, 3, "Kim's plan", pair=OTHER)
    async with looking([*three(), other], pairs=(PAIR, OTHER), pair=OTHER.id) as it:
        text = await it.shows("with Kim Other", "Kim's plan")
        assert "Listening in" not in text
    async with looking(three(), pairs=(PAIR, OTHER)) as it:
        await it.shows("Whose sessions?")
        await it.press("escape")
        await it.until(lambda: it.said(HistoryScreen.Closed))


async def test_a_search_answers_as_it_is_typed_says_how_it_was_understood_and_escape_clears_it_first():
    async with looking(three()) as it:
        await it.shows("October 2026")
        await it.press("slash", *"poli")
        text = await it.shows("lines with “poli…”", "2 in 2 sessions")
        assert "October 2026" not in text
        assert row(it.left(), "9 Nov 2026")[3:5] == ["Listening", "in"]
        assert row(it.left(), "action   Send the")[:5] == ["action", "Send", "the", "policy", "draft"]
        assert "Posting" not in it.left()
        await it.press("escape")
        await it.shows("October 2026")
        assert not it.screen.query_one("#search").value
        assert it.said(HistoryScreen.Closed) == []
        await it.press("escape")
        assert len(it.said(HistoryScreen.Closed)) == 1


FILTERS = (
    ("is:open @alex", "open actions of Alex", {"Send the policy draft", "Draft a post"}),
    ("is:overdue", "overdue actions", {"Send the policy draft"}),
    ("kind:action since:2026-11-15", "actions since 15 Nov", {"Draft a post"}),
    ("#policy", "lines tagged “#policy”", {"Send the policy draft"}),
    ("goal:reach", "lines for the goal “reach”", {"Ask legal about the feed"}),
    ("agenda:kick dash", "lines with “dash…” in agendas like “kick”", {"Wants fewer dashboards"}),
    ("feeds -legal", "with “feeds” without “legal”", {"Feeds: see https://feeds.example.org/start, it is free"}),
)


async def test_filters_are_said_in_words_and_hold():
    async with looking(three()) as it:
        await it.shows("October 2026")
        for typed, words, found in FILTERS:
            await it.search(typed, words, " in ")
            await it.until(lambda wanted=found: hits(it) == wanted)


async def test_what_was_found_is_shown_in_its_record_and_enter_opens_it_there():
    async with looking(three()) as it:
        await it.shows("October 2026")
        await it.search("feeds", "1 in 1 session")
        await it.until(lambda: it.pane.capture is not None)
        assert it.pane.capture.content.text.raw.startswith("Feeds:")
        await it.press("enter")
        assert it.app.focused is it.list
        await it.press("enter")
        (chosen,) = it.said(HistoryScreen.RecordChosen)
        assert (chosen.session, chosen.capture) == (record(number=2).id, it.pane.capture.id)


async def test_where_nothing_is_found_two_lines_teach_and_nothing_stands_beside_them():
    async with looking(three()) as it:
        await it.shows("October 2026")
        text = await it.search("zebra", "nothing found", "Fewer words find more")
        assert "Esc clears the line" in text
        assert "promised" not in text
    async with looking(pairs=()) as it:
        await it.shows("No sessions yet", "Esc goes Home")
    async with looking() as it:
        await it.shows("Nothing held with this person yet")


async def test_any_text_is_a_search():
    async with looking(three()) as it:
        await it.shows("October 2026")
        for typed in ("c++ -", 'is:odd kind: "a', "*", "é漢字🙂", "\\", "[TODO]", "[/", "[@click=app.quit]x"):
            text = await it.search(typed, "nothing found", "Nothing says that")
            assert typed.split()[0] in text
        await it.search('"', "October 2026")


async def test_an_action_is_ticked_in_the_record_and_is_on_the_disk_before_that_shows():
    async with looking(three()) as it:
        await it.shows("Alex promised")
        await it.press("tab")
        assert it.pane.capture.content.text.raw == "Draft a post"
        await it.press("d")
        await it.shows("✓ Draft a post", "3 sessions · 3 open actions")
        fact = (await it.kept(3)).facts[-1]
        assert isinstance(fact.what, ActionDone)
        assert (fact.at, fact.by) == (None, PAIR.mentor.id)
        assert it.pane.capture.status is ActionStatus.DONE
        await it.press("space")
        await it.shows("○ Draft a post", "3 sessions · 4 open actions")
        assert isinstance((await it.kept(3)).facts[-1].what, ActionReopened)


async def test_a_tick_that_the_disk_refuses_is_told_and_shows_nowhere():
    class Refusing(MemoryStore):
        def append(self, session, fact) -> None:
            raise StoreError("Not kept: the disk is full. Free some space")

    async with looking(three(), store=Refusing()) as it:
        await it.shows("Alex promised")
        await it.press("tab", "d")
        text = await it.shows("the disk is full")
        assert "○ Draft a post" in text
        assert "✓ Draft a post" not in text


async def test_only_an_action_can_be_ticked():
    async with looking([past(1, 3, "Notes", ("A note",))]) as it:
        await it.shows("A note")
        await it.press("tab", "down")
        assert it.pane.capture.content.text.raw == "A note"
        assert not it.pane.check_action("tick", ())
        await it.press("d")
        assert len((await it.kept(1)).facts) == len(past(1, 3, "Notes", ("A note",)).facts)


async def test_the_mentee_s_own_promises_come_first_for_the_mentee_and_the_mentor_s_for_the_mentor():
    async with looking(three(), me="Alex") as it:
        await it.press("j")
        text = await it.shows("Listening in", "Robin promised", "mentors you")
        assert text.index("You promised") < text.index("Send the policy draft") < text.index("Robin promised")
        assert "overdue since Fri" in text
    async with looking(three()) as it:
        await it.press("j")
        text = await it.shows("You promised", "Alex promised")
        assert text.index("You promised") < text.index("Alex promised")


async def test_own_private_lines_show_for_a_moment_and_the_other_s_never():
    async with looking(three()) as it:
        await it.press("j")
        text = await it.shows("Opening", HIDDEN)
        assert SECRET not in text
        assert SECRET_TOPIC not in text
        assert not it.screen.revealing
        await it.press("f7")
        await it.shows(SECRET, SECRET_TOPIC)
        assert it.screen.revealing
        await it.press("f7")
        await it.until(lambda: SECRET not in it.text())
        assert not it.screen.revealing
    for more in ({"as_mentee": True}, {"me": "Alex"}):
        async with looking(three(), **more) as it:
            await it.press("j")
            text = await it.shows("Opening", "Alex" if "me" not in more else "You promised")
            assert text.count(HIDDEN) == 1, "the title of a private topic, and no line"
            assert not it.screen.check_action("reveal", ())
            await it.press("f7")
            assert SECRET not in it.text()
            await it.search(SECRET[:7], "nothing found")


async def test_as_the_mentee_sees_it_says_so():
    async with looking(three(), as_mentee=True) as it:
        await it.press("j")
        text = await it.shows("as Alex may see it", "You promised")
        assert text.index("You promised") < text.index("Send the policy draft") < text.index("Robin promised")


async def test_as_the_mentee_a_record_is_read_beside_the_list_and_nothing_is_opened():
    async with looking(three(), as_mentee=True) as it:
        await it.press("j")
        await it.shows("Listening in", "You promised")
        assert not it.screen.check_action("actions", ())
        await it.press("enter")
        assert it.app.focused is it.pane
        assert "enter" not in it.screen.active_bindings
        await it.press("down", "enter", "a")
        assert it.said(HistoryScreen.RecordChosen) == it.said(HistoryScreen.ActionsChosen) == []
        await it.pilot.resize_terminal(80, 24)
        await it.shows("Robin promised", "Feeds: see")  # it has all the room
        await it.press("escape")
        await it.shows("October 2026")
        assert it.said(HistoryScreen.Closed) == []
        await it.press("escape")
        await it.until(lambda: it.said(HistoryScreen.Closed))


async def test_many_private_lines_show_as_one_row_of_dots():
    lines = [(f"{SECRET} {each}", Kind.NOTE, {"private": True}) for each in range(5)]
    async with looking([past(1, 3, "Notes", *lines, ("A note",))]) as it:
        await it.shows("A note", HIDDEN)
        text = it.text()
        assert sum(line.rstrip().endswith(HIDDEN) for line in text.splitlines()) == 1
        assert row(text, " Notes  ")[-1] == "1"


async def test_topics_and_sessions_are_stepped_through_from_anywhere():
    async with looking(three()) as it:
        await it.shows("Alex promised")
        await it.press("n")
        assert it.pane._entry.topic == it.pane.session.topics[0].id
        await it.press("n", "n", "n", "p")
        assert it.pane._entry.topic == it.pane.session.topics[1].id
        await it.press("right")
        assert it.app.focused is it.pane
        await it.press("j")
        await it.until(lambda: it.pane.session.record.agenda.title.raw == "Listening in")
        await it.press("k")
        await it.until(lambda: it.pane.session.record.agenda.title.raw == "Posting")
        await it.press("left")
        assert it.app.focused is it.list


async def test_a_link_of_the_line_is_shown_whole_and_asked_about():
    async with looking(three()) as it:
        await it.shows("October 2026")
        assert not it.screen.check_action("link", ())
        await it.search("feeds:", "1 in 1 session")
        await it.press("enter")
        await it.press("o")
        text = await it.shows("Open this address?", "It leads to feeds.example.org")
        assert "https://feeds.example.org/start\n" in "\n".join(line.strip(" │▊▎") for line in text.splitlines()) + "\n"
        await it.press("c")
        assert it.app.copied == ["https://feeds.example.org/start"]


async def test_a_filter_is_chosen_and_written_into_the_line_so_that_it_is_learnt():
    async with looking(three()) as it:
        await it.shows("October 2026")
        await it.press("f")
        await it.shows("Show only …", "whose it is", "a tag", "a goal")
        await it.press("p")
        await it.shows("Alex  owner:Alex")
        await it.press("1")
        await it.shows("lines of Alex", "2 in 2 sessions")
        assert it.screen.query_one("#search").value == "owner:Alex "
        await it.press("f", "a")
        await it.shows('Listening in  agenda:"Listening in"')
        await it.press("2")
        await it.shows("lines of Alex in agendas like “listening in”", "1 in 1 session")


async def test_the_place_stays_when_the_size_and_the_sessions_change():
    records = [past(each, each, f"Session {each:03}", (f"note {each}",)) for each in range(1, 13)]
    async with looking(records, (120, 12)) as it:
        await it.shows("Session 001", "12 sessions")
        for _ in range(9):
            await it.press("j")
        chosen = it.list.row.session
        for size in ((80, 14), (60, 10)):
            await it.pilot.resize_terminal(*size)
            await it.shows("Session 010")
            assert it.list.row.session == chosen
        it.store.begin(past(13, 0.5, "Brand new"))
        it.screen.open()
        await it.until(lambda: len(it.screen.query_one("#shelf").known.known) == 13)
        assert it.list.row.session == chosen
        await it.shows("Session 010")


async def test_actions_lead_to_the_pair_s_list_and_a_click_stands_and_then_opens():
    async with looking(three()) as it:
        text = await it.shows("October 2026")
        await it.press("a")
        assert [each.pair for each in it.said(HistoryScreen.ActionsChosen)] == [PAIR.id]
        at = next(number for number, line in enumerate(text.splitlines()) if "Kick-off" in line)
        await it.pilot.click(offset=(20, at))
        await it.until(lambda: it.pane.session.record.agenda.title.raw == "Kick-off")
        assert it.said(HistoryScreen.RecordChosen) == []
        await it.pilot.click(offset=(20, at))
        await it.until(lambda: it.said(HistoryScreen.RecordChosen))


async def test_a_session_that_cannot_be_read_is_told_in_one_line():
    class Damaged(MemoryStore):
        def load(self, session):
            if session == record(number=2).id:
                raise StoreError("sessions/2.json is damaged. `rmsession doctor` says more")
            return super().load(session)

    store = Damaged()
    async with looking(store=store) as it:
        for each in three():
            if each.id == record(number=2).id:
                store._kept.records[each.id] = each
            else:
                store.begin(each)
        it.screen.open()
        await it.shows("October 2026")
        await it.press("j")
        await it.shows("is damaged")
        assert it.app._exception is None


async def test_a_session_never_begun_says_so():
    blank = replace(record(number=4, created=BEGIN), facts=())
    async with looking([blank]) as it:
        await it.shows("Kick-off", "not begun")
        assert row(it.left(), "Kick-off")[2:6] == ["Kick-off", "0/0", "not", "begun"]
