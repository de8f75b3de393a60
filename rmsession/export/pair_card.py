"""What the file of a pair's card is called."""

from __future__ import annotations

from rmsession.core.card import Card
from rmsession.export.files import slug

_SHORT_ID = 8


def card_name(card: Card) -> str:
    """``card-sam-reed-kim-lee-7c1e2f3a.json``: the two names in letters and digits, and the beginning of the id."""
    names = "-".join(slug(each.name.line, "somebody") for each in (card.pair.mentor, card.pair.mentee))
    ident = "".join(sign for sign in card.pair.id if sign.isascii() and sign.isalnum())[:_SHORT_ID]
    return f"card-{names}-{ident}.json"
