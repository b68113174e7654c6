"""What a company can measure of its own way of buying; help to begin with, never asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from toetssteen.core.progress import Direction
from toetssteen.plans.choices import OwnPractice


@dataclass(frozen=True)
class Suggestion:
    """One thing to measure: of which practice, which way is better, and where the figure comes from."""

    practice: str
    indicator: Any
    better: Direction
    where: Any


SUGGESTIONS = (
    Suggestion(
        OwnPractice.PRICE,
        _("Share of orders below the price at which the supplier says it can work safely (%)"),
        Direction.LESS,
        _("Ask the supplier once a year what safe work costs; compare with what you paid."),
    ),
    Suggestion(
        OwnPractice.LEAD_TIME,
        _("Days between order and delivery that you gave less than the supplier asked (days)"),
        Direction.LESS,
        _("From your orders: the asked lead time beside the agreed one, the mean of the year."),
    ),
    Suggestion(
        OwnPractice.ORDER_CHANGES,
        _("Share of orders that you changed after confirming them (%)"),
        Direction.LESS,
        _("From your orders: changes in number, size, finish or date after the confirmation."),
    ),
    Suggestion(
        OwnPractice.PAYMENT,
        _("Days between invoice and payment (days)"),
        Direction.LESS,
        _("From your books: the mean of the year, and the latest payment."),
    ),
    Suggestion(
        OwnPractice.OTHER,
        _("Share of suppliers that you have bought from for three years or longer (%)"),
        Direction.MORE,
        _("From your books: who delivered in each of the last three years."),
    ),
)


def indicator_of(practice: str) -> str:
    """What can be measured of a part of the own way of buying, to begin a goal with; empty where nothing is known."""
    return next((str(one.indicator) for one in SUGGESTIONS if one.practice == practice), "")
