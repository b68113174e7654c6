"""What the state of a risk allows, whoever asks, and in which order risks stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.core.frameworks import SeverityScale
from toetssteen.core.prioritisation import Rating, Shift, in_order, moved, unexplained
from toetssteen.foundation import hooks
from toetssteen.risks.models import Move, Risk


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


def shift_of(move: Move) -> Shift:
    """A move that was not undone, for the rules of the core."""
    return Shift(move.risk_id, move.passed_id, move.up, move.reason)


def order_of(ratings: Mapping[int, Rating], shifts: Sequence[Shift], scale: SeverityScale | None) -> list[int]:
    """The order in which risks stand: by severity and likelihood, with what the company moved."""
    return [int(str(key)) for key in in_order(scale, dict(ratings), shifts)] if scale else list(ratings)


def against(ratings: Mapping[int, Rating], order: Sequence[int], scale: SeverityScale | None) -> frozenset[int]:
    """The risks that stand against the order by severity and likelihood."""
    return frozenset(int(str(key)) for key in moved(scale, dict(ratings), list(order))) if scale else frozenset()


def without_reason(
    ratings: Mapping[int, Rating], order: Sequence[int], shifts: Sequence[Shift], scale: SeverityScale | None
) -> frozenset[int]:
    """Of those, the risks with a place that nobody gave a reason for."""
    found = unexplained(scale, dict(ratings), list(order), shifts) if scale else ()
    return frozenset(int(str(key)) for key in found)
