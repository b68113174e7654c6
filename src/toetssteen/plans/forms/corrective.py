"""Forms of a corrective plan with a supplier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toetssteen.foundation.look.forms import DayInput
from toetssteen.plans.choices import CorrectiveState, StepState
from toetssteen.plans.services import CorrectiveData, CorrectiveStepData, ExitData


class CorrectiveForm(forms.Form):
    """What has to be put right, with whom, and when both look at it again."""

    supplier_name = forms.CharField(label=_("Supplier"), max_length=200)
    chain_id = forms.TypedChoiceField(label=_("In which chain?"), required=False, coerce=int, empty_value=None)
    risk_id = forms.TypedChoiceField(label=_("Which risk is it about?"), required=False, coerce=int, empty_value=None)
    problem = forms.CharField(
        label=_("What has to be put right?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: six saws run dry, and the crew has no masks that fit."),
    )
    agreed_on = forms.DateField(label=_("Agreed on"), widget=DayInput)
    review_on = forms.DateField(
        label=_("Look at it again on"), widget=DayInput, help_text=_("Agree this day with the supplier.")
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, chains: list[tuple[int, str]], risks: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("chain_id", chains), ("risk_id", risks)):
            self.fields[name].choices = [("", _("None of these")), *rows]  # type: ignore[attr-defined]
            if not rows:
                del self.fields[name]

    def data_in(self) -> CorrectiveData:
        """The plan as the service takes it."""
        return CorrectiveData(**{k: v for k, v in self.cleaned_data.items() if k != "row_version"})


class StepForm(forms.Form):
    """One step that was agreed."""

    text = forms.CharField(label=_("Step"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(label=_("By when?"), widget=DayInput)
    state = forms.ChoiceField(label=_("How far is it?"), choices=StepState.choices, initial=StepState.NOT_STARTED)
    proof_id = forms.TypedChoiceField(
        label=_("Proof"), required=False, coerce=int, empty_value=None,
        help_text=_("From your own evidence. For this plan nobody else sees it."),
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, evidence: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof_id"].choices = [("", _("None of these")), *evidence]  # type: ignore[attr-defined]
        if not evidence:
            del self.fields["proof_id"]

    def data_in(self) -> CorrectiveStepData:
        """The step as the service takes it."""
        return CorrectiveStepData(**{k: v for k, v in self.cleaned_data.items() if k != "row_version"})


class ReviewForm(forms.Form):
    """What the review found, and how it goes on."""

    held_on = forms.DateField(label=_("Looked at it on"), widget=DayInput)
    finding = forms.CharField(
        label=_("What did you find?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: four of six saws run with water; the rest waits for a pump."),
    )
    state = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[choice for choice in CorrectiveState.choices if choice[0] != CorrectiveState.EXIT],
        widget=forms.RadioSelect,
    )
    review_on = forms.DateField(
        label=_("Look at it again on"), widget=DayInput, required=False, help_text=_("Not needed when it is solved.")
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ResumeForm(forms.Form):
    """Why a relation that was ended goes on after all."""

    reason = forms.CharField(
        label=_("Why does the relation go on?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ExitForm(forms.Form):
    """Why a relation ends, what that does to workers and what the company does about it."""

    reasons = forms.CharField(
        label=_("Why do you end the relation?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What did you try first, how long, and why was it not enough?"),
    )
    effects = forms.CharField(
        label=_("What does this do to workers?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jobs, overdue wages, debts, families. With whom did you talk about it?"),
    )
    measures = forms.CharField(
        label=_("What do you do about it?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: notice of six months, last invoices paid on condition that wages are paid first."),
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    sure = forms.BooleanField(
        label=_("We considered staying and improving, and this is the last resort."),
        error_messages={"required": _("Tick that you considered staying and improving.")},
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def data_in(self) -> ExitData:
        """The decision as the service takes it."""
        return ExitData(**{k: v for k, v in self.cleaned_data.items() if k not in ("sure", "row_version")})
