"""Writing down what became of a goal or of a year, and taking a goal along to the next plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.covenant.models import CovenantYear
from toetssteen.evaluation import policies, queries
from toetssteen.evaluation.choices import Conclusion, Setback, Stakeholder
from toetssteen.evaluation.models import Consultation, Evaluation
from toetssteen.evaluation.permissions import can_write_results
from toetssteen.evaluation.queries.lines import lines_of
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, StaleRow, demand
from toetssteen.organisations.models import Organisation
from toetssteen.plans import policies as plan_policies
from toetssteen.plans.models import Objective, Plan
from toetssteen.plans.services.results import carry_goal, note_evaluation


@dataclass(frozen=True)
class ConsultationData:
    """Somebody of the people concerned who gave an opinion."""

    kind: str
    who: str = ""
    consulted_on: dt.date | None = None
    how: str = ""
    said: str = ""


@dataclass(frozen=True)
class EvaluationData:
    """An evaluation as it was entered; a setback is one as soon as its kind is said."""

    evaluated_on: dt.date
    method: str = ""
    reached: str = ""
    not_reached: str = ""
    setback_kind: str = ""
    conclusion: str = ""
    next_step: str = ""
    own_change: str = ""
    consultations: tuple[ConsultationData, ...] = ()


PLAIN = tuple(field.name for field in fields(EvaluationData) if field.name != "consultations")


@transaction.atomic
def save_evaluation(
    *,
    actor: Actor,
    organisation_id: int,
    year_number: int,
    goal_id: int | None,
    data: EvaluationData,
    row_version: int | None,
    today: dt.date,
    now: dt.datetime,
) -> Evaluation:
    """Write down what became of a goal, or of the whole year; the goal in that year's plan counts as evaluated."""
    demand(can_write_results(actor, organisation_id))
    # Locked, so that two people who begin at the same moment do not write two evaluations.
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    demand(policies.writable(queries.plan_in(organisation_id, year_number)))
    first = _line(organisation_id, goal_id, year_number)
    _check(data, first, today)
    row = Evaluation.objects.filter(
        organisation_id=organisation_id, year_number=year_number, goal_id=first, goal__isnull=first is None
    ).first()
    if row is None:
        row = Evaluation(organisation_id=organisation_id, year_number=year_number, goal_id=first)
    elif row.row_version != (row_version or 0):
        raise StaleRow(row)
    for name in PLAIN:
        setattr(row, name, getattr(data, name))
    row.is_setback = bool(data.setback_kind)
    row.written_by_id, row.written_at = actor.person_id, now
    row.row_version += 1
    row.save()
    _consulted(row, data.consultations)
    mark_evaluated(actor, organisation_id, year_number, now, only=goal_id)
    audit.record(
        actor=actor, verb="evaluation.save_evaluation", subject=row, at=now, goal=goal_id, year=year_number,
        conclusion=row.conclusion, setback=row.is_setback,
    )  # fmt: skip
    return row


def _line(organisation_id: int, goal_id: int | None, year_number: int) -> int | None:
    """The first goal of the line of a goal that stands on the page of this year."""
    if goal_id is None:
        return None
    lines = lines_of([organisation_id])
    if goal_id not in {*lines.goals_of(year_number), *lines.goals_of(year_number - 1)}:
        raise Refused(no(_("This goal does not stand on the page of this year.")))
    return lines.first(goal_id)


def _check(data: EvaluationData, first: int | None, today: dt.date) -> None:
    if data.evaluated_on > today:
        raise ValidationError({"evaluated_on": _("This day has not come yet.")})
    if first is not None and data.conclusion not in Conclusion:
        raise ValidationError({"conclusion": _("Choose what happens with this goal.")})
    if data.setback_kind and data.setback_kind not in Setback:
        raise ValidationError({"setback_kind": _("Choose from the list.")})
    if any(one.kind not in Stakeholder for one in data.consultations):
        raise ValidationError(_("Choose from the list."))
    if data.setback_kind and not data.not_reached.strip():
        raise ValidationError({"not_reached": _("There was a setback: say what was not reached, and why.")})
    if not (data.reached.strip() or data.not_reached.strip()):
        raise ValidationError({"reached": _("Say what was reached, or what was not reached and why.")})


def _consulted(row: Evaluation, said: Collection[ConsultationData]) -> None:
    row.consultations.all().delete()
    Consultation.objects.bulk_create(
        Consultation(
            evaluation=row, position=n, kind=one.kind, who=one.who.strip(), consulted_on=one.consulted_on,
            how=one.how.strip(), said=one.said.strip(),
        )
        for n, one in enumerate(said)
    )  # fmt: skip


def mark_evaluated(
    actor: Actor, organisation_id: int, year_number: int, now: dt.datetime, *, only: int | None = None
) -> None:
    """Give the goals in the draft plan of a year the day on which their line was evaluated about that year."""
    plan = queries.plan_in(organisation_id, year_number)
    if plan is None or not plan_policies.editable(plan):
        return
    lines = lines_of([organisation_id])
    rows = Evaluation.objects.filter(organisation_id=organisation_id, year_number=year_number, goal__isnull=False)
    days = {row.goal_id: row.evaluated_on for row in rows}
    for goal in lines.goals_of(year_number):
        day = days.get(lines.first(goal))
        if day is not None and (only is None or lines.first(goal) == lines.first(only)):
            note_evaluation(actor=actor, plan_id=plan.pk, objective_id=goal, evaluated_on=day, now=now)


def plan_was_started(*, actor: Actor, plan: Plan, now: dt.datetime) -> None:
    """Goals that came along to a new plan count as evaluated where their line was evaluated about its year already."""
    mark_evaluated(actor, plan.organisation_id, plan.year.number, now)


@transaction.atomic
def take_up(*, actor: Actor, goal_id: int, now: dt.datetime) -> Objective:
    """Take a goal along to the plan of the next year, also one that its evaluation left out; that plan was begun.

    A plan that is begun later takes along what the evaluations conclude by itself.
    """
    goal = Objective.objects.select_related("plan__year").get(pk=goal_id)
    owner, number = goal.plan.organisation_id, goal.plan.year.number + 1
    demand(can_write_results(actor, owner))
    following = CovenantYear.objects.filter(number=number).first()
    if following is None:
        raise Refused(no(_("The next covenant year has not been opened yet.")))
    if goal_id not in queries.conclusions_for(owner, number):
        raise Refused(no(_("Evaluate this goal first: the conclusion says what happens with it.")))
    plan = queries.plan_in(owner, number)
    if plan is None:
        sentence = _("The plan of %(year)s was not begun yet. It takes along what you conclude when you begin it.")
        raise Refused(no(sentence % {"year": following}))
    there = lines_of([owner]).in_year(goal_id, number)
    if there is None:
        there = carry_goal(actor=actor, plan_id=plan.pk, objective_id=goal_id, now=now).pk
    mark_evaluated(actor, owner, number, now, only=there)
    audit.record(actor=actor, verb="evaluation.take_up", subject=goal, at=now, year=number)
    return Objective.objects.select_related("plan__year").get(pk=there)
