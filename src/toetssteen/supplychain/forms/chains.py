"""What a company fills in about the stone itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import in_language
from toetssteen.supplychain import policies
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.forms.fields import (
    FROM_COUNTRIES,
    DayField,
    ShareField,
    country_choices,
    material_choices,
    product_choices,
)
from toetssteen.supplychain.models import Chain


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
