"""Readings, progress and evaluations in the words of the reader; no queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.progress import (
    Amount,
    Direction,
    amount_in,
    direction,
    in_unit,
    progress,
    unit_in,
    went_back,
    whole_of,
)
from toetssteen.core.progress.amounts import PERCENT
from toetssteen.foundation.look.figures import percent
from toetssteen.plans.measured import amount_words


@dataclass(frozen=True)
class Scale:
    """What a goal measures: where it started, where it should end, and in what unit, as far as its words say so."""

    baseline: Amount | None
    target: Amount | None
    unit: str

    @property
    def direction(self) -> Direction | None:
        """Whether more or less is better."""
        return direction(self.baseline, self.target)

    def on(self, reading: Amount | None) -> Fraction | None:
        """A reading as a number on the scale of the goal; None where its unit does not fit."""
        fitting = None if reading is None else in_unit(reading, self.unit)
        return None if fitting is None else fitting.value

    def part(self, reading: Amount | None) -> Fraction | None:
        """The part of the way, exact."""
        return progress(self.baseline, self.target, reading)

    def back(self, before: Amount | None, now: Amount | None) -> bool | None:
        """Whether a reading lies further away than the one before it."""
        return went_back(self.baseline, self.target, before, now)


def scale_of(indicator: str, baseline: str, target: str) -> Scale:
    """The scale that the words of a goal give; a unit that only the indicator names counts for both ends."""
    first, last = amount_in(baseline), amount_in(target)
    unit = (last.unit if last else "") or (first.unit if first else "") or unit_in(indicator)
    return Scale(_with_unit(first, unit), _with_unit(last, unit), unit)


def _with_unit(amount: Amount | None, unit: str) -> Amount | None:
    return Amount(amount.value, unit) if amount is not None and not amount.unit else amount


def said(reading: Any) -> str:
    """What a reading says: its figure with the unit, or its words."""
    return amount_words(reading.value, reading.unit) if reading.value is not None else reading.words


def way_in_words(part: Fraction | None) -> str:
    """How far that is: a part of the way, the target reached, or further away than at the start."""
    if part is None:
        return ""
    if part < 0:
        return _("further away than at the start")
    if part == 0:
        return _("as at the start")
    if part >= 1:
        return _("target reached")
    return _("%(percent)s of the way") % {"percent": percent(part * 100, 0)}


def longest_of(scale: Scale, values: list[Fraction]) -> Fraction:
    """The length of the bars of one goal: 100 for a percentage, else the largest number on its row."""
    ends = [end.value for end in (scale.baseline, scale.target) if end is not None]
    largest = max([*values, *ends, Fraction(0)])
    return max(largest, Fraction(100)) if scale.unit == PERCENT else largest or Fraction(1)


def plain_number(value: Decimal) -> str:
    """A number as people type it, without marks between thousands."""
    plain = f"{value.normalize():f}"
    return plain.replace(".", ",") if (get_language() or "nl").startswith("nl") else plain


def initial_of(reading: Any) -> dict[str, Any]:
    """What the form of a correction shows first."""
    names = ("kind", "value", "words", "year_number", "measured_on", "source", "method", "given_by")
    shown = {name: getattr(reading, name) for name in names}
    if reading.value is not None and whole_of(reading.unit) and reading.unit != PERCENT:
        shown["value"] = f"{plain_number(reading.value)} {reading.unit}"  # so many of so many stays what it was
    return shown | {"evidence_ids": [row.pk for row in reading.evidence.all()]}


EVALUATION = (
    "evaluated_on", "method", "reached", "not_reached", "setback_kind", "conclusion", "next_step", "own_change",
    "row_version",
)  # fmt: skip
CONSULTATION = ("kind", "who", "consulted_on", "how", "said")


def initial_of_evaluation(row: Any) -> dict[str, Any]:
    """What the form of an evaluation shows first."""
    return {name: getattr(row, name) for name in EVALUATION}


def initial_consultations(row: Any) -> list[dict[str, Any]]:
    """Who was consulted, for the rows of the form."""
    known = row.consultations.all() if row is not None else ()
    return [{name: getattr(one, name) for name in CONSULTATION} for one in known]


def last_words(years: Any, labels: Mapping[int, str]) -> list[dict[str, Any]]:
    """The readings of the years in short, beside the form of an evaluation."""
    return [
        {"label": labels.get(year.year_number, str(year.year_number)), "said": [said(one) for one in year.standing]}
        for year in years
    ]
