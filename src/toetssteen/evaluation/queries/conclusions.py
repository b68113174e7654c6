"""What was concluded of goals, for the plan that comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from toetssteen.core.access import Actor
from toetssteen.evaluation import policies
from toetssteen.evaluation.choices import Conclusion, Setback
from toetssteen.evaluation.models import Evaluation
from toetssteen.evaluation.permissions import visible_evaluations
from toetssteen.evaluation.queries.lines import lines_of


@dataclass(frozen=True)
class Concluded:
    """What an evaluation concluded of one goal."""

    year_number: int
    evaluated_on: dt.date
    conclusion: str
    reached: str
    not_reached: str
    setback_kind: str
    next_step: str
    own_change: str

    @property
    def label(self) -> str:
        """The conclusion in words."""
        return str(Conclusion(self.conclusion).label)

    @property
    def setback(self) -> str:
        """What set the goal back, in words; empty without a setback."""
        return str(Setback(self.setback_kind).label) if self.setback_kind else ""

    @property
    def goes_along(self) -> bool:
        """The goal goes along to the next plan."""
        return self.conclusion in policies.GOES_ALONG


def concluded(row: Evaluation) -> Concluded:
    """What one evaluation says, without who wrote it."""
    return Concluded(
        row.year_number, row.evaluated_on, row.conclusion, row.reached, row.not_reached, row.setback_kind,
        row.next_step, row.own_change,
    )  # fmt: skip


def conclusions_for(organisation_id: int, year_number: int) -> dict[int, Concluded]:
    """What was concluded of the goals in the plan of a year and in the plan before it; two queries.

    Per goal the newest evaluation of its line about that year or the year before. A goal that nobody evaluated is
    not in it.
    """
    lines = lines_of([organisation_id])
    goals = [*lines.goals_of(year_number - 1), *lines.goals_of(year_number)]
    rows = Evaluation.objects.filter(
        organisation_id=organisation_id, goal__isnull=False, year_number__in=(year_number - 1, year_number)
    )
    newest = {row.goal_id: concluded(row) for row in rows.order_by("year_number", "pk")}
    return {goal: newest[lines.first(goal)] for goal in goals if lines.first(goal) in newest}


def conclusions_of_goals(organisation_id: int, year_number: int) -> dict[int, dict[str, Any]]:
    """The same for the rooms below, as plain values."""
    found = conclusions_for(organisation_id, year_number)
    return {
        goal: {**asdict(row), "label": row.label, "setback": row.setback, "goes_along": row.goes_along}
        for goal, row in found.items()
    }


def conclusion_of_year(organisation_id: int, year_number: int) -> dict[str, Any] | None:
    """What a company concluded of the year as a whole for the plan of a year, as plain values for the rooms below.

    The evaluation about that year, or else about the year before it; None where neither says anything for the plan.
    """
    rows = Evaluation.objects.filter(
        organisation_id=organisation_id, goal__isnull=True, year_number__in=(year_number - 1, year_number)
    )
    for row in rows.order_by("-year_number"):
        if row.next_step or row.own_change:
            return {"next_step": row.next_step, "own_change": row.own_change, "evaluated_on": row.evaluated_on}
    return None


def evaluation_of(actor: Actor, organisation_id: int, year_number: int, goal_id: int | None) -> Evaluation | None:
    """The evaluation of a goal's line, or of the whole year, about one year, if the actor may see it."""
    rows = visible_evaluations(actor).filter(organisation_id=organisation_id, year_number=year_number)
    first = None if goal_id is None else lines_of([organisation_id]).first(goal_id)
    rows = rows.filter(goal__isnull=True) if first is None else rows.filter(goal_id=first)
    return rows.select_related("written_by").prefetch_related("consultations").first()


def evaluations_of(organisation_id: int, until: int) -> list[Evaluation]:
    """All evaluations of a company up to a year, newest year first, with who was consulted."""
    rows = Evaluation.objects.filter(organisation_id=organisation_id, year_number__lte=until)
    rows = rows.select_related("written_by").prefetch_related("consultations")
    return list(rows.order_by("-year_number", "-pk"))
