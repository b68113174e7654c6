"""Forms about sites: filters, a site with its names and numbers, a closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.forms import DayInput
from toetssteen.sites import policies
from toetssteen.sites.choices import Scheme, SiteState, Source
from toetssteen.sites.services.closing import ClosingData
from toetssteen.sites.services.keeping import SiteData
from toetssteen.supplychain.forms.fields import DegreeField, country_choices
from toetssteen.supplychain.models import QuarryArea

LANGUAGES = [
    ("", _("Latin letters")), ("zh", _("Chinese")), ("hi", _("Hindi")), ("te", _("Telugu")), ("ta", _("Tamil")),
    ("vi", _("Vietnamese")), ("ar", _("Arabic")), ("tr", _("Turkish")), ("pt", _("Portuguese")), ("other", _("other")),
]  # fmt: skip


class FilterForm(forms.Form):
    """What the list of sites shows."""

    q = forms.CharField(label=_("Name, place or code"), required=False, max_length=120)
    country = forms.ChoiceField(label=_("Country"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *SiteState.choices])
    area = forms.ChoiceField(label=_("Quarry area"), required=False)

    def __init__(
        self, *args: Any, kinds: dict[str, str], countries: list[Any], areas: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        self.fields["country"].choices = [every, *countries]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [every, *kinds.items()]  # type: ignore[attr-defined]
        self.fields["area"].choices = [every, *areas]  # type: ignore[attr-defined]


class SiteForm(forms.Form):
    """What the registry says of a site."""

    name = forms.CharField(label=_("Name"), max_length=200)
    local_name = forms.CharField(label=_("Name in the script of the country"), required=False, max_length=200)
    kinds = forms.MultipleChoiceField(label=_("Kind"), widget=forms.CheckboxSelectMultiple)
    address = forms.CharField(label=_("Address"), required=False, max_length=300)
    unit = forms.CharField(label=_("Unit, plot or pit"), required=False, max_length=60)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    admin2 = forms.CharField(label=_("District or municipality"), required=False, max_length=120)
    admin1 = forms.CharField(label=_("Province or state"), required=False, max_length=120)
    country = forms.ChoiceField(label=_("Country"), required=False)
    lat = DegreeField(label=_("Latitude"), min_value=-90, max_value=90)
    lon = DegreeField(label=_("Longitude"), min_value=-180, max_value=180)
    quarry_area = forms.ModelChoiceField(QuarryArea.objects.none(), label=_("Quarry area"), required=False)
    opened_on = forms.DateField(label=_("Opened on"), required=False, widget=DayInput)
    moved_on = forms.DateField(label=_("Moved here on"), required=False, widget=DayInput)

    def __init__(self, *args: Any, pack: Pack, kinds: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = list(kinds.items())  # type: ignore[attr-defined]
        self.fields["country"].choices = country_choices(pack)  # type: ignore[attr-defined]
        self.fields["quarry_area"].queryset = QuarryArea.objects.all()  # type: ignore[attr-defined]

    def site_data(self, names: Any, numbers: Any) -> SiteData:
        """The site as the service takes it."""
        data = dict(self.cleaned_data)
        area = data.pop("quarry_area")
        data["kinds"] = tuple(data["kinds"])
        return SiteData(
            **data,
            quarry_area_id=area.pk if area else None,
            names=tuple((row["name"], row["language"]) for row in names.cleaned_data if row.get("name")),
            identifiers=tuple((row["scheme"], row["value"]) for row in numbers.cleaned_data if row.get("value")),
        )


def initial_of(site: Any) -> dict[str, Any]:
    """The form as the site is stored."""
    if site is None:
        return {}
    plain = {name: getattr(site, name) for name in SiteForm.base_fields if hasattr(site, name)}
    return {**plain, "quarry_area": site.quarry_area_id}


class NameForm(forms.Form):
    """Another name of the site."""

    name = forms.CharField(label=_("Other name"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language or script"), required=False, choices=LANGUAGES)


class NumberForm(forms.Form):
    """A number under which the site is known elsewhere."""

    scheme = forms.ChoiceField(label=_("Kind of number"), required=False, choices=Scheme.choices)
    value = forms.CharField(label=_("Number"), required=False, max_length=80)


def name_rows(data: Any, shown: Any) -> Any:
    """The other names, with two empty rows; an emptied name goes away."""
    rows = [{"name": row.name, "language": row.language} for row in shown.names] if shown else []
    return formset_factory(NameForm, extra=2)(data, prefix="names", initial=rows)


def number_rows(data: Any, shown: Any) -> Any:
    """The numbers, with two empty rows."""
    rows = [{"scheme": scheme, "value": value} for scheme, value in shown.raw_numbers] if shown else []
    return formset_factory(NumberForm, extra=2)(data, prefix="numbers", initial=rows)


class ClosingForm(forms.Form):
    """When and why a site closed, and who may hear it."""

    closed_on = forms.DateField(label=_("Closed on"), widget=DayInput)
    forced = forms.ChoiceField(
        label=_("How"),
        choices=[("yes", _("closed by force")), ("no", _("closed for another reason"))],
        widget=forms.RadioSelect,
        initial="no",
    )
    source = forms.ChoiceField(label=_("How do you know"), choices=[("", _("Choose")), *Source.choices])
    note = forms.CharField(label=_("Note, only the secretariat reads this"), required=False, max_length=300)
    tell = forms.TypedMultipleChoiceField(
        label=_("Tell these companies that this place in their own chain has closed"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only from a public source or your own visit. Each reads its own words, and not who else buys here."
        ),
    )

    def __init__(self, *args: Any, companies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tell"].choices = companies  # type: ignore[attr-defined]
        if not companies:
            del self.fields["tell"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("tell") and data.get("source"):
            verdict = policies.may_be_told(data["source"])
            if not verdict:
                self.add_error("tell", str(verdict))
        return data

    def closing_data(self) -> ClosingData:
        """The closing as the service takes it."""
        data = self.cleaned_data
        return ClosingData(
            closed_on=data["closed_on"], forced=data["forced"] == "yes", source=data["source"], note=data["note"],
            tell=tuple(data.get("tell", ())),
        )  # fmt: skip
