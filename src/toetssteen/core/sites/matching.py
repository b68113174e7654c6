"""The answer about two mentions: the only place where "same", "ask" and "different" are given."""

from __future__ import annotations

from .cleaning import Cleaned
from .comparison import levels_of
from .context import EMPTY, Context
from .decisions import Answer
from .mentions import Mention
from .rules import decide


def compare(one: Mention, other: Mention, context: Context = EMPTY) -> Answer:
    """Whether two mentions are one site, by the knowledge of a whole list (`context_of_list`)."""
    from .cleaning import cleaned

    return compare_cleaned(cleaned(one, context.place_words), cleaned(other, context.place_words), context)


def compare_cleaned(one: Cleaned, other: Cleaned, context: Context) -> Answer:
    """The same for mentions that were taken apart already."""
    verdict, reasons = decide(one, other, levels_of(one, other, context), context)
    return Answer(verdict, 0.0, tuple(reasons))
