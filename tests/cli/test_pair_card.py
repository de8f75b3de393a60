"""Cards from the lead's machine to the mentor's: shown before they leave, taken in unasked, and then ids match."""

import json
import os
import stat

import pytest
from support.building import BEGIN, HandClock, Play, record

from rmsession.core.arrangement import KnownAs
from rmsession.core.figures import figures_of
from rmsession.core.fold import session_of
from rmsession.core.programme import Pair, Person, pair_of
from rmsession.core.telling import by_pair
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.tui.opening import pair_for
from rmsession.tui.recorder import Recorder

KIM = ("--mentor", "Sam Reed", "--mentee", "Kim Lee", "--wave", "zqone")
ANN = ("--mentor", "Sam Reed", "--mentee", "Ann Ray", "--wave", "zqtwo", "--mentee-role", "zqrole")


@pytest.fixture
def lead(tell, home):
    """The lead's machine, where two pairs are known."""
    tell("pair", "add", *KIM)
    tell("pair", "add", *ANN)
    return home


@pytest.fixture
def there(tmp_path):
    return tmp_path / "theirs"


def cards(tell, tmp_path, *more):
    (tmp_path / "cards").mkdir(exist_ok=True)
    told = tell("pair", "card", "--all", "-o", tmp_path / "cards", "--yes", *more)
    assert told.code == 0, told.err
    return sorted((tmp_path / "cards").iterdir())


def known(home):
    store = open_store(home)
    try:
        return store.programme()
    finally:
        store.close()


def ids(pair):
    return pair.id, pair.mentor.id, pair.mentee.id


def test_what_leaves_is_shown_and_asked_about(tell, lead, tmp_path):
    told = tell("pair", "card", "ann", typed="n\n")
    assert "zqrole" in told.out
    assert "It goes to card-sam-reed-ann-ray-" in told.out
    assert told.lines[-1].endswith("Nothing was written.")
    assert not list(tmp_path.glob("*.json"))
    assert tell("pair", "card", "ann").code == 2
    assert tell("pair", "card", "ann", typed="y\n").code == 0
    (path,) = tmp_path.glob("*.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "there already" in tell("pair", "card", "ann", "--yes").complaint
    assert tell("pair", "card", "ann", "--yes", "--force").code == 0


def test_nobody_elses_words_are_on_a_card(tell, lead, tmp_path):
    told = tell("pair", "card", "ann", "--yes", "-o", "-")
    assert json.loads(told.out)["card"]["arrangement"]["wave"] == "zqtwo"
    for word in ("Kim", "zqone"):
        assert word not in told.out + told.err


def test_many_go_into_a_folder(tell, lead, tmp_path):
    assert len(cards(tell, tmp_path)) == 2
    for words in (("--all",), ("--all", "-o", "-"), ("--wave", "zqone", "--all"), ()):
        assert tell("pair", "card", *words, "-o", tmp_path / "none", "--yes").code == 2
    tell("pair", "end", "kim")
    assert tell("pair", "card", "--wave", "zqone", "--yes").code == 3
    assert "Ann Ray" in tell("pair", "card", "--all", "--yes", "--force", "-o", tmp_path / "cards").out


def test_a_machine_that_knows_nobody_takes_the_ids_and_again_changes_nothing(tell, lead, there, tmp_path):
    files = cards(tell, tmp_path)
    for path in files:
        dry = tell("--home", there, "import", path, "--dry-run")
        assert (dry.code, dry.lines[-1]) == (0, "Nothing was changed.")
        assert tell("--home", there, "import", path).code == 0
    assert sorted(map(ids, known(there).pairs)) == sorted(map(ids, known(lead).pairs))
    before = (there / "programme.json").read_bytes()
    for path in files:
        assert tell("--home", there, "import", path).lines[-1] == "Nothing was changed."
        assert tell("import", path).lines[-1] == "Nothing was changed."
    assert (there / "programme.json").read_bytes() == before


def test_a_newer_card_wins_and_an_older_one_changes_nothing(tell, lead, there, tmp_path):
    old, _ = cards(tell, tmp_path)
    old = old.rename(tmp_path / "old.json")
    tell("pair", "edit", "ann", "--wave", "three", "--mentee-role", "", "--mentee", "Anna Ray")
    new = next(path for path in cards(tell, tmp_path, "--force") if "anna" in path.name)
    for path in (old, new, old):
        assert tell("--home", there, "import", path).code == 0
    (pair,) = known(there).pairs
    assert pair.mentee.name.raw == "Anna Ray"
    assert known(there).arrangements[0].wave.raw == "three"
    assert known(there).profiles[0].role.raw == ""


def sit(home, mentor, mentee, number):
    """A session as a mentor begins it, by these names; the pair that it is of."""
    store = open_store(home)
    pair = pair_of(store.programme().pairs, UserText(mentor), UserText(mentee))
    play = Play(record(pair=pair, number=number), by=pair.mentor.id, clock=HandClock(BEGIN))
    play.start()
    store.begin(play.record)
    store.close()
    return session_of(play.record)


def test_sessions_of_before_and_after_are_the_leads_pair(tell, lead, there, tmp_path):
    """A mentor of two met one before any card came: those ids stay, and figures go out by the lead's."""
    store = open_store(there)
    store.keep_pair(Pair("own-pair", Person("own-sam", UserText("sam reed")), Person("own-kim", UserText("Kim Lee"))))
    store.close()
    sessions = [sit(there, "Sam Reed", "Kim Lee", 1)]
    for path in cards(tell, tmp_path):
        assert tell("--home", there, "import", path).code == 0
    sessions += [sit(there, "Sam Reed", "Kim Lee", 2), sit(there, "Sam Reed", "Ann Ray", 3)]
    assert [each.pair.id for each in sessions[:2]] == ["own-pair", "own-pair"]
    assert {each.pair.mentor.id for each in sessions} == {"own-sam"}
    told = {each.pair: each for each in by_pair(known(there), map(figures_of, sessions), BEGIN)}
    theirs = {each.mentee.name.raw: each for each in known(lead).pairs}
    assert {pair: len(each.sessions) for pair, each in told.items()} == {
        theirs["Kim Lee"].id: 2,
        theirs["Ann Ray"].id: 1,
    }
    for pair in theirs.values():
        figures = told[pair.id]
        assert (figures.pair, figures.mentor, figures.mentee) == ids(pair)
    assert {each.known_as for each in known(there).arrangements} == {KnownAs(*ids(pair)) for pair in theirs.values()}


async def test_the_screen_begins_a_session_with_the_pair_of_the_card(tell, lead, there, tmp_path):
    for path in cards(tell, tmp_path):
        tell("--home", there, "import", path)
    store = open_store(there)
    recorder = Recorder(store)
    try:
        pair = await pair_for(recorder, UserText("sam  reed"), UserText("Kim Lee"))
    finally:
        recorder.stop()
        store.close()
    assert ids(pair) in map(ids, known(lead).pairs)
    assert len(known(there).pairs) == 2


@pytest.mark.parametrize("change", [lambda data: data.replace(b"zqone", b"zqtwo"), lambda data: data[:-30]])
def test_a_changed_card_is_refused_whole(tell, lead, there, tmp_path, change):
    path = cards(tell, tmp_path)[1]
    path.write_bytes(change(path.read_bytes()))
    told = tell("--home", there, "import", path)
    assert (told.code, told.out) == (1, "")
    assert "Nothing was changed" in told.complaint
    assert not os.path.lexists(there / "programme.json")
