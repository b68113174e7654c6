"""How far a goal has come: amounts read from its own words, and progress as an exact part of the way."""

from .amounts import Amount, amount_in, in_unit, unit_in, whole_of
from .way import Direction, direction, progress, went_back

__all__ = ["Amount", "Direction", "amount_in", "direction", "in_unit", "progress", "unit_in", "went_back", "whole_of"]
