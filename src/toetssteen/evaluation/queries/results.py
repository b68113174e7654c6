"""Everything that the page of the results of a year shows of one company, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from toetssteen.core.access import Actor
from toetssteen.covenant.models import CovenantYear
from toetssteen.documents.queries import visible_evidence
from toetssteen.evaluation.choices import ReadingKind
from toetssteen.evaluation.models import Evaluation, Reading
from toetssteen.evaluation.permissions import visible_readings
from toetssteen.evaluation.presentation import Scale, scale_of
from toetssteen.evaluation.queries.conclusions import evaluations_of
from toetssteen.evaluation.queries.history import YearReading, standing, years_of
from toetssteen.evaluation.queries.lines import Lines, lines_of
from toetssteen.plans.models import Objective, Plan


@dataclass(frozen=True)
class YearRow:
    """One year of one goal: what stands, how far that is, and what was corrected or removed."""

    year: YearReading
    part: Fraction | None
    went_back: bool | None
    back_since: int | None
    former: tuple[Reading, ...]  # corrected: what stood there before, oldest first
    removed: tuple[tuple[Reading, Reading], ...]  # what was removed, and the row that says why

    @property
    def number(self) -> int:
        """The covenant year."""
        return self.year.year_number


@dataclass(frozen=True)
class GoalResult:
    """One goal with its readings over the years and what was concluded."""

    goal: Objective
    scale: Scale
    years: tuple[YearRow, ...]
    evaluation: Evaluation | None
    earlier: tuple[Evaluation, ...]
    is_in_next: bool

    @property
    def has_figures(self) -> bool:
        """At least one figure was given."""
        return any(year.year.figures for year in self.years)


@dataclass(frozen=True)
class Board:
    """The goals of a plan year, those of the year before that did not go along, and the year as a whole."""

    plan: Plan | None
    goals: tuple[GoalResult, ...]
    left_behind: tuple[GoalResult, ...]
    year_evaluation: Evaluation | None
    next_plan_state: str

    @property
    def every(self) -> tuple[GoalResult, ...]:
        """All goals of the page."""
        return (*self.goals, *self.left_behind)

    @property
    def not_given(self) -> int:
        """Goals without a reading for this year."""
        return sum(not row.years[-1].year.is_given for row in self.every)

    @property
    def not_evaluated(self) -> int:
        """Goals of this year's plan without an evaluation about this year."""
        return sum(row.evaluation is None for row in self.goals)


def board_of(actor: Actor, organisation_id: int, year: CovenantYear) -> Board:
    """The results of a year of the actor's company."""
    lines = lines_of([organisation_id])
    plans = {
        plan.year.number: plan
        for plan in Plan.objects.filter(
            organisation_id=organisation_id, year__number__in=(year.number, year.number + 1)
        ).select_related("year")
    }
    here = lines.goals_of(year.number)
    firsts_here = lines.firsts(here)
    behind = [g for g in lines.goals_of(year.number - 1) if lines.first(g) not in firsts_here]
    goals = Objective.objects.filter(pk__in=[*here, *behind]).select_related("plan__year")
    rows = {goal.pk: goal for goal in goals.order_by("position", "pk")}
    readings = _readings(actor, lines.firsts(rows))
    evaluations = evaluations_of(organisation_id, year.number)
    results = [_result(goal, lines, readings, evaluations, year.number) for goal in rows.values()]
    following = plans.get(year.number + 1)
    return Board(
        plan=plans.get(year.number),
        goals=tuple(row for row in results if row.goal.pk in set(here)),
        left_behind=tuple(row for row in results if row.goal.pk in set(behind)),
        year_evaluation=next((e for e in evaluations if e.goal_id is None and e.year_number == year.number), None),
        next_plan_state=following.state if following else "",
    )


def _readings(actor: Actor, firsts: set[int]) -> list[Reading]:
    rows = visible_readings(actor).filter(goal_id__in=firsts)
    return list(rows.select_related("recorded_by").prefetch_related("evidence").order_by("measured_on", "pk"))


