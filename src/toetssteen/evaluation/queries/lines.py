"""The lines of goals: which goal of this year goes back to which goal of an earlier plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from toetssteen.core.progress import first_of_line
from toetssteen.plans.models import Objective, Plan


@dataclass(frozen=True)
class Place:
    """Where a goal stands: the year of its plan, the goal it continues, and whether somebody removed it."""

    goal_id: int
    before_id: int | None
    year_number: int
    plan_id: int
    is_removed: bool


class Lines:
    """The lines of all goals of some companies."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {place.goal_id: place for place in places}
        before = {place.goal_id: place.before_id for place in self.places.values()}
        self._first = {goal_id: first_of_line(goal_id, before) for goal_id in self.places}

    def first(self, goal_id: int) -> int:
        """The goal with which the line of a goal began."""
        return self._first.get(goal_id, goal_id)

    def firsts(self, goal_ids: Iterable[int]) -> set[int]:
        """The first goals of the lines of these goals."""
        return {self.first(goal_id) for goal_id in goal_ids}

    def starts_in(self, goal_id: int) -> int:
        """The year of the plan in which the line of a goal began."""
        return self.places[self.first(goal_id)].year_number

    def in_year(self, goal_id: int, year_number: int) -> int | None:
        """The goal of the same line in the plan of a year; None when it is not in that plan, or was removed from it."""
        first = self.first(goal_id)
        for place in self.places.values():
            if place.year_number == year_number and not place.is_removed and self._first[place.goal_id] == first:
                return place.goal_id
        return None

    def goals_of(self, year_number: int) -> list[int]:
        """The goals that stand in the plan of a year."""
        return [p.goal_id for p in self.places.values() if p.year_number == year_number and not p.is_removed]


def lines_of(organisation_ids: Collection[int]) -> Lines:
    """The lines of all goals of these companies; one query."""
    return _lines(Objective.with_removed.filter(plan__organisation_id__in=list(organisation_ids)))


def lines_around(goals: Collection[Objective]) -> Lines:
    """The lines of the companies that these goals belong to; one query."""
    companies = Plan.objects.filter(pk__in={goal.plan_id for goal in goals}).values("organisation_id")
    return _lines(Objective.with_removed.filter(plan__organisation_id__in=companies))


def _lines(rows: object) -> Lines:
    found = rows.order_by("pk").values_list(  # type: ignore[attr-defined]
        "pk", "carried_from_id", "plan__year__number", "plan_id", "removed_at"
    )
    return Lines(Place(pk, before, year, plan, removed is not None) for pk, before, year, plan, removed in found)
