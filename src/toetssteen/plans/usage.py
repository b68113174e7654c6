"""Where plans use evidence: asked by the evidence library. Corrective plans stay out of it: they are nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from toetssteen.documents.hooks import Usage
from toetssteen.foundation.addresses import reverse
from toetssteen.plans.choices import PlanState
from toetssteen.plans.models import Plan, PlannedAction


def evidence_usage(evidence_ids: Sequence[int]) -> Iterator[Usage]:
    """The actions that these files prove; one query."""
    links = PlannedAction.evidence.through.objects.filter(
        evidence_id__in=list(evidence_ids), plannedaction__removed_at__isnull=True
    )
    for link in links.select_related("plannedaction__objective__plan__year").order_by("pk"):
        plan = link.plannedaction.objective.plan
        yield Usage(
            evidence_id=link.evidence_id,
            label=_("Plan of action %(year)s") % {"year": plan.year},
            url=f"{reverse('plan_year', args=[plan.year.number])}#goal-{link.plannedaction.objective_id}",
            handed_in=plan.state == PlanState.DELIVERED,
        )


def evidence_handed_in() -> QuerySet[Any]:
    """The proof of actions, from the first plan on that was handed in after the file was there."""
    delivered = Plan.objects.filter(
        organisation=OuterRef("plannedaction__objective__plan__organisation"),
        state=PlanState.DELIVERED,
        year__number__gte=OuterRef("plannedaction__objective__plan__year__number"),
        delivered_on__gte=OuterRef("uploaded_on"),
    )
    rows = PlannedAction.evidence.through.objects.annotate(uploaded_on=TruncDate("evidence__uploaded_at")).filter(
        Exists(delivered),
        plannedaction__objective__plan__state=PlanState.DELIVERED,
        plannedaction__removed_at__isnull=True,
    )
    return rows.values("evidence_id")
