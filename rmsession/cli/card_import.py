"""import of a pair card: the pair is known here as its programme lead knows it, and nothing is asked."""

from __future__ import annotations

from pathlib import Path

from rmsession.cli.ground import Exit, Ground
from rmsession.cli.roster import said
from rmsession.cli.talk import say
from rmsession.core.card import Taken, taken
from rmsession.store.card_file import read


def import_card(ground: Ground, data: bytes, path: Path, *, dry_run: bool) -> int:
    """Take a card in, or with `dry_run` say what that would change. Raises `StoreError`."""
    card, store = read(data, path), ground.store()
    found = taken(store.programme(), card)
    for line in _told(found):
        say(line)
    if dry_run or not found.values:
        say("Nothing was changed.")
        return Exit.OK
    store.keep_known(found.values)
    say("The card is here. A session with these two names belongs to this pair from now on.")
    return Exit.OK


def _told(found: Taken) -> list[str]:
    pair, known = found.entry.pair, found.known_as
    lines = [f"{pair.mentor.name.line} mentors {pair.mentee.name.line}: {'new here' if found.new else 'known here'}"]
    lines += [f"    {said(each)}" for each in found.differences]
    if pair.id != known.pair:
        lines.append(f"    It keeps its id {pair.id[:8]} here; its programme lead knows it as {known.pair[:8]}.")
    return lines
