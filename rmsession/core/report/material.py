"""What a report is made of: each pair with its wave and its sessions, and what is known of its people's careers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rmsession.core.arrangement import Arrangement, Profile
from rmsession.core.figures import PairFigures, SessionFigures
from rmsession.core.frozen import frozen
from rmsession.core.outcomes import Milestone
from rmsession.core.programme import Programme
from rmsession.core.report.family import Sample
from rmsession.core.terms import Phase, Role
from rmsession.core.text import UserText


@frozen
class OnePair:
    """What is told of one pair."""

    pair: str
    mentor: str
    mentee: str
    """Ids, as the programme lead knows them."""
    wave: str
    """Its wave's `wave_key`."""
    arrangement: Arrangement
    """An empty one where none was made."""
    sessions: tuple[SessionFigures, ...]
    """Those that were begun, the earliest first."""
    told: bool
    """Whether there are figures of it: where there are none, nothing is known of its sessions."""

    def person(self, role: Role) -> str:
        """The id of whoever is on that side."""
        return self.mentor if role is Role.MENTOR else self.mentee

    @property
    def starts(self) -> date | None:
        """From which day on it counts: as was arranged, else its first session."""
        first = self.sessions[0].started if self.sessions else None
        return self.arrangement.starts or first

    @property
    def ended_sessions(self) -> Iterator[SessionFigures]:
        """Those that have come to their end."""
        return (each for each in self.sessions if each.phase is Phase.ENDED)

    def sample(self, value: object, *, who: str = "", source: str = "", day: date | None = None) -> Sample:
        """Something about the pair, or somebody of it, as a whole."""
        return Sample(who or self.pair, self.wave, day, value, source or self.pair)

    def of_session(self, session: SessionFigures, value: object, *, who: str = "", cell: str = "") -> Sample:
        """Something that a session says; its day is the one on which the session began."""
        return Sample(who or self.pair, self.wave, session.started, value, session.session, cell)


@frozen
class Material:
    """All that one report is made of."""

    pairs: tuple[OnePair, ...]
    profiles: Mapping[str, Profile]
    """By the person's id."""
    milestones: Mapping[str, Sequence[Milestone]]
    """Those that stand, the earliest first, by the person's id."""
    renamed: Mapping[str, str]
    """Ids of pairs and people that the programme lead knows by others, with those."""
    today: date
    since: date | None = None
    """The day from which on sessions count, for what is asked of a pair as a whole."""

    def known(self, name: str) -> str:
        """The id by which the programme lead knows a pair or a person."""
        return self.renamed.get(name, name)


def material(programme: Programme, figures: Sequence[PairFigures], today: date) -> Material:
    """Every pair that the programme knows or that sent figures; of two that sent the later ones count."""
    renamed = _renamed(programme)
    arranged = {renamed.get(each.pair, each.pair): each for each in programme.arrangements}
    sides: dict[str, tuple[str, str]] = {
        renamed.get(each.id, each.id): (
            renamed.get(each.mentor.id, each.mentor.id),
            renamed.get(each.mentee.id, each.mentee.id),
        )
        for each in programme.pairs
    }
    sessions: dict[str, tuple[SessionFigures, ...]] = {}
    for told in sorted(figures, key=lambda each: each.made):
        sides.setdefault(told.pair, (told.mentor, told.mentee))
        sessions[told.pair] = told.sessions
    pairs = (
        _one(pair, mentor, mentee, arranged.get(pair), sessions.get(pair))
        for pair, (mentor, mentee) in sorted(sides.items())
    )
    milestones: dict[str, list[Milestone]] = {}
    for each in sorted(programme.milestones, key=lambda one: (one.on, one.id)):
        if not each.withdrawn:
            milestones.setdefault(renamed.get(each.person, each.person), []).append(each)
    profiles = {renamed.get(each.person, each.person): each for each in programme.profiles}
    return Material(tuple(pairs), profiles, milestones, renamed, today)


def _renamed(programme: Programme) -> dict[str, str]:
    sides = {each.id: (each.mentor.id, each.mentee.id) for each in programme.pairs}
    renamed: dict[str, str] = {}
    for each in programme.arrangements:
        if (known := each.known_as) and each.pair in sides:
            mentor, mentee = sides[each.pair]
            renamed |= {each.pair: known.pair, mentor: known.mentor, mentee: known.mentee}
    return renamed


def wave_key(name: UserText) -> str:
    """What two spellings of one wave have in common."""
    return " ".join(name.raw.casefold().split())


def wave_names(arrangements: Iterable[Arrangement]) -> dict[str, UserText]:
    """Every wave by its key, as it was first spelled."""
    names: dict[str, UserText] = {}
    for each in arrangements:
        names.setdefault(wave_key(each.wave), each.wave)
    return names


def _one(
    pair: str, mentor: str, mentee: str, arrangement: Arrangement | None, sessions: Sequence[SessionFigures] | None
) -> OnePair:
    known = arrangement or Arrangement(pair)
    begun = tuple(each for each in sessions or () if each.started)
    in_order = tuple(sorted(begun, key=lambda each: (each.started or date.min, each.session)))
    return OnePair(pair, mentor, mentee, wave_key(known.wave), known, in_order, sessions is not None)
