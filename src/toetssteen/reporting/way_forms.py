"""The hours and days of the steps to green, all of a year on one form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from toetssteen.foundation.look.forms import DayInput, NumberText
from toetssteen.reporting.planning import MOST_MINUTES, Planned, minutes_of
from toetssteen.reporting.services import StepPlan


class StepsForm(forms.Form):
    """One field for hours and one for a day per step; what is left as it was stays a suggestion."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)  # of all steps together
    year = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rows: Sequence[Planned], seen: int, year: int) -> None:
        super().__init__(data, initial={"row_version": seen, "year": year}, auto_id=f"y{year}_%s")
        self.rows = list(rows)
        for row in self.rows:
            key = row.step.key
            self.fields[f"hours {key}"] = forms.DecimalField(
                label=_("Hours"), required=False, min_value=0, max_value=MOST_MINUTES // 60, decimal_places=2,
                initial=row.hours.normalize(), widget=NumberText(), localize=True,
            )  # fmt: skip
            self.fields[f"on {key}"] = forms.DateField(label=_("Day"), required=False, initial=row.on, widget=DayInput)

    def lines(self) -> list[tuple[Planned, Any, Any]]:
        """The fields of each step, in the order of the steps."""
        return [(row, self[f"hours {row.step.key}"], self[f"on {row.step.key}"]) for row in self.rows]

    def visible_errors(self) -> list[str]:
        """What is wrong, in words."""
        return [str(error) for errors in self.errors.values() for error in errors]

    def changes(self) -> dict[str, StepPlan]:
        """Only the steps of which somebody changed something."""
        found: dict[str, StepPlan] = {}
        for row in self.rows:
            key = row.step.key
            hours, on = f"hours {key}", f"on {key}"
            if hours not in self.changed_data and on not in self.changed_data:
                continue
            said, day = self.cleaned_data[hours], self.cleaned_data[on]
            minutes = row.minutes if row.is_own_time else None
            if hours in self.changed_data:
                minutes = None if said is None else minutes_of(said)
            kept = row.on if row.is_own_day else None
            found[key] = StepPlan(minutes, day if on in self.changed_data else kept)
        return found
