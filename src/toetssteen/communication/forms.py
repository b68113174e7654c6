"""What a company fills in for its public report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from toetssteen.communication.sections import LANGUAGES, Section
from toetssteen.communication.selection import Selection
from toetssteen.communication.services import SectionData
from toetssteen.communication.services.drafting import LONGEST
from toetssteen.communication.source import Source, has_words, texts_of_goal
from toetssteen.foundation.look.figures import country_name

IN_LANGUAGE = {"nl": _("In Dutch"), "en": _("In English")}


class SectionForm(forms.Form):
    """One part of the report: what is shown of the data, and the company's own words in each language."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, section: Section, selection: Selection, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.selection, self.source = section, selection, source
        for row in section.fields:
            self.fields[f"field_{row.id}"] = forms.BooleanField(
                label=row.label, help_text=row.hint, required=False, initial=selection.shows(row.id)
            )
        for risk in source.main_risks if section.id == "risks" else ():
            where = f", {country_name(risk.country)}" if risk.country else ""
            self.fields[f"risk_{risk.pk}"] = forms.BooleanField(
                label=f"{risk.theme.in_(get_language())}{where}",
                required=False,
                initial=not risk.line & selection.left_out,
            )
        for slot in section.slots:
            for language in LANGUAGES:
                self.fields[f"words_{slot.id}_{language}"] = _words(
                    IN_LANGUAGE[language], selection.says(slot.id, language), language
                )
        self.others = [
            (key, text, _other(source.language_of(key))) for key, text in _to_translate(section, selection, source)
        ]
        for key, text, language in self.others:
            self.fields[self._name(key)] = _words(text, selection.says(key, language), language, 2)

    @staticmethod
    def _name(key: str) -> str:
        return "other_" + key.replace(":", "_")

    def choices(self) -> list[Any]:
        """What can be shown, one box each."""
        return [self[f"field_{row.id}"] for row in self.section.fields]

    def risks(self) -> list[Any]:
        """The risks that can be named, one box each."""
        return [self[name] for name in self.fields if name.startswith("risk_")]

    def texts(self) -> list[dict[str, Any]]:
        """The texts with their fields, one per language."""
        return [
            {"slot": slot, "fields": [self[f"words_{slot.id}_{language}"] for language in LANGUAGES]}
            for slot in self.section.slots
        ]

    def translations(self) -> list[tuple[str, list[Any]]]:
        """Per language the goals, actions and explanations that stand in the other one, with a field for each."""
        rows = [(code, [self[self._name(key)] for key, _text, to in self.others if to == code]) for code in LANGUAGES]
        return [(language, fields) for language, fields in rows if fields]

    def data_in(self) -> SectionData:
        """The part as the service takes it."""
        given = self.cleaned_data
        words = {
            slot.id: {language: given[f"words_{slot.id}_{language}"] for language in LANGUAGES}
            for slot in self.section.slots
        }
        words |= {key: {language: given[self._name(key)]} for key, _text, language in self.others}
        left_out = None
        if self.section.id == "risks":
            # A risk that does not come first today was not asked about: it stays as it was chosen.
            asked = frozenset[int]().union(*(row.line for row in self.source.main_risks))
            unticked = {row.pk for row in self.source.main_risks if not given[f"risk_{row.pk}"]}
            left_out = (self.selection.left_out - asked) | unticked
        fields = {row.id: given[f"field_{row.id}"] for row in self.section.fields}
        return SectionData(fields=fields, left_out=left_out, words=words)


def _words(label: Any, initial: str, language: str, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "lang": language})
    return forms.CharField(label=label, initial=initial, required=False, max_length=LONGEST, widget=widget)


def _other(language: str) -> str:
    return "en" if language == "nl" else "nl"


def _to_translate(section: Section, selection: Selection, source: Source) -> list[tuple[str, str]]:
    """What people wrote elsewhere in one language, by the key of its translation; the same words only once."""
    rows: list[tuple[str, str]] = []
    if section.id == "goals":
        hidden = () if selection.shows("partners") else ("partners:",)
        rows = [(key, text) for goal in source.goals for key, text in texts_of_goal(goal) if not key.startswith(hidden)]
        rows += [(f"goal:{goal.pk}", goal.text) for goal in source.last_goals]
    elif section.id == "risks":
        rows = [(f"risk:{row.pk}", row.explanation) for row in source.main_risks]
    first: dict[str, str] = {}
    for key, text in rows:
        if has_words(text):
            first.setdefault(text, key)
    return [(key, text) for text, key in first.items()]


class LengthForm(forms.Form):
    """The whole report or one page."""

    is_short = forms.TypedChoiceField(
        label=_("How long is it?"), choices=(("no", _("The whole report")), ("yes", _("One page"))),
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PublishForm(forms.Form):
    """The company's own yes to what becomes public, in which languages."""

    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), widget=forms.CheckboxSelectMultiple,
        choices=[("nl", _("Dutch")), ("en", _("English"))],
        error_messages={"required": _("Choose at least one language.")},
    )  # fmt: skip
    digest_nl = forms.CharField(widget=forms.HiddenInput, max_length=64)
    digest_en = forms.CharField(widget=forms.HiddenInput, max_length=64)
    sure = forms.BooleanField(
        label=_("I read it as visitors will read it. This may become public."),
        error_messages={"required": _("Tick that you read it and that it may become public.")},
    )

    def show_what_is_new(self) -> None:
        """After a refusal the page shows what stands there now: its hashes come along, and the yes is asked again."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data.pop("sure", None)
        for name in ("digest_nl", "digest_en"):
            data[name] = self.initial[name]
        self.data = data

    def expected(self) -> dict[str, str]:
        """Per chosen language the hash of what was shown."""
        return {language: self.cleaned_data[f"digest_{language}"] for language in self.cleaned_data["languages"]}


class WithdrawForm(forms.Form):
    """Why a version is taken back."""

    reason = forms.CharField(
        label=_("Why do you take it back?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Visitors read this sentence. Name no people."),
        error_messages={"required": _("Say why you take this version back.")},
    )  # fmt: skip
