"""What a company fills in about one link of a chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Pack
from toetssteen.places.fields import DegreeField, PlaceInput
from toetssteen.supplychain import policies
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.data import LinkData
from toetssteen.supplychain.forms.fields import (
    DayField,
    Grouped,
    country_choices,
    country_code,
)
from toetssteen.supplychain.forms.questions import ask, coordinates_meant, place_meant
from toetssteen.supplychain.models import ChainLink

# In one word each, as they stand beside each other.
STATES = (
    (LinkState.KNOWN, gettext_lazy("Known")),
    (LinkState.UNKNOWN, gettext_lazy("Unknown")),
    (LinkState.ASKED, gettext_lazy("Asked")),
    (LinkState.REFUSED, gettext_lazy("Refused")),
)


class OwnRuleDay(DayField):
    """Needed or not by what is known of the link; the form itself says so when it is missing."""

    def validate(self, value: Any) -> None:
        return None


class OwnRuleText(forms.CharField):
    """Needed or not by what is known of the link."""

    def validate(self, value: Any) -> None:
        return None


class OwnRuleChoice(forms.ChoiceField):
    """Needed or not by what is known of the link; only what is on the list can be chosen."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class LinkForm(forms.Form):
    """One link of a chain: known with its place, unknown, asked, or asked and refused."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("What do you know?"),
        choices=STATES,
        widget=forms.RadioSelect,
        initial=LinkState.UNKNOWN,
    )
    quarry_area = OwnRuleChoice(label=gettext_lazy("Area"))
    name = OwnRuleText(label=gettext_lazy("Name"), max_length=200)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    lat = DegreeField(label=gettext_lazy("Latitude"))
    lon = DegreeField(label=gettext_lazy("Longitude"))
    place_id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=30)
    which_place = forms.CharField(label=gettext_lazy("The place"), widget=forms.RadioSelect, required=False)
    which_coordinates = forms.CharField(
        label=gettext_lazy("Country and coordinates"), widget=forms.RadioSelect, required=False
    )
    asked_on = OwnRuleDay(label=gettext_lazy("Asked on"))
    answered_on = DayField(label=gettext_lazy("Refused on"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For example whom you asked, and what they said."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, pack: Pack, level: str, today: dt.date, areas: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level, self.today = level, today
        self.asked: set[str] = set()  # the questions that the form asks back
        self.is_area = level in policies.area_levels(pack)
        self.fields["country"].choices = country_choices(pack)  # type: ignore[attr-defined]
        if self.is_area:
            self.fields["quarry_area"].choices = [("", _("Not on the list")), *areas]  # type: ignore[attr-defined]
            self.fields["place"].label = _("If the area is not on the list: its name")
            self.fields["place"].widget = PlaceInput(country=self._id("country"), chosen=self._id("place_id"))
            for name in ("name", "address", "lat", "lon", "which_coordinates"):
                del self.fields[name]
        else:
            for name in ("quarry_area", "place_id", "which_place"):
                del self.fields[name]

    def _id(self, name: str) -> str:
        return f"id_{self.add_prefix(name)}"

    @property
    def more_is_open(self) -> bool:
        """The address and coordinates are shown at once when there are any, or when they are wrong."""
        names = ("address", "lat", "lon", "which_coordinates")
        return any(self[name].value() or self[name].errors for name in names if name in self.fields)

    def clean_quarry_area(self) -> int | None:
        chosen = self.cleaned_data.get("quarry_area")
        return int(chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for name, sentence in policies.link_flaws(self.link(cleaned), self.today, is_area=self.is_area).items():
                self.add_error(name if name in self.fields else None, sentence)
        if not self.errors and cleaned.get("state") == LinkState.KNOWN:
            self._ask_back(cleaned)
        return cleaned

    def _ask_back(self, cleaned: dict[str, Any]) -> None:
        """Which place was meant, and what is right when country and coordinates contradict each other."""
        country = cleaned.get("country", "")
        if self.is_area:
            if cleaned.get("quarry_area") or not cleaned.get("place"):
                cleaned["place_id"] = ""
            elif cleaned.get("place_id") or self._changed("place", "country"):
                cleaned["place_id"] = ask(
                    self,
                    "which_place",
                    lambda: place_meant(cleaned["place"], country, cleaned["place_id"], cleaned["which_place"]),
                )
        elif cleaned.get("lat") is not None and country and self._changed("lat", "lon", "country"):
            lat, lon, answer = cleaned["lat"], cleaned["lon"], cleaned["which_coordinates"]
            found = ask(self, "which_coordinates", lambda: coordinates_meant(country, lat, lon, answer))
            if found:
                cleaned["lat"], cleaned["lon"] = found

    def _changed(self, *names: str) -> bool:
        """False for what was stored before: it was asked then."""
        return any(name in self.changed_data for name in names)

    def link(self, cleaned: dict[str, Any] | None = None) -> LinkData:
        """The link as it was entered."""
        entered = dict(self.cleaned_data if cleaned is None else cleaned)
        for name in ("DELETE", "which_place", "which_coordinates"):
            entered.pop(name, None)
        area = entered.pop("quarry_area", None)
        return LinkData(level=self.level, quarry_area_id=area, **entered)


class LinkFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The links of one level of a chain."""

    def links(self) -> list[LinkData]:
        """The links as they were entered, without those taken away and without empty ones beside others."""
        entered = [form.link() for form in self.forms if not form.cleaned_data.get("DELETE")]
        said = [link for link in entered if link.state != LinkState.UNKNOWN or link.note]
        return said or entered[:1]


def link_initial(link: ChainLink) -> dict[str, Any]:
    """A stored link as the form shows it."""
    fields = ("state", "name", "place", "address", "lat", "lon", "asked_on", "answered_on", "note")
    code = link.country if len(link.country) <= 2 else country_code(link.country) or ""
    return {"id": link.pk, "quarry_area": link.quarry_area_id, "country": code, **{f: getattr(link, f) for f in fields}}


def link_formset(
    level: str,
    *,
    pack: Pack,
    today: dt.date,
    areas: Grouped,
    data: Any = None,
    links: Sequence[Any] = (),
    extra: int = 0,
) -> LinkFormSet:
    """The formset of one level; `extra` blank links stand behind those that are there."""
    blank = extra if links else max(extra, 1)
    made = forms.formset_factory(
        LinkForm, formset=LinkFormSet, extra=blank, can_delete=True, max_num=20, absolute_max=20
    )
    formset: Any = made(
        data,
        prefix=level,
        initial=[link_initial(link) for link in links],
        form_kwargs={"pack": pack, "level": level, "today": today, "areas": areas},
    )
    for form in formset.forms:
        form.fields["DELETE"].label = _("Take this link away")
    return formset  # type: ignore[no-any-return]
