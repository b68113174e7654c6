"""Forms of the assessment; wording and cross-field checks only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toetssteen.assessment import services
from toetssteen.foundation.look.forms import DayInput
from toetssteen.reporting.choices import ReportState


class QueueFilterForm(forms.Form):
    """What the work queue shows."""

    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("Everybody's")), ("mine", _("Mine")), ("free", _("Nobody's yet"))],
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    year = forms.ChoiceField(label=_("Covenant year"), required=False)
    search = forms.CharField(label=_("Company"), required=False, max_length=80)

    def __init__(self, *args: Any, years: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [ReportState.SUBMITTED, ReportState.IN_REVIEW, ReportState.RETURNED, ReportState.PROVISIONAL]
        self.fields["state"].choices = [("", _("All")), *[(s.value, s.label) for s in states]]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", _("All")), *[(y.number, str(y)) for y in years]]  # type: ignore[attr-defined]

    def filters(self) -> dict[str, Any]:
        """The filters as the query takes them."""
        data = self.cleaned_data if self.is_valid() else {}
        return {
            "mine": data.get("whose") == "mine",
            "free": data.get("whose") == "free",
            "state": data.get("state"),
            "year": data.get("year"),
            "search": data.get("search"),
        }


class ScoreForm(forms.Form):
    """The level of one question, with the reason that the company reads."""

    level = forms.ChoiceField(label=_("Level that the evidence supports"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason, the company reads this"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, levels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels  # type: ignore[attr-defined]


class TextForm(forms.Form):
    """One text: a question, an answer, a reply, a note."""

    text = forms.CharField(max_length=6000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: Any = "", hint: Any = "", needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].help_text = hint
        self.fields["text"].required = needed


class AssignForm(forms.Form):
    """Who assesses."""

    assessor = forms.TypedChoiceField(label=_("Assessor"), coerce=int)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessor"].choices = [(p.pk, str(p)) for p in people]  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """What the company must complete, and before when."""

    due_on = forms.DateField(label=_("Complete before"), widget=DayInput())
    general = forms.CharField(
        label=_("What is missing for the report as a whole"),
        help_text=_("One thing per line."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MissingForm(forms.Form):
    """What is missing at one question; left empty it says nothing."""

    question = forms.ChoiceField(
        label=_("Question"), error_messages={"required": _("Choose the question that this is about.")}
    )
    text = forms.CharField(
        label=_("What is missing"),
        max_length=1000,
        error_messages={"required": _("Write what is missing at this question.")},
    )

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [("", _("Choose a question")), *questions]  # type: ignore[attr-defined]


class TalkForm(forms.Form):
    """The notes of a talk, which both sides read."""

    held_on = forms.DateField(label=_("Date of the talk"), widget=DayInput())
    participants = forms.CharField(label=_("Who took part"), max_length=300)
    notes = forms.CharField(
        label=_("Notes"), required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 6})
    )
    agreed = forms.CharField(
        label=_("What was agreed"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)


class DecisionForm(forms.Form):
    """The colour with its reason and agreed date."""

    colour = forms.ChoiceField(label=_("Colour"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason, the company reads this"),
        help_text=_("Needed when you differ from the proposal, or when the company does not meet all demands."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    improvement_on = forms.DateField(
        label=_("Agreed date of improvement"), help_text=_("Needed for orange."), required=False, widget=DayInput()
    )

    def __init__(self, *args: Any, colours: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colour"].choices = colours  # type: ignore[attr-defined]

    def terms(self) -> services.DecisionTerms:
        """The terms as the service takes them."""
        data = self.cleaned_data
        return services.DecisionTerms(data["colour"], data["reason"], data["improvement_on"])


class ExtensionForm(forms.Form):
    """Extra time: until when, why, and for what."""

    until_on = forms.DateField(label=_("Extra time until"), widget=DayInput())
    missing = forms.MultipleChoiceField(label=_("What must be completed"), widget=forms.CheckboxSelectMultiple)
    extension_reason = forms.CharField(
        label=_("Reason for the extra time, the company reads this"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, missing: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["missing"].choices = missing  # type: ignore[attr-defined]

    def terms(self) -> services.ExtensionTerms:
        """The terms as the service takes them."""
        data = self.cleaned_data
        return services.ExtensionTerms(data["until_on"], data["extension_reason"], tuple(data["missing"]))


class FinalForm(DecisionForm):
    """The decision, and perhaps extra time with it."""

    give_extension = forms.BooleanField(
        label=_("Give extra time: the company completes what is missing, and only that is assessed again"),
        required=False,
    )
    until_on = forms.DateField(label=_("Extra time until"), required=False, widget=DayInput())
    missing = forms.MultipleChoiceField(
        label=_("What must be completed"), required=False, widget=forms.CheckboxSelectMultiple
    )
    extension_reason = forms.CharField(
        label=_("Reason for the extra time, the company reads this"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, missing: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["missing"].choices = missing  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("give_extension") and not data.get("until_on"):
            self.add_error("until_on", _("Choose until when the company has extra time."))
        return data

    def extension(self) -> services.ExtensionTerms | None:
        """The extra time as the service takes it; None when there is none."""
        data = self.cleaned_data
        if not data.get("give_extension"):
            return None
        return services.ExtensionTerms(data["until_on"], data["extension_reason"], tuple(data["missing"]))


class YearFilterForm(forms.Form):
    """What the overview of a year shows."""

    group = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        choices=[
            ("", _("All")),
            ("undelivered", _("Not handed in")),
            ("waiting", _("Handed in, waits")),
            ("busy", _("Being assessed")),
            ("provisional", _("Provisional result")),
            ("decided", _("Decided")),
            ("exempt", _("No report due")),
        ],
    )
    colour = forms.ChoiceField(label=_("Colour"), required=False)
    search = forms.CharField(label=_("Company"), required=False, max_length=80)

    def __init__(self, *args: Any, colours: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colour"].choices = [("", _("All")), *colours]  # type: ignore[attr-defined]

    def filters(self) -> dict[str, Any]:
        """The filters as the query takes them."""
        return dict(self.cleaned_data) if self.is_valid() else {}


class EmptyForm(forms.Form):
    """Nothing to fill in: only yes or no."""


class RemindForm(forms.Form):
    """Which companies get a reminder."""

    companies = forms.TypedMultipleChoiceField(label=_("Companies"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, companies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["companies"].choices = companies  # type: ignore[attr-defined]


class TrailFilterForm(forms.Form):
    """What the trail of acts shows."""

    verb = forms.CharField(label=_("Act"), required=False, max_length=80)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=120)
    person = forms.CharField(label=_("Person"), required=False, max_length=120)

    def filters(self) -> dict[str, Any]:
        """The filters as the query takes them."""
        return dict(self.cleaned_data) if self.is_valid() else {}


def default_due(today: dt.date) -> dt.date:
    """Three weeks to complete a report, unless the assessor chooses otherwise."""
    return today + dt.timedelta(days=21)
