"""Filters of the register and the form with which a publication is made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from toetssteen.core.frameworks import Pack


class RegisterFilterForm(forms.Form):
    """Search and filters; all by address, so that every view can be shared."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    country = forms.ChoiceField(label=_("Country"), required=False)
    colour = forms.ChoiceField(label=_("Latest colour"), required=False)
    members = forms.ChoiceField(
        label=_("Members"),
        required=False,
        choices=[("current", _("Now taking part")), ("former", _("Former members")), ("all", _("All"))],
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, pack: Pack | None, countries: list[tuple[str, str]]) -> None:
        super().__init__(data)
        language = get_language()
        colours = [(c.colour, c.name.in_(language).capitalize()) for c in pack.decision.colours] if pack else []
        self.fields["country"].choices = [("", _("All")), *countries]  # type: ignore[attr-defined]
        self.fields["colour"].choices = [("", _("All")), *colours]  # type: ignore[attr-defined]

    def cleaned_filters(self) -> dict[str, str]:
        """Only what was filled in; the rest keeps its default."""
        return {key: value for key, value in self.cleaned_data.items() if value}


class PublishForm(forms.Form):
    """The last step of publishing: a note for the file, and the hash of what was previewed."""

    note = forms.CharField(
        label=_("Note for our own file"),
        required=False,
        max_length=300,
        help_text=_("Optional. This is not published."),
    )
    digest = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("I looked at the preview. This becomes public and stays in the history of the register."),
        error_messages={"required": _("Tick that you looked at the preview. A publication cannot be taken back.")},
    )
