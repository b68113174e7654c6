"""Where evidence is used by readings, and the page of results beside a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from toetssteen.documents.hooks import Usage
from toetssteen.evaluation.models import Reading
from toetssteen.foundation.addresses import reverse
from toetssteen.plans.choices import PlanState
from toetssteen.plans.models import Plan


def evidence_usage(evidence_ids: Sequence[int]) -> Iterable[Usage]:
    """The readings that these files prove; once the report of their year was handed in they stay."""
    through: Any = Reading.evidence.through
    links = through.objects.filter(evidence_id__in=list(evidence_ids)).select_related("reading__goal__plan")
    rows = list(links.order_by("reading__year_number", "pk"))
    filed = _filed({row.reading.goal.plan.organisation_id for row in rows})
    for row in rows:
        reading = row.reading
        yield Usage(
            evidence_id=row.evidence_id,
            label=_("Reading of year %(year)s: %(goal)s") % {"year": reading.year_number, "goal": reading.goal.text},
            url=reverse("plan_results", args=[reading.year_number]),
            handed_in=(reading.goal.plan.organisation_id, reading.year_number) in filed,
        )


def evidence_handed_in() -> QuerySet[Any]:
    """The files of readings as they stood when a report was handed in that speaks of their year.

    What was noted later stays closed, and so does what was corrected or removed before.
    """
    gone = Reading.objects.filter(replaces=OuterRef("reading")).values(day=TruncDate("recorded_at"))[:1]
    rows = Reading.evidence.through.objects.annotate(noted_on=TruncDate("reading__recorded_at"), gone_on=Subquery(gone))
    filed = Plan.objects.filter(
        organisation=OuterRef("reading__goal__plan__organisation"),
        state=PlanState.DELIVERED,
        year__number__gte=OuterRef("reading__year_number"),
        delivered_on__gte=OuterRef("noted_on"),
    )
    while_it_stood = Exists(filed.filter(delivered_on__lt=OuterRef("gone_on")))
    handed_in: QuerySet[Any] = rows.filter(while_it_stood | Q(gone_on__isnull=True) & Exists(filed))
    return handed_in.values("evidence_id")


def links_of_plan(year_number: int) -> list[tuple[Any, str]]:
    """The page of the results of a year, for the page of its plan."""
    return [(_("Results of the goals"), reverse("plan_results", args=[year_number]))]


def _filed(organisation_ids: set[int]) -> set[tuple[int, int]]:
    rows = Plan.objects.filter(organisation_id__in=organisation_ids, state=PlanState.DELIVERED)
    return set(rows.values_list("organisation_id", "year__number")) if organisation_ids else set()
