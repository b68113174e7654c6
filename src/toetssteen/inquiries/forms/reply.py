"""One question as a form: its fields follow from the kind of question; not knowing and not saying always fit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import AskedColumn, AskedQuestion, Questionnaire
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.look.forms import DayInput, NumberText
from toetssteen.inquiries.answering import LONGEST_CELL, LONGEST_TEXT, NUMBERS, Given, flaw_of_cell, rows_of, tidy
from toetssteen.inquiries.policies import MOST_ROWS

STANCE = "~"  # before a stance among the options of a single choice


class ReplyForm(forms.Form):
    """The answer to one question."""

    def __init__(
        self, data: Any, *, question: AskedQuestion, questionnaire: Questionnaire, given: Given, rows: int = 0
    ) -> None:
        super().__init__(data, prefix="q")
        self.question, self.questionnaire, self.given = question, questionnaire, given
        self.row_count = self._row_count(rows)
        self._add_fields()

    # --- fields

    def words(self, key: str) -> str:
        """The words of an option, column or row, as they begin a line."""
        words = in_language(self.questionnaire.label(key, self.question.id))
        return words[:1].upper() + words[1:]

    def _stances(self) -> list[tuple[str, str]]:
        return [(stance, self.words(stance)) for stance in self.questionnaire.stances]

    @property
    def is_single(self) -> bool:
        return self.question.kind in ("choice", "yes_no_unknown") and not self.question.multiple

    @property
    def is_multiple(self) -> bool:
        return self.question.kind == "choice" and self.question.multiple

    @property
    def is_rows(self) -> bool:
        return self.question.kind in ("table", "number_pair")

    def _row_count(self, asked: int) -> int:
        if self.question.kind == "number_pair":
            return 1
        if self.question.rows:
            return len(self.question.rows)
        return min(max(asked, len(rows_of(self.given)), 1), MOST_ROWS)

    def _add_fields(self) -> None:
        options = [(option, self.words(option)) for option in self.question.options]
        value = self.given.value
        if self.is_single:
            first = value[0] if isinstance(value, list) and value else ""
            initial = STANCE + self.given.stance if self.given.stance else first
            choices = options + [(STANCE + key, words) for key, words in self._stances()]
            self.fields["option"] = forms.ChoiceField(
                label=in_language(self.question.text), choices=choices, widget=forms.RadioSelect, required=False,
                initial=initial,
            )  # fmt: skip
            return
        if self.is_multiple:
            self.fields["options"] = forms.MultipleChoiceField(
                label=in_language(self.question.text), choices=options, widget=forms.CheckboxSelectMultiple,
                required=False, initial=value if isinstance(value, list) else [],
            )  # fmt: skip
        elif self.question.kind == "text":
            self.fields["text"] = forms.CharField(
                label=in_language(self.question.text), widget=forms.Textarea(attrs={"rows": 5}), required=False,
                max_length=LONGEST_TEXT, initial=value if isinstance(value, str) else "",
            )  # fmt: skip
        else:
            self._add_cells()
        self.fields["stance"] = forms.ChoiceField(
            label=_("Or"), choices=[("", _("I give an answer above")), *self._stances()], widget=forms.RadioSelect,
            required=False, initial=self.given.stance,
        )  # fmt: skip

    def _add_cells(self) -> None:
        kept = rows_of(self.given)
        for number in range(self.row_count):
            row_id = self.question.rows[number] if self.question.rows else ""
            row = next((r for r in kept if r.get("row") == row_id), {}) if row_id else dict(enumerate(kept)).get(number)
            for column in self.typed_columns:
                self.fields[f"{number}-{column.id}"] = self._cell(column, (row or {}).get(column.id, ""))

    @property
    def typed_columns(self) -> list[AskedColumn]:
        return [column for column in self.question.columns if column.kind != "row"]

    def _cell(self, column: AskedColumn, initial: str) -> forms.Field:
        label = self.words(column.id)
        if column.kind == "option":
            choices = [("", _("Choose")), *((option, self.words(option)) for option in column.options)]
            return forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)
        widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})
        if column.kind in NUMBERS:
            widget = NumberText()
        if column.kind == "day":
            widget = DayInput()
        return forms.CharField(label=label, required=False, max_length=LONGEST_CELL, widget=widget, initial=initial)

    def table(self) -> list[tuple[str, list[Any]]]:
        """The rows with their heading and fields, for the page."""
        found = []
        for number in range(self.row_count):
            heading = self.words(self.question.rows[number]) if self.question.rows else ""
            if not heading and self.question.kind == "table":
                heading = _("Line %(n)s") % {"n": number + 1}
            found.append((heading, [self[f"{number}-{column.id}"] for column in self.typed_columns]))
        return found

    @property
    def may_have_more(self) -> bool:
        return self.question.kind == "table" and not self.question.rows and self.row_count < MOST_ROWS

    # --- what was entered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_rows:
            for number in range(self.row_count):
                self._check_row(number, cleaned)
        entered = self._entered(cleaned)
        if not self.is_single and cleaned.get("stance") and entered:
            self.add_error("stance", _("You gave an answer and also chose this. Choose one of the two."))
        return cleaned

    def _check_row(self, number: int, cleaned: dict[str, Any]) -> None:
        said = {
            "number": _("Enter a number."), "percent": _("A share lies between 0 and 100."), "day": _("Enter a day."),
        }  # fmt: skip
        for column in self.typed_columns:
            flaw = flaw_of_cell(column.kind, cleaned.get(f"{number}-{column.id}", "") or "")
            if flaw:
                self.add_error(f"{number}-{column.id}", said[flaw])

    def _entered(self, cleaned: dict[str, Any]) -> Any:
        if self.is_multiple:
            return cleaned.get("options") or []
        if self.question.kind == "text":
            return tidy(cleaned.get("text") or "", LONGEST_TEXT)
        if not self.is_rows:
            return []
        rows = []
        for number in range(self.row_count):
            cells = {c.id: tidy(str(cleaned.get(f"{number}-{c.id}") or "")) for c in self.typed_columns}
            cells = self._without_names(cells)
            if any(cells.values()):
                row_id = {"row": self.question.rows[number]} if self.question.rows else {}
                rows.append({**row_id, **{key: cell for key, cell in cells.items() if cell}})
        return rows

    def _without_names(self, cells: dict[str, str]) -> dict[str, str]:
        """Of homes where people work no names are kept: the village is enough."""
        fills = self.question.fills
        if fills and fills.nameless_column and cells.get(fills.nameless_column) in fills.nameless_options:
            return {**cells, fills.name: ""}
        return cells

    def answer(self) -> Given:
        """What was answered."""
        cleaned = self.cleaned_data
        if self.is_single:
            chosen = cleaned.get("option") or ""
            if chosen.startswith(STANCE):
                return Given(stance=chosen.removeprefix(STANCE))
            return Given(value=[chosen] if chosen else None)
        if cleaned.get("stance"):
            return Given(stance=cleaned["stance"])
        return Given(value=self._entered(cleaned) or None)


class AttachmentForm(forms.Form):
    """One file with the answer."""

    upload = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True, max_length=500)

    def __init__(self, *args: Any, limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        upload.widget.attrs["accept"] = "image/*,.pdf,.heic"
        upload.help_text = _("A photo or a PDF, up to %(limit)s MB. Only the company that asks can open it.") % {
            "limit": limit // 2**20
        }
        upload.error_messages["required"] = _("Choose a file.")


class ConsentForm(forms.Form):
    """May this answer be used again when another member asks?"""

    may_share = forms.ChoiceField(
        label=gettext_lazy("May we show you these answers again when another member asks you?"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["may_share"]
        field.choices = [  # type: ignore[attr-defined]
            ("yes", _("Yes, then I do not have to fill in everything again")),
            ("no", _("No, only for this customer")),
        ]
        field.help_text = _(
            "You always see the answers first and decide yourself whether you send them. "
            "No member sees which other members ask you."
        )
        field.error_messages["required"] = _("Choose yes or no.")


class RefuseForm(forms.Form):
    """Not wanting to answer, with a reason or without."""

    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=1000,
    )
