"""The parser takes anything that a terminal may send."""

from __future__ import annotations

import random

from support.tally import tally
from textual import events

from rmsession.tui.alt_keys import teach
from rmsession.tui.driver import Parser

PIECES = [
    *"\x1b\x1b\x1b[[[?<>;;::0019MmuRtn~ABCDEFHPQRSIO\r\t\x00\x7f\x9b",
    "200~",
    "201~",
    "48;",
    "99999999999",
    "é",
    "\ufffd",
]
SENSELESS = ("\x1b[9999999;1u", "\x1b[1:2;3u", "\x1b[48;0;0;0;0t\x1b[<0;3;3M", "\x1b[;;u", "\x1b[55296;1;1114112u")


def test_no_sequence_breaks_the_parser():
    teach()
    chance, parser = random.Random(7), Parser()
    for _ in range(10_000):
        for _event in parser.feed("".join(chance.choices(PIECES, k=5))):
            pass
    tally("senseless input sequences", cases=10_000)


def test_what_makes_no_sense_is_passed_over_and_what_follows_is_typed():
    for sequence in SENSELESS:
        keys = [each for each in Parser().feed(f"{sequence}ab") if isinstance(each, events.Key)]
        assert "".join(str(key.character) for key in keys if key.is_printable)[-2:] == "ab", sequence
