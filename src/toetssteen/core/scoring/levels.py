"""Which questions count for a company, and which level a fact suggests."""

from __future__ import annotations

from collections.abc import Iterator

from toetssteen.core.frameworks import Fact, Facts, Pack, Question, Share, Variant, fact_number


def applicable(pack: Pack, profile: str, facts: Facts, variant: str | None = None) -> tuple[Question, ...]:
    """The questions that count for this company, those of later years included; in the order of the framework.

    A question leaves only when a fact says so: without the fact its condition is not known and the question stays.
    LookupError for an unknown profile or variant.
    """
    pack.profile(profile)
    chosen = pack.variant(variant) if variant is not None else None
    return tuple(
        question
        for question in pack.questions_for(profile, variant)
        if not _hidden(question, facts) and not (chosen and _dropped(chosen, question, facts))
    )


def asked(pack: Pack, profile: str, report_year: int, facts: Facts, variant: str | None = None) -> tuple[Question, ...]:
    """The questions that this company is asked in this report year."""
    return tuple(q for q in applicable(pack, profile, facts, variant) if q.from_year <= report_year)


def not_applicable(pack: Pack, profile: str, facts: Facts, variant: str | None = None) -> tuple[str, ...]:
    """The questions that do not apply because of a fact; what a variant drops is no question at all and not listed."""
    chosen = pack.variant(variant) if variant is not None else None
    return tuple(
        question.id
        for question in pack.questions_for(profile, variant)
        if _hidden(question, facts) and not (chosen and _dropped(chosen, question, facts))
    )


def _hidden(question: Question, facts: Facts) -> bool:
    return question.visible_if is not None and question.visible_if.holds(facts) is False


def _dropped(variant: Variant, question: Question, facts: Facts) -> bool:
    """The variant leaves this question out; an unknown fact never drops it."""
    for drop in variant.drops:
        if drop.id == question.id:
            if drop.keep_if is not None:
                return drop.keep_if.holds(facts) is False
            return drop.drop_if is None or drop.drop_if.holds(facts) is True
    return False


def proposed_level(pack: Pack, question: Question, fact: Fact) -> str | None:
    """The level that a fact suggests for a derived question; None when the assessor has to pick it.

    A bound counts as reached. Without a fact the question's own level for a missing fact holds, if it has one.
    """
    if not question.derived:
        return None
    number = fact_number(fact)
    if number is None:
        return question.auto_level_missing
    level = pack.framework.lowest_level
    for level_id, bound in question.auto_level:
        if number >= bound:
            level = level_id
    for level_id, bound in question.auto_level_reverse:
        if number <= bound:
            level = level_id
    return level


def proposed_levels(pack: Pack, questions: Iterator[Question] | tuple[Question, ...], facts: Facts) -> dict[str, str]:
    """The levels that facts suggest for these questions, where a fact is known or a missing one counts."""
    found: dict[str, str] = {}
    for question in questions:
        if question.derived_from is not None and question.derived_from in facts:
            level = proposed_level(pack, question, facts[question.derived_from])
            if level is not None:
                found[question.id] = level
    return found


def without_base(question: Question, facts: Facts) -> bool:
    """A derived question whose fact has no base, such as the actions of a plan that did not exist yet."""
    if question.derived_from is None or question.derived_from not in facts or question.auto_level_missing is not None:
        return False
    fact = facts[question.derived_from]
    return fact is None or (isinstance(fact, Share) and not fact.applies)


def allowed_level(pack: Pack, level: str, *, has_evidence: bool) -> str:
    """The level that counts by the pack's rule on evidence: with a cap, a higher level without evidence is lowered."""
    rule = pack.framework.scoring.evidence_rule
    if rule.mode != "cap" or rule.cap_level is None or has_evidence:
        return level
    return level if pack.framework.at_least(rule.cap_level, level) else rule.cap_level
