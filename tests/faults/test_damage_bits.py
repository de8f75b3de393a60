"""One bit flips, 3,000 times: refused by name or read as it was written, never as something else; never overwritten."""

import io
import random
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from faults.damage import ILL, WELL, folder, later, the
from store.scanning import TODAY, agrees, scanned
from support.building import BEGIN, MENTOR, PAIR
from support.tally import tally

from rmsession.cli import run
from rmsession.core.fold import session_of
from rmsession.core.query import parse
from rmsession.core.search import scan
from rmsession.core.store import Draft
from rmsession.core.store_errors import Damaged, NewerFormat, StoreError
from rmsession.core.text import UserText
from rmsession.store import drafts
from rmsession.store.bits import LIMIT, unflipped
from rmsession.store.opening import open_store
from rmsession.store.remedies import insist

COUNTS = {"session": 1400, "programme": 800, "draft": 800}
INDEX_FLIPS = 60
MENDED = 40


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    home = tmp_path_factory.mktemp("template") / "home"
    folder(home)
    return home


@pytest.fixture
def home(template, tmp_path):
    return shutil.copytree(template, tmp_path / "home")


def flipped(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes((data[place] ^ 1 << rng.randrange(8),)) + data[place + 1 :]


def tries(kind: str, store, home: Path):
    """What a person may do to the file of that kind: what it says, and what is done to it."""
    if kind == "session":
        return (
            lambda: store.load(ILL),
            lambda: store.append(ILL, later(50)),
            lambda: store.redact(ILL, "any", by=MENTOR.id, wall=BEGIN),
        )
    if kind == "programme":
        return store.programme, lambda: store.keep_pair(PAIR), lambda: store.keep_person(MENTOR)
    return (lambda: insist(the("draft", home).read_bytes(), the("draft", home)),)


def refused(ask, path: Path) -> bool:
    try:
        ask()
    except (Damaged, NewerFormat) as told:
        return path.name in str(told)
    return False


@pytest.mark.parametrize(("kind", "count"), COUNTS.items())
def test_a_flipped_bit_is_refused_by_name_and_left_as_it_is(home, kind, count):
    rng, path = random.Random(kind), the(kind, home)
    whole = path.read_bytes()
    store = open_store(home)
    wrong = 0
    for number in range(count):
        spoiled = flipped(whole, rng)
        path.write_bytes(spoiled)
        read, *changes = tries(kind, store, home)
        for ask in (read, *(changes if number % 4 == 0 else ())):
            wrong += not refused(ask, path)
        if kind == "draft":
            assert store.draft(ILL) is None
            assert path.name in str(drafts.trouble(the("session", home)))
        if number % 100 == 0:
            assert [path.name in line for line in store.troubles()] == [True]
            assert {each.id for each in store.history()} == {ILL, WELL} - ({ILL} if kind == "session" else set())
        assert path.read_bytes() == spoiled
    tally("damaged files: single-bit flips", cases=count, wrong=wrong)
    assert not wrong
    store.close()


def test_a_draft_with_a_flipped_bit_is_set_aside_and_not_overwritten(home):
    rng, path = random.Random("aside"), the("draft", home)
    whole = path.read_bytes()
    store = open_store(home)
    kept = []
    for number in range(12):
        kept.append(flipped(whole, rng))
        path.write_bytes(kept[-1])
        if number % 2:
            store.keep_draft(ILL, Draft(BEGIN, 2.0, UserText("new words")))
            assert store.draft(ILL).line.raw == "new words"
        else:
            store.drop_draft(ILL)
            assert store.draft(ILL) is None
        assert sorted(kept) == sorted(each.read_bytes() for each in path.parent.glob("*.draft.damaged*"))
    store.close()


def test_a_flip_in_the_index_never_shows(home):
    rng, path = random.Random("index"), home / "index.sqlite"
    store = open_store(home)
    store.history()
    whole, asked = path.read_bytes(), parse("-nothing", TODAY)
    there = set(scan(map(session_of, scanned(home)), asked, TODAY).hits)
    wrong = 0
    for _ in range(INDEX_FLIPS):
        path.write_bytes(flipped(whole, rng))
        fresh = open_store(home)
        # Words that are harmed may be missed, until the doctor looks; nothing that was not said may be found.
        wrong += not there.issuperset(fresh.search(asked, TODAY).hits)
        wrong += not agrees(fresh, home)
        fresh.close()
    tally("damaged files: flips in the index", cases=INDEX_FLIPS, wrong=wrong)
    assert not wrong
    store.close()


def doctor(home: Path, *words: str) -> tuple[int, str]:
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = run(["--home", str(home), "doctor", *words])
    return code, out.getvalue()


@pytest.mark.parametrize("kind", ["session", "programme", "draft", "snapshot"])
def test_the_doctor_puts_a_flipped_bit_right(home, kind):
    rng, path = random.Random(f"mend {kind}"), the(kind, home)
    whole = path.read_bytes()
    for number in range(MENDED // 4):
        spoiled = flipped(whole, rng)
        path.write_bytes(spoiled)
        code, told = doctor(home, "--repair")
        assert code == 0, told
        assert path.read_bytes() == whole
        asides = sorted(path.parent.glob(f"{path.name}.damaged*"))
        assert len(asides) == number + 1
        assert spoiled in [each.read_bytes() for each in asides]
        assert {each.stat().st_mode & 0o777 for each in (path, *asides)} == {0o600}
    tally("damaged files: flips mended", cases=MENDED // 4)


def test_a_flip_in_the_first_line_is_found_wherever_it_is(home):
    """Format, revision, checksum and punctuation: every bit of the line that proves the rest."""
    path = the("session", home)
    whole = path.read_bytes()

    def fits(data):
        try:
            insist(data, path)
        except StoreError:
            return False
        return True

    length = whole.index(b"\n") + 1
    for bit in range(0, length * 8, 7):
        spoiled = whole[: bit // 8] + bytes((whole[bit // 8] ^ 1 << bit % 8,)) + whole[bit // 8 + 1 :]
        assert not fits(spoiled)
        assert unflipped(spoiled, path, fits) == whole


def test_two_flips_are_not_guessed_at(home):
    path = the("session", home)
    whole = path.read_bytes()
    path.write_bytes(whole[:700] + bytes((whole[700] ^ 1, whole[701] ^ 2)) + whole[702:])
    shutil.rmtree(home / "snapshots")
    before = path.read_bytes()
    code, told = doctor(home, "--repair")
    assert code == 1
    assert path.name in told
    assert "rmsession restore" in told
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.damaged*"))


def test_a_file_too_large_to_search_is_said_to_be(home):
    path = the("session", home)
    shutil.rmtree(home / "snapshots")
    path.write_bytes(path.read_bytes()[:-9] + b" " * LIMIT)
    code, told = doctor(home)
    assert code == 1
    assert "up to 64 KB" in told
