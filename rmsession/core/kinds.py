"""Every kind of fact by the name that files carry."""

from __future__ import annotations

from typing import Final

from rmsession.core import between, facts
from rmsession.core.facts import Event

KINDS: Final[dict[str, type[Event]]] = {
    kind.__name__: kind
    for kind in (
        facts.Started, facts.TopicEntered, facts.Extended, facts.TopicParked, facts.TopicUnparked, facts.Reordered,
        facts.TopicAdded, facts.Fitted, facts.Ticked, facts.Paused, facts.Resumed, facts.GapSettled,
        facts.SittingOpened, facts.OffRecordSet, facts.MustEndSet, facts.PreparedSet, facts.PairCorrected,
        facts.ClosingBegan, facts.ClosingLeft, facts.Ended, facts.Captured, facts.Amended, facts.Reclassified,
        facts.MovedTo, facts.AudienceSet, facts.Withdrawn, facts.Accepted, facts.ActionDone, facts.ActionReopened,
        facts.ActionDropped, facts.Undone, facts.Erased, facts.NextDateSet, facts.FeedbackGiven,
        facts.FeedbackSkipped, between.LastTimeOpened, between.ActionReviewed, between.ActionCarried,
        between.ActionSplit, between.QuestionBrought, between.LetGo, between.NextDateSettled,
    )
}  # fmt: skip
