"""Fills in what the goals of the company of the story measured over three years, and what it concluded."""

from __future__ import annotations

from toetssteen.config.demo.ground import YEARS, Ground
from toetssteen.config.demo.world import Row, day, moment, must_day, number
from toetssteen.evaluation.models import Consultation, Evaluation, Reading
from toetssteen.plans.models import Objective, Plan


def set_goals(ground: Ground) -> None:
    """The goals of the finished years, before their reports are frozen."""
    _goals(ground, range(1, YEARS))
    _readings(ground, range(1, YEARS))
    _evaluations(ground, range(1, YEARS))


def follow(ground: Ground) -> None:
    """The goals of the plan that is being made, which continue those of last year, with this year's results."""
    _goals(ground, [YEARS])
    _readings(ground, [YEARS])
    _evaluations(ground, [YEARS])


def _goals(ground: Ground, years: range | list[int]) -> None:
    for row in _of(ground, "result_goals", years):
        plan = Plan.objects.get(
            organisation_id=ground.of(0, row["org_id"]), year=ground.years[int(row["covenant_year"])]
        )
        before = _goal(row["carried_from"])
        if not row["objective"]:  # the goal stands in the plan already, and goes back to one of last year
            goal = plan.objectives.get(theme=row["theme"])
            goal.carried_from, goal.reference = before, _reference(row["goal_id"])
            goal.save(update_fields=["carried_from", "reference"])
            continue
        Objective.objects.create(
            plan=plan, position=plan.objectives.count(), reference=_reference(row["goal_id"]), carried_from=before,
            theme=row["theme"], text=row["objective"], is_smart=True, indicator=row["indicator"],
            baseline=row["baseline"], target=row["target"], deadline=day(row["deadline"]),
            own_practice=row["own_practice"],
        )  # fmt: skip


def _reference(goal_id: str) -> str:
    return f"RG-{goal_id}"


def _goal(goal_id: str) -> Objective | None:
    return Objective.objects.get(reference=_reference(goal_id)) if goal_id else None


def _first(goal_id: str) -> Objective | None:
    """The goal with which a line began: there the readings are kept."""
    goal = _goal(goal_id)
    while goal is not None and goal.carried_from is not None:
        goal = goal.carried_from
    return goal


def _of(ground: Ground, table: str, years: range | list[int]) -> list[Row]:
    return [row for row in ground.world.rows(table) if int(row["covenant_year"]) in years]


def _readings(ground: Ground, years: range | list[int]) -> None:
    made: dict[str, Reading] = {}
    for row in _of(ground, "goal_readings", years):
        goal = _first(row["goal_id"])
        assert goal is not None  # noqa: S101  every reading of the files names its goal
        measured = must_day(row["measured_on"])
        made[row["reading_id"]] = Reading.objects.create(
            goal=goal, year_number=int(row["covenant_year"]), kind=row["kind"], measured_on=measured,
            value=number(row["value"]), unit=row["unit"], words=row["words"], source=row["source"],
            method=row["method"], given_by=row["given_by"], replaces=made.get(row["replaces"]), reason=row["reason"],
            recorded_by=ground.people["importeur"], recorded_at=moment(measured, 16),
        )  # fmt: skip


def _evaluations(ground: Ground, years: range | list[int]) -> None:
    consulted = ground.world.by("goal_consultations", "evaluation_id")
    for row in _of(ground, "goal_evaluations", years):
        on = must_day(row["evaluated_on"])
        evaluation = Evaluation.objects.create(
            organisation_id=ground.of(0, row["org_id"]), year_number=int(row["covenant_year"]),
            goal=_first(row["goal_id"]), evaluated_on=on, method=row["method"], reached=row["reached"],
            not_reached=row["not_reached"], is_setback=bool(row["setback_kind"]), setback_kind=row["setback_kind"],
            conclusion=row["conclusion"], next_step=row["next_step"], own_change=row["own_change"],
            written_by=ground.people["importeur"], written_at=moment(on, 15), row_version=1,
        )  # fmt: skip
        Consultation.objects.bulk_create(
            Consultation(
                evaluation=evaluation, position=n, kind=said["kind"], who=said["who"],
                consulted_on=day(said["consulted_on"]), how=said["how"], said=said["said"],
            )
            for n, said in enumerate(consulted.get((row["evaluation_id"],), []))
        )  # fmt: skip
        if row["goal_id"]:
            Objective.objects.filter(reference=_reference(row["goal_id"])).update(evaluated_on=on)
