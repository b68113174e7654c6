"""Forms of a reading, of an evaluation with who was consulted, and of a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from toetssteen.core.progress import Amount, amount_in, in_unit, whole_of
from toetssteen.core.progress.amounts import PERCENT
from toetssteen.evaluation.choices import Conclusion, ReadingKind, Setback, Source, Stakeholder
from toetssteen.evaluation.presentation import plain_number
from toetssteen.evaluation.services import ConsultationData, EvaluationData, ReadingData
from toetssteen.foundation.look.figures import EMPTY, day
from toetssteen.foundation.look.forms import DayInput, Difference, NumberText

PLACES, LARGEST = 4, 10**11
BLANK_CONSULTATIONS = 3


class FigureField(forms.Field):
    """One number typed with a comma or a point, or so many of so many, with or without the unit of its goal."""

    widget = NumberText

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unit = unit

    def prepare_value(self, value: Any) -> Any:
        """As people type it."""
        return plain_number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Amount | None:
        """The exact amount in its own words; what can be read in two ways is asked again."""
        text = str(value or "").strip()
        if not text:
            return None
        found = amount_in(text)
        if found is None:
            raise forms.ValidationError(_("Enter one number, such as 45 or 12,5, or so many of all: 9 out of 12."))
        if found.unit and (not self.unit or in_unit(found, self.unit) is None):
            raise forms.ValidationError(
                _("This goal is measured in %(unit)s.") % {"unit": self.unit}
                if self.unit
                else _("Enter only the number: this goal names no unit.")
            )
        if abs(found.value) >= LARGEST or (found.value * 10**PLACES).denominator != 1:
            raise forms.ValidationError(_("Enter a number with at most four decimals."))
        return found


def _decimal(value: Fraction) -> Decimal:
    return Decimal(int(value * 10**PLACES)).scaleb(-PLACES)


def _how_to_enter(unit: str) -> str:
    """What the field of a figure asks for; a year in which nobody measured is left as it is."""
    whole = whole_of(unit)
    asked: Any
    if not unit:
        asked = _("Only the number.")
    elif whole and unit != PERCENT:
        asked = _("How many of all %(whole)s; or another whole, such as 9 out of 14.") % {"whole": whole}
    else:
        asked = _("In %(unit)s, as your goal is measured.") % {"unit": unit}
    return f"{asked} {_('Was nothing measured? Then note no figure: the year stays “not given”.')}"


class ReadingForm(forms.Form):
    """What was measured or heard, when, how, and who gave it."""

    kind = forms.ChoiceField(
        label=_("What do you want to note?"),
        choices=[
            (ReadingKind.FIGURE.value, _("A figure: how much or how many")),
            (ReadingKind.WORDS.value, _("What people say about it")),
        ],
        widget=forms.RadioSelect,
        initial=ReadingKind.FIGURE.value,
        help_text=_("Figures say how much, talks say why. Note them both, one after the other."),
    )
    words = forms.CharField(
        label=_("What do people say?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: the masks are too tight, so we take them off. No names of workers."),
    )
    year_number = forms.TypedChoiceField(label=_("About which year?"), coerce=int)
    measured_on = forms.DateField(label=_("When was it measured or said?"), widget=DayInput)
    source = forms.ChoiceField(label=_("How do you know?"))
    method = forms.CharField(
        label=_("How many, where, how?"),
        required=False,
        max_length=300,
        help_text=_("For example: 9 of 12 saws, two factories, unannounced visit."),
    )
    given_by = forms.CharField(
        label=_("Who gave it?"),
        required=False,
        max_length=160,
        help_text=_("A function or an organisation is enough. Not public."),
    )
    evidence_ids = forms.TypedMultipleChoiceField(
        label=_("Evidence"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From your own evidence. Others see it only when you use it in your report."),
    )
    reason = forms.CharField(
        label=_("Why do you correct it?"),
        max_length=300,
        help_text=_("What stood there before stays readable, with this reason."),
    )

    def __init__(
        self,
        *args: Any,
        unit: str,
        years: Iterable[tuple[int, str]],
        evidence: list[tuple[int, str]],
        corrects: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = FigureField(
            unit=unit,
            label=_("The figure"),
            required=False,
            help_text=_how_to_enter(unit),
        )
        self.fields["year_number"].choices = list(years)  # type: ignore[attr-defined]
        self.fields["source"].choices = [("", _("Choose")), *Source.choices]  # type: ignore[attr-defined]
        self.fields["evidence_ids"].choices = evidence  # type: ignore[attr-defined]
        if not evidence:
            del self.fields["evidence_ids"]
        if not corrects:
            del self.fields["reason"]
        self.order_fields(["kind", "value", "words"])

    def data_in(self) -> ReadingData:
        """The reading as the service takes it."""
        given = {k: v for k, v in self.cleaned_data.items() if k not in ("reason", "evidence_ids", "value")}
        figure: Amount | None = self.cleaned_data["value"]
        return ReadingData(
            **given,
            value=None if figure is None else _decimal(figure.value),
            unit="" if figure is None else figure.unit,
            evidence_ids=tuple(self.cleaned_data.get("evidence_ids", ())),
        )


class ReasonForm(forms.Form):
    """Why somebody takes a reading away."""

    reason = forms.CharField(label=_("Your reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class EvaluationForm(forms.Form):
    """What became of a goal or of a year, in the order in which people think."""

    evaluated_on = forms.DateField(label=_("When did you look back?"), widget=DayInput)
    method = forms.CharField(
        label=_("How did you look at it?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: an unannounced visit in May, compared with what the factory reported."),
    )
    reached = forms.CharField(
        label=_("What was reached?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    not_reached = forms.CharField(
        label=_("What was not reached, and why?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A setback that you explain says more than a plan in which everything went well."),
    )
    setback_kind = forms.ChoiceField(label=_("Was there a setback?"), required=False)
    conclusion = forms.ChoiceField(
        label=_("What happens with this goal?"), choices=Conclusion.choices, widget=forms.RadioSelect
    )
    next_step = forms.CharField(
        label=_("What does the next plan do with it?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands beside the goal when you make the next plan."),
    )
    own_change = forms.CharField(
        label=_("What changes in your own company?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: the promised delivery time was too short; our offers now give two weeks more."),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, whole_year: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["setback_kind"].choices = [("", _("No setback")), *Setback.choices]  # type: ignore[attr-defined]
        if whole_year:
            del self.fields["conclusion"]
            self.fields["next_step"].help_text = _("Stands above the goals when you make the next plan.")

    def data_in(self, consulted: Any) -> EvaluationData:
        """The evaluation as the service takes it, with the rows of who was consulted."""
        given = {k: v for k, v in self.cleaned_data.items() if k != "row_version"}
        return EvaluationData(**given, consultations=tuple(consultations_in(consulted)))


class ConsultationForm(forms.Form):
    """Somebody of the people concerned; a row without a kind is left out."""

    kind = forms.ChoiceField(label=_("Who are they?"), required=False)
    who = forms.CharField(
        label=_("In words"), required=False, max_length=200, help_text=_("For example: twelve sawyers. No names.")
    )
    consulted_on = forms.DateField(label=_("When?"), required=False, widget=DayInput)
    how = forms.CharField(label=_("How?"), required=False, max_length=200)
    said = forms.CharField(
        label=_("What did they say?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Nobody here")), *Stakeholder.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Words without saying whose they are are not lost: the kind is asked."""
        given = super().clean() or {}
        rest = [value for name, value in given.items() if name != "kind" and value]
        if rest and not given.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Choose who they are."))
        return given


