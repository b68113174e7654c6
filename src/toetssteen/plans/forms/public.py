"""Forms of what becomes public: what to show, the company's own yes, and reports elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toetssteen.foundation.look.forms import DayInput
from toetssteen.plans.choices import PublicField
from toetssteen.plans.models import Objective
from toetssteen.plans.services import Shown

EMPTY = _("nothing filled in")


class PublicChoiceForm(forms.Form):
    """Whether the summary is shown, and of each goal: whether at all, which of its fields, which of its actions."""

    summary = forms.BooleanField(
        label=_("Show the summary"),
        required=False,
        help_text=_("A text of your own: does it name a supplier or a site? Then leave it out, or change it first."),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        goals: Sequence[Objective],
        said: dict[int, dict[str, str]],
        has_summary: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not has_summary:
            del self.fields["summary"]
        self.goals = list(goals)
        for goal in self.goals:
            actions = list(goal.actions.all())
            self.fields[f"goal_{goal.pk}"] = forms.BooleanField(
                label=_("Show this goal"), required=False, initial=goal.is_public
            )
            self.fields[f"fields_{goal.pk}"] = forms.MultipleChoiceField(
                label=_("What readers see of it"),
                required=False,
                choices=[(f.value, self._label(f, said[goal.pk].get(f.value, ""))) for f in PublicField],
                widget=forms.CheckboxSelectMultiple,
                initial=goal.public_fields,
            )
            if actions:
                self.fields[f"actions_{goal.pk}"] = forms.TypedMultipleChoiceField(
                    label=_("Which actions"),
                    required=False,
                    coerce=int,
                    choices=[(action.pk, action.text) for action in actions],
                    widget=forms.CheckboxSelectMultiple,
                    initial=[action.pk for action in actions if action.is_public],
                )

    @staticmethod
    def _label(field: PublicField, said: str) -> str:
        return f"{field.label}: {said or EMPTY}"

    def groups(self) -> Iterator[dict[str, Any]]:
        """The fields of each goal, for the page."""
        for goal in self.goals:
            actions = f"actions_{goal.pk}"
            yield {
                "goal": goal,
                "is_shown": self[f"goal_{goal.pk}"],
                "fields": self[f"fields_{goal.pk}"],
                "actions": self[actions] if actions in self.fields else None,
            }

    def shows_summary(self) -> bool | None:
        """Whether the summary was chosen; None where there is none to choose."""
        return self.cleaned_data.get("summary")

    def chosen(self) -> dict[int, Shown]:
        """What was chosen, as the service takes it."""
        data = self.cleaned_data
        return {
            goal.pk: Shown(
                is_public=data[f"goal_{goal.pk}"],
                fields=data[f"fields_{goal.pk}"],
                action_ids=data.get(f"actions_{goal.pk}", ()),
            )
            for goal in self.goals
        }


class PublicReportForm(forms.Form):
    """A page or report in which the company tells the public about its due diligence."""

    title = forms.CharField(label=_("Title"), max_length=200)
    published_on = forms.DateField(label=_("Published on"), widget=DayInput)
    address = forms.URLField(
        label=_("Web address"), required=False, max_length=200, assume_scheme="https",
        help_text=_("Where can people read it? For example: https://www.example.org/report"),
    )  # fmt: skip


class OffForm(forms.Form):
    """Why a published plan goes off the public pages."""

    reason = forms.CharField(
        label=_("Why does it go off the public pages?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: the summary names a supplier. Not public."),
    )


class ApproveForm(forms.Form):
    """The company's own yes to what becomes public."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("I read it as visitors will read it. This may become public."),
        error_messages={"required": _("Tick that you read it and that it may become public.")},
    )
