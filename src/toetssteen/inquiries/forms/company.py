"""What a company fills in when it asks: whom, about which chains, in which language; and an answer on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.look.forms import DayInput
from toetssteen.inquiries.choices import InquiryKind
from toetssteen.inquiries.presentation import many_levels
from toetssteen.inquiries.queries import ChosenChain
from toetssteen.inquiries.services import InquiryData


class InquiryForm(forms.Form):
    """Whom to ask and about what."""

    supplier_name = forms.CharField(label=gettext_lazy("Name of the company that you ask"), max_length=200)
    asked_kind = forms.ChoiceField(label=gettext_lazy("What do they do?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=gettext_lazy("How do you ask?"),
        widget=forms.RadioSelect,
        choices=InquiryKind.choices,
        help_text=gettext_lazy(
            "A letter is meant for whoever sells you stone that you do not import yourself. It counts in your report."
        ),
    )
    chains = forms.TypedMultipleChoiceField(
        label=gettext_lazy("About which chains?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    contact_name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=120, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("The link goes to this address and nowhere else. Leave it empty if you write on paper."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mail and the questions"),
        help_text=gettext_lazy("They can choose another language themselves."),
    )
    word = forms.CharField(
        label=gettext_lazy("A personal word"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Stands at the top of the mail and of the first page."),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pack: Pack, chains: Sequence[ChosenChain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = pack.questionnaire
        fields: Any = self.fields
        kinds = asked.kinds if asked else ()
        fields["asked_kind"].choices = [(kind.id, _first_capital(in_language(kind.text))) for kind in kinds]
        codes = asked.languages if asked else ()
        fields["language"].choices = [(c, get_language_info(c)["name_translated"].capitalize()) for c in codes]
        levels = {level.id: in_language(level.text) for level in pack.coverage_levels}
        fields["chains"].choices = [(chain.id, chain_label(chain, levels)) for chain in chains]
        fields["chains"].error_messages["required"] = _("Choose at least one of your chains.")
        fields["supplier_name"].error_messages["required"] = _("Enter the name.")
        if asked is None or asked.letter is None:
            fields["kind"].choices = [(InquiryKind.QUESTIONNAIRE, InquiryKind.QUESTIONNAIRE.label)]

    def data_entered(self) -> InquiryData:
        """What was entered, on its way to a service."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "row_version"}
        return InquiryData(**{**values, "chains": tuple(values["chains"])})


def chain_label(chain: ChosenChain, levels: dict[str, str]) -> str:
    """A chain with what is not known of it."""
    unknown = many_levels([levels[level] for level in chain.unknown])
    words = _("unknown: %(levels)s") % {"levels": unknown} if unknown else _("everything known")
    named = f"{chain.title} ({chain.material})" if chain.title.casefold() != chain.material.casefold() else chain.title
    return f"{named} - {words}"


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class ByHandForm(forms.Form):
    """When the company sent the letter itself."""

    on = forms.DateField(label=gettext_lazy("Sent on"), widget=DayInput)


class RecordForm(forms.Form):
    """An answer or refusal that came outside the link."""

    refused = forms.TypedChoiceField(
        label=gettext_lazy("What did they say?"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        choices=[("no", gettext_lazy("They answered")), ("yes", gettext_lazy("They do not want to answer"))],
    )
    on = forms.DateField(label=gettext_lazy("On which day?"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("Their reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence_id = forms.TypedChoiceField(
        label=gettext_lazy("Evidence"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("Choose the letter or mail from your evidence. You can add it there first."),
    )

    def __init__(self, *args: Any, evidence: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["evidence_id"].choices = [("", _("No file")), *evidence]
        fields["on"].error_messages["required"] = _("Enter a day.")
        fields["refused"].error_messages["required"] = _("Choose one of the answers.")
