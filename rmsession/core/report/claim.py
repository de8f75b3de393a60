"""Whether a percentage can be one of so many people: ``97% of 12`` cannot, for no count of 12 gives 97 %.

A percentage is taken as rounded to the places that it is written with, halves either way. A claim is about single
answers: a mean of several questions, or of people counted twice, is no percentage of people and is told as impossible.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Final

from rmsession.core.frozen import frozen
from rmsession.core.report.claim_words import Bound, Said, claims_in

_NEAR: Final = 2
"""So many other n are named on either side."""
_STEPS: Final = 1000
"""So far from n another n is looked for; every n of a hundred and more gives every whole percentage."""
_ABOUT: Final = Fraction(5, 2)
"""Percentage points that ``about`` allows for."""


@frozen
class Verdict:
    """What arithmetic says to one claim."""

    said: Said
    counts: tuple[int, ...]
    """Each k of the claim's n that gives the percentage: the least and the greatest of them."""
    beside: tuple[tuple[int, int], ...] = ()
    """Where none does: k and n of the shares of that n just below and above."""
    others: tuple[tuple[int, int], ...] = ()
    """Where none does: k and n for the nearest other n that can give it."""

    @property
    def possible(self) -> bool:
        """Whether some count gives it; of a claim that names its count, whether that one does."""
        return bool(self.counts)

    @property
    def line(self) -> str:
        """The verdict as a sentence or two."""
        said = self.said
        if said.percent is None:
            return f"{said.k} of {said.n} is a count." if self.possible else f"There are no {said.k} of {said.n}."
        percent = f"{said.spelled} %"
        if self.possible:
            least, greatest = self.counts[0], self.counts[-1]
            many = f"{least} of {said.n} gives" if least == greatest else f"{least} to {greatest} of {said.n} give"
            return f"{many} {said.bound.words}{percent}."
        if said.n == 0:
            return f"There is no percentage of nobody: {percent} of 0."
        return " ".join((self._denied(percent), *self._instead()))

    def _denied(self, percent: str) -> str:
        said = self.said
        beside = ", ".join(f"{k}/{n} is {_rounded(k, n)} %" for k, n in self.beside)
        if said.k is not None and said.k <= said.n:
            return f"{said.k} of {said.n} is {_rounded(said.k, said.n)} %, not {percent}."
        if not beside:
            return f"No count of {said.n} gives {said.bound.words}{percent}."
        return f"No count of {said.n} gives {said.bound.words}{percent}: {beside}."

    def _instead(self) -> Iterator[str]:
        if self.others:
            yield f"Near it, {_listed([f'{k} of {n}' for k, n in self.others])} can."


def check_claims(text: str) -> tuple[Verdict, ...]:
    """A verdict on each claim in a text, in its order; on none where no percentage stands beside a count."""
    return tuple(map(_verdict, claims_in(text)))


def counts_for(percent: Fraction, slack: Fraction, n: int) -> range:
    """Every k for which 100 k / n is at most `slack` off `percent`."""
    least = max(ceil((percent - slack) * n / 100), 0)
    greatest = min(floor((percent + slack) * n / 100), n)
    return range(least, greatest + 1)


def _verdict(said: Said) -> Verdict:
    if said.percent is None:
        return Verdict(said, _ends(range(said.k or 0, (said.k or 0) + 1) if (said.k or 0) <= said.n else range(0)))
    if said.n == 0:
        return Verdict(said, ())
    counts = _fitting(said, said.percent, said.n)
    if said.k is not None:
        counts = range(said.k, said.k + 1) if said.k in counts else range(0)
    if counts or said.bound not in (Bound.NONE, Bound.ABOUT):
        return Verdict(said, _ends(counts))
    return Verdict(said, (), _beside(said.percent, said.n), tuple(_others(said, said.percent)))


def _fitting(said: Said, percent: Fraction, n: int) -> range:
    exact = percent * n / 100
    match said.bound:
        case Bound.NONE:
            return counts_for(percent, said.half_step, n)
        case Bound.ABOUT:
            return counts_for(percent, _ABOUT, n)
        case Bound.OVER:
            return range(floor(exact) + 1, n + 1)
        case Bound.LEAST:
            return range(max(ceil(exact), 0), n + 1)
        case Bound.UNDER:
            return range(min(ceil(exact), n + 1))
        case Bound.MOST:
            return range(min(floor(exact), n) + 1)


def _beside(percent: Fraction, n: int) -> tuple[tuple[int, int], ...]:
    below = floor(percent * n / 100)
    return tuple((k, n) for k in (below, below + 1) if k <= n) or ((n, n),)


def _others(said: Said, percent: Fraction) -> Iterator[tuple[int, int]]:
    """The nearest other n that can give it, the smaller ones first."""
    if percent > 100:  # noqa: PLR2004 - all of them are a hundred of a hundred
        return
    below = ((n, _fitting(said, percent, n)) for n in range(said.n - 1, max(said.n - _STEPS, 0), -1))
    above = ((n, _fitting(said, percent, n)) for n in range(said.n + 1, said.n + _STEPS))
    for way in (reversed(_first(below)), _first(above)):
        for n, counts in way:
            # Of several the one that is nearest to it.
            yield min(counts, key=lambda k, n=n: abs(Fraction(100 * k, n) - percent)), n  # type: ignore[misc]


def _first(found: Iterator[tuple[int, range]]) -> list[tuple[int, range]]:
    fitting: list[tuple[int, range]] = []
    for n, counts in found:
        if counts:
            fitting.append((n, counts))
        if len(fitting) == _NEAR:
            break
    return fitting


def _ends(counts: range) -> tuple[int, ...]:
    return tuple(dict.fromkeys((counts[0], counts[-1]))) if counts else ()


def _rounded(k: int, n: int) -> str:
    """100 k / n without decimals, or with as many as it takes to tell it from 0 and 100."""
    share = Fraction(100 * k, n)
    whole = floor(share + Fraction(1, 2))
    return f"{float(share):.1f}" if (whole == 0 and k) or (whole == 100 and k < n) else f"{whole}"  # noqa: PLR2004


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
