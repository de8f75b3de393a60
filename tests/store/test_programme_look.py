"""What lists ask of the programme's file: no more of it is read than they need, and no change of it is missed."""

import time
from datetime import date

import pytest
from support.building import PAIR

from rmsession.core.arrangement import Arrangement, Rhythm
from rmsession.core.programme import Person
from rmsession.core.store_errors import Damaged
from rmsession.core.text import UserText
from rmsession.store.opening import open_store
from rmsession.store.signature import UNSETTLED_NS, Signature


def test_names_and_troubles_follow_the_file_once_it_was_found_whole(home):
    """What the file was known by when it was read is remembered, so that no list reads all of it again."""
    store = open_store(home)
    store.keep_known([PAIR, Arrangement(PAIR.id, interval_days=21, ended=date(2027, 1, 1))])
    for _ in range(2):
        time.sleep(UNSETTLED_NS / 1e9)  # until then its times may not tell the next change
        assert store.troubles() == []
        assert store.rhythms() == {PAIR.id: Rhythm(21, date(2027, 1, 1))}
        assert store.names() == {PAIR.id: (PAIR.mentor.name, PAIR.mentee.name)}
    assert store._index.proven() == Signature.of((home / "programme.json").stat()).stamp
    store.keep_person(Person(PAIR.mentor.id, UserText("Robin Renamed")))
    assert store.names()[PAIR.id][0].raw == "Robin Renamed"
    path = home / "programme.json"
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    assert "programme.json is damaged" in open_store(home).troubles()[0]
    for ask in (open_store(home).names, open_store(home).rhythms):
        with pytest.raises(Damaged):
            ask()
