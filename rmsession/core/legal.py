"""In which phase each request is legal.

`LEGAL` is read by `decide`, by the tests and by the screen, so that a key is shown exactly when it works.
"""

from __future__ import annotations

from typing import Final

from rmsession.core import commands as asked
from rmsession.core import commands_between as between
from rmsession.core.commands import Command
from rmsession.core.commands_sitting import CorrectPair, OpenSitting, SetMustEnd, SetPrepared
from rmsession.core.terms import Phase

_CORRECT: Final = frozenset(
    {asked.Amend, asked.Reclassify, asked.MoveCapture, asked.SetAudience, asked.Withdraw, asked.Accept, asked.Finish}
    | {asked.ReopenAction, asked.Drop, asked.Undo, asked.Redo, asked.SetNextDate, asked.GiveFeedback}
    | {asked.SkipFeedback, CorrectPair, SetPrepared}
    | {between.Carry, between.Split, between.SettleNextDate, between.LetGoOf}
)
_STEP: Final = frozenset(
    {asked.Next, asked.Back, asked.Jump, asked.Extend, asked.Park, asked.Unpark, asked.Move, asked.AddTopic}
    | {asked.AcceptFit, asked.Tick, asked.Keep, between.BringQuestion, between.OpenLastTime}
)
_COURSE: Final = frozenset(
    {asked.GoOffRecord, SetMustEnd, asked.SettleGap, OpenSitting, asked.End} | {between.Review, between.ReviewAgain}
)

LEGAL: Final[dict[Phase, frozenset[type[Command]]]] = {
    Phase.READY: frozenset({asked.Start, SetMustEnd, SetPrepared, CorrectPair}),
    Phase.RUNNING: _CORRECT | _STEP | _COURSE | {asked.Pause, asked.Close},
    Phase.PAUSED: _CORRECT | _STEP | _COURSE | {asked.Resume, asked.Close},
    Phase.CLOSING: _CORRECT | _COURSE | {asked.Back, asked.Jump, asked.Extend, asked.Tick, asked.Keep},
    Phase.ENDED: _CORRECT | {OpenSitting, asked.Keep},
}
"""The commands that each phase takes."""
