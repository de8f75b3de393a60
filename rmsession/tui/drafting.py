"""What is under way at a desk and not yet a fact: kept while it is typed, with a sign of life every second."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import replace

from rmsession.core.clock import Gap
from rmsession.core.decide import Now
from rmsession.core.erasing import without
from rmsession.core.session import Session
from rmsession.core.store import Draft, HalfForm, View
from rmsession.core.terms import Phase
from rmsession.core.text import UserText
from rmsession.tui.asides import Asides
from rmsession.tui.recorder import Recorder

HEARTBEAT_SECONDS = 0.9
"""Between two signs of life when nothing is typed: so much is lost when a gap after a crash does not count."""
CHARGED = (Phase.RUNNING, Phase.CLOSING)
"""Phases in which time passing is the session's."""


class Drafting(ABC):
    """Holds what somebody has begun, and keeps it, so that a crash takes none of it."""

    def __init__(self, session: Session, recorder: Recorder) -> None:
        self.session = session
        self.line = UserText()
        """The capture line as it stands, for the draft."""
        self.forms: tuple[HalfForm, ...] = ()
        """Feedback forms under way, for the draft."""
        self.asides = Asides(self.keep_draft)
        """What is typed anywhere else, for the draft."""
        self.view = View()
        """Where the eyes are, for the draft."""
        self.gap: Gap | None = None
        """Time away to be asked about: it does not count until somebody says so."""
        self._recorder = recorder
        self._forms_on_record: tuple[HalfForm, ...] = ()
        self._drafted: Draft | None = None

    @abstractmethod
    def now(self) -> Now:
        """Session seconds and wall time, now."""

    @property
    def live(self) -> bool:
        """Whether the session is between its start and its end."""
        return self.session.phase not in (Phase.READY, Phase.ENDED)

    def keep_draft(self) -> None:
        """Keep what is on the screen but not yet a fact: now, for the moment may be the last."""
        self._drafted = self._draft()
        self._recorder.draft(self.session.record.id, self._drafted)

    def beat(self) -> None:
        """Give a sign of life: at once when there is something new to keep, else once a second.

        To be called every second or so. A session whose clock stands still needs none.
        """
        last, draft = self._drafted, self._draft()
        if last is None and not self.live and not (draft.line or draft.forms or draft.asides):
            return
        if last and replace(draft, wall=last.wall, at=last.at) == last:
            quiet = abs((draft.wall - last.wall).total_seconds())
            if quiet < HEARTBEAT_SECONDS or self.session.phase not in CHARGED:
                return
        self.keep_draft()

    def _draft(self) -> Draft:
        """What is under way; of what was typed off the record, nothing."""
        draft = self._under_way()
        if self.session.off_record:
            view = replace(self.view, cursor=None)
            draft = replace(draft, line=UserText(), forms=self._forms_on_record, asides=(), view=view)
        return draft

    def _under_way(self) -> Draft:
        now = self.now()
        return Draft(now.wall, now.at, self.line, self.forms, self.asides.noted, self.view, self.gap)

    def with_form(self, form: HalfForm) -> None:
        """Take note of a form under way, in the place of the same person's earlier state."""
        self.forms = (*(each for each in self.forms if each.role != form.role), form)
        if not self.session.off_record:
            self._forms_on_record = self.forms
        self.keep_draft()

    def without_form(self, role: str) -> None:
        """Forget a form that was handed in or left out."""
        self.forms = tuple(each for each in self.forms if each.role != role)
        self._forms_on_record = tuple(each for each in self._forms_on_record if each.role != role)
        self.keep_draft()

    def _forget(self, texts: Sequence[UserText], erased: Collection[str]) -> None:
        """Take erased words out of what is under way."""
        # The store has taken them out of the draft; the next one must not bring them back.
        under_way = self._under_way()
        on_record = without(replace(under_way, forms=self._forms_on_record), texts)
        self._take(without(under_way, texts, erased))
        self._forms_on_record = on_record.forms
        self.keep_draft()

    def _take(self, draft: Draft) -> None:
        self.line, self.forms, self.view = draft.line, draft.forms, draft.view
        self._forms_on_record = draft.forms
        self.asides.take(draft.asides)
