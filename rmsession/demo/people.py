"""The people of the demo: names that say by themselves that they are made up, places, roles and levels."""

from __future__ import annotations

from itertools import cycle
from random import Random
from typing import Final

from rmsession.core.arrangement import Profile
from rmsession.core.frozen import frozen
from rmsession.core.programme import Person
from rmsession.core.text import UserText
from rmsession.demo.course import uuid_of

ME: Final = "Robin Example"
"""Whose program the demo opens: the mentor of three."""
_GIVEN: Final = """
Nora Otis Priya Tove Femi Grace Hugo Ines Jun Kofi Lena Mika Noor Ola Quinn Rosa Sami Uma Vera Wim Yuki Zoë José Márta
Søren Aroha Bilal Carmen Dmitri Elif Ivo Jolanta Chidi Dana Farah Gül Hana Alma Bruno Celia Dario Edith Fritz Gwen
Henrik Iris Joan Karim Liv Malik Nadia Oscar Petra Rafael Selma Tariq Ugo Viola Walid Xenia Yara Zeno Anouk Björn
Clara Diego Esra Flora Goran Heidi Ilan Jasna Kenji Lucia Mateo Nils Odile Pavel Ruth Sergio Thea Ulf Vasco Wanda
"""
_FAMILY: Final = """
Specimen Placeholder Sample Mockup Pretend Fiction Madeup Invented Dummy Prototype Template Notreal Demo Imaginary
Stand-In Testcase
"""
PLACES: Final = ("Connecticut", "Illinois", "Texas", "North Carolina", "Florida", "Minnesota", "California")
"""Seven states."""
_LEADERS: Final = (
    ("VP Claims", "vice president"),
    ("Head of Small Business", "senior vice president"),
    ("Chief Risk Officer", "executive"),
    ("VP Customer Service", "vice president"),
    ("Regional Director", "director"),
    ("Head of Brokers", "senior vice president"),
    ("Chief Financial Officer", "executive"),
    ("VP Human Resources", "vice president"),
    ("Director Field Operations", "director"),
)
_YOUNG: Final = (
    ("Claims analyst", "analyst"),
    ("Web developer", "associate"),
    ("Graduate trainee", "trainee"),
    ("Underwriting assistant", "associate"),
    ("Social media editor", "associate"),
    ("Data analyst", "analyst"),
    ("Call centre agent", "trainee"),
)


@frozen
class Known:
    """Somebody, and where they stand."""

    person: Person
    profile: Profile


class Crowd:
    """Everybody whom the demo needs, one after the other; no two have one name."""

    def __init__(self, lot: Random) -> None:
        self._lot = lot
        names = _GIVEN.split()
        given = lot.sample(names, len(names))
        # Both lists together come round again only after 336 names.
        self._names = (f"{one} {other}" for one, other in zip(cycle(given), cycle(_FAMILY.split()), strict=True))
        self._places = cycle(PLACES)

    def mentor(self, name: str = "") -> Known:
        """A young one."""
        return self._somebody(_YOUNG, name)

    def mentee(self) -> Known:
        """One who leads."""
        return self._somebody(_LEADERS, "")

    def _somebody(self, jobs: tuple[tuple[str, str], ...], name: str) -> Known:
        role, level = self._lot.choice(jobs)
        person = Person(uuid_of(self._lot), UserText(name or next(self._names)))
        return Known(
            person, Profile(person.id, UserText(role), UserText(next(self._places)), UserText(level))
        )  # fmt: skip
