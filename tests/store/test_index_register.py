"""Which sessions a question finds, in order, however many they are and however often it is asked."""

import random
from uuid import UUID

import pytest

from rmsession.store.index_register import _FEW, Register
from rmsession.store.rows import Head
from rmsession.store.shelves import Known, shelf_of

_MANY = 3 * _FEW


@pytest.fixture(scope="module")
def heads():
    """Sessions of four months, every second one made at the moment of another; some files are left out."""
    chance = random.Random(7)
    made = []
    for number in range(_MANY):
        session = str(UUID(int=chance.getrandbits(128)))
        folder = f"sessions/2026/{number * 4 // _MANY + 1:02}"
        block = -number - 1 if number % 50 == 7 else number // 2 << 12 | number % 2
        path = f"{folder}/2026-{chance.randrange(10**6)}-{session}.json".encode()
        made.append(Head(path, b"s" * 32, session, "", f"pair{number % 3}", 1e9 + number // 2, number % 5 == 0, block))
    return made


@pytest.fixture
def register(heads):
    """What the index knows of those."""
    shelves = {}
    for folder in {head.path.rpartition(b"/")[0] for head in heads}:
        own = [head for head in heads if head.path.startswith(folder)]
        shelves[folder] = Known(shelf_of(folder, own))
    return Register(1, shelves)


def newest(heads):
    """As it is promised."""
    return sorted((head for head in heads if head.block >= 0), key=lambda head: (-head.created, head.id))


@pytest.mark.parametrize("number", [1, _FEW - 1, _FEW, _MANY // 2])
def test_those_of_some_blocks_come_the_newest_first(heads, register, number):
    there = newest(heads)
    for seed in range(3):  # the first question is answered in another way
        some = random.Random(seed).sample(there, number)
        found = register.sessions({head.block for head in some})
        assert found == tuple(head.id for head in newest(some))
    assert register.sessions({head.block for head in there}) == tuple(head.id for head in there)


def test_a_block_that_no_session_has_is_told(heads, register):
    blocks = {head.block for head in newest(heads)[: _MANY // 2]}
    for strange in (-8, _MANY << 20):  # of a file that is left out, and of none
        assert register.sessions(blocks | {strange}) is None
        assert register.sessions({strange}) is None
        assert register.head(strange) is None


def test_lists_have_the_same_order(heads, register):
    there = newest(heads)
    assert list(register.of_pair(None)) == there
    assert list(register.of_pair("pair1")) == [head for head in there if head.pair == "pair1"]
    assert register.blocks_of("nobody") == []
    assert sorted(register.waiting("pair2")) == sorted(head for head in heads if head.pair == "pair2" and head.open)
    assert [register.order(head.block) for head in there] == [(-head.created, head.id) for head in there]
    assert register.ids_of(register.blocks) == tuple(head.id for head in there)
