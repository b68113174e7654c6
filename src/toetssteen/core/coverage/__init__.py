"""How much of its own supply chains a company knows, per level: one definition for every page and figure."""

from .count import Chain, ChainCoverage, LevelCoverage, cover, gaps, level_known, meets, missing_for
from .naming import ToName, links_to_name

__all__ = [
    "Chain",
    "ChainCoverage",
    "LevelCoverage",
    "ToName",
    "cover",
    "gaps",
    "level_known",
    "links_to_name",
    "meets",
    "missing_for",
]
