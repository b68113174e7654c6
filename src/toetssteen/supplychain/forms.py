"""What a company fills in about a chain, its links, and the moments of closing and checking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.foundation.look.forms import DayInput, NumberText
from toetssteen.supplychain import policies
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.models import Chain, ChainLink
from toetssteen.supplychain.queries.chains import capitalised

Grouped = list[tuple[str, list[tuple[Any, str]]]]
FROM_COUNTRIES = "countries"


@lru_cache(maxsize=4)
def _all_countries(language: str) -> tuple[tuple[str, str], ...]:
    territories = Locale.parse(language).territories
    real = ((code, str(name)) for code, name in territories.items() if len(code) == 2 and code.isalpha())
    return tuple(
        sorted(((c, n) for c, n in real if c not in {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}), key=lambda x: x[1])
    )


def all_country_names() -> list[str]:
    """The names of all countries in the language of the page, to type from."""
    return [name for _code, name in _all_countries((get_language() or "nl").split("-")[0])]


def country_choices(pack: Pack) -> list[Any]:
    """Countries to choose from: first those that the pack names, then all."""
    language = (get_language() or "nl").split("-")[0]
    named = sorted(((c.code, country_name(c.code)) for c in pack.countries), key=lambda pair: pair[1])
    codes = {code for code, _name in named}
    others = [pair for pair in _all_countries(language) if pair[0] not in codes]
    return [("", _("Choose a country")), (_("Countries with quarries"), named), (_("All other countries"), others)]


def country_code(words: str) -> str | None:
    """The two-letter code for a code or a name in Dutch or English; None when it is neither."""
    wanted = words.strip().casefold()
    for language in ("nl", "en"):
        for code, name in _all_countries(language):
            if wanted in (code.casefold(), name.casefold()):
                return code
    return None


class ShareField(forms.DecimalField):
    """A percentage typed with a comma or a point, with or without its sign."""

    widget = NumberText

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=6, decimal_places=3, min_value=Decimal(0), max_value=Decimal(100), **kwargs)
        self.error_messages["invalid"] = gettext_lazy("Enter a number between 0 and 100, such as 12,5.")
        self.error_messages["max_value"] = self.error_messages["min_value"] = gettext_lazy(
            "A share lies between 0 and 100."
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("%", "").replace(",", ".").strip()
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            plain = f"{value:f}"
            plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
            return plain.replace(".", ",") if (get_language() or "nl").startswith("nl") else plain
        return value


class DegreeField(forms.DecimalField):
    """A coordinate in degrees, typed with a comma or a point."""

    widget = NumberText

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=9, decimal_places=5, required=False, **kwargs)
        self.error_messages["invalid"] = gettext_lazy("Enter degrees as a number, such as 25.441.")
        self.error_messages["max_decimal_places"] = gettext_lazy("At most five digits behind the comma.")

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".").strip() if isinstance(value, str) else value)


class DayField(forms.DateField):
    """A day; the browser shows its own calendar."""

    widget = DayInput


def material_choices(pack: Pack, now: str = "") -> list[tuple[str, str]]:
    """The materials that the covenant is about, and the one that the chain has already."""
    found = [(m.id, capitalised(in_language(m.text))) for m in pack.materials if m.in_scope or m.id == now]
    return [("", _("Choose")), *sorted(found, key=lambda pair: pair[1])]


def product_choices(pack: Pack) -> list[tuple[str, str]]:
    return [("", _("Choose a product")), *((p.id, capitalised(in_language(p.text))) for p in pack.product_forms)]


class ChainForm(forms.Form):
    """The stone itself: what it is, where it comes from, how much, and in which situation it is bought."""

    material = forms.ChoiceField(label=gettext_lazy("Material"))
    trade_name = forms.CharField(
        label=gettext_lazy("Name you use for it"),
        help_text=gettext_lazy("For example the trade name or colour on your invoice."),
        max_length=120,
        required=False,
    )
    product_group = forms.ChoiceField(label=gettext_lazy("Product"), required=False)
    share_of_volume = ShareField(
        label=gettext_lazy("Share of your volume, in %"),
        help_text=gettext_lazy("An estimate is enough. All your chains together make 100 %."),
        required=False,
    )
    extraction_country = forms.ChoiceField(label=gettext_lazy("Country where the stone is quarried"), required=False)
    processing_country = forms.ChoiceField(label=gettext_lazy("Country where it is processed"), required=False)
    situation = forms.ChoiceField(label=gettext_lazy("How do you buy this stone?"), widget=forms.RadioSelect)
    opened_on = DayField(
        label=gettext_lazy("Since when do you buy it?"),
        help_text=gettext_lazy("A chain counts in a report if it started on or before the last day of that year."),
    )
    checked = forms.BooleanField(
        label=gettext_lazy("I have checked this chain: everything here is right today"), required=False
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pack: Pack, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pack, self.today = pack, today
        now = str(self.initial.get("material", ""))
        self.fields["material"].choices = material_choices(pack, now)  # type: ignore[attr-defined]
        self.fields["product_group"].choices = product_choices(pack)  # type: ignore[attr-defined]
        for name in ("extraction_country", "processing_country"):
            self.fields[name].choices = country_choices(pack)  # type: ignore[attr-defined]
        self.fields["situation"].choices = [  # type: ignore[attr-defined]
            (FROM_COUNTRIES, _("I import it myself: let the two countries decide")),
            *((profile.id, f"{profile.id} - {in_language(profile.definition)}") for profile in pack.framework.profiles),
        ]
        self.fields["material"].error_messages["required"] = _("Choose the material.")
        self.fields["opened_on"].error_messages["required"] = _("Enter the day from which you buy this stone.")

    def clean_opened_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["opened_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("situation") == FROM_COUNTRIES:
            proposed = policies.proposed_situation(
                self.pack, cleaned.get("extraction_country", ""), cleaned.get("processing_country", "")
            )
            if proposed is None:
                self.add_error(
                    "situation", _("It does not follow from the two countries. Choose the situation that fits.")
                )
            cleaned["situation"] = proposed or ""
        return cleaned

    def data_with(self, links: Sequence[LinkData]) -> ChainData:
        """What was entered, with the links beside it."""
        entered = {k: v for k, v in self.cleaned_data.items() if k != "row_version"}
        return ChainData(links=tuple(links), **entered)


def chain_initial(chain: Chain) -> dict[str, Any]:
    """A stored chain as the form shows it."""
    names = [name for name in ChainForm.base_fields if name not in ("checked",)]
    return {name: getattr(chain, name) for name in names}


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
        self.is_area = level in policies.area_levels(pack)
        self.fields["country"].choices = country_choices(pack)  # type: ignore[attr-defined]
        if self.is_area:
            self.fields["quarry_area"].choices = [("", _("Not on the list")), *areas]  # type: ignore[attr-defined]
            self.fields["place"].label = _("If the area is not on the list: its name")
            for name in ("name", "address", "lat", "lon"):
                del self.fields[name]
        else:
            del self.fields["quarry_area"]

    @property
    def more_is_open(self) -> bool:
        """The address and coordinates are shown at once when there are any, or when they are wrong."""
        return any(self[name].value() or self[name].errors for name in ("address", "lat", "lon") if name in self.fields)

    def clean_quarry_area(self) -> int | None:
        chosen = self.cleaned_data.get("quarry_area")
        return int(chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for name, sentence in policies.link_flaws(self.link(cleaned), self.today, is_area=self.is_area).items():
                self.add_error(name if name in self.fields else None, sentence)
        return cleaned

    def link(self, cleaned: dict[str, Any] | None = None) -> LinkData:
        """The link as it was entered."""
        entered = dict(self.cleaned_data if cleaned is None else cleaned)
        entered.pop("DELETE", None)
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


class QuickRow(forms.Form):
    """One row of the table in which several chains are added at once; an empty row is skipped."""

    material = forms.ChoiceField(label=gettext_lazy("Material"), required=False)
    trade_name = forms.CharField(label=gettext_lazy("Name you use for it"), max_length=120, required=False)
    extraction_country = forms.CharField(label=gettext_lazy("Quarried in"), max_length=80, required=False)
    processing_country = forms.CharField(label=gettext_lazy("Processed in"), max_length=80, required=False)
    share_of_volume = ShareField(label=gettext_lazy("Share, %"), required=False)
    supplier = forms.CharField(label=gettext_lazy("Direct supplier"), max_length=200, required=False)
    situation = forms.ChoiceField(label=gettext_lazy("Situation"), required=False)

    def __init__(self, *args: Any, pack: Pack, opened_on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pack, self.opened_on = pack, opened_on
        self.fields["material"].choices = material_choices(pack)  # type: ignore[attr-defined]
        ids = [profile.id for profile in pack.framework.profiles]
        self.fields["situation"].choices = [("", _("By country")), *((i, i) for i in ids)]  # type: ignore[attr-defined]
        for name in ("extraction_country", "processing_country"):
            self.fields[name].widget.attrs.update({"list": "countries", "autocomplete": "off"})

    def _country(self, name: str) -> str:
        words = self.cleaned_data.get(name, "").strip()
        if not words:
            return ""
        code = country_code(words)
        if code is None:
            raise forms.ValidationError(_("This country is not known. Choose one from the list."))
        return code

    def clean_extraction_country(self) -> str:
        return self._country("extraction_country")

    def clean_processing_country(self) -> str:
        return self._country("processing_country")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.has_changed():
            return cleaned
        if not cleaned.get("material") and "material" not in self.errors:
            self.add_error("material", _("Choose the material."))
        if not cleaned.get("situation") and "situation" not in self.errors:
            proposed = policies.proposed_situation(
                self.pack, cleaned.get("extraction_country", ""), cleaned.get("processing_country", "")
            )
            if proposed is None and not self.errors:
                self.add_error("situation", _("Choose the situation; it does not follow from the countries."))
            cleaned["situation"] = proposed or ""
        return cleaned

    def chain(self) -> ChainData:
        """The row as a chain; a supplier that was named is known."""
        cleaned = self.cleaned_data
        first = self.pack.coverage_levels[0].id
        supplier = cleaned.get("supplier", "").strip()
        return ChainData(
            situation=cleaned["situation"],
            material=cleaned["material"],
            trade_name=cleaned["trade_name"],
            extraction_country=cleaned["extraction_country"],
            processing_country=cleaned["processing_country"],
            share_of_volume=cleaned["share_of_volume"],
            opened_on=self.opened_on,
            links=(LinkData(level=first, state=LinkState.KNOWN, name=supplier),) if supplier else (),
            checked=True,
        )


def quick_rows(*, pack: Pack, opened_on: dt.date, data: Any = None, count: int = 5) -> Any:
    """A table with so many empty rows."""
    made = forms.formset_factory(QuickRow, extra=count, max_num=60, absolute_max=60)
    return made(data, prefix="rows", form_kwargs={"pack": pack, "opened_on": opened_on})


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
