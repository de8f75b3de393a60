"""The command that opens the history: past sessions of one pair, to read and to search."""

# ruff: noqa: PLC0415 - a command loads what it needs when it runs: all of it takes longer than most commands

from __future__ import annotations

import click

from rmsession.cli.ground import Ground, pass_ground
from rmsession.cli.pairs import Together, pair_named

_MENTEE = "mentee"


@click.command(
    epilog="""\b
    Examples:
      rmsession review                       your sessions; with several people you are asked whose
      rmsession review --pair Alex           those with Alex
      rmsession review policy draft          with a search in the line
      rmsession review "is:open since:2026-10"
      rmsession review --as mentee           only what the mentee may see
    """
)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--pair", metavar="NAME", help="Whose: either person's name, or the beginning of the pair's id.")
@click.option("--as", "eyes", type=click.Choice((_MENTEE,)), help="Show shared lines only, promises of theirs first.")
@pass_ground
def review(ground: Ground, *, words: tuple[str, ...], pair: str | None, eyes: str | None) -> int:
    """Read and search past sessions of one pair, on the screen.

    Who you are (`me` in the settings) decides which promises come first and whose private lines F7 shows.

    WORDS are those of `rmsession search`.
    """
    # Only here: what opens the app is the app's; it loads no Textual yet.
    from rmsession.cli.opening import insist_on_terminal, open_app
    from rmsession.tui.launch import OpenReview

    insist_on_terminal()
    chosen = pair_named(pair, _everybody(ground)).id if pair is not None else None
    return open_app(ground, OpenReview(chosen, as_mentee=eyes == _MENTEE, query=" ".join(words)))


def _everybody(ground: Ground) -> tuple[Together, ...]:
    """The pairs that are known; no session is read for it."""
    known = ground.store().programme().pairs
    return tuple(Together(each.id, each.mentor.name, each.mentee.name, ()) for each in known)
