"""What people fill in at the help desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toetssteen.foundation.look.figures import country_name
from toetssteen.library.choices import HelpState

LONGEST = 4000


class AskForm(forms.Form):
    """One question, in the words of who asks."""

    text = forms.CharField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy("Your organisation and the secretariat see it. Leave out names of workers."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write your question first.")},
    )


class AnswerForm(forms.Form):
    """The answer of the secretariat."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Write the answer first.")},
    )


class FaqForm(forms.Form):
    """A question and answer for everybody, in both languages."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    question_nl = forms.CharField(label=gettext_lazy("Question in Dutch"), max_length=300)
    answer_nl = forms.CharField(
        label=gettext_lazy("Answer in Dutch"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    question_en = forms.CharField(label=gettext_lazy("Question in English"), max_length=300)
    answer_en = forms.CharField(
        label=gettext_lazy("Answer in English"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    step = forms.TypedChoiceField(
        label=gettext_lazy("Step it belongs to"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, steps: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", _("No step")), *steps]  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """Words to look for in questions and answers."""

    q = forms.CharField(
        label=gettext_lazy("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}), max_length=80
    )


class QueueForm(SearchForm):
    """Filter of the questions that wait."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=lambda: [(HelpState.OPEN, HelpState.OPEN.label), ("all", _("All"))],
    )

    field_order = ("state", "q")


class LibraryForm(SearchForm):
    """What to look for in the library; a choice that does not exist is left aside."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, *args: Any, options: tuple[list[Any], list[Any], list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds, themes, countries = options
        language = get_language()
        every = [("", _("All"))]
        self.fields["kind"].choices = [*every, *kinds]  # type: ignore[attr-defined]
        self.fields["theme"].choices = [*every, *((key, name.in_(language)) for key, name in themes)]  # type: ignore[attr-defined]
        named = sorted(((code, country_name(code)) for code in countries), key=lambda pair: pair[1])
        self.fields["country"].choices = [*every, *named]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """What was chosen, for the query."""
        self.is_valid()
        given = self.cleaned_data
        return {"search": given.get("q", ""), **{name: given.get(name, "") for name in ("kind", "theme", "country")}}
