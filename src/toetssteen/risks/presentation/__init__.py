"""Risks in the words of the reader; no queries."""

from toetssteen.risks.presentation.one import (
    about,
    initial_of,
    ratings,
    source_initial,
    source_words,
    view_initial,
)
from toetssteen.risks.presentation.order import LIKELY, SEVERE, SHADES, key_question, matrix, moves, rows
from toetssteen.risks.presentation.proposed import proposal_rows
from toetssteen.risks.presentation.todo import steps
from toetssteen.risks.presentation.words import (
    chain_name,
    countries_of,
    part_words,
    place_of,
    points_of_reasons,
    source_kind,
    theme_name,
)
from toetssteen.risks.presentation.years import carry_lines, newcomers, since, why

__all__ = [
    "LIKELY",
    "SEVERE",
    "SHADES",
    "about",
    "carry_lines",
    "chain_name",
    "countries_of",
    "initial_of",
    "key_question",
    "matrix",
    "moves",
    "newcomers",
    "part_words",
    "place_of",
    "points_of_reasons",
    "proposal_rows",
    "ratings",
    "rows",
    "since",
    "source_initial",
    "source_kind",
    "source_words",
    "steps",
    "theme_name",
    "view_initial",
    "why",
]
