"""What companies said as facts that can be counted: with theme, country and state, without any words of their own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from toetssteen.assessment.said import SaidAction, SaidGoal, SaidResult
from toetssteen.core.disclosure import Fact, fact
from toetssteen.insights.results.definitions import PLAN, RISK, SETBACK
from toetssteen.insights.results.sources import CompanySaid, YearSaid

OTHER = "other"
Data = Mapping[int, frozenset[Fact]]


def facts_of(year: YearSaid, countries: frozenset[str] | None = None) -> dict[str, Data]:
    """Per source the facts of each company; countries that are not named here stand together as other."""
    return {
        RISK: {c.organisation_id: _risks(c, year, countries) for c in year.companies},
        PLAN: {c.organisation_id: _plan(c, year) for c in year.companies},
        SETBACK: {c.organisation_id: frozenset(fact(setback=kind) for kind in c.setbacks) for c in year.companies},
    }


def shared_countries(year: YearSaid, threshold: int) -> frozenset[str]:
    """The countries in which enough companies reported a risk to be named."""
    who: dict[str, set[int]] = defaultdict(set)
    for company in year.companies:
        for risk in company.risks:
            who[risk.country].add(company.organisation_id)
    return frozenset(country for country, companies in who.items() if country and len(companies) >= threshold)


def _risks(company: CompanySaid, year: YearSaid, countries: frozenset[str] | None) -> frozenset[Fact]:
    return frozenset(
        fact(
            theme=risk.theme,
            country=place_of(risk.country, countries),
            kind="actual" if risk.is_actual else "potential",
            first="yes" if risk.is_first(year.pack) else "",
        )
        for risk in company.risks
    )


def place_of(country: str, named: frozenset[str] | None = None) -> str:
    """The country, or other where it is unknown or may not be named."""
    return country if country and (named is None or country in named) else OTHER


def _plan(company: CompanySaid, year: YearSaid) -> frozenset[Fact]:
    """One fact per goal and action, so that who has an action on a theme has a goal on it in every other world too."""
    results: dict[tuple[str, str], SaidResult] = {}
    for result in company.results:
        if result.in_plan:
            results.setdefault((result.text, result.theme), result)
    return frozenset(
        fact(**_goal(goal), **_result(results.get((goal.text, goal.theme)), year), **_action(action, year))
        for goal in company.goals
        for action in (goal.actions or (None,))
    )


def _result(result: SaidResult | None, year: YearSaid) -> dict[str, str]:
    if result is None:
        return {}
    concluded = result.evaluation.conclusion if result.evaluation else ""
    return {"read": _yes(is_read(result, year)), "conclusion": concluded}


def _goal(goal: SaidGoal) -> dict[str, str]:
    return {
        "theme": goal.theme,
        "smart": _yes(goal.is_smart),
        "baseline": _yes(goal.baseline and goal.indicator),
        "evaluated": _yes(goal.evaluated_on),
    }


def _action(action: SaidAction | None, year: YearSaid) -> dict[str, str]:
    if action is None:
        return {}
    return {
        "acted": "yes",
        "state": action.state,
        "late": _yes(action.is_overdue(year.year.ends_on)),
        "contribution": action.kind,
    }


def is_read(result: SaidResult, year: YearSaid) -> bool:
    """Something was measured or heard of this goal in the year."""
    return any(reading.is_given and reading.year == year.year.number for reading in result.readings)


def _yes(value: Any) -> str:
    return "yes" if value else ""


def extras_of(year: YearSaid) -> dict[tuple[str, str], Counter[str]]:
    """What is counted beside companies: per table and extra column the number of each row; "" is the whole.

    An action that several companies do together counts once in a row and once in the whole; it is done when all of them
    say so. Only among the actions per kind of contribution each company counts, beside the initiatives.
    """
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    met: set[tuple[str, ...]] = set()

    def count(table: str, extra: str, row: str, shared: str = "") -> None:
        for place in (row, ""):
            if not shared or (table, extra, place, shared) not in met:
                found[(table, extra)][place] += 1
            met.add((table, extra, place, shared))

    goals = [goal for company in year.companies for goal in company.goals]
    undone = {action.shared for goal in goals for action in goal.actions if action.state != "done"}
    for company in year.companies:
        for risk in company.risks:
            count("risks_by_theme", "records", risk.theme)
            count("risks_by_country", "records", place_of(risk.country))
            if risk.is_first(year.pack):
                count("risks_by_theme", "first_records", risk.theme)
        for kind in company.setbacks:
            count("setbacks", "records", kind)
        for result in (one for one in company.results if one.in_plan):
            count("progress_of_goals", "goals", result.theme)
            if is_read(result, year):
                count("progress_of_goals", "read_goals", result.theme)
        for goal in company.goals:
            count("goals_by_theme", "goals", goal.theme)
            if goal.is_smart:
                count("goals_by_theme", "smart_goals", goal.theme)
            if goal.evaluated_on:
                count("goals_by_theme", "evaluated_goals", goal.theme)
            for action in goal.actions:
                count("actions_by_theme", "actions", goal.theme, action.shared)
                if action.state == "done" and (not action.shared or action.shared not in undone):
                    count("actions_by_theme", "done_actions", goal.theme, action.shared)
                if action.kind:
                    count("contributions", "actions", action.kind)
                    count("contributions", "initiatives", action.kind, action.shared)
    return found
