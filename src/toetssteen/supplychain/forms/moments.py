"""The moments of closing and checking, and the areas of the secretariat."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.forms import NumberText
from toetssteen.supplychain.choices import AreaPrecision
from toetssteen.supplychain.forms.fields import (
    DayField,
    DegreeField,
    Grouped,
    country_choices,
)
from toetssteen.supplychain.forms.questions import ask, coordinates_meant


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


class AskForm(forms.Form):
    """What the secretariat wants to know about a chain that does not fit."""

    question = forms.CharField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy("Optional. What does not fit is told to the company anyway."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class KeepForm(forms.Form):
    """Why something that does not fit is right all the same."""

    kind = forms.CharField(max_length=10)
    key = forms.CharField(max_length=20)
    remark = forms.CharField(max_length=500, required=False)


class ConfirmForm(forms.Form):
    """The day on which chains were checked."""

    on = DayField(label=gettext_lazy("Checked on"))


class ScanForm(forms.Form):
    """The day on which the risks of chains were looked at."""

    on = DayField(label=gettext_lazy("Looked at on"))


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
    precision = forms.ChoiceField(
        label=gettext_lazy("How precise"),
        choices=AreaPrecision.choices,
        initial=AreaPrecision.DISTRICT,
        required=False,
    )
    lat = DegreeField(label=gettext_lazy("Latitude of the centre"))
    lon = DegreeField(label=gettext_lazy("Longitude of the centre"))
    which_coordinates = forms.CharField(
        label=gettext_lazy("Country and coordinates"), widget=forms.RadioSelect, required=False
    )
    radius_km = forms.DecimalField(
        label=gettext_lazy("Radius (km)"),
        help_text=gettext_lazy("How far the area stretches around its centre. A point needs one."),
        widget=NumberText,
        min_value=Decimal("0.1"),
        max_value=Decimal(2000),
        max_digits=6,
        decimal_places=1,
        required=False,
        localize=True,
    )
    place_id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=30)

    def __init__(self, *args: Any, pack: Pack, areas: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices(pack)  # type: ignore[attr-defined]
        self.fields["parent"].choices = [("", _("Nothing larger on the list")), *areas]  # type: ignore[attr-defined]

        self.asked: set[str] = set()  # the questions that the form asks back

    def visible_fields(self) -> list[Any]:
        """A question is shown when it is asked."""
        return [
            field
            for field in super().visible_fields()
            if not field.name.startswith("which_") or field.name in self.asked
        ]

    def clean_parent(self) -> int | None:
        chosen = self.cleaned_data.get("parent")
        return int(chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["precision"] = cleaned.get("precision") or AreaPrecision.DISTRICT
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if (lat is None) != (lon is None) and not self.errors:
            self.add_error("lat", _("Enter both numbers, or neither."))
        if cleaned.get("precision") == AreaPrecision.POINT and not (lat is not None and cleaned.get("radius_km")):
            self.add_error("radius_km", _("A point needs coordinates and a radius."))
        country, answer = cleaned.get("country", ""), cleaned.pop("which_coordinates", "")
        if (
            not self.errors
            and lat is not None
            and lon is not None
            and {"lat", "lon", "country"} & set(self.changed_data)
        ):
            found = ask(self, "which_coordinates", lambda: coordinates_meant(country, lat, lon, answer))
            if found:
                cleaned["lat"], cleaned["lon"] = found
        return cleaned


class MergeForm(forms.Form):
    """Which other area an area turned out to be."""

    into = forms.ChoiceField(
        label=gettext_lazy("It is the same as"),
        help_text=gettext_lazy("Only areas of the same country."),
    )

    def __init__(self, *args: Any, areas: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", _("Choose an area")), *areas]  # type: ignore[attr-defined]

    def clean_into(self) -> int:
        return int(self.cleaned_data["into"])
