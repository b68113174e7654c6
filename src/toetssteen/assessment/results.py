"""What an assessment comes to: from a submitted report and the levels given, to points, proposal and frozen decision.

Everything here is a pure function of its arguments, so that a decision can be computed again from what was frozen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import Facts, Pack, Question, Share
from toetssteen.core.scoring import (
    Case,
    Proposal,
    applicable,
    asked,
    proposal_of,
    proposed_levels,
    publication_present,
    rounded,
)

GROUP_DECIMALS = 6


@dataclass(frozen=True)
class FiledEvidence:
    """A piece of evidence as it was attached when the report was submitted."""

    id: int
    title: str
    kind: str = ""
    document_on: dt.date | None = None
    valid_until: dt.date | None = None
    file_name: str = ""


@dataclass(frozen=True)
class FiledAnswer:
    """An answer as it was submitted."""

    question: str
    level: str = ""
    value: Any = None
    text: str = ""
    origin: str = ""
    dont_know: bool = False
    evidence: tuple[FiledEvidence, ...] = ()

    @property
    def is_given(self) -> bool:
        """The company said something at this question."""
        return bool(self.level or self.text or self.value not in (None, "", [], {}) or self.dont_know or self.evidence)

    def same_as(self, other: FiledAnswer | None) -> bool:
        """Nothing that an assessor reads differs."""
        if other is None:
            return not self.is_given
        return (self.level, self.value, self.text, self.dont_know, {e.id for e in self.evidence}) == (
            other.level,
            other.value,
            other.text,
            other.dont_know,
            {e.id for e in other.evidence},
        )


@dataclass(frozen=True)
class Filing:
    """A submitted report as it was frozen: what the assessor reads, instead of the rows that may change."""

    profile: str
    report_year: int
    year_end: dt.date
    variant: str | None = None
    answers: Mapping[str, FiledAnswer] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    plan_delivered: bool = False
    delivered: bool = True
    number: int = 0
    sha256: str = ""
    made_at: dt.datetime | None = None

    def answer(self, question_id: str) -> FiledAnswer:
        """The answer to a question; an empty one when there is none."""
        return self.answers.get(question_id) or FiledAnswer(question_id)


@dataclass(frozen=True)
class Mark:
    """The level that an assessor gave, with the reason that the company reads."""

    level: str
    reason: str = ""
    submission: int = 0


@dataclass(frozen=True)
class Outcome:
    """What the levels come to: points and the proposal of the rule with its reasons."""

    levels: Mapping[str, str]
    proposal: Proposal


def derived_levels(pack: Pack, filing: Filing) -> dict[str, str]:
    """The levels that the facts of the report propose for its derived questions."""
    questions = applicable(pack, filing.profile, filing.facts, filing.variant)
    return proposed_levels(pack, questions, filing.facts)


def to_assess(pack: Pack, filing: Filing) -> tuple[Question, ...]:
    """The questions that an assessor must look at: asked this year or answered early, and not settled by a fact."""
    if not filing.delivered:
        return ()
    settled = derived_levels(pack, filing)
    now = {q.id for q in asked(pack, filing.profile, filing.report_year, filing.facts, filing.variant)}
    lowest = ("", pack.framework.unanswered_level)
    return tuple(
        q
        for q in applicable(pack, filing.profile, filing.facts, filing.variant)
        if q.id not in settled and (q.id in now or filing.answer(q.id).level not in lowest)
    )


def assessed_levels(pack: Pack, filing: Filing, marks: Mapping[str, Mark]) -> dict[str, str]:
    """The levels that count: the assessor's, else the one that a fact proposes."""
    if not filing.delivered:
        return {}
    known = {q.id for q in applicable(pack, filing.profile, filing.facts, filing.variant)}
    given = {question: mark.level for question, mark in marks.items() if question in known}
    return {**derived_levels(pack, filing), **given}


def running_levels(pack: Pack, filing: Filing, marks: Mapping[str, Mark]) -> dict[str, str]:
    """The levels while assessing: questions not looked at yet count with the company's own estimate."""
    own = {q.id: filing.answer(q.id).level for q in to_assess(pack, filing) if filing.answer(q.id).level}
    return {**own, **assessed_levels(pack, filing, marks)}


def outcome(pack: Pack, filing: Filing, levels: Mapping[str, str], improvement_on: dt.date | None = None) -> Outcome:
    """Points and proposal for these levels, by the rules of the pack."""
    case = Case(
        profile=filing.profile,
        report_year=filing.report_year,
        year_end=filing.year_end,
        levels=levels,
        facts=filing.facts,
        coverage=coverage_of(pack, filing.facts),
        report_delivered=filing.delivered,
        plan_delivered=filing.plan_delivered,
        public_communication=publication_present(pack, levels, filing.facts),
        improvement_date=improvement_on,
        variant=filing.variant,
    )
    return Outcome(levels, proposal_of(pack, case))


