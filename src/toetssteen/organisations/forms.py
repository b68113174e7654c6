"""Forms about organisations, memberships, purchase situations and people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.forms import languages
from toetssteen.organisations.choices import EndReason, MarketRole, OrganisationKind, SizeClass

Choices = list[tuple[str, str]]


def countries() -> Choices:
    """All countries in the language of the screen, those of the covenant first."""
    from babel import Locale

    names = Locale.parse(get_language() or "nl").territories
    known = sorted(
        ((c, n) for c, n in names.items() if len(c) == 2 and c.isalpha() and c not in {"ZZ", "EU", "UN", "EZ"}),
        key=lambda x: x[1],
    )
    first = [(c, names[c]) for c in ("NL", "BE")]
    return [("", gettext("Choose a country")), *first, *[(c, n) for c, n in known if c not in {"NL", "BE"}]]


class NothingForm(forms.Form):
    """Only a yes is asked; there to carry the sentence of a refusal."""


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)


class FilterForm(forms.Form):
    """Search and filters of the list of organisations."""

    q = forms.CharField(label=_("Name or number"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=lambda: [("", gettext("All kinds")), *OrganisationKind.choices]
    )
    state = forms.ChoiceField(label=_("Membership"), required=False)

    def __init__(self, *args: Any, states: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), *states.items()]  # type: ignore[attr-defined]


class OrganisationForm(forms.Form):
    """The public facts of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    country = forms.ChoiceField(label=_("Country"), choices=lazy(countries, list), required=False)
    region = forms.CharField(label=_("Region"), max_length=40, required=False)
    subtype = forms.CharField(
        label=_("More precisely"),
        max_length=40,
        required=False,
        help_text=_("For instance: municipality, water board."),
    )
    market_role = forms.ChoiceField(
        label=_("Role in the market"),
        required=False,
        choices=lambda: [("", gettext("Does not apply")), *MarketRole.choices],
    )
    size_class = forms.ChoiceField(
        label=_("Size"), required=False, choices=lambda: [("", gettext("Does not apply")), *SizeClass.choices]
    )
    market_segments = forms.CharField(label=_("Markets"), max_length=200, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, fixed_kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed_kind:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = _("The kind cannot be changed.")
            self.initial["kind"] = fixed_kind


class ChangeForm(forms.Form):
    """A dated change of a membership; `checked` asks for a second look where there is no way back."""

    def __init__(self, *args: Any, final: bool = False, choices: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("into_id", "situation"):
            if name in self.fields:
                self.fields[name].choices = choices or []  # type: ignore[attr-defined]
        if final:
            self.fields["checked"] = forms.BooleanField(
                label=_("I have checked the date and the reason."),
                error_messages={"required": _("Check the date and the reason, and then tick the box.")},
            )

    def facts(self) -> dict[str, Any]:
        """What the service needs."""
        return {name: value for name, value in self.cleaned_data.items() if name != "checked"}


class AdmitForm(ChangeForm):
    """An organisation joins."""

    joined_on = DayField(label=_("Takes part from"))
    confirmed_on = DayField(label=_("Confirmed on"), required=False)
    recruited_via = forms.CharField(label=_("Came in through"), max_length=120, required=False)


class EndForm(ChangeForm):
    """A membership ends."""

    ended_on = DayField(label=_("No longer takes part from"))
    reason = forms.ChoiceField(
        label=_("Why"), widget=forms.RadioSelect,
        choices=lambda: [(v, label) for v, label in EndReason.choices if v != EndReason.MERGED],
    )  # fmt: skip
    note = forms.CharField(
        label=_("Explanation"), max_length=200, required=False, help_text=_("Needed for an exclusion."),
    )  # fmt: skip


class MergeForm(ChangeForm):
    """A member goes up in another."""

    into_id = forms.TypedChoiceField(label=_("Merges into"), coerce=int)
    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Explanation"), max_length=200, required=False)


class SuspendForm(ChangeForm):
    """A membership is suspended."""

    from_on = DayField(label=_("Suspended from"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ResumeForm(ChangeForm):
    """A suspension ends."""

    until_on = DayField(label=_("Counts again from"))


class OverrideForm(ChangeForm):
    """The secretariat sets a purchase situation."""

    situation = forms.ChoiceField(label=_("Purchase situation"), widget=forms.RadioSelect)
    since_on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class OverrideEndForm(ChangeForm):
    """The secretariat lets the chains decide again."""

    until_on = DayField(label=_("The chains decide again from"))


class InvitationForm(forms.Form):
    """Whom to invite, and for what."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=languages, widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        if len(roles) == 1:
            self.initial["role"] = roles[0][0]


class RoleForm(forms.Form):
    """Another role for a colleague."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


def password_rules() -> str:
    """What a password must satisfy, in one line."""
    return " ".join(password_validators_help_texts())


class AcceptForm(forms.Form):
    """A new account: name, password, language."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Choose a password"), strip=False, help_text=lazy(password_rules, str)(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    repeat = forms.CharField(
        label=_("The same password again"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=languages, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        repeat = cleaned.pop("repeat", None)
        if cleaned.get("password") and repeat is not None and cleaned["password"] != repeat:
            self.add_error("repeat", _("The two passwords are not the same."))
        return cleaned
