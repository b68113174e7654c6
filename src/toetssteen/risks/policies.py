"""What the state of a risk allows, whoever asks, and in which order risks stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.core.frameworks import SeverityScale
from toetssteen.core.prioritisation import Rating, moved, ranking
from toetssteen.foundation import hooks
from toetssteen.risks.models import Risk


def year_open(organisation_id: int, year_number: int) -> Verdict:
    """The risks of a year stay as they are once the report of that year was handed in."""
    if hooks.any_says_yes("risks.year_is_filed", organisation_id=organisation_id, year_number=year_number):
        return no(_("The report of this year was handed in. Its risks stay as they were."))
    return YES


def editable(risk: Risk) -> Verdict:
    """A risk may be changed while it was not removed and its year was not handed in."""
    if risk.removed_at is not None:
        return no(_("This risk was removed."))
    return year_open(risk.organisation_id, risk.year_number)


def restorable(risk: Risk) -> Verdict:
    """A removed risk may come back while its year was not handed in."""
    if risk.removed_at is None:
        return no(_("This risk was not removed."))
    return year_open(risk.organisation_id, risk.year_number)


def order_of(ratings: Mapping[int, Rating], chosen: Sequence[int], scale: SeverityScale | None) -> list[int]:
    """The order in which risks stand: as chosen, and new ones behind the risk that comes before them by severity."""
    by_severity = [int(str(row.key)) for row in ranking(scale, dict(ratings))] if scale else list(ratings)
    order = [key for key in chosen if key in ratings]
    for place, key in enumerate(by_severity):
        if key not in order:
            before = next((k for k in reversed(by_severity[:place]) if k in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, key)
    return order


def against(ratings: Mapping[int, Rating], order: Sequence[int], scale: SeverityScale | None) -> frozenset[int]:
    """The risks that stand against the order by severity and likelihood; each needs a reason."""
    return frozenset(int(str(key)) for key in moved(scale, dict(ratings), list(order))) if scale else frozenset()
