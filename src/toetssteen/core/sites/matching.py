"""The answer about two mentions: the only place where "same", "ask" and "different" are given."""

from __future__ import annotations

from .cleaning import Cleaned, cleaned
from .comparison import NameFit, levels_of
from .context import EMPTY, Context
from .decisions import Answer, Reason, Verdict
from .mentions import Mention
from .rules import decide
from .weights import FLOOR, steps_of, worth_a_look


def compare(one: Mention, other: Mention, context: Context = EMPTY) -> Answer:
    """Whether two mentions are one site; `context` is what the whole list tells (`context_of`)."""
    return compare_cleaned(cleaned(one, context.place_words), cleaned(other, context.place_words), context)


def compare_cleaned(one: Cleaned, other: Cleaned, context: Context) -> Answer:
    """The same for mentions that were taken apart already."""
    steps = steps_of(one, other)
    probability = context.weights.probability(steps)
    if not worth_a_look(steps):
        return Answer(Verdict.DIFFERENT, probability, (Reason("too_little_in_common"),))
    return judged(one, other, context, probability)


def judged(
    one: Cleaned, other: Cleaned, context: Context, probability: float, names: tuple[NameFit, bool] | None = None
) -> Answer:
    """The answer about a pair that is worth a look: the rules decide, the trained weights may only restrain.

    Long lists give what they compared already, the names, and do without reasons why two mentions are different.
    """
    verdict, reasons = decide(one, other, levels_of(one, other, context, names), context, names is None)
    if verdict == Verdict.ASK and probability < FLOOR:
        verdict = Verdict.DIFFERENT
        reasons.append(Reason("improbable"))
    elif verdict == Verdict.SAME and probability < 0.5:
        verdict = Verdict.ASK
        reasons.append(Reason("improbable"))
    return Answer(verdict, probability, tuple(reasons))
