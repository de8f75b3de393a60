"""Home: whose sessions show, which agenda is next, and what choosing says upward."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from support.at_home import ALEX, BERTA, Past, home, pair_with
from support.building import BEGIN, MENTOR, ZONE, Play, agenda
from textual.message import Message

from rmsession.core import commands as asked
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import Kind
from rmsession.core.text import UserText
from rmsession.reader import library
from rmsession.reader.agenda_reader import read_file
from rmsession.tui.screens.home import HomeScreen
from rmsession.tui.widgets.home_choices import Choice, Does
from rmsession.tui.widgets.home_lookup import MOST_SESSIONS, Companion, look
from rmsession.tui.widgets.home_shelf import Librarian, Offer, Shelf, suggested
from rmsession.tui.widgets.keeping import keeping
from rmsession.tui.widgets.people import PeopleDialog
from rmsession.tui.widgets.person_line import PersonLine


async def test_a_caution_about_the_file_system_shows_once():
    line = "/srv/notes [bold]lies[/] on a network file system (nfs4)"
    async with home(caution=line) as shown:
        assert [(each.message, each.markup) for each in shown.app._notifications] == [(line, False)]
        await shown.press("w")
        await shown.press("escape")
        assert len(shown.app._notifications) == 1
    async with home() as shown:
        assert not list(shown.app._notifications)


async def test_nobody_shows_until_a_person_is_chosen():
    past = Past()
    past.held(pair_with(ALEX), agenda("Hello", title="About Alex"), actions=(("Send the draft", None),))
    past.held(pair_with(BERTA), agenda("Secret", title="About Berta"), when=BEGIN, ended=False)
    async with home(past) as shown:
        before = shown.text()
        for word in ("Alex", "Berta", "draft", "Secret"):
            assert word not in before
        assert "•••" in before
        assert "1 ended session waits" in before
        await shown.choose("alex")
        chosen = shown.text()
        assert "Send the draft" in chosen
        assert "About Alex" in chosen
        assert "Berta" not in chosen
        assert "Secret" not in chosen
        await shown.press("escape")
        after = shown.text()
        assert "Alex" not in after
        assert "draft" not in after


async def test_an_unfinished_session_comes_first_and_is_continued_by_enter():
    past = Past()
    past.held(pair_with(ALEX))
    unfinished = past.held(pair_with(ALEX), when=BEGIN - timedelta(minutes=30), ended=False)
    async with home(past) as shown:
        assert shown.list().choice == Choice(Does.CONTINUE, unfinished)
        await shown.choose("Alex")
        assert shown.list().choice == Choice(Does.CONTINUE, unfinished)
        assert "Hello" in shown.text()
        await shown.press("enter")
        (message,) = shown.app.said
        assert isinstance(message, HomeScreen.SessionChosen)
        assert message.session == unfinished


async def test_ended_sessions_with_steps_open_are_offered():
    past = Past()
    waiting = past.held(pair_with(ALEX))
    async with home(past) as shown:
        await shown.choose("Alex")
        assert Choice(Does.SETTLE, waiting) in shown.list().choices
        assert "next date, both forms" in shown.text()
        shown.list().highlight(Choice(Does.SETTLE, waiting))
        await shown.press("enter")
        assert [type(each) for each in shown.app.said] == [HomeScreen.PendingChosen]


async def test_past_sessions_and_actions_lead_to_their_record():
    past = Past()
    old = past.held(
        pair_with(ALEX), when=BEGIN - timedelta(days=20), actions=(("Late one", "2026-11-01"), ("Soon", "2026-11-24"))
    )
    async with home(past) as shown:
        await shown.choose("Alex")
        text = shown.text()
        assert "2 open actions · ! 1 overdue" in text
        assert "overdue 1 Nov" in text
        assert "due Tue 24 Nov" in text
        assert "20 of 10 min" in text
        shown.list("past").focus()
        shown.list("past").highlight(Choice(Does.LOOK_AT, old))
        await shown.press("enter")
        (message,) = shown.app.said
        assert isinstance(message, HomeScreen.RecordChosen)
        assert message.session == old


async def test_private_actions_stay_covered():
    past = Past()
    session = past.held(pair_with(ALEX))
    play = Play(past.store.load(session), by=pair_with(ALEX).mentor.id)
    private = play.do(asked.Keep(Kind.ACTION, _content("Between us"), private=True))
    past.store.append(session, replace(private, id=str(UUID(int=9))))
    async with home(past) as shown:
        await shown.choose("Alex")
        assert "Between us" not in shown.text()
        assert "•••" in shown.text()


async def test_the_next_agenda_of_the_curriculum_is_marked_and_highlighted():
    bundled = library.bundled()
    past = Past()
    past.held(pair_with(ALEX), read_file(bundled[0]).agenda, when=BEGIN - timedelta(days=9))
    async with home(past) as shown:
        await shown.choose("Alex")
        shown.list().focus()
        rows = [row for row in shown.text().splitlines() if "▶" in row]
        assert [row.split()[:2] for row in rows] == [["▶", "2"]]
        assert "✓    1" in shown.text()
        await shown.choose("Zoe")
        choice = shown.list().choice
        assert choice is not None
        assert choice.path == bundled[0].resolve()
        await shown.press("enter")
        (message,) = shown.app.said
        assert isinstance(message, HomeScreen.AgendaChosen)
        assert message.path == bundled[0].resolve()
        assert message.mentee == UserText("Zoe")


async def test_without_a_choice_the_mentee_is_not_said():
    past = Past()
    past.held(pair_with(ALEX))
    async with home(past) as shown:
        shown.list().highlight(next(each for each in shown.list().choices if each.does is Does.PREVIEW))
        await shown.press("enter")
        (message,) = shown.app.said
        assert isinstance(message, HomeScreen.AgendaChosen)
        assert message.mentee is None


async def test_somebody_new_is_a_choice_without_a_name():
    past = Past()
    past.held(pair_with(ALEX))
    async with home(past) as shown:
        await shown.press("w", "down", "enter")
        await shown.press()
        assert "somebody new" in shown.text()
        await shown.press("enter")
        assert [getattr(each, "mentee", "-") for each in shown.app.said] == [None]


async def test_the_mentor_of_mine_is_never_taken_for_a_mentee():
    past = Past()
    past.held(pair_with(MENTOR.name, mentor=BERTA))
    async with home(past) as shown:
        await shown.choose("Berta")
        assert "(mentors you)" in shown.text()
        shown.list().focus()
        shown.list().highlight(next(each for each in shown.list().choices if each.does is Does.PREVIEW))
        await shown.press("enter")
        assert [getattr(each, "mentee", "-") for each in shown.app.said] == [None]


async def test_other_peoples_pairs_are_not_in_the_picker():
    past = Past()
    past.held(pair_with(ALEX))
    past.held(pair_with(BERTA, mentor=UserText("Xaver")))
    async with home(past) as shown:
        await shown.press("w")
        assert isinstance(shown.app.screen, PeopleDialog)
        assert "Alex" in shown.text()
        assert "Berta" not in shown.text()
        assert "Xaver" not in shown.text()
        await shown.press("escape")
        assert shown.app.screen is shown.screen


async def test_new_sessions_show_when_home_is_resumed():
    past = Past()
    async with home(past) as shown:
        await shown.choose("Alex")
        assert "Nothing held with this person yet" in shown.text()
        past.held(pair_with(UserText("alex")), agenda("Hello", title="Just now"))
        shown.screen.post_message(_resumed())
        await shown.pilot.pause()
        await shown.press()
        assert "Just now" in shown.text()


async def test_an_answer_that_comes_late_does_not_bring_back_who_was_put_away():
    past = Past()
    past.held(pair_with(ALEX), agenda("Hello", title="About Alex"))
    of_alex, of_nobody = Event(), Event()
    of_nobody.set()

    class Slow:
        def history(self, **how: object) -> object:
            (of_alex if "pair" in how else of_nobody).wait(10)
            return past.store.history(**how)  # type: ignore[arg-type]

        def __getattr__(self, name: str) -> object:
            return getattr(past.store, name)

    async with home(Past(store=Slow())) as shown:  # type: ignore[arg-type]
        of_nobody.clear()
        await shown.pilot.press("w", *"Alex", "enter")
        await shown.pilot.pause(0.2)
        await shown.pilot.press("escape")
        of_alex.set()
        await shown.pilot.pause(0.4)
        assert "About Alex" not in shown.text()
        assert "nobody chosen yet" in shown.text()
        of_nobody.set()
        await shown.press()
        assert "Alex" not in shown.text()


async def test_an_answer_that_comes_when_the_program_ends_is_for_nobody():
    async with home(Past()) as shown:
        await shown.screen.remove_children()  # as on the way out, before what is under way is called off
        await shown.screen.refresh_all()
        assert not shown.screen.query(PersonLine)


async def test_empty_state_teaches_and_says_where_notes_stay():
    async with home(size=(80, 24)) as shown:
        text = shown.text()
        assert "No sessions yet." in text
        assert "notes stay in /srv/notes · only you can read them" in text
        assert "1 Kick-off" in text
        await shown.press("n")
        assert [type(each) for each in shown.app.said] == [HomeScreen.NewAgenda]


async def test_arrows_lead_from_one_list_into_the_other():
    past = Past()
    past.held(pair_with(ALEX))
    async with home(past) as shown:
        await shown.choose("Alex")
        shown.list().action_last()
        await shown.press("down")
        assert shown.screen.focused is shown.list("past")
        assert shown.list("past").choice is not None
        await shown.press("up")
        assert shown.screen.focused is shown.list()
        assert shown.list().choice == Choice(Does.NEW_AGENDA)
        shown.list().action_first()
        await shown.press("up")
        assert shown.screen.focused is shown.list()


async def test_a_click_opens_what_it_points_at():
    async with home(size=(80, 24)) as shown:
        lines = shown.text().splitlines()
        row = next(number for number, line in enumerate(lines) if "Listening in" in line)
        await shown.pilot.click(offset=(30, row))
        await shown.press()
        (message,) = shown.app.said
        assert isinstance(message, HomeScreen.AgendaChosen)
        assert message.path.name.startswith("02")
        await shown.pilot.click(PersonLine)
        await shown.press()
        assert isinstance(shown.app.screen, PeopleDialog)


async def test_any_file_is_opened_through_the_picker(tmp_path):
    (tmp_path / "own.md").write_text("# Mine\n\n## Hello (5 min)\n")
    (tmp_path / "picture.png").write_bytes(b"")
    async with home(agendas=(tmp_path,)) as shown:
        assert "Mine" in shown.text()
        await shown.press("o")
        from rmsession.tui.widgets.agenda_picker import AgendaPicker

        assert isinstance(shown.app.screen, AgendaPicker)
        listed = shown.text()
        assert "own.md" in listed
        assert "picture.png" not in listed
        shown.app.screen.dismiss(tmp_path / "own.md")
        await shown.pilot.pause()
        await shown.press()
        assert [getattr(each, "path", None) for each in shown.app.said] == [tmp_path / "own.md"]


async def test_a_store_that_cannot_be_read_is_told_in_one_line_and_agendas_stay():
    class Closed:
        def programme(self) -> object:
            raise StoreError("/srv/notes cannot be read [@click=app.quit]: look at its permissions")

    past = Past(store=Closed())  # type: ignore[arg-type]
    async with home(past) as shown:
        assert "✗ /srv/notes cannot be read [@click=app.quit]: look at its permissions" in shown.text()
        assert "Kick-off" in shown.text()


async def test_hostile_names_and_titles_are_literal():
    nasty = UserText("[@click=app.quit]Al\x1b[31m[/")
    past = Past()
    past.held(pair_with(nasty), agenda("x", title="[bold]T[/x]\x07"), actions=(("[@click=app.bell]go[/", None),))
    async with home(past) as shown:
        await shown.press("w")
        assert "[@click=app.quit]Al␛[31m[/" in shown.text()
        await shown.press("enter")
        await shown.press()
        text = shown.text()
        assert "[@click=app.quit]Al␛[31m[/" in text
        assert "[bold]T[/x]␇" in text
        assert "[@click=app.bell]go[/" in text
        assert "\x1b" not in text


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_no_line_is_wider_than_the_screen(size):
    past = Past()
    long = UserText("Alexandra Wolfeschlegelsteinhausenbergerdorff of the Northern Region 面談 🙂")
    past.held(pair_with(long), agenda("x", title="T " * 80), actions=(("word " * 40, "2026-11-01"),), ended=False)
    async with home(past, size=size) as shown:
        await shown.choose("Alex")
        assert len(shown.text().splitlines()) == size[1]
        assert all(strip.cell_length == size[0] for strip in shown.app.screen._compositor.render_strips())


@pytest.mark.parametrize("key", ["enter", "down"])
async def test_before_it_is_known_what_waits_arrows_move_and_enter_waits_for_it(key):
    past, answers = Past(), Event()
    unfinished = past.held(pair_with(ALEX), ended=False)

    class Slow:
        def history(self, **how: object) -> object:
            answers.wait(10)
            return past.store.history(**how)  # type: ignore[arg-type]

        def __getattr__(self, name: str) -> object:
            return getattr(past.store, name)

    async with home(Past(store=Slow()), at_once=True) as shown:  # type: ignore[arg-type]
        assert "Kick-off: how we will work" in shown.text()
        assert "next" not in shown.text().split("Kick-off")[1].splitlines()[0]
        await shown.pilot.press(key)
        moved = shown.list().choice
        assert not shown.app.said
        answers.set()
        await shown.press()
        assert [each.session for each in shown.app.said] == [unfinished] * (key == "enter")
        first = Choice(Does.PREVIEW, path=library.bundled()[0], place=0)
        assert (moved, shown.list().choice) == {
            "enter": (None, Choice(Does.CONTINUE, unfinished)),
            "down": (first, first),
        }[key]


def test_agendas_come_once_and_in_the_order_of_the_curriculum(tmp_path):
    own = tmp_path / "own.md"
    own.write_text("# Mine\n\n## Hello (5 min)\n\n## Later\n")
    (tmp_path / "notes.pdf").write_text("no agenda")
    bundled = library.bundled()
    librarian = Librarian((tmp_path, tmp_path / "gone"), (tmp_path / "gone.md", bundled[0], own))
    offers = librarian.offers()
    assert [(each.shelf, each.title.raw) for each in offers[:1]] == [(Shelf.RECENT, "Mine")]
    numbers = [each.number for each in offers if each.shelf is Shelf.CURRICULUM]
    assert numbers == [*map(str, range(1, 11)), ""]
    assert not [each for each in offers if each.shelf is Shelf.OWN]


def test_files_are_read_again_only_when_they_change(tmp_path):
    own = tmp_path / "own.md"
    own.write_text("# One\n\n## Hello (5 min)\n")
    librarian = Librarian((tmp_path,))
    (first,) = (each for each in librarian.offers() if each.shelf is Shelf.OWN)
    (again,) = (each for each in librarian.offers() if each.shelf is Shelf.OWN)
    assert again.title is first.title
    own.write_text("# Two\n\n## Hello (5 min)\n")
    (changed,) = (each for each in librarian.offers() if each.shelf is Shelf.OWN)
    assert changed.title == UserText("Two")


def test_an_unreadable_file_is_offered_with_its_reason(tmp_path):
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (offer,) = (each for each in Librarian((tmp_path,)).offers() if each.shelf is Shelf.OWN)
    assert offer.title == UserText("picture.md")
    assert "\n" not in offer.trouble
    assert offer.trouble


def test_after_the_curriculum_comes_the_agenda_without_a_number():
    offers = [Offer(Path(f"{n}.md"), Shelf.CURRICULUM, UserText(n), number=n, agenda=n) for n in ("1", "2")]
    plain = Offer(Path("plain.md"), Shelf.CURRICULUM, UserText("plain"), agenda="plain")
    own = Offer(Path("own.md"), Shelf.OWN, UserText("own"), agenda="own")
    everything = (own, *offers, plain)
    assert suggested(everything, ()) == offers[0]
    assert suggested(everything, {"1"}) == offers[1]
    assert suggested(everything, {"1", "2", "plain"}) == plain
    assert suggested((own,), ()) is None


def test_one_pair_is_looked_up_and_no_more_than_needed():
    asked_for = []

    class Watched:
        def __getattr__(self, name: str) -> object:
            def answer(**how: object) -> object:
                asked_for.append((name, how))
                return past.store.programme() if name == "programme" else ()

            return answer

    past = Past()
    past.held(pair_with(ALEX))
    look(Watched(), MENTOR.name, Companion(ALEX))  # type: ignore[arg-type]
    pair = pair_with(ALEX).id
    assert ("history", {"pair": pair, "limit": MOST_SESSIONS, "fresh": True}) in asked_for
    assert ("open_actions", {"pair": pair}) in asked_for


def test_the_path_gives_way_before_who_can_read():
    (line,) = keeping(Path("/srv/" + "deep/" * 30 + "notes")).lines(70)
    assert line.cell_length == 70
    assert line.plain.endswith("deep/notes · only you can read them")
    assert "…" in line.plain
    (line,) = keeping(Path("/srv"), rehearse=True).lines(70)
    assert line.plain.endswith("rehearsal: nothing is kept")


def test_next_meeting_shows_only_while_it_lies_ahead():
    past = Past()
    session = past.held(pair_with(ALEX))
    play = Play(past.store.load(session), by=pair_with(ALEX).mentor.id)
    fact = play.do(asked.SetNextDate(BEGIN + timedelta(days=3), ZONE))
    past.store.append(session, replace(fact, id=str(UUID(int=77))))
    found = look(past.store, MENTOR.name, Companion(ALEX))
    assert found.next_date(BEGIN) == BEGIN + timedelta(days=3)
    assert found.next_date(BEGIN + timedelta(days=4)) is None


def test_no_date_is_asked_for_once_the_pair_has_met_again():
    past = Past()
    older, newer = (past.held(pair_with(ALEX), when=BEGIN - timedelta(days=days)) for days in (14, 7))
    waits = {each.id: each.pending for each in look(past.store, MENTOR.name, Companion(ALEX)).pending}
    assert waits == {older: ("mentee form", "mentor form"), newer: ("next date", "mentee form", "mentor form")}


def test_a_mentee_is_not_asked_for_the_mentors_form():
    past = Past()
    past.held(pair_with(ALEX))
    (waits,) = look(past.store, ALEX, Companion(MENTOR.name, mentors_me=True)).pending
    assert waits.pending == ("next date", "mentee form")


def _content(text: str):
    from rmsession.core.facts import Content

    return Content(UserText(text))


def _resumed() -> Message:
    from textual.events import ScreenResume

    return ScreenResume()
