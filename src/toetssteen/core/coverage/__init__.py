"""How much of its own supply chains a company knows, per level: one definition for every page and figure."""

from .count import Chain, ChainCoverage, LevelCoverage, cover, gaps, level_known, meets, missing_for

__all__ = ["Chain", "ChainCoverage", "LevelCoverage", "cover", "gaps", "level_known", "meets", "missing_for"]
