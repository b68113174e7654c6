"""The form of one answer: its input by kind, level, words; works without JavaScript."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack, Question
from toetssteen.foundation.look.figures import day
from toetssteen.foundation.look.forms import DayInput, NumberText
from toetssteen.reporting import values
from toetssteen.reporting.queries import QuestionPage
from toetssteen.reporting.services import AnswerData

LEAST_ROWS, SPARE_ROWS = 3, 2


class Words(forms.CharField):
    """Text of several lines; a line ends the same way whatever browser sent it."""

    def to_python(self, value: Any) -> str:
        """Count and keep a line end as one character."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""


class AnswerForm(forms.Form):
    """What a company answers to one question."""

    level = forms.CharField(required=False)
    text = Words(
        label=gettext_lazy("Explain your answer"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Two or three sentences are enough. What do you know, how do you know it, what is missing?"
        ),
    )
    dont_know = forms.BooleanField(label=gettext_lazy("I do not know this (yet)"), required=False)
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, pack: Pack, question: Question, answer: Any, more_rows: int = 0, prefix: str = ""
    ) -> None:
        dont_know = answer.dont_know if answer else False
        initial = {
            "level": answer.level if answer and not dont_know else "",
            "text": answer.text if answer else "",
            "dont_know": dont_know,
            "row_version": answer.row_version if answer else 0,
        }
        super().__init__(data, initial=initial, prefix=prefix or None)
        self.pack, self.question, self.answer, self.more_rows = pack, question, answer, more_rows
        field = value_field(question, pack)
        if field is not None:
            self.fields["value"] = field
            self.initial["value"] = initial_value(question, answer)

    def clean(self) -> dict[str, Any]:
        """A level and not knowing exclude each other."""
        cleaned: dict[str, Any] = super().clean() or {}
        level, lowest = cleaned.get("level"), self.pack.framework.unanswered_level
        if cleaned.get("dont_know") and level and level != lowest:
            self.add_error("dont_know", _("Choose a level, or say that you do not know this. Not both."))
        return cleaned

    @property
    def table(self) -> list[dict[str, Any]]:
        """The rows of a table question as inputs; a few empty ones at the end."""
        columns = values.columns_of(self.question, self.pack)
        rows = table_rows(self.data, [c for c, _w in columns]) if self.is_bound else stored_rows(self.answer)
        blank: dict[str, str] = {}
        count = min(max(len(rows) + SPARE_ROWS, LEAST_ROWS, self.more_rows), max(len(rows), values.MAX_ROWS))
        padded = [*rows, *[blank] * (count - len(rows))]
        language = get_language()
        return [
            {
                "number": number,
                "cells": [
                    {
                        "name": f"cell-{number}-{column}",
                        "label": words.in_(language).capitalize(),
                        "value": row.get(column, ""),
                    }
                    for column, words in columns
                ],
            }
            for number, row in enumerate(padded)
        ]

    @property
    def table_heads(self) -> list[str]:
        """The words above the columns of a table question."""
        return [w.in_(get_language()).capitalize() for _c, w in values.columns_of(self.question, self.pack)]

    def data_in(self) -> AnswerData:
        """The answer as the service takes it."""
        cleaned = self.cleaned_data
        value = cleaned.get("value")
        if self.question.answer.kind == "table" and self.prefix:
            value = stored_rows(self.answer)  # among the questions of a part there is no place for a table
        elif self.question.answer.kind == "table":
            value = table_rows(self.data, list(self.question.answer.columns))
        return AnswerData(level=cleaned["level"], value=value, text=cleaned["text"], dont_know=cleaned["dont_know"])


def value_field(question: Question, pack: Pack) -> forms.Field | None:
    """The input for the kind of answer; None for kinds that have their own or need none."""
    language = get_language()
    kind = question.answer.kind
    label = _("Your answer")
    if kind == "yes_no":
        return forms.ChoiceField(
            label=label, required=False, widget=forms.RadioSelect, choices=[("yes", _("Yes")), ("no", _("No"))]
        )
    if kind == "choice":
        choices = [(o, w.in_(language).capitalize()) for o, w in values.options_of(question, pack)]
        if question.answer.multiple:
            return forms.MultipleChoiceField(
                label=label, required=False, widget=forms.CheckboxSelectMultiple, choices=choices
            )
        return forms.ChoiceField(label=label, required=False, widget=forms.RadioSelect, choices=choices)
    if kind == "date":
        return forms.DateField(label=label, required=False, widget=DayInput)
    if kind in ("number", "scale"):
        return forms.CharField(label=label, required=False, max_length=30, widget=NumberText)
    return None


def initial_value(question: Question, answer: Any) -> Any:
    """What was answered, as the input shows it."""
    value = answer.value if answer else None
    if question.answer.kind == "yes_no":
        return {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else None
    return value


def stored_rows(answer: Any) -> list[dict[str, str]]:
    """The rows of a table question as they were saved."""
    value = answer.value if answer else None
    return value if isinstance(value, list) else []


def table_rows(data: Any, columns: list[str]) -> list[dict[str, str]]:
    """The rows of a table question from a posted form, in order; empty rows fall away."""
    rows: dict[int, dict[str, str]] = {}
    for name in data:
        parts = name.split("-", 2)
        if len(parts) == 3 and parts[0] == "cell" and parts[1].isdigit() and parts[2] in columns:
            rows.setdefault(int(parts[1]), {})[parts[2]] = str(data[name])
    ordered = [rows[key] for key in sorted(rows)]
    return [row for row in ordered if any(v.strip() for v in row.values())]


def answer_in_words(question: Question, pack: Pack, answer: Any) -> dict[str, Any]:
    """An answer as it is read: level, value and words."""
    language = get_language()
    shown = values.shown(question, pack, answer.value)
    if isinstance(shown, list):
        shown = [s.in_(language) if hasattr(s, "in_") else ", ".join(c for c in s if c) for s in shown]
    elif shown is not None:
        shown = [day(shown) if hasattr(shown, "isoformat") else str(shown)]
    level = "" if answer.dont_know else answer.level
    return {
        "level": pack.framework.level(level).text.in_(language) if level else "",
        "value": shown or [],
        "text": answer.text,
        "dont_know": answer.dont_know,
    }


def last_year_in_words(item: QuestionPage) -> dict[str, Any] | None:
    """Last year's answer and what the assessor said about it, for comparison; None without one."""
    last = item.last_year
    if last is None:
        return None
    words = answer_in_words(item.question, item.pack, last.answer)
    assessed = item.pack.framework.level(last.level).text.in_(get_language()) if last.level else ""
    return {
        **words,
        "year": last.answer.report.report_year,
        "nothing": not (words["text"] or words["value"]),
        "assessed": assessed,
        "reason": last.reason,
    }


def mine_in_words(form: AnswerForm) -> dict[str, Any]:
    """What was entered and not saved, to lay beside what somebody else saved."""
    entered = form.data_in()
    try:
        value = values.clean_value(form.question, form.pack, entered.value)
    except ValidationError:
        value = None
    return answer_in_words(form.question, form.pack, replace(entered, value=value))


def conflict_in_words(question: Question, pack: Pack, current: Any) -> dict[str, Any]:
    """The answer that somebody else saved in the meantime."""
    words = answer_in_words(question, pack, current)
    who = str(current.changed_by) if current.changed_by_id else ""
    return {**words, "who": who, "row_version": current.row_version}
