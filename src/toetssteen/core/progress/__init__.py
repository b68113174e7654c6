"""How far a goal has come: amounts read from its own words, and progress as an exact part of the way."""

from .amounts import Amount, amount_in, unit_in
from .way import Direction, direction, progress, went_back

__all__ = ["Amount", "Direction", "amount_in", "direction", "progress", "unit_in", "went_back"]