def _result(
    goal: Objective, lines: Lines, readings: Sequence[Reading], evaluations: Sequence[Evaluation], year_number: int
) -> GoalResult:
    first = lines.first(goal.pk)
    mine = [reading for reading in readings if reading.goal_id == first]
    about = tuple(e for e in evaluations if e.goal_id == first)
    scale = scale_of(goal.indicator, goal.baseline, goal.target)
    return GoalResult(
        goal=goal,
        scale=scale,
        years=_year_rows(years_of(goal.pk, lines, standing(mine), year_number), scale, mine),
        evaluation=next((e for e in about if e.year_number == year_number), None),
        earlier=tuple(e for e in about if e.year_number < year_number),
        is_in_next=lines.in_year(goal.pk, lines.places[goal.pk].year_number + 1) is not None,
    )


def _year_rows(years: Sequence[YearReading], scale: Scale, every: Sequence[Reading]) -> tuple[YearRow, ...]:
    """Each year beside the last earlier year that has a figure; nothing is filled in between."""
    by_pk = {reading.pk: reading for reading in every}
    removals = _removals(every)
    rows: list[YearRow] = []
    last: tuple[int, Reading] | None = None
    for year in years:
        figure = year.figures[-1] if year.figures else None
        back = scale.back(last[1].amount, figure.amount) if last and figure else None
        rows.append(
            YearRow(
                year=year,
                part=scale.part(figure.amount) if figure else None,
                went_back=back,
                back_since=last[0] if last else None,
                former=tuple(old for now in year.standing for old in _before(now, by_pk)),
                removed=tuple(removals.get(year.year_number, ())),
            )
        )
        last = (year.year_number, figure) if figure else last
    return tuple(rows)


def _before(now: Reading, by_pk: Mapping[int, Reading]) -> list[Reading]:
    """What stood in the place of a reading before it was corrected, oldest first."""
    found: list[Reading] = []
    while now.replaces_id is not None:
        now = by_pk[now.replaces_id]
        found.insert(0, now)
    return found


def _removals(every: Sequence[Reading]) -> dict[int, list[tuple[Reading, Reading]]]:
    by_pk = {reading.pk: reading for reading in every}
    found: dict[int, list[tuple[Reading, Reading]]] = defaultdict(list)
    for row in every:
        if row.kind == ReadingKind.REMOVED and row.replaces_id is not None:
            found[row.year_number].append((by_pk[row.replaces_id], row))
    return found


def reading_of(actor: Actor, pk: int) -> Reading | None:
    """One reading that the actor may see and that nobody corrected or removed."""
    rows = visible_readings(actor).exclude(kind=ReadingKind.REMOVED)
    rows = rows.exclude(pk__in=Reading.objects.filter(replaces_id=pk).values("replaces_id"))
    return rows.select_related("goal__plan__year").prefetch_related("evidence").filter(pk=pk).first()


def goal_on_page(actor: Actor, year_number: int, goal_id: int) -> Objective | None:
    """A goal of the own company's plan of this year, or of the plan before it."""
    rows = Objective.objects.filter(
        pk=goal_id,
        plan__organisation_id=actor.company_id or 0,
        plan__year__number__in=(year_number - 1, year_number),
    )
    return rows.select_related("plan__year").first()


def plan_in(organisation_id: int, year_number: int) -> Plan | None:
    """The plan of a year, only to see whether it was handed in."""
    return Plan.objects.filter(organisation_id=organisation_id, year__number=year_number).first()


def evidence_choices(actor: Actor, organisation_id: int) -> list[tuple[int, str]]:
    """The company's own evidence to choose from."""
    rows = visible_evidence(actor).filter(organisation_id=organisation_id).order_by("title", "pk")
    return [(row.pk, row.title) for row in rows]


def years_to_choose(organisation_id: int, goal: Objective, year_number: int) -> list[int]:
    """The years of which a reading can speak: from the plan in which the line began up to the year of the page."""
    return list(range(lines_of([organisation_id]).starts_in(goal.pk), year_number + 1))
