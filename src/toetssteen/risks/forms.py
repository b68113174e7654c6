"""Forms of a risk: what it is, how severe it is, why it moves, what stakeholders say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toetssteen.core.frameworks import Pack
from toetssteen.core.frameworks.rules import ScaleDimension
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.look.forms import DayInput
from toetssteen.risks.choices import RESPONSES, Involvement, SourceKind
from toetssteen.risks.services import RiskData

UNRATED = ""


class RiskForm(forms.Form):
    """One risk, in the order in which people think: what, where, how known, whom it harms, one's own part."""

    theme = forms.ChoiceField(label=_("Theme"))
    is_actual = forms.TypedChoiceField(
        label=_("Does it happen, or could it happen?"),
        choices=[("yes", _("It happens or happened: harm that was found")), ("no", _("It could happen: a risk"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    description = forms.CharField(
        label=_("What is it about?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: dry sawing without extraction, so that sawyers breathe in stone dust."),
    )
    chain_ids = forms.TypedMultipleChoiceField(
        label=_("In which chains?"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    quarry_area_id = forms.TypedChoiceField(label=_("Quarry area"), required=False, coerce=int, empty_value=None)
    site_text = forms.CharField(
        label=_("Site, as far as you know it"),
        required=False,
        max_length=200,
        help_text=_("For example: the workshop behind the quarry."),
    )
    source_kind = forms.ChoiceField(label=_("How do you know this?"), required=False)
    found_on = forms.DateField(label=_("Date of the source"), required=False, widget=DayInput)
    source_text = forms.CharField(
        label=_("What does the source say?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence_ids = forms.TypedMultipleChoiceField(
        label=_("Evidence"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From your own evidence. Others see it only when you use it in your report."),
    )
    harmed = forms.CharField(
        label=_("Whom does it harm?"),
        required=False,
        max_length=300,
        help_text=_("For example: day labourers, women who cut at home, neighbours of the quarry."),
    )
    involvement = forms.ChoiceField(label=_("What is your part?"), required=False, widget=forms.RadioSelect)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pack: Pack, options: dict[str, list[tuple[Any, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial
        choices: dict[str, list[tuple[Any, Any]]] = {
            "theme": _with(known.get("theme"), [(t.id, in_language(t.name)) for t in pack.themes], _("Choose")),
            "source_kind": _with(known.get("source_kind"), list(SourceKind.choices), _("Choose")),
            "involvement": [
                *((kind.value, f"{kind.label}. {RESPONSES[kind]}") for kind in Involvement),
                ("", _("We do not know yet")),
            ],
            "chain_ids": options["chains"],
            "country": _with(known.get("country"), options["countries"], _("Choose")),
            "quarry_area_id": [("", _("Choose")), *options["areas"]],
            "evidence_ids": options["evidence"],
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        for name in ("chain_ids", "quarry_area_id", "evidence_ids"):
            if not [value for value, _label in choices[name] if value]:
                del self.fields[name]

    def data_in(self) -> RiskData:
        """What was entered, for the service."""
        given = self.cleaned_data
        return RiskData(
            **{name: given[name] for name in PLAIN},
            chain_ids=tuple(given.get("chain_ids", ())),
            evidence_ids=tuple(given.get("evidence_ids", ())),
            quarry_area_id=given.get("quarry_area_id"),
        )


PLAIN = (
    "theme", "is_actual", "description", "country", "site_text", "source_kind", "source_text", "found_on", "harmed",
    "involvement",
)  # fmt: skip


def _with(known: Any, rows: list[tuple[Any, Any]], nothing: Any) -> list[tuple[Any, Any]]:
    """The choices with an empty one first, and with what stands there already."""
    if known and known not in [value for value, _label in rows]:
        rows = [*rows, (known, known)]
    return [("", nothing), *rows]


class RatingForm(forms.Form):
    """How severe and how likely, each in a plain question; nothing is filled in for anybody."""

    severity_reason = forms.CharField(
        label=_("Why do you rate it like this?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example what you saw, who told you, how many people it is about."),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dimensions = [*(pack.severity.dimensions if pack.severity else ())]
        rows = [*self.dimensions, *([pack.severity.likelihood] if pack.severity else [])]
        for row in rows:
            name = row.id if row in self.dimensions else "likelihood"
            self.fields[name] = forms.TypedChoiceField(
                label=in_language(row.text) if name != "likelihood" else _("Likelihood: how likely is it here?"),
                required=False,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                choices=score_choices(row),
            )
        self.order_fields([*(row.id for row in self.dimensions), "likelihood", "severity_reason"])

    def scores(self) -> dict[str, int | None]:
        """The score of each dimension."""
        return {row.id: self.cleaned_data[row.id] for row in self.dimensions}


def score_choices(row: ScaleDimension) -> list[tuple[Any, str]]:
    """Each score with the pack's example where it has one, and not rated."""
    found: list[tuple[Any, str]] = [(UNRATED, str(_("Not rated yet")))]
    for score in range(row.min, row.max + 1):
        anchor = row.anchors.get(score)
        found.append((score, f"{score}: {in_language(anchor)}" if anchor else str(score)))
    return found


class ReasonForm(forms.Form):
    """Why somebody decides otherwise."""

    reason = forms.CharField(label=_("Your reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class ViewForm(forms.Form):
    """What a stakeholder said of the order."""

    who = forms.CharField(
        label=_("Who did you talk with?"),
        max_length=200,
        help_text=_("For example: the local union, or an organisation in the quarry area. No names of workers."),
    )
    said_on = forms.DateField(label=_("When?"), widget=DayInput)
    said = forms.CharField(
        label=_("What did they say of your priorities?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    changed = forms.CharField(
        label=_("What did you change because of it?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Changing nothing is possible too; say why."),
    )
