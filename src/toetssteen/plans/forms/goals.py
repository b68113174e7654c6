"""Forms of a goal and of the summary."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.forms import DayInput
from toetssteen.plans.choices import OwnPractice
from toetssteen.plans.services import ObjectiveData


class SummaryForm(forms.Form):
    """A few sentences above the public plan."""

    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "In plain words: what do you want to improve this year, and for whom? "
            "You choose yourself whether visitors read it, above your goals."
        ),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class ObjectiveForm(forms.Form):
    """One goal, in the order in which people think: what, about which risk, why, how it is measured."""

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
    own_practice = forms.ChoiceField(
        label=_("Is it about your own way of buying?"),
        required=False,
        choices=[("", _("No, about the chain")), *OwnPractice.choices],
        help_text=_("A price or delivery time of your own can be the cause of a risk."),
    )
    root_cause = forms.CharField(
        label=_("Why does this happen?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Ask “why” a few times, until you come to something that somebody can change. Not public by itself."
        ),
    )
    indicator = forms.CharField(
        label=_("What do you measure?"),
        required=False,
        max_length=200,
        help_text=_("For example: share of saws with water."),
        widget=forms.TextInput(attrs={"list": "indicators", "autocomplete": "off"}),
    )
    baseline = forms.CharField(
        label=_("Where do you stand now?"),
        required=False,
        max_length=80,
        help_text=_("A number with its unit, for example 33 %."),
    )
    target = forms.CharField(
        label=_("What do you want to reach?"),
        required=False,
        max_length=80,
        help_text=_("In the same unit, for example 100 %."),
    )
    deadline = forms.DateField(label=_("By when?"), required=False, widget=DayInput)
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

    def said(self) -> dict[str, Any]:
        """What was typed so far, valid or not, to say what the goal still misses."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class StopForm(forms.Form):
    """Why a goal of last year does not go on."""

    reason = forms.CharField(
        label=_("Why do you stop?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: we no longer buy from this area, the risk moved to another supplier."),
    )
