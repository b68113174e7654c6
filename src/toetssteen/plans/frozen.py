"""What a report freezes of agreements with suppliers: how they stand, without names and without words."""

from __future__ import annotations

from typing import Any

from toetssteen.covenant.models import CovenantYear
from toetssteen.plans.models import CorrectivePlan


def frozen_corrections(organisation_id: int, year: CovenantYear) -> list[dict[str, Any]]:
    """The corrective plans agreed up to the end of a year; the supplier and the text stay with the company."""
    rows = CorrectivePlan.objects.filter(organisation_id=organisation_id, agreed_on__lte=year.ends_on)
    return [
        {
            "number": number,
            "state": row.state,
            "agreed_on": row.agreed_on,
            "review_on": row.review_on,
            "about_a_risk": row.risk_id is not None,
            "exit_reasons": bool(row.exit_reasons),
            "exit_effects": bool(row.exit_effects),
            "steps": [{"due_on": step.due_on, "state": step.state} for step in row.steps.all()],
        }
        for number, row in enumerate(rows.prefetch_related("steps").order_by("agreed_on", "pk"), 1)
    ]
