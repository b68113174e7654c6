"""Readings over the years; a year without a reading stays in the row as not given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from toetssteen.evaluation.choices import ReadingKind
from toetssteen.evaluation.models import Reading
from toetssteen.evaluation.presentation import said
from toetssteen.evaluation.queries.lines import Lines, lines_around
from toetssteen.plans.models import Objective


@dataclass(frozen=True)
class YearReading:
    """What a goal measured in one covenant year; `reading` is None when nothing was given, which is not zero."""

    year_number: int
    reading: Reading | None
    standing: tuple[Reading, ...] = ()

    @property
    def is_given(self) -> bool:
        """Something was measured or heard in this year."""
        return self.reading is not None

    @property
    def figures(self) -> tuple[Reading, ...]:
        """The figures of this year, in the order in which they were measured."""
        return tuple(reading for reading in self.standing if reading.kind == ReadingKind.FIGURE)

    @property
    def voices(self) -> tuple[Reading, ...]:
        """What people said in this year."""
        return tuple(reading for reading in self.standing if reading.kind == ReadingKind.WORDS)


def history(goals: Collection[Objective], until: int | None = None) -> dict[int, list[YearReading]]:
    """Per goal its readings per year, from the year in which its line began; two queries for any number of goals.

    The row ends with `until`, or with the year of the goal's own plan (later if something was given later). The
    reading of a year is the newest figure, or else the newest words.
    """
    if not goals:
        return {}
    lines, by_goal = _read(goals)
    return {goal.pk: years_of(goal.pk, lines, by_goal, until) for goal in goals}


def _read(goals: Collection[Objective]) -> tuple[Lines, dict[int, list[Reading]]]:
    lines = lines_around(goals)
    rows = Reading.objects.filter(goal_id__in=lines.firsts(goal.pk for goal in goals))
    return lines, standing(rows.order_by("measured_on", "pk"))


def standing(rows: Iterable[Reading]) -> dict[int, list[Reading]]:
    """The readings that nobody corrected or removed, by the first goal of their line."""
    every = list(rows)
    gone = {row.replaces_id for row in every}
    found: dict[int, list[Reading]] = defaultdict(list)
    for row in every:
        if row.pk not in gone and row.kind != ReadingKind.REMOVED:
            found[row.goal_id].append(row)
    return found


def years_of(
    goal_id: int, lines: Lines, by_goal: dict[int, list[Reading]], until: int | None = None
) -> list[YearReading]:
    """The row of years of one goal."""
    by_year: dict[int, list[Reading]] = defaultdict(list)
    for reading in by_goal.get(lines.first(goal_id), ()):
        by_year[reading.year_number].append(reading)
    last = until if until is not None else max([lines.places[goal_id].year_number, *by_year])
    return [_year(number, by_year.get(number, [])) for number in range(lines.starts_in(goal_id), last + 1)]


def _year(number: int, rows: Sequence[Reading]) -> YearReading:
    figures = [row for row in rows if row.kind == ReadingKind.FIGURE]
    newest = (figures or list(rows))[-1:]
    return YearReading(number, newest[0] if newest else None, tuple(rows))


def readings_of_goals(goals: Collection[Objective], until: int | None = None) -> dict[int, list[dict[str, Any]]]:
    """Figures per year for the pages below; never who gave them, how, nor what people said.

    Without `until` the row of each goal ends with the year of its own plan: what is measured later belongs to the next.
    """
    if not goals:
        return {}
    lines, by_goal = _read(goals)
    ends = {goal.pk: until if until is not None else lines.places[goal.pk].year_number for goal in goals}
    return {pk: [_figure(year) for year in years_of(pk, lines, by_goal, end)] for pk, end in ends.items()}


def _figure(year: YearReading) -> dict[str, Any]:
    figure = year.figures[-1] if year.figures else None
    return {
        "year_number": year.year_number,
        "is_given": figure is not None,
        "value": f"{figure.value.normalize():f}" if figure is not None and figure.value is not None else None,
        "unit": figure.unit if figure else "",
        "said": said(figure) if figure else "",
    }
