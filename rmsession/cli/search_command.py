"""The command that finds what was said."""

from __future__ import annotations

import click

from rmsession.cli.ground import Ground, pass_ground
from rmsession.cli.search import search_for
from rmsession.cli.talk import pour
from rmsession.core.terms import MOST_HITS


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    epilog="""\b
    Examples:
      rmsession search budget draft            both words, in any order
      rmsession search 'budg*'                 what begins so
      rmsession search '"send the draft"'      the words one behind the other
      rmsession search website -linkedin       without a word
      rmsession search website -@alex -kind:note    a minus before any of these leaves out what is so
      rmsession search @alex is:open           open actions of Alex; also is:done, is:overdue
      rmsession search '#board' since:2026-10  a tag; before: since: on: take days, months, 3d, 2w
      rmsession search kind:decision agenda:kick-off topic:goals goal:brand with:robin
      rmsession search draft --json | jq -r .text
    """,
)
@click.argument("asked", metavar="WORDS…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a hit.")
@click.option("--pair", "pair_name", metavar="NAME", help="Only of the pair with this person, or with this id.")
@click.option("--private", is_flag=True, help="Look through private lines and titles too.")
@click.option("--limit", type=click.IntRange(min=1), default=MOST_HITS, show_default=True, help="Hits to show at most.")
@click.pass_context
@pass_ground
def search(
    ground: Ground,
    ctx: click.Context,
    *,
    asked: tuple[str, ...],
    as_json: bool,
    pair_name: str | None,
    private: bool,
    limit: int,
) -> None:
    """Find what was captured, and titles, in all sessions.

    WORDS are the language of the search on the screen, where only the last word may be a beginning; here every word is
    whole, and a * at its end takes what begins so. The best comes first: lines before titles, the newest on top.
    """
    if asked == ("-h",):  # which anywhere else would leave out a word
        pour(f"{ctx.get_help()}\n")
        return
    search_for(ground, asked, as_json=as_json, pair_name=pair_name, private=private, limit=limit)
