"""The form of one answer: its input by kind, level, words; works without JavaScript."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toetssteen.foundation.look.figures import day
from toetssteen.foundation.look.forms import DayInput, NumberText
from toetssteen.reporting import values
from toetssteen.reporting.queries import QuestionPage
from toetssteen.reporting.services import AnswerData

SPARE_ROWS = 2


class AnswerForm(forms.Form):
    """What a company answers to one question."""

    level = forms.CharField(required=False)
    text = forms.CharField(
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

    def __init__(self, data: Any = None, *, item: QuestionPage) -> None:
        answer = item.answer
        initial = {
            "level": answer.level if answer else "",
            "text": answer.text if answer else "",
            "dont_know": answer.dont_know if answer else False,
            "row_version": answer.row_version if answer else 0,
        }
        super().__init__(data, initial=initial)
        self.item = item
        field = value_field(item)
        if field is not None:
            self.fields["value"] = field
            self.initial["value"] = initial_value(item)

    @property
    def table(self) -> list[dict[str, Any]]:
        """The rows of a table question as inputs; a few empty ones at the end."""
        columns = values.columns_of(self.item.question, self.item.pack)
        rows = table_rows(self.data, [c for c, _w in columns]) if self.is_bound else self.item.rows
        blank: dict[str, str] = {}
        count = max(len(rows) + SPARE_ROWS, self.item.wanted_rows)
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
        return [w.in_(get_language()).capitalize() for _c, w in values.columns_of(self.item.question, self.item.pack)]

    def data_in(self) -> AnswerData:
        """The answer as the service takes it."""
        cleaned = self.cleaned_data
        value = cleaned.get("value")
        if self.item.question.answer.kind == "table":
            value = table_rows(self.data, list(self.item.question.answer.columns))
        return AnswerData(level=cleaned["level"], value=value, text=cleaned["text"], dont_know=cleaned["dont_know"])


def value_field(item: QuestionPage) -> forms.Field | None:
    """The input for the kind of answer; None for kinds that have their own or need none."""
    question, language = item.question, get_language()
    kind = question.answer.kind
    label = _("Your answer")
    if kind == "yes_no":
        return forms.ChoiceField(
            label=label, required=False, widget=forms.RadioSelect, choices=[("yes", _("Yes")), ("no", _("No"))]
        )
    if kind == "choice":
        choices = [(o, w.in_(language).capitalize()) for o, w in values.options_of(question, item.pack)]
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


def initial_value(item: QuestionPage) -> Any:
    """What was answered, as the input shows it."""
    value = item.answer.value if item.answer else None
    if item.question.answer.kind == "yes_no":
        return {True: "yes", False: "no"}.get(bool(value)) if value is not None else None
    return value


def table_rows(data: Any, columns: list[str]) -> list[dict[str, str]]:
    """The rows of a table question from a posted form, in order; empty rows fall away."""
    rows: dict[int, dict[str, str]] = {}
    for name in data:
        parts = name.split("-", 2)
        if len(parts) == 3 and parts[0] == "cell" and parts[1].isdigit() and parts[2] in columns:
            rows.setdefault(int(parts[1]), {})[parts[2]] = str(data[name])
    ordered = [rows[key] for key in sorted(rows)]
    return [row for row in ordered if any(v.strip() for v in row.values())]


def answer_in_words(item: QuestionPage, level: str, value: Any, text: str) -> dict[str, Any]:
    """An answer as it is read: level, value and words."""
    language = get_language()
    shown = values.shown(item.question, item.pack, value)
    if isinstance(shown, list):
        shown = [s.in_(language) if hasattr(s, "in_") else ", ".join(c for c in s if c) for s in shown]
    elif shown is not None:
        shown = [day(shown) if hasattr(shown, "isoformat") else str(shown)]
    name = item.pack.framework.level(level).text.in_(language) if level else ""
    return {"level": name, "value": shown or [], "text": text}


def last_year_in_words(item: QuestionPage) -> dict[str, Any] | None:
    """Last year's answer, for comparison; None without one."""
    last = item.last_year
    if last is None:
        return None
    words = answer_in_words(item, last.level, last.value, last.text)
    return {**words, "year": last.report.report_year, "nothing": not (words["text"] or words["value"])}


def conflict_in_words(item: QuestionPage, current: Any) -> dict[str, Any]:
    """The answer that somebody else saved in the meantime."""
    words = answer_in_words(item, current.level, current.value, current.text)
    who = str(current.changed_by) if current.changed_by_id else ""
    return {**words, "who": who, "row_version": current.row_version}
