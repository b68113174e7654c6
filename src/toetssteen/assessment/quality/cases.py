"""A frozen report to look at, and what a look comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toetssteen.assessment import said
from toetssteen.assessment.presentation import capital, words
from toetssteen.assessment.said import SaidGoal, SaidRisk
from toetssteen.core.calendar import Period
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name


class Outcome(StrEnum):
    """What a check came to; nothing means that there was nothing to look at."""

    OK = "ok"
    LOOK = "look"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Check:
    """One check: a sentence, whether it is worth a look, and the rows it is about."""

    id: str
    outcome: Outcome
    sentence: str
    rows: tuple[str, ...] = ()

    @property
    def is_look(self) -> bool:
        """Worth a look."""
        return self.outcome == Outcome.LOOK

    @property
    def is_ok(self) -> bool:
        """In order."""
        return self.outcome == Outcome.OK


@dataclass(frozen=True)
class Case:
    """A frozen report with the rules of its year and the day on which it was handed in."""

    pack: Pack
    content: Mapping[str, Any]
    on: dt.date
    periods: Sequence[Period] = ()  # when the company took part: dated history, so not in the frozen report

    @property
    def risks(self) -> tuple[SaidRisk, ...]:
        return said.risks_in(self.content, self.pack)

    @property
    def goals(self) -> tuple[SaidGoal, ...]:
        return said.goals_in(self.content)

    def risk_name(self, risk: SaidRisk) -> str:
        """A risk in words: its letter, theme and country."""
        theme = next((words(t.name) for t in self.pack.themes if t.id == risk.theme), risk.theme)
        place = country_name(risk.country) if risk.country else ""
        return ", ".join(part for part in (f"{risk.key} {capital(theme)}", place) if part)