def coverage_of(pack: Pack, facts: Facts) -> dict[str, Share]:
    """The coverage of each level of the chain as the facts of the report hold it."""
    found: dict[str, Share] = {}
    for level in pack.coverage_levels:
        fact = facts.get(level.fact) if level.fact else None
        if isinstance(fact, Share):
            found[level.id] = fact
        elif fact is not None and not isinstance(fact, dt.date):
            found[level.id] = Share(fact, 100)
    return found


def missing_of(proposal: Proposal) -> list[dict[str, str]]:
    """What stands between the company and meeting all demands, ready to be stored."""
    return [
        {"code": r.code, "subject": r.subject or "", "nl": r.text.nl, "en": r.text.en} for r in proposal.open_reasons
    ]


@dataclass(frozen=True)
class Ruling:
    """What a person decided, beside the proposal."""

    kind: str
    colour: str
    reason: str
    decided_on: dt.date
    improvement_on: dt.date | None = None
    extension_until: dt.date | None = None
    missing: Sequence[Mapping[str, str]] = ()


def decision_content(
    pack: Pack, filing: Filing, marks: Mapping[str, Mark], result: Outcome, decided: Ruling
) -> dict[str, Any]:
    """The part of a decision snapshot that the assessment adds to the frozen report.

    Keys: case, assessed (levels, reasons, proposed by a fact), score (total, groups, steps), proposal, decision.
    """
    return {
        "case": {
            "profile": filing.profile,
            "variant": filing.variant or "",
            "report_year": filing.report_year,
            "year_end": filing.year_end.isoformat(),
            "delivered": filing.delivered,
            "plan_delivered": filing.plan_delivered,
            "improvement_on": _iso(decided.improvement_on),
            "submission": filing.number,
            "pack": pack.digest,
        },
        "assessed": {
            "levels": dict(sorted(result.levels.items())),
            "reasons": {q: mark.reason for q, mark in sorted(marks.items()) if mark.reason and q in result.levels},
            "derived": sorted(q for q in derived_levels(pack, filing) if q not in marks and q in result.levels),
        },
        "score": score_content(result.proposal),
        "proposal": proposal_content(result.proposal),
        "decision": {
            "kind": decided.kind,
            "colour": decided.colour,
            "reason": decided.reason,
            "decided_on": decided.decided_on.isoformat(),
            "improvement_on": _iso(decided.improvement_on),
            "extension_until": _iso(decided.extension_until),
            "missing": [dict(item) for item in decided.missing],
        },
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Fraction) -> str:
    return str(rounded(value, GROUP_DECIMALS))


def score_content(proposal: Proposal) -> dict[str, Any]:
    """Total, weight groups and steps as text, so that no figure is rounded twice."""
    sheet = proposal.sheet
    if sheet is None:
        return {"total": "0.00", "groups": {}, "steps": {}, "points": {}}
    return {
        "total": str(sheet.total),
        "groups": {
            g.id: {
                "earned": _number(g.earned),
                "possible": _number(g.possible),
                "weight": _number(g.weight),
                "score": _number(g.score),
            }
            for g in sheet.groups.values()
        },
        "steps": {str(number): str(sheet.step_rounded(number)) for number in sheet.steps},
        "points": {question: _number(points) for question, points in sheet.points.items()},
    }


def proposal_content(proposal: Proposal) -> dict[str, Any]:
    """Colour, checks and every reason of the proposal in both languages."""
    checks = proposal.checks
    return {
        "colour": proposal.colour or "",
        "meets": bool(proposal.meets),
        "checks": {
            name: getattr(checks, name)
            for name in ("report", "score", "keys", "coverage", "plan", "public_communication")
        }
        if checks
        else {},
        "keys_failed": list(proposal.keys_failed),
        "coverage_failed": list(proposal.coverage_failed),
        "reasons": [
            {
                "code": r.code,
                "subject": r.subject or "",
                "nl": r.text.nl,
                "en": r.text.en,
                "met": r.met,
                "placeholder": r.placeholder,
            }
            for r in proposal.reasons
        ],
    }


def recomputed(pack: Pack, content: Mapping[str, Any], facts: Facts) -> Outcome:
    """The outcome computed again from a decision snapshot alone."""
    case = content["case"]
    filing = Filing(
        profile=case["profile"],
        report_year=int(case["report_year"]),
        year_end=dt.date.fromisoformat(case["year_end"]),
        variant=case.get("variant") or None,
        facts=facts,
        plan_delivered=bool(case.get("plan_delivered")),
        delivered=bool(case.get("delivered", True)),
    )
    agreed = case.get("improvement_on")
    return outcome(pack, filing, content["assessed"]["levels"], dt.date.fromisoformat(agreed) if agreed else None)


def changed_questions(questions: Iterable[str], now: Filing, before: Filing | None) -> set[str]:
    """The questions whose answer differs between two submissions."""
    if before is None:
        return set()
    return {q for q in questions if not now.answer(q).same_as(before.answer(q))}
