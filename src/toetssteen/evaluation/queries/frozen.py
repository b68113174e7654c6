"""The results of a year as they stand in a frozen report: plain values that need nothing else to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toetssteen.covenant.models import CovenantYear
from toetssteen.evaluation.models import Consultation, Evaluation, Reading
from toetssteen.evaluation.queries.conclusions import evaluations_of
from toetssteen.evaluation.queries.history import YearReading, standing, years_of
from toetssteen.evaluation.queries.lines import lines_of
from toetssteen.plans.models import Objective


def results_handed_in(organisation_id: int, year: CovenantYear) -> dict[str, Any] | None:
    """Per goal of the plan of a year and of the plan before it: readings per year and the evaluation about the year.

    A year without a reading is in it with no readings. None for a company without goals and without evaluations.
    """
    lines = lines_of([organisation_id])
    here = lines.goals_of(year.number)
    firsts = lines.firsts(here)
    behind = [g for g in lines.goals_of(year.number - 1) if lines.first(g) not in firsts]
    about = [e for e in evaluations_of(organisation_id, year.number) if e.year_number == year.number]
    if not (here or behind or about):
        return None
    readings = standing(_readings(lines.firsts([*here, *behind])))
    by_first = {e.goal_id: e for e in about}
    goals = Objective.objects.filter(pk__in=[*here, *behind]).order_by("position", "pk")
    return {
        "goals": [
            {
                **_goal(goal),
                "in_plan": goal.pk in set(here),
                "years": [_year(row) for row in years_of(goal.pk, lines, readings, year.number)],
                "evaluation": _evaluation(by_first.get(lines.first(goal.pk))),
            }
            for goal in goals
        ],
        "year": _evaluation(by_first.get(None)),
    }


def _readings(firsts: set[int]) -> Sequence[Reading]:
    rows = Reading.objects.filter(goal_id__in=firsts).prefetch_related("evidence")
    return list(rows.order_by("measured_on", "pk"))


def _goal(goal: Objective) -> dict[str, Any]:
    return {
        "text": goal.text,
        "theme": goal.theme,
        "indicator": goal.indicator,
        "baseline": goal.baseline,
        "target": goal.target,
        "own_practice": goal.own_practice,
    }


def _year(row: YearReading) -> dict[str, Any]:
    return {"number": row.year_number, "readings": [_reading(reading) for reading in row.standing]}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "kind": reading.kind,
        "measured_on": reading.measured_on,
        "value": None if reading.value is None else f"{reading.value.normalize():f}",
        "unit": reading.unit,
        "words": reading.words,
        "source": reading.source,
        "method": reading.method,
        "given_by": reading.given_by,
        "is_corrected": reading.replaces_id is not None,
        "evidence": [{"id": e.pk, "title": e.title, "sha256": e.sha256} for e in reading.evidence.all()],
    }


def _evaluation(row: Evaluation | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "evaluated_on": row.evaluated_on,
        "written_by": row.written_by.name if row.written_by else "",
        "method": row.method,
        "reached": row.reached,
        "not_reached": row.not_reached,
        "setback_kind": row.setback_kind,
        "conclusion": row.conclusion,
        "next_step": row.next_step,
        "own_change": row.own_change,
        "consultations": [_consultation(one) for one in row.consultations.all()],
    }


def _consultation(row: Consultation) -> dict[str, Any]:
    return {
        "kind": row.kind, "who": row.who, "consulted_on": row.consulted_on, "how": row.how, "said": row.said,
    }  # fmt: skip
