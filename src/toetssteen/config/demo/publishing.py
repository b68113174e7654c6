"""Publishes the finished years one after the other, as the secretariat did."""

from __future__ import annotations

from toetssteen.config.demo.ground import Ground
from toetssteen.config.demo.world import moment
from toetssteen.core.access import Actor, Holding, Role
from toetssteen.plans import queries as plan_queries
from toetssteen.plans.models import Plan
from toetssteen.plans.services.publishing import public_content_of
from toetssteen.register import content, services

AT_ONCE = 500
PUBLISHED_ON = {1: "2021-03-31", 2: "2022-04-14", 3: "2023-04-13", 4: "2024-04-11"}


def coordinator(ground: Ground) -> Actor:
    """The coordinator of the secretariat, with the second factor."""
    person, secretariat = ground.people["coordinator"], ground.organisations[(0, "P12")]
    return Actor(
        person_id=person.pk,
        name=person.name,
        organisation_id=secretariat.pk,
        organisation_name=secretariat.name,
        organisation_kind=secretariat.kind,
        holdings=frozenset({Holding(Role.COORDINATOR, secretariat.pk)}),
        second_factor=True,
    )


def approve_plans(ground: Ground) -> None:
    """Every company approved its public plan on the day that it was delivered."""
    rows = Plan.objects.select_related("year").filter(delivered_on__isnull=False)
    plans = list(rows.prefetch_related("objectives__risk", "objectives__actions__shared"))
    goals = [goal for plan in plans for goal in plan.objectives.all()]
    readings = {}
    for start in range(0, len(goals), AT_ONCE):
        readings.update(plan_queries.readings_of(goals[start : start + AT_ONCE]))
    for plan in plans:
        plan.public_content = public_content_of(plan, readings)
        plan.approved_at = moment(plan.delivered_on, 16) if plan.delivered_on else None
    Plan.objects.bulk_update(plans, ["public_content", "approved_at"], 200)


def publish(ground: Ground, number: int) -> None:
    """Preview and publish one finished year."""
    year, at = ground.years[number], moment(PUBLISHED_ON[number], 9)
    digest = services.digest_of(content.build(year, at.date()))
    services.publish(actor=coordinator(ground), year_id=year.pk, expected_digest=digest, now=at)
