"""What one file says, made into rows of the index.

Apart from the rows: what has not changed is listed without what reads and folds a record, a third of a start.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rmsession.core.documents import Hit, documents
from rmsession.core.facts import Amended, Captured, Content
from rmsession.core.figures import figures_of
from rmsession.core.fold import session_of
from rmsession.core.folding import folded
from rmsession.core.frozen import frozen
from rmsession.core.review import actions_of, summary_of
from rmsession.core.store_errors import StoreError
from rmsession.core.terms import ActionStatus
from rmsession.store.index_figures import packed_figures
from rmsession.store.listed import pressed, spelled
from rmsession.store.packing import packed
from rmsession.store.rows import LINE, Body, Facet, Head, Numbers, Settled, Waiting, Words, as_bytes, sealed
from rmsession.store.session_file import load
from rmsession.store.signature import Signature


@frozen
class Entry:
    """What one file says, before it has a block of its own."""

    file: Path
    signature: Signature
    head: Head
    rows: tuple[Body, Waiting, Facet, Settled, Words, Numbers] | None = None
    """None for a file that is left out."""
    hits: tuple[Hit, ...] = ()
    texts: frozenset[str] = frozenset()
    """What people wrote that the file holds, also what no list shows any more."""

    def still(self) -> Entry | None:
        """The same while the file is the one that was read; else what it says now, None when it is gone."""
        try:
            signature = Signature.of(self.file.stat())
        except OSError:
            return None if self.rows else self
        if signature == self.signature:
            return self
        return entry_of(self.file, self.head.path, self.head.id, signature)

    def placed(self, block: int) -> Entry:
        """The same in that block."""
        if self.rows is None:
            return self
        body, waiting, facet, settled, words, numbers = self.rows
        rows = (
            sealed(body._replace(block=block)), sealed(waiting._replace(block=block)),
            sealed(facet._replace(block=block)), sealed(settled._replace(block=block)),
            sealed(words._replace(block=block)), sealed(numbers._replace(block=block)),
        )  # fmt: skip
        return replace(self, head=self.head._replace(block=block), rows=rows)


def entry_of(path: Path, key: bytes, session: str, signature: Signature) -> Entry | None:
    """What a file says now; None when it was removed meanwhile."""
    try:
        record = load(path)
    except FileNotFoundError:
        return None
    except StoreError as error:
        head = Head(key, signature.lasting, session, str(error), "", 0.0, 0, -1)
        return Entry(path, signature, head)
    folded_session = session_of(record)  # once for all: folding is what making the index anew costs
    summary = summary_of(folded_session)
    actions = actions_of(folded_session)
    waiting = tuple(each for each in actions if each.status is ActionStatus.OPEN)
    settled = tuple(each for each in actions if each.status is not ActionStatus.OPEN)
    hits = tuple(documents(folded_session))[:LINE]
    people = "\n".join(folded(each.raw) for each in (summary.mentor, summary.mentee))
    created = record.created.timestamp()
    head = Head(key, signature.lasting, session, "", summary.pair, created, len(waiting), 0)
    hidden = sum(hit.private for hit in hits)
    title = as_bytes(folded(summary.title.raw))
    facet = Facet(0, key, hits[0].day.isoformat(), as_bytes(people), title, len(hits) - hidden, hidden, 0)
    lists = Body(0, key, spelled(summary), 0), Waiting(0, key, spelled(waiting), 0)
    numbers = Numbers(0, key, packed_figures(figures_of(folded_session)), 0)
    rows = *lists, facet, Settled(0, key, pressed(spelled(settled)), 0), Words(0, key, packed(hits), 0), numbers
    texts = texts_of(each.what.content for each in record.facts if isinstance(each.what, Captured | Amended))
    return Entry(path, signature, head, rows, hits, texts)


def texts_of(written: Iterable[Content | Hit]) -> frozenset[str]:
    """What people wrote in some lines, each thing by itself."""
    texts: set[str] = set()
    for each in written:
        texts.update((each.text.raw, each.owner.raw if each.owner else "", each.due or "", *each.tags, *each.goals))
    return frozenset(texts)
