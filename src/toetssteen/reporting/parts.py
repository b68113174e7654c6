"""All questions of one part on one page: last year's answers to confirm together, new ones to answer together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toetssteen.reporting import forms, presentation, queries
from toetssteen.reporting.completeness import ReportState
from toetssteen.reporting.estimate import fact_level
from toetssteen.reporting.models import Answer, Report
from toetssteen.reporting.services import AnswerData


@dataclass(frozen=True)
class PartRow:
    """One question of a part, with its form where somebody answers it."""

    line: presentation.QuestionLine
    question: Any
    answer: Answer | None
    form: forms.AnswerForm | None  # none where the platform filled it in
    words: dict[str, Any] | None  # last year's answer that waits
    levels: list[dict[str, Any]]
    help: str
    is_table: bool

    @property
    def keep(self) -> str:
        """The value of the box that confirms last year's answer: which one, as it was seen."""
        return f"{self.line.id}:{self.answer.row_version}" if self.answer else ""

    @property
    def chosen(self) -> str:
        """The level that stands on the form."""
        return str(self.form["level"].value() or "") if self.form else ""

    @property
    def is_changed(self) -> bool:
        """Somebody entered something here."""
        return self.form is not None and self.form.is_bound and self.form.has_changed()


@dataclass(frozen=True)
class PartPage:
    """A part with its questions, and the parts beside it."""

    part: presentation.Part
    rows: list[PartRow]
    steps: list[presentation.StepRow]

    @property
    def waiting(self) -> int:
        """How many of last year's answers wait for a look."""
        return sum(row.words is not None for row in self.rows)

    @property
    def after(self) -> presentation.Part | None:
        """The next part in which something is still to be done."""
        parts = [part for step in self.steps for part in step.parts]
        here = next((n for n, part in enumerate(parts) if part.id == self.part.id), 0)
        later = [part for part in (*parts[here + 1 :], *parts[:here]) if part.done < len(part.questions)]
        return later[0] if later else None

    def entered(self) -> dict[str, tuple[AnswerData, int | None]]:
        """What somebody filled in, with the version that was on the screen."""
        return {
            row.line.id: (row.form.data_in(), row.form.cleaned_data["row_version"])
            for row in self.rows
            if row.form is not None and row.is_changed
        }

    def is_valid(self) -> bool:
        """Everything that was entered fits."""
        return all(row.form.is_valid() for row in self.rows if row.form is not None and row.is_changed)


def part_page(report: Report, sub_step: str, language: str, data: Mapping[str, Any] | None = None) -> PartPage | None:
    """The questions of a part that are asked this year; None if the report has no such part or nothing is asked."""
    answers = queries.answers_of(report)
    state = queries.state_of(report, answers)
    steps = presentation.steps(report, state, queries.assignments(report), language)
    part = next((p for step in steps for p in step.parts if p.id == sub_step), None)
    if part is None or not part.questions:
        return None
    rows = [_row(state, line, answers.get(line.id), language, data) for line in part.questions]
    return PartPage(part, rows, steps)


def _row(state: ReportState, line: Any, answer: Answer | None, language: str, data: Any) -> PartRow:
    pack, question = state.pack, state.pack.question(line.id)
    derived = fact_level(pack, question, state.facts) is not None
    waits = answer is not None and answer.needs_confirmation and not derived
    form = None
    if not derived:
        form = forms.AnswerForm(data, pack=pack, question=question, answer=answer, prefix=line.id)
    return PartRow(
        line=line,
        question=question,
        answer=answer,
        form=form,
        words=forms.answer_in_words(question, pack, answer) if waits else None,
        levels=presentation.levels(pack, question, language),
        help=question.help.in_(language),
        is_table=question.answer.kind == "table",
    )
