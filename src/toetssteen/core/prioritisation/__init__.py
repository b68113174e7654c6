"""Which risks come first: by severity, then by likelihood, never by volume; and what an order needs a reason for."""

from .order import Ranked, Rating, comes_first, follows_volume, moved, ranking, severity, tells_volume
from .shifts import Shift, goes_against, in_order, unexplained, unexplained_pairs

__all__ = [
    "Ranked",
    "Rating",
    "Shift",
    "comes_first",
    "follows_volume",
    "goes_against",
    "in_order",
    "moved",
    "ranking",
    "severity",
    "tells_volume",
    "unexplained",
    "unexplained_pairs",
]
