"""How far a goal has come: amounts read from its own words, and progress as an exact part of the way."""

from .amounts import Amount, amount_in, in_unit, unit_in, whole_of
from .lines import first_of_line
from .way import Direction, direction, progress, went_back

__all__ = [
    "Amount",
    "Direction",
    "amount_in",
    "direction",
    "first_of_line",
    "in_unit",
    "progress",
    "unit_in",
    "went_back",
    "whole_of",
]
