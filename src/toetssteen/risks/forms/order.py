"""Forms about the list: last year's risks, a reason, what a stakeholder said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toetssteen.foundation.look.forms import DayInput
from toetssteen.risks.choices import CarriedAs
from toetssteen.risks.services import ENDED, Fate, ViewData


class CarryForm(forms.Form):
    """What becomes of each risk of last year; as it was, unless somebody says otherwise."""

    def __init__(self, *args: Any, risk_ids: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.risk_ids = risk_ids
        for pk in risk_ids:
            self.fields[f"what_{pk}"] = forms.ChoiceField(
                label=_("What is it like now?"),
                choices=[*CarriedAs.choices, (ENDED, _("Does not play any more"))],
                initial=CarriedAs.SAME.value,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the three.")},
            )
            self.fields[f"note_{pk}"] = forms.CharField(
                label=_("What changed, or why did it end?"),
                required=False,
                max_length=400,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """What changed or ended needs a few words."""
        given = super().clean() or {}
        for pk in self.risk_ids:
            what, note = given.get(f"what_{pk}"), given.get(f"note_{pk}", "")
            if what and what != CarriedAs.SAME and not note.strip():
                self.add_error(f"note_{pk}", _("Say in a few words what changed, or why it ended."))
            elif what == CarriedAs.SAME and note.strip():
                said = _("You wrote that something changed. Choose that, or leave the words out.")
                self.add_error(f"what_{pk}", said)
        return given

    def fates(self) -> dict[int, Fate]:
        """What was chosen, by the risk of last year."""
        given = self.cleaned_data
        return {pk: Fate(given[f"what_{pk}"], given[f"note_{pk}"]) for pk in self.risk_ids}


class ReasonForm(forms.Form):
    """Why somebody decides otherwise."""

    reason = forms.CharField(label=_("Your reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class MoveForm(ReasonForm):
    """Why a risk goes past another one, and which one that is."""

    passed = forms.IntegerField(widget=forms.HiddenInput)


class ViewForm(forms.Form):
    """What a stakeholder said of the order."""

    who = forms.CharField(
        label=_("Who did you talk with?"),
        max_length=200,
        help_text=_("For example: the local union, or an organisation in the quarry area. No names of workers."),
    )
    said_on = forms.DateField(label=_("When?"), widget=DayInput)
    said = forms.CharField(
        label=_("What did they say of your priorities?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    changed = forms.CharField(
        label=_("What did you change because of it?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Changing nothing is possible too; say why."),
    )

    def data_in(self) -> ViewData:
        """What was entered, for the service."""
        return ViewData(**self.cleaned_data)
