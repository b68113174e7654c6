"""Which risks come first: by severity, then by likelihood, never by volume; and what an order needs a reason for."""

from .order import Ranked, Rating, comes_first, follows_volume, moved, ranking, severity

__all__ = ["Ranked", "Rating", "comes_first", "follows_volume", "moved", "ranking", "severity"]
