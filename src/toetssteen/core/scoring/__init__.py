"""The score of a report and the colour that follows from it, with the reasons."""

from .examples import ExampleError, score_example, score_file
from .levels import (
    allowed_level,
    applicable,
    asked,
    not_applicable,
    proposed_level,
    proposed_levels,
    without_base,
)
from .proposal import Case, Checks, Proposal, Reason, improvement_limit, propose, publication_present
from .remembered import Remembered, key_of, proposal_of
from .sheet import GroupScore, ScoreSheet, rounded, score
from .smallest import Option, smallest_set

__all__ = [
    "Case",
    "Checks",
    "ExampleError",
    "GroupScore",
    "Option",
    "Proposal",
    "Reason",
    "Remembered",
    "ScoreSheet",
    "allowed_level",
    "applicable",
    "asked",
    "improvement_limit",
    "key_of",
    "not_applicable",
    "proposal_of",
    "propose",
    "proposed_level",
    "proposed_levels",
    "publication_present",
    "rounded",
    "score",
    "score_example",
    "score_file",
    "smallest_set",
    "without_base",
]
