"""What risks use of the evidence below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from toetssteen.documents.hooks import Usage
from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.prepared import prepared
from toetssteen.risks import policies
from toetssteen.risks.models import RiskSource


def evidence_usage(evidence_ids: Sequence[int]) -> Iterator[Usage]:
    """The risks that these files are a source of; once the report of their year was handed in, the files stay."""
    closed: dict[tuple[int, int], bool] = {}
    for row in _uses(list(evidence_ids)):
        year = (row.risk.organisation_id, row.risk.year_number)
        if year not in closed:
            closed[year] = not policies.year_open(*year)
        yield Usage(
            evidence_id=row.evidence_id or 0,
            label=_("Risk of covenant year %(number)s") % {"number": row.risk.year_number},
            url=reverse("risk_detail", args=[row.risk_id]),
            handed_in=closed[year],
        )


@prepared
def _uses(evidence_ids: list[int]) -> QuerySet[RiskSource]:
    rows = RiskSource.objects.filter(evidence_id__in=evidence_ids, risk__removed_at=None)
    return rows.select_related("risk").order_by("risk__year_number", "pk")
