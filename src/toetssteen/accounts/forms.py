"""Forms of the account page."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


def languages() -> list[tuple[str, str]]:
    """The languages of the screens, each in its own words."""
    own_words = {"nl": "Nederlands", "en": "English"}
    return [(code, own_words.get(code, str(name))) for code, name in settings.LANGUAGES]


class AccountForm(forms.Form):
    """Name, language and the weekly mail."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Colleagues and the secretariat see this name."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), choices=languages, widget=forms.RadioSelect,
        help_text=_("For the screens and for mail."),
    )  # fmt: skip
    wants_digest = forms.BooleanField(
        label=_("Mail me once a week what is due"), required=False,
        help_text=_("One mail for all companies for which you act. It holds numbers and links, nothing confidential."),
    )  # fmt: skip
