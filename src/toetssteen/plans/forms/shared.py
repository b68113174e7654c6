"""The form of a shared action, for the secretariat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name
from toetssteen.foundation.look.forms import DayInput
from toetssteen.plans.services import SharedData


class SharedActionForm(forms.Form):
    """A collective action that companies can name in their plans."""

    name_nl = forms.CharField(label=_("Name in Dutch"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    theme = forms.ChoiceField(label=_("Theme"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    note = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Companies read this when they choose it. Name no companies here."),
    )
    started_on = forms.DateField(label=_("Started on"), widget=DayInput)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = [(theme.id, theme.name.in_(get_language())) for theme in pack.themes]
        codes = sorted([(c.code, country_name(c.code)) for c in pack.countries], key=lambda pair: pair[1])
        self.fields["theme"].choices = [("", _("Choose a theme")), *themes]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", _("No one country")), *codes]  # type: ignore[attr-defined]

    def data_in(self) -> SharedData:
        """The shared action as the service takes it."""
        return SharedData(**{k: v for k, v in self.cleaned_data.items() if k != "row_version"})
