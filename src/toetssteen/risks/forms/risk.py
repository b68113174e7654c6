"""Forms of one risk: what it is, how one knows, how severe it is, whose part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from toetssteen.core.frameworks import Pack
from toetssteen.core.frameworks.rules import ScaleDimension
from toetssteen.documents.queries import kind_words
from toetssteen.documents.services import About
from toetssteen.foundation.files import ENDINGS, FileRefused, type_of
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.look.forms import DayInput
from toetssteen.risks.choices import RESPONSES, Involvement, SourceKind
from toetssteen.risks.services import NewFile, RiskData, SourceData

UNRATED = ""


class Suggesting(forms.TextInput):
    """A line to write on, with names to choose from; a browser that shows no choices leaves a plain line."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = names

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The line and the names behind it."""
        line = super().render(
            name, value, {**(attrs or {}), "list": f"{name}_known"} if self.names else attrs, renderer
        )
        if not self.names:
            return line
        options = format_html_join("", '<option value="{}"></option>', ((known,) for known in self.names))
        return format_html('{}<datalist id="{}_known">{}</datalist>', line, name, options)


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
        help_text=_("One that you named in your chains, or another. For example: the workshop behind the quarry."),
    )
    harmed = forms.CharField(
        label=_("Whom does it harm?"),
        required=False,
        max_length=300,
        help_text=_("For example: day labourers, women who cut at home, neighbours of the quarry."),
    )
    involvement = forms.ChoiceField(label=_("What is your part?"), required=False, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("How do you know this?"), required=False)
    said_on = forms.DateField(label=_("Date of the source"), required=False, widget=DayInput)
    text = forms.CharField(
        label=_("What does the source say?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence_id = forms.TypedChoiceField(
        label=_("Evidence"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("From your own evidence. The secretariat sees it once you hand in the report of this year."),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, pack: Pack, options: dict[str, list[tuple[Any, Any]]], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial
        choices: dict[str, list[tuple[Any, Any]]] = {
            "theme": _with(known.get("theme"), [(t.id, in_language(t.name)) for t in pack.themes], _("Choose")),
            "kind": [("", _("Choose")), *SourceKind.choices],
            "involvement": involvement_choices(),
            "chain_ids": options["chains"],
            "country": _with(known.get("country"), options["countries"], _("Choose")),
            "quarry_area_id": [("", _("Choose")), *options["areas"]],
            "evidence_id": [("", _("No file")), *options["evidence"]],
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        line = Suggesting([name for name, _label in options["sites"]])
        line.attrs = {**self.fields["site_text"].widget.attrs}
        self.fields["site_text"].widget = line
        for name in ("chain_ids", "quarry_area_id", "evidence_id"):
            if not [value for value, _label in choices[name] if value]:
                del self.fields[name]
        if not is_new:
            for name in SOURCE:
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """What somebody says of a source needs its kind."""
        given = super().clean() or {}
        if any(given.get(name) for name in SOURCE) and not given.get("kind"):
            self.add_error("kind", _("Say what kind of source this is."))
        return given

    def source_in(self) -> SourceData | None:
        """The first source, where one was given with a new risk."""
        given = self.cleaned_data
        if not given.get("kind"):
            return None
        return SourceData(given["kind"], given.get("said_on"), given.get("text", ""), given.get("evidence_id"))

    def data_in(self) -> RiskData:
        """What was entered, for the service."""
        given = self.cleaned_data
        return RiskData(
            **{name: given[name] for name in PLAIN},
            chain_ids=tuple(given.get("chain_ids", ())),
            quarry_area_id=given.get("quarry_area_id"),
        )


PLAIN = ("theme", "is_actual", "description", "country", "site_text", "harmed", "involvement")


SOURCE = ("kind", "said_on", "text", "evidence_id")


def involvement_choices() -> list[tuple[Any, Any]]:
    """How a company can be tied to a harm, each with the response that it asks for."""
    return [*((kind.value, f"{kind.label}. {RESPONSES[kind]}") for kind in Involvement), ("", _("We do not know yet"))]


def _with(known: Any, rows: list[tuple[Any, Any]], nothing: Any) -> list[tuple[Any, Any]]:
    """The choices with an empty one first, and with what stands there already."""
    if known and known not in [value for value, _label in rows]:
        rows = [*rows, (known, known)]
    return [("", nothing), *rows]


class SourceForm(forms.Form):
    """One source: what kind, of which day, what it says, and a file of the own evidence or a new one."""

    kind = forms.ChoiceField(
        label=_("How do you know this?"), error_messages={"required": _("Say what kind of source this is.")}
    )
    said_on = forms.DateField(
        label=_("Date of the source"),
        required=False,
        widget=DayInput,
        help_text=_("The day of the visit, talk or publication. After five years we ask you to look again."),
    )
    text = forms.CharField(
        label=_("What does the source say?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: three quarries visited, no water at two saws. No names of workers."),
    )
    evidence_id = forms.TypedChoiceField(
        label=_("Evidence"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("From your own evidence. The secretariat sees it once you hand in the report of this year."),
    )
    upload = forms.FileField(label=_("Or add a new file"), required=False, max_length=500)
    file_kind = forms.ChoiceField(label=_("What is the new file?"), required=False)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pack: Pack, evidence: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pack = pack
        fields: Any = self.fields
        fields["kind"].choices = _with(self.initial.get("kind"), list(SourceKind.choices), _("Choose"))
        fields["evidence_id"].choices = [("", _("No file")), *evidence]
        kinds = sorted(kind_words(pack).items(), key=lambda pair: pair[1])
        fields["file_kind"].choices = [("", _("Choose")), *kinds]
        fields["upload"].widget.attrs["accept"] = ",".join(ENDINGS)
        if not evidence:
            del self.fields["evidence_id"]

    def clean_upload(self) -> Any:
        """A look at what is in the file, so that everything that is wrong is said at once."""
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                type_of(upload, upload.size or 0, settings.EVIDENCE_MAX_BYTES)
            except FileRefused as refused:
                raise forms.ValidationError(refused.sentence, code=refused.code) from refused
        return upload

    def clean(self) -> dict[str, Any]:
        """A new file needs its kind."""
        given = super().clean() or {}
        if given.get("upload") and not given.get("file_kind"):
            self.add_error("file_kind", _("Choose what kind of evidence this is."))
        return given

    def data_in(self) -> SourceData:
        """What was entered, for the service."""
        given = self.cleaned_data
        return SourceData(given["kind"], given["said_on"], given["text"], given.get("evidence_id"))

    def file_in(self) -> NewFile | None:
        """The new file with what it is; its name is its title."""
        upload = self.cleaned_data.get("upload")
        if not upload:
            return None
        title = (upload.name or "").rpartition(".")[0] or upload.name or "-"
        about = About(title=title[:160], kind=self.cleaned_data["file_kind"], document_on=self.cleaned_data["said_on"])
        return NewFile(upload, about, self.pack)


class PartForm(forms.Form):
    """How the company is tied to the harm."""

    involvement = forms.ChoiceField(label=_("What is your part?"), required=False, widget=forms.RadioSelect)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["involvement"].choices = involvement_choices()  # type: ignore[attr-defined]


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

    def __init__(self, *args: Any, pack: Pack, points: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason: Any = self.fields["severity_reason"]
        if points:
            earns = _("You can save without it; with it the rating counts for your points (at most %(points)s).")
            reason.help_text = f"{reason.help_text} {earns % {'points': points}}"
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
