"""Reading public reports, shared actions and corrective plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from toetssteen.core.access import Actor
from toetssteen.plans import policies
from toetssteen.plans.models import (
    CorrectivePlan,
    CorrectiveReview,
    CorrectiveStep,
    PlannedAction,
    PublicReport,
    SharedAction,
)
from toetssteen.plans.permissions import (
    visible_corrective_plans,
    visible_plans,
    visible_public_reports,
    visible_shared_actions,
)


def public_reports(actor: Actor) -> QuerySet[PublicReport]:
    """The public reports that the actor may see, newest first."""
    return visible_public_reports(actor).order_by("-published_on", "-pk")


def public_reports_of(organisation_id: int, until: dt.date | None = None) -> list[PublicReport]:
    """The public reports of one company up to a day, newest first."""
    rows = PublicReport.objects.filter(organisation_id=organisation_id)
    if until is not None:
        rows = rows.filter(published_on__lte=until)
    return list(rows.order_by("-published_on", "-pk"))


def shared_actions(actor: Actor) -> QuerySet[SharedAction]:
    """The shared actions that the actor may see: their names, never who joined."""
    return visible_shared_actions(actor).order_by("closed_on", "name_nl", "pk")


def shared_choices(actor: Actor, kept: int | None = None) -> list[SharedAction]:
    """The shared actions that can be joined now, and the one that an action already has."""
    return list(
        visible_shared_actions(actor).filter(Q(closed_on__isnull=True) | Q(pk=kept or 0)).order_by("name_nl", "pk")
    )


def companies_per_shared_action(actor: Actor) -> dict[int, int]:
    """For the secretariat: how many companies stand behind each shared action in plans that were handed in."""
    if not actor.is_secretariat:
        return {}
    rows = PlannedAction.objects.filter(shared__isnull=False, objective__plan__in=visible_plans(actor)).values_list(
        "shared_id", "objective__plan__organisation_id"
    )
    found: dict[int, set[int]] = {}
    for shared, organisation in rows:
        found.setdefault(shared or 0, set()).add(organisation)
    return {shared: len(companies) for shared, companies in found.items()}


def counted_once(actions: Collection[PlannedAction]) -> int:
    """How many actions these are, where all that stand behind the same shared action count as one."""
    shared = {action.shared_id for action in actions if action.shared_id is not None}
    return len(shared) + sum(action.shared_id is None for action in actions)


def corrective_plans(actor: Actor) -> QuerySet[CorrectivePlan]:
    """The company's own corrective plans with their steps."""
    rows = visible_corrective_plans(actor).select_related("risk", "chain", "decided_by")
    return rows.prefetch_related("steps__proof").order_by("state", "review_on", "pk")


def waiting_corrections(organisation_id: int, today: dt.date) -> list[CorrectivePlan]:
    """Agreements of a company that wait: the day to look again has come, or a step is late; one query."""
    late = CorrectiveStep.objects.filter(plan=OuterRef("pk"), due_on__lt=today).exclude(state__in=policies.CLOSED)
    rows = CorrectivePlan.objects.filter(organisation_id=organisation_id, state__in=policies.REVIEWED)
    return list(rows.filter(Q(review_on__lte=today) | Exists(late)).order_by("review_on", "pk"))


def removed_corrective_plans(actor: Actor) -> list[CorrectivePlan]:
    """What the company removed, to bring back."""
    rows = CorrectivePlan.with_removed.filter(organisation_id=actor.company_id or 0, removed_at__isnull=False)
    return list(rows.select_related("removed_by").order_by("-removed_at", "-pk"))


def removed_corrective_steps(corrective: CorrectivePlan) -> list[CorrectiveStep]:
    """Steps that were taken off, to bring back."""
    rows = CorrectiveStep.with_removed.filter(plan=corrective, removed_at__isnull=False)
    return list(rows.select_related("removed_by").order_by("-removed_at", "-pk"))


def reviews_of(corrective: CorrectivePlan) -> list[CorrectiveReview]:
    """What was found and decided, newest first."""
    return list(corrective.reviews.select_related("by").order_by("-held_on", "-pk"))
