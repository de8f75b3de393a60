"""What is said beside a figure, so that it is read for what it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rmsession.core.report.family import Sample


def unknown(samples: Sequence[Sample]) -> int:
    """Of how many nothing is known."""
    return sum(each.value is None for each in samples)


def in_two_waves(samples: Sequence[Sample]) -> str:
    """How many count in two waves or more: of samples that are each person's only one in a wave."""
    counted = [each for each in samples if each.value is not None]
    return numbered(len(counted) - people(counted), "counts in a second wave too", "count in a second wave too")


def answers_of(samples: Sequence[Sample]) -> str:
    """How many people the answers are of, where somebody gave several: an interval takes them for as many people."""
    return f"{len(samples):,} answers of {people(samples):,} people" if people(samples) < len(samples) else ""


def left_out(waves: Collection[str]) -> str:
    """How many waves are in no figure, for all of them have too few people even together."""
    return numbered(len(waves), "wave of too few people is not in it", "waves of too few people are not in it")


def people(samples: Sequence[Sample]) -> int:
    """How many people the samples are of."""
    return len({each.who for each in samples})


def numbered(number: int, one: str, several: str = "") -> str:
    """A number and what there is of it, `several` where that is said otherwise; nothing for none."""
    return f"{number:,} {one if number == 1 else several or one}" if number else ""


def together(*notes: str) -> str:
    """Those that say something, one after the other."""
    return ", ".join(filter(None, notes))
