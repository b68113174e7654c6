"""The moments of closing and checking, and the areas of the secretariat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Pack
from toetssteen.supplychain.forms.fields import (
    DayField,
    Grouped,
    country_choices,
)


class CloseForm(forms.Form):
    """From when a chain is no longer used, and why."""

    closed_on = DayField(
        label=gettext_lazy("Closed from"),
        help_text=gettext_lazy("The first day on which you no longer buy through this chain."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("For example: other supplier, quarry closed, no more demand."),
        max_length=200,
    )


class ConfirmForm(forms.Form):
    """The day on which chains were checked."""

    on = DayField(label=gettext_lazy("Checked on"))


class AreaForm(forms.Form):
    """A quarry area in the registry of the secretariat."""

    code = forms.SlugField(
        label=gettext_lazy("Code"), help_text=gettext_lazy("Letters, digits and hyphens; never changes."), max_length=20
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    admin1 = forms.CharField(label=gettext_lazy("Province or state"), max_length=120, required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("district", gettext_lazy("District")), ("locality", gettext_lazy("Place inside a district"))],
    )
    parent = forms.ChoiceField(label=gettext_lazy("Lies in"), required=False)

    def __init__(self, *args: Any, pack: Pack, areas: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices(pack)  # type: ignore[attr-defined]
        self.fields["parent"].choices = [("", _("Nothing larger on the list")), *areas]  # type: ignore[attr-defined]

    def clean_parent(self) -> int | None:
        chosen = self.cleaned_data.get("parent")
        return int(chosen) if chosen else None
