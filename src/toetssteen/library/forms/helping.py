"""What people fill in at the help desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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

    about = forms.ChoiceField(
        label=gettext_lazy("Question it is about"),
        help_text=gettext_lazy("It then stands beside this question of the questionnaire."),
        required=False,
    )
    is_read = forms.BooleanField(
        label=gettext_lazy("I have read it: nobody can be recognised in it"),
        help_text=gettext_lazy("No company, site, supplier or person, and no detail that only one company has."),
        error_messages={"required": gettext_lazy("Read it once more and say that nobody can be recognised.")},
    )

    def __init__(
        self, *args: Any, steps: list[tuple[int, str]], questions: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", _("No step")), *steps]  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", _("No question")), *questions]  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """Words to look for in questions and answers."""

    q = forms.CharField(
        label=gettext_lazy("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}), max_length=80
    )


class FaqSearchForm(SearchForm):
    """Words and a step to look for in questions and answers."""

    step = forms.ChoiceField(label=gettext_lazy("Step"), required=False)

    def __init__(self, *args: Any, steps: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", _("All")), *((str(number), words) for number, words in steps)]  # type: ignore[attr-defined]


class QueueForm(SearchForm):
    """Filter of the questions that wait."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=lambda: [(HelpState.OPEN, HelpState.OPEN.label), ("all", _("All"))],
    )

    field_order = ("state", "q")
