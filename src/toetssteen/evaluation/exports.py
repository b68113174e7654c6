"""The readings of a page as a file: one row per goal and year, with what was not given said as such."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack
from toetssteen.evaluation.choices import Source
from toetssteen.evaluation.models import Reading
from toetssteen.evaluation.queries import Board, GoalResult
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.workbooks import table_as_csv, table_as_xlsx


def head() -> list[str]:
    """The names of the columns."""
    return [
        _("Goal"), _("Theme"), _("Measured by"), _("Where it started"), _("To reach"), _("Year"), _("Figure"),
        _("Unit"), _("What people say"), _("Measured on"), _("How do you know?"), _("How many, where, how?"),
        _("Who gave it?"), _("Corrected because"),
    ]  # fmt: skip


def rows_of(board: Board, labels: Mapping[int, str], pack: Pack) -> list[list[Any]]:
    """One row per reading, and one for each year without any."""
    themes = {theme.id: in_language(theme.name) for theme in pack.themes}
    return [row for result in board.every for row in _goal(result, labels, themes)]


def _goal(result: GoalResult, labels: Mapping[int, str], themes: Mapping[str, str]) -> Iterable[list[Any]]:
    goal = result.goal
    about = [goal.text, themes.get(goal.theme, goal.theme), goal.indicator, goal.baseline, goal.target]
    for year in result.years:
        label = labels.get(year.number, str(year.number))
        if not year.year.standing:
            yield [*about, label, _("not given"), *[""] * 7]
        for reading in year.year.standing:
            yield [*about, label, *_reading(reading)]


def _reading(reading: Reading) -> list[Any]:
    value: Decimal | str = "" if reading.value is None else reading.value.normalize()
    source = str(Source(reading.source).label) if reading.source in Source else ""
    return [
        value, reading.unit, reading.words, reading.measured_on, source, reading.method, reading.given_by,
        reading.reason,
    ]  # fmt: skip


def as_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Comma separated with a header row, for spreadsheets too."""
    return table_as_csv(head(), rows)


def as_xlsx(rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with a header that stays in sight; text stays text."""
    return table_as_xlsx("results", head(), rows, filtered=True)


FORMATS: dict[str, tuple[str, Callable[[Iterable[Sequence[Any]]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
