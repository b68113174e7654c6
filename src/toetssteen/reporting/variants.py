"""The lighter variant for small companies: tried in a year by a decision of the parties, granted to one company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Eligible, Fact, Pack, Question, Text, Variant
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.prepared import prepared
from toetssteen.plans import queries as plan_queries
from toetssteen.reporting.choices import AnswerOrigin, CaseState
from toetssteen.reporting.models import Answer, Report, VariantCase, VariantYear
from toetssteen.reporting.permissions import visible_variant_cases, visible_variant_years
from toetssteen.risks import queries as risk_queries
from toetssteen.supplychain import queries as chain_queries


@dataclass(frozen=True)
class Check:
    """One condition of the variant: its words, what is known of it, and whether it is met; None when unknown."""

    id: str
    text: Text
    known: Fact
    met: bool | None
    is_exclusion: bool = False  # what the words say may not be so


@prepared
def _in_year(year_id: int) -> QuerySet[VariantYear]:
    rows = VariantYear.objects.filter(year_id=year_id, ended_at__isnull=True)
    return rows.select_related("adopted_by")


@prepared
def _case(organisation_id: int, year_id: int) -> QuerySet[VariantCase]:
    rows = VariantCase.objects.filter(organisation_id=organisation_id, year_id=year_id)
    return rows.select_related("decided_by", "asked_by")


def adopted_in(year_id: int) -> VariantYear | None:
    """The variant that the parties try in a covenant year; without a decision there is none."""
    found = _in_year(year_id)
    return found[0] if found else None


def case_of(organisation_id: int, year_id: int) -> VariantCase | None:
    """What a company asked for a covenant year, and what was decided."""
    found = _case(organisation_id, year_id)
    return found[0] if found else None


def granted(organisation_id: int, year_id: int, pack: Pack, situation: str) -> str:
    """The variant by which this company reports on the year; empty when it fills in the whole questionnaire."""
    adopted = adopted_in(year_id)
    if adopted is None or not _fits(pack, adopted.variant, situation):
        return ""
    case = case_of(organisation_id, year_id)
    return adopted.variant if case is not None and case.state == CaseState.GRANTED else ""


def _fits(pack: Pack, variant: str, situation: str) -> bool:
    return variant in pack.variants and pack.variants[variant].base_profile == situation


def offered(year: CovenantYear, pack: Pack, situation: str) -> Variant | None:
    """The variant that a company of this type may ask for in a covenant year."""
    adopted = adopted_in(year.pk)
    return pack.variants[adopted.variant] if adopted and _fits(pack, adopted.variant, situation) else None


def known_of(organisation_id: int, year: CovenantYear, pack: Pack, staff_fte: Decimal | None) -> dict[str, Fact]:
    """What the conditions look at: what the company declared, and what follows from its chains, risks and plan."""
    chains = chain_queries.chain_facts(organisation_id, pack, year)
    risks = risk_queries.risks_of_year(organisation_id, year.number)
    top = risk_queries.top_priority_ids(risks, pack)
    plan = plan_queries.plan_of(organisation_id, year.pk)
    aimed_at = {goal.risk_id for goal in plan.objectives.all()} if plan else set()
    return {
        "staff_fte": staff_fte,
        "chains_non_eea": chains.get("chains.non_eea_count"),
        "actual_severe_harm_open": sum(r.is_actual and r.pk in top and r.pk not in aimed_at for r in risks),
    }


def checks(variant: Variant, known: Mapping[str, Fact]) -> list[Check]:
    """Every condition of the variant with what is known; what may not be the case counts as met when it is not."""
    rows = [Check(row.id, row.text, known.get(row.id), row.holds(known)) for row in variant.all_of]
    return rows + [
        Check(row.id, row.text, known.get(row.id), _not(row, known), is_exclusion=True) for row in variant.none_of
    ]


def _not(row: Eligible, known: Mapping[str, Fact]) -> bool | None:
    holds = row.holds(known)
    return None if holds is None else not holds


def all_met(rows: list[Check]) -> bool:
    """The company may have the variant by the conditions; the secretariat decides."""
    return all(row.met for row in rows)


def as_json(known: Mapping[str, Fact]) -> dict[str, Any]:
    """What was known, as it is kept with the decision."""
    return {name: None if value is None else str(value) for name, value in known.items()}


def from_json(known: Mapping[str, Any]) -> dict[str, Fact]:
    """The same, read back."""
    return {name: None if value is None else Fraction(value) for name, value in known.items()}


def cases(actor: Actor) -> QuerySet[VariantCase]:
    """The requests that the actor may see, those that wait first."""
    rows = visible_variant_cases(actor).select_related("organisation", "year", "asked_by", "decided_by")
    return rows.order_by("decided_at", "year__number", "organisation__name", "pk")


def adoptions(actor: Actor) -> QuerySet[VariantYear]:
    """The decisions to try a variant, newest first; ended ones too."""
    rows = visible_variant_years(actor).select_related("year", "adopted_by", "ended_by")
    return rows.order_by("-year__number", "-pk")


# --- answers of one profile as suggestions for the other


def suggestion(pack: Pack, question: Question, old: Mapping[str, Answer]) -> Answer | None:
    """What earlier answers suggest for a question that was asked in another form; None when they say nothing.

    A merged question gets the words of the questions that it replaces and the lowest of their levels; a question of
    the whole questionnaire gets those of the merged one. Whoever answers looks at it before it counts.
    """
    if question.replaces:
        return _merged(pack, question, old)
    wide = next((q for q in pack.variant_questions.values() if question.id in q.replaces and q.id in old), None)
    if wide is None:
        return None
    return Answer(question=question.id, level=old[wide.id].level, text=old[wide.id].text)


def _merged(pack: Pack, question: Question, old: Mapping[str, Answer]) -> Answer | None:
    parts = [(pack.question(name), old[name]) for name in question.replaces if name in old]
    if not any(answer.level or answer.text for _question, answer in parts):
        return None
    levels = [answer.level or pack.framework.unanswered_level for _question, answer in parts]
    if len(parts) < len(question.replaces):
        levels.append(pack.framework.unanswered_level)
    lowest = min(levels, key=lambda level: pack.framework.level(level).rank)
    text = "\n".join(f"{asked.number} {answer.text}" for asked, answer in parts if answer.text)
    return Answer(question=question.id, level=lowest, text=text)


def answers_for(report: Report, pack: Pack, questions: tuple[Question, ...], old: Mapping[str, Answer]) -> list[Answer]:
    """Suggestions to look at, for these questions that have no answer of their own."""
    rows = []
    for question in questions:
        found = suggestion(pack, question, old)
        if found is not None:
            found.report, found.origin, found.needs_confirmation = report, AnswerOrigin.CARRIED_OVER, True
            rows.append(found)
    return rows
