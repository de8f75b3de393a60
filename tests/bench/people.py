"""The people of generated histories: names that are nobody's, ids that stay the same for a seed."""

from __future__ import annotations

from random import Random

from rmsession.core.programme import Pair, Person
from rmsession.core.text import UserText
from rmsession.demo.course import uuid_of

ME = "Robin Fox"
"""The mentor of most pairs: whose data folder it is."""
_GIVEN = """
Alex Ayşe Bo Chidi Dana Elif Farah Gül Hana Ines Jun Kofi Lena Mika Noor Ola Priya Quinn Rosa Sami Tove Uma Vera Wim
Xenia Yuki Zoë José Márta Søren Aroha Bilal Carmen Dmitri Eun-ji Femi Grace Hugo Ivo Jolanta
"""
_FAMILY = """
Stone Berg Castillo Dubois Eze Fischer Grant Holm Ibrahim Jansen Kaya Larsen Moreau Nagy Okafor Petrov Rossi Sato
Tanaka Ueda Varga Weber Young Zhou Ahmed Brown Costa Díaz Evans Farouk Garcia Haas Iwasaki
"""


def pairs(count: int, seed: int) -> tuple[Pair, ...]:
    """So many pairs: `ME` mentors two of three, other mentors the rest; no two people have one name."""
    lot = Random(f"people {seed}")
    names = [f"{given} {family}" for family in _FAMILY.split() for given in _GIVEN.split()]
    lot.shuffle(names)
    number = 0

    def person() -> Person:
        nonlocal number
        name = names[number % len(names)] + (f" {number // len(names) + 1}" if number >= len(names) else "")
        number += 1
        return Person(uuid_of(lot), UserText(name))

    me = Person(uuid_of(lot), UserText(ME))
    made: list[Pair] = []
    other = me
    for place in range(count):
        if place % 6 == 2:  # each other mentor has two mentees
            other = person()
        made.append(Pair(uuid_of(lot), other if place % 3 == 2 else me, person()))
    return tuple(made)
