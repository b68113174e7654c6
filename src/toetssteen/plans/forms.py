"""Forms of a plan of action: a goal, an action, the summary, a public report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.forms import DayInput
from toetssteen.plans.choices import StepState, Together
from toetssteen.plans.services import ActionData, ObjectiveData


class SummaryForm(forms.Form):
    """A few sentences above the public plan."""

    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In plain words: what do you want to improve this year, and for whom? Visitors read this first."),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class ObjectiveForm(forms.Form):
    """One goal, in the order in which people think."""

    text = forms.CharField(
        label=_("What will be different, for whom and where?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: all saws at our regular suppliers work with water."),
    )
    theme = forms.ChoiceField(label=_("Theme"))
    risk_id = forms.TypedChoiceField(
        label=_("Which risk is it about?"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("A goal for each of your gravest risks is part of a good plan. Not public."),
    )
    indicator = forms.CharField(
        label=_("What do you measure?"),
        required=False,
        max_length=200,
        help_text=_("For example: share of saws with water."),
    )
    baseline = forms.CharField(label=_("Where do you stand now?"), required=False, max_length=80)
    target = forms.CharField(label=_("What do you want to reach?"), required=False, max_length=80)
    deadline = forms.DateField(label=_("By when?"), required=False, widget=DayInput)
    evaluated_on = forms.DateField(
        label=_("Evaluated on"),
        required=False,
        widget=DayInput,
        help_text=_("The day on which you wrote down whether it works. Leave empty if you did not do that yet."),
    )
    is_public = forms.BooleanField(label=_("Show this goal in the public plan"), required=False, initial=True)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pack: Pack, risks: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        themes = [(theme.id, theme.name.in_(language)) for theme in pack.themes]
        self.fields["theme"].choices = [("", _("Choose a theme")), *themes]  # type: ignore[attr-defined]
        self.fields["risk_id"].choices = [("", _("None of these")), *risks]  # type: ignore[attr-defined]
        if not risks:
            del self.fields["risk_id"]

    def data_in(self) -> ObjectiveData:
        """The goal as the service takes it."""
        return ObjectiveData(**{k: v for k, v in self.cleaned_data.items() if k != "row_version"})


class ActionForm(forms.Form):
    """One action of a goal."""

    text = forms.CharField(
        label=_("What do you do?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: pay for water cooling, together with two other members."),
    )
    owner = forms.CharField(label=_("Who does it?"), required=False, max_length=120, help_text=_("Not public."))
    means = forms.CharField(
        label=_("Time and money"),
        required=False,
        max_length=120,
        help_text=_("For example: 16 hours, 500 euro. Not public."),
    )
    due_on = forms.DateField(label=_("By when?"), required=False, widget=DayInput)
    together = forms.ChoiceField(
        label=_("Alone or together"), choices=Together.choices, widget=forms.RadioSelect, initial=Together.INDIVIDUAL
    )
    state = forms.ChoiceField(label=_("How far is it?"), choices=StepState.choices, initial=StepState.NOT_STARTED)
    progress = forms.IntegerField(label=_("Progress in percent"), min_value=0, max_value=100, initial=0)
    has_proof = forms.BooleanField(label=_("There is proof that it was done"), required=False)
    is_public = forms.BooleanField(label=_("Show this action in the public plan"), required=False, initial=True)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def data_in(self, contribution_type: str = "") -> ActionData:
        """The action as the service takes it; the kind of contribution is not asked here and stays what it was."""
        entered = {k: v for k, v in self.cleaned_data.items() if k != "row_version"}
        return ActionData(contribution_type=contribution_type, **entered)


class PublicReportForm(forms.Form):
    """A page or report in which the company tells the public about its due diligence."""

    title = forms.CharField(label=_("Title"), max_length=200)
    published_on = forms.DateField(label=_("Published on"), widget=DayInput)
    address = forms.URLField(
        label=_("Web address"), required=False, max_length=200, assume_scheme="https",
        help_text=_("Where can people read it? For example: https://www.example.org/report"),
    )  # fmt: skip


class ApproveForm(forms.Form):
    """The company's own yes to what becomes public."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("I read it as visitors will read it. This may become public."),
        error_messages={"required": _("Tick that you read it and that it may become public.")},
    )
