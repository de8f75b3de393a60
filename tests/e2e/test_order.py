"""Everything typed arrives at once, as from a busy machine: each line is kept under the topic it was typed in."""

from __future__ import annotations

from support.program import Person, until
from support.terminal import key_bytes


def test_lines_and_keys_in_one_burst_keep_their_order(tmp_path):
    person = Person(tmp_path / "data")
    with person.taken_up() as term:
        topic_key = key_bytes("f2").decode()
        term.type(f"first\rsecond\r{topic_key}third\r{topic_key}fourth\r")
        until(lambda: len(person.facts()) == 7)
    kinds = [(fact["kind"], fact["data"].get("content", {}).get("text")) for fact in person.facts()[1:]]
    assert kinds == [
        ("Captured", "first"),
        ("Captured", "second"),
        ("TopicEntered", None),
        ("Captured", "third"),
        ("TopicEntered", None),
        ("Captured", "fourth"),
    ]


def test_keys_that_edit_act_between_the_keys_around_them(tmp_path):
    person = Person(tmp_path / "data")
    back, home, end, word = "\x7f", "\x01", "\x05", "\x17"
    with person.taken_up() as term:
        term.type(f"teh{back * 2}he quikc{back * 2}ck fox{home}see {end} jumps{word}sleeps\r")
        until(lambda: len(person.facts()) == 2)
    assert person.facts()[1]["data"]["content"]["text"] == "see the quick fox sleeps"
