"""The overview of a year as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language

from toetssteen.assessment.queries import YearRow
from toetssteen.foundation.workbooks import csv_cell

COLUMNS = (
    "reference",
    "company",
    "situation",
    "report_year",
    "due",
    "exemption",
    "state",
    "submitted_on",
    "score",
    "proposal",
    "colour",
    "improvement_on",
    "extension_until",
    "decided_on",
)


def year_table(rows: Iterable[YearRow]) -> Iterable[Sequence[str]]:
    """Column names that stay the same, then one row per company."""
    yield COLUMNS
    for row in rows:
        decision = row.decision
        yield [
            str(csv_cell(str(cell)))
            for cell in (
                row.reference,
                row.name,
                row.situation,
                row.report_year or "",
                "yes" if row.is_due else "no",
                row.exemption.in_(get_language()) if row.exemption else "",
                row.state or row.group,
                row.submitted_at.date().isoformat() if row.submitted_at else "",
                decision.total if decision else "",
                decision.proposal if decision else "",
                decision.colour if decision else row.provisional_colour and f"{row.provisional_colour} (provisional)",
                decision.improvement_on or "" if decision else "",
                decision.extension_until or "" if decision else "",
                decision.decided_at.date().isoformat() if decision else "",
            )
        ]