def consultation_forms(data: Any, rows: list[dict[str, Any]]) -> Any:
    """A row for each consultation that is known, and blank ones up to three (always one)."""
    extra = max(BLANK_CONSULTATIONS - len(rows), 1)
    made = formset_factory(ConsultationForm, extra=extra, max_num=20, absolute_max=20)
    return made(data, initial=rows, prefix="with")


def both_consulted(formset: Any) -> list[Difference]:
    """After a clash: who was consulted by what is stored beside what was entered, where they differ."""
    theirs = [_consulted_words(form.initial) for form in formset.forms if form.initial]
    theirs += [_consulted_words(row) for row in (formset.initial or [])[len(formset.forms) :]]
    mine = [_consulted_words(row) for row in map(_entered, formset.forms) if row.get("kind")]
    label = _("Who of the people concerned gave an opinion?")
    return [] if theirs == mine else [Difference(label, "; ".join(theirs) or EMPTY, "; ".join(mine) or EMPTY)]


def _consulted_words(row: Mapping[str, Any]) -> str:
    kind = Stakeholder(row["kind"]).label if row["kind"] in Stakeholder else row["kind"]
    on = day(row["consulted_on"]) if row["consulted_on"] else ""
    return ", ".join(str(part) for part in (kind, row["who"], on, row["how"], row["said"]) if part)


def consultations_in(formset: Any) -> list[ConsultationData]:
    """The rows that were filled in."""
    return [ConsultationData(**row) for row in map(_entered, formset.forms) if row.get("kind")]


def _entered(form: Any) -> dict[str, Any]:
    """A row as it was entered; one that somebody else stored word for word counts as entered too."""
    return form.cleaned_data or form.initial
