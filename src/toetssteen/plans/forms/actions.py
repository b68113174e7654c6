"""Forms of an action and of how far it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toetssteen.foundation.files import ENDINGS
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.look.forms import DayInput, NumberText
from toetssteen.plans.choices import ContributionKind, StepState, Together
from toetssteen.plans.models import SharedAction
from toetssteen.plans.services import ActionData, UpdateData

NOT_STORED = frozenset({"row_version", "evidence_ids"})


class EuroField(forms.DecimalField):
    """An amount as people write it: 1250, 1.250,50 and 1,250.50; the last mark with one or two digits is decimal."""

    widget = NumberText

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"[\s\u00a0€]", "", str(value if value is not None else ""))
        whole, mark, rest = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", text).groups()  # type: ignore[union-attr]
        return super().to_python(re.sub(r"[.,](?=\d{3})", "", whole) + (f".{rest}" if mark else ""))


class ActionForm(forms.Form):
    """One action of a goal."""

    text = forms.CharField(
        label=_("What do you do?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: pay for water cooling, together with two other members."),
    )
    contribution_type = forms.ChoiceField(
        label=_("What do you add?"),
        required=False,
        choices=[*ContributionKind.choices, ("", _("We do not know yet"))],
        widget=forms.RadioSelect,
        help_text=_("Who did what is asked by readers of your plan: did you start it, or strengthen what exists?"),
    )
    shared_id = forms.TypedChoiceField(
        label=_("Shared action"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Several members stand behind it and it counts once. Nobody sees here who else joined."),
    )
    together = forms.ChoiceField(
        label=_("Alone or together"), choices=Together.choices, widget=forms.RadioSelect, initial=Together.INDIVIDUAL
    )
    partners = forms.CharField(
        label=_("With whom?"),
        required=False,
        max_length=200,
        help_text=_("For example: a union, a local organisation, two other members. Public only if you choose so."),
    )
    owner = forms.CharField(label=_("Who does it?"), required=False, max_length=120, help_text=_("Not public."))
    due_on = forms.DateField(label=_("By when?"), required=False, widget=DayInput)
    means = forms.CharField(
        label=_("Time and money"),
        required=False,
        max_length=120,
        help_text=_("For example: 16 hours, 500 euro. Not public."),
    )
    cost = EuroField(
        label=_("Cost in euro"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("As far as you know it. Never public."),
    )
    state = forms.ChoiceField(label=_("How far is it?"), choices=StepState.choices, initial=StepState.NOT_STARTED)
    progress = forms.IntegerField(label=_("Progress in percent"), min_value=0, max_value=100, initial=0)
    evidence_ids = forms.TypedMultipleChoiceField(
        label=_("Proof"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From your own evidence. The secretariat can open it once the plan was handed in."),
    )
    has_proof = forms.BooleanField(
        label=_("There is proof that it was done"),
        required=False,
        help_text=_("Also if you keep it yourself."),
    )
    is_public = forms.BooleanField(label=_("Show this action in the public plan"), required=False, initial=True)
    template = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, shared: Sequence[SharedAction], evidence: list[tuple[int, str]], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(row.pk, shared_name(row)) for row in shared]
        self.fields["shared_id"].choices = [("", _("None of these")), *names]  # type: ignore[attr-defined]
        self.notes = [(shared_name(row), row.note) for row in shared if row.note]
        self.fields["evidence_ids"].choices = evidence  # type: ignore[attr-defined]
        if not shared:
            del self.fields["shared_id"]
        if not evidence:
            del self.fields["evidence_ids"]
        if not is_new:  # how far it is, is said by an update
            del self.fields["state"], self.fields["progress"]

    def data_in(self) -> ActionData:
        """The action as the service takes it."""
        return ActionData(**{k: v for k, v in self.cleaned_data.items() if k not in NOT_STORED})

    def evidence(self) -> list[int] | None:
        """The chosen files; None where none could be chosen."""
        return self.cleaned_data.get("evidence_ids") if "evidence_ids" in self.fields else None


def shared_name(row: SharedAction) -> str:
    """The name of a shared action in the language of the reader."""
    from toetssteen.core.frameworks import Text

    return in_language(Text(row.name_nl, row.name_en))


class UpdateForm(forms.Form):
    """How far an action is on a day."""

    said_on = forms.DateField(label=_("Date"), widget=DayInput)
    state = forms.ChoiceField(label=_("How far is it?"), choices=StepState.choices, widget=forms.RadioSelect)
    progress = forms.IntegerField(
        label=_("Progress in percent"), min_value=0, max_value=100, initial=0,
        help_text=_("An estimate will do. A finished action is at 100."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. If it did not work out: why not? Not public."),
    )
    evidence_id = forms.TypedChoiceField(
        label=_("Proof that you kept here before"), required=False, coerce=int, empty_value=None
    )
    upload = forms.FileField(
        label=_("Or new proof"),
        required=False,
        max_length=500,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("PDF, photo, scan or office document. It is kept with your evidence."),
    )

    def __init__(self, *args: Any, evidence: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence_id"].choices = [("", _("None of these")), *evidence]  # type: ignore[attr-defined]
        if not evidence:
            del self.fields["evidence_id"]

    def data_in(self) -> UpdateData:
        """The update as the service takes it."""
        return UpdateData(**{k: v for k, v in self.cleaned_data.items() if k != "upload"})
