"""The page of the results of a year in the words of the reader: rows of goals and years; no queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.core.progress import Direction
from toetssteen.evaluation.choices import Conclusion, ReadingKind, Setback, Source, Stakeholder
from toetssteen.evaluation.models import Evaluation, Reading
from toetssteen.evaluation.policies import GOES_ALONG
from toetssteen.evaluation.presentation import Scale, longest_of, said, way_in_words
from toetssteen.evaluation.queries import Board, GoalResult
from toetssteen.evaluation.queries.results import YearRow
from toetssteen.evaluation.suggestions import SUGGESTIONS
from toetssteen.foundation.look.figures import in_language
from toetssteen.plans.choices import OwnPractice, PlanState


@dataclass(frozen=True)
class Page:
    """What the page knows of the years around it: their names, and into which plans goals can go along."""

    year_number: int
    labels: Mapping[int, str]
    open_years: frozenset[int]
    begun: frozenset[int]

    @property
    def has_plan(self) -> bool:
        """The plan of this year was begun."""
        return self.year_number in self.begun


def page_of(board: Board, year_number: int, labels: Mapping[int, str]) -> Page:
    """The plans of this year and of the next take goals as long as they were not handed in."""
    states = {year_number: board.plan.state if board.plan else "", year_number + 1: board.next_plan_state}
    is_open = frozenset(n for n, state in states.items() if n in labels and state != PlanState.DELIVERED)
    return Page(year_number, labels, is_open, frozenset(number for number, state in states.items() if state))


def goal_rows(
    results: tuple[GoalResult, ...], page: Page, pack: Pack, numbers: Mapping[int, int]
) -> list[dict[str, Any]]:
    """Some goals of a board with their years, and with their number in the plan if they stand in it."""
    themes = {theme.id: in_language(theme.name) for theme in pack.themes}
    return [_goal(row, numbers.get(row.goal.pk, 0), page, themes) for row in results]


def _goal(row: GoalResult, number: int, page: Page, themes: Mapping[str, str]) -> dict[str, Any]:
    goal, now = row.goal, row.years[-1]
    found = [row.scale.on(f.amount) for year in row.years for f in year.year.figures]
    values = [value for value in found if value is not None]
    longest = longest_of(row.scale, values)
    target = row.scale.target.value if row.scale.target else None
    return {
        "goal": goal,
        "number": number,
        "theme": themes.get(goal.theme, goal.theme),
        "practice": OwnPractice(goal.own_practice).label if goal.own_practice in OwnPractice else "",
        "less_is_better": row.scale.direction is Direction.LESS,
        "no_way": row.has_figures and row.scale.direction is None,
        "years": [year_row(year, row.scale, page.labels, longest, target) for year in row.years],
        "now": way_in_words(now.part),
        "is_given": now.year.is_given,
        "evaluation": evaluation_row(row.evaluation, page.labels) if row.evaluation else None,
        "earlier": [evaluation_row(one, page.labels) for one in row.earlier],
        "onward": _onward(row, page),
    }


def _onward(row: GoalResult, page: Page) -> dict[str, Any]:
    """What can be done with the conclusion: the plan that it feeds, and whether the goal stands there or will."""
    following = row.goal.plan.year.number + 1
    known = row.evaluation or next(iter(row.earlier), None)
    can_change = page.year_number in page.open_years
    goes = known is not None and known.conclusion in GOES_ALONG
    is_open = known is not None and not row.is_in_next and following in page.open_years
    return {
        "label": page.labels.get(following, ""),
        "year": following,
        "taken": row.is_in_next,
        "goes": goes,
        "can": is_open and following in page.begun,
        "waits": is_open and following not in page.begun,
        "change": goes and following > page.year_number and can_change,
        "stop": known is not None and known.conclusion == Conclusion.STOP and can_change and row.goal.carried_from_id,
        "renew": known is not None and known.conclusion == Conclusion.NEW and page.has_plan and can_change,
    }


def year_row(
    row: YearRow, scale: Scale, labels: Mapping[int, str], longest: Fraction, target: Fraction | None
) -> dict[str, Any]:
    """One year of one goal: figures with their bar, what people said, or that nothing was given."""
    figures = [_reading(reading, scale) for reading in row.year.figures]
    voices = [_reading(reading, scale) for reading in row.year.voices]
    return {
        "number": row.number,
        "label": labels.get(row.number, str(row.number)),
        "is_given": row.year.is_given,
        "figures": figures,
        "voices": voices,
        "readings": [*figures, *voices],
        "bar": figures[-1]["exact"] if figures else None,
        "longest": longest,
        "need": target,
        "way": way_in_words(row.part),
        "went_back": row.went_back,
        "since": labels.get(row.back_since, "") if row.back_since else "",
        "former": [{"said": said(old), "row": old} for old in row.former],
        "removed": [{"said": said(old), "row": gone} for old, gone in row.removed],
    }


def _reading(reading: Reading, scale: Scale) -> dict[str, Any]:
    return {
        "row": reading,
        "said": said(reading),
        "is_figure": reading.kind == ReadingKind.FIGURE,
        "exact": scale.on(reading.amount),
        "source": Source(reading.source).label if reading.source in Source else "",
        "evidence": list(reading.evidence.all()),
        "corrected": reading.replaces_id is not None,
        "other_unit": reading.amount is not None and scale.on(reading.amount) is None,
    }


def evaluation_row(row: Evaluation, labels: Mapping[int, str]) -> dict[str, Any]:
    """An evaluation with its choices in words."""
    return {
        "row": row,
        "label": labels.get(row.year_number, str(row.year_number)),
        "conclusion": Conclusion(row.conclusion).label if row.conclusion else "",
        "setback": Setback(row.setback_kind).label if row.setback_kind else "",
        "consulted": [
            {"row": one, "kind": Stakeholder(one.kind).label if one.kind in Stakeholder else one.kind}
            for one in row.consultations.all()
        ],
    }


def suggestion_rows(results: tuple[GoalResult, ...]) -> list[dict[str, Any]]:
    """What can be measured of the own way of buying, with whether there is a goal for it."""
    known = {row.goal.own_practice for row in results}
    return [
        {
            "practice": OwnPractice(one.practice).label,
            "id": one.practice,
            "indicator": one.indicator,
            "where": one.where,
            "less": one.better is Direction.LESS,
            "has_goal": one.practice in known,
        }
        for one in SUGGESTIONS
    ]
