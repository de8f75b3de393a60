"""pair: who mentors whom, how they mean to work, and how far they are."""

from __future__ import annotations

from typing import Final

import click

from rmsession.cli.program import Commands

_WHERE: Final = {
    "add": "pair_changes:add",
    "list": "pair_list:list_pairs",
    "show": "pair_show:show",
    "edit": "pair_changes:edit",
    "end": "pair_changes:end",
    "card": "pair_card:card",
}
"""Each command's module under ``rmsession.cli`` and its name there, in the order in which they are used."""


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands it to every group
        """In the order in which they are used."""
        return list(self.commands)


@click.group(
    cls=_InOrder,
    commands=Commands(_WHERE),
    epilog="""\b
    Examples:
      rmsession pair add --mentor "Sam Reed" --mentee "Kim Lee" --wave one --every 3w --sessions 7
      rmsession pair list
      rmsession pair show kim
      rmsession pair edit kim --ends 2027-05-31
      rmsession pair card --wave one -o ~/cards
      rmsession pair list --csv > pairs.csv    for a spreadsheet; `rmsession import pairs.csv` reads it back
    """,
)
def pair() -> None:
    """Keep who mentors whom, and how far they are.

    A pair is named by the name of either person, or by the beginning of its id.
    """
