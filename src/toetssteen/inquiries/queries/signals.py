"""Possible risks in suppliers' answers that nobody decided on yet; asked by the list of proposed risks."""

from __future__ import annotations

from typing import Any

from toetssteen.core.access import Actor
from toetssteen.foundation.addresses import reverse
from toetssteen.inquiries.choices import LineKind, LineState
from toetssteen.inquiries.models import Line
from toetssteen.inquiries.permissions import visible_inquiries


def signals_of_suppliers(*, actor: Actor, organisation_id: int) -> list[dict[str, Any]]:
    """The open lines about a risk in the answers that this company got; one query."""
    asked = visible_inquiries(actor).filter(organisation_id=organisation_id)
    lines = Line.objects.filter(inquiry__in=asked, kind=LineKind.RISK, state=LineState.OPEN)
    return [
        {
            "theme": line.theme,
            "supplier": line.inquiry.supplier_name,
            "chain": str(line.chain) if line.chain else "",
            "url": reverse("inquiry_detail", args=[line.inquiry_id]),
        }
        for line in lines.select_related("inquiry", "chain").order_by("pk")
    ]
