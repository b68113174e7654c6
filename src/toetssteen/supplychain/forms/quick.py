"""The table in which several chains are added at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Pack
from toetssteen.supplychain import policies
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.forms.fields import (
    ShareField,
    country_code,
    material_choices,
)


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
