"""The list of what is to be done on the way to green, and the standing when all of it is done; pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from toetssteen.core.frameworks import Question
from toetssteen.reporting.trial import WITHIN_THE_YEAR, Trial


@dataclass(frozen=True)
class Step:
    """One thing to do; `kind` is coverage, chains, plan, key, publication, fact or question."""

    kind: str
    subject: str
    gain: Decimal
    minutes: int
    count: int = 0
    question: Question | None = None
    level_now: str = ""
    level_wanted: str = ""
    until: dt.date | None = None  # what is done after this day does not count for the year
    asked_from: int = 0  # the report year from which this is asked, where that is a later one

    @property
    def key(self) -> str:
        """The name under which a company plans this step; the same as long as the same thing is to be done."""
        return f"{self.kind}:{self.subject}" if self.subject else self.kind


@dataclass(frozen=True)
class Way:
    """What is on the list so far, and the standing when all of it is done."""

    trial: Trial
    told: int | None  # months; None when the year is over
    steps: tuple[Step, ...] = ()
    too_late: tuple[Step, ...] = ()

    history: tuple[tuple[int, Trial], ...] = ()  # which step was done, and the standing after it

    def plus(self, step: Step, trial: Trial) -> Way:
        """One step more."""
        history = (*self.history, (len(self.steps), trial))
        return replace(self, trial=trial, steps=(*self.steps, step), history=history)

    def better(self, place: int, step: Step, trial: Trial) -> Way:
        """A step of the list, done better."""
        steps = (*self.steps[:place], step, *self.steps[place + 1 :])
        return replace(self, trial=trial, steps=steps, history=(*self.history, (place, trial)))

    def with_gains(self, start: Trial) -> tuple[Step, ...]:
        """The steps, each with what the total moves by."""
        gains = [Decimal(0)] * len(self.steps)
        before = start.estimate.sheet.total
        for place, trial in self.history:
            gains[place] += trial.estimate.sheet.total - before
            before = trial.estimate.sheet.total
        return tuple(replace(step, gain=gain) for step, gain in zip(self.steps, gains, strict=True))

    def late(self, step: Step) -> Way:
        return replace(self, too_late=(*self.too_late, step))

    def place_of(self, question: Question) -> int | None:
        """Where on the list the same thing stands: the question, or the layer of the chain that it counts."""
        for number, step in enumerate(self.steps):
            layer = self.trial.pack.coverage_level(step.subject).fact if step.kind == "coverage" else None
            if step.subject == question.id or (layer is not None and layer == question.derived_from):
                return number
        return None

    def until(self, fact: str) -> dt.date | None:
        """The last day on which something done for a fact counts."""
        return self.trial.standing.year_end if fact in WITHIN_THE_YEAR else None
