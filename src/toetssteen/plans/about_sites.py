"""Which plans speak of a site: asked by the registry of sites when one closes; only the secretariat's pages ask it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q

from toetssteen.plans import policies
from toetssteen.plans.choices import PlanState
from toetssteen.plans.models import PlannedAction

LEAST_LETTERS = 5  # a shorter name stands in too many sentences
MOST = 30


def actions_about(
    *, names: Sequence[str], chain_ids: Collection[int], organisation_ids: Collection[int]
) -> list[dict[str, Any]]:
    """Open actions of plans that lie handed in, that name the site or follow from a risk in a chain; one query."""
    about = Q(objective__risk__chain_id__in=list(chain_ids))
    for name in names:
        if len(name) >= LEAST_LETTERS:
            about |= Q(text__icontains=name) | Q(objective__text__icontains=name)
    rows = (
        PlannedAction.objects.filter(about, objective__plan__organisation_id__in=list(organisation_ids))
        .filter(objective__plan__state=PlanState.DELIVERED, objective__removed_at__isnull=True)
        .exclude(state__in=[state.value for state in policies.CLOSED])
        .select_related("objective__plan__organisation", "objective__plan__year")
        .order_by("objective__plan__organisation__name", "pk")[:MOST]
    )
    return [
        {"company": row.objective.plan.organisation.name, "text": row.text, "year": row.objective.plan.year.number}
        for row in rows
    ]
