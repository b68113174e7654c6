"""The company's own estimate: which level counts per question, and the score and colour that would follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from toetssteen.core.frameworks import Facts, Pack, Question, Share
from toetssteen.core.scoring import (
    Case,
    Proposal,
    ScoreSheet,
    applicable,
    proposal_of,
    proposed_level,
    publication_present,
)


@dataclass(frozen=True)
class Estimate:
    """Score, proposal and coverage of a report as it stands."""

    sheet: ScoreSheet
    proposal: Proposal
    coverage: Mapping[str, Share]
    levels: Mapping[str, str]
    facts: Facts


def levels_of(pack: Pack, profile: str, variant: str | None, facts: Facts, given: Mapping[str, str]) -> dict[str, str]:
    """The level that counts per question: from the fact where the platform knows it, else as the company chose."""
    found: dict[str, str] = {}
    for question in applicable(pack, profile, facts, variant):
        level = fact_level(pack, question, facts) or given.get(question.id, "")
        if level:
            found[question.id] = level
    return found


def fact_level(pack: Pack, question: Question, facts: Facts) -> str | None:
    """The level that follows from a known fact; None when somebody has to choose it."""
    if question.derived_from is None or question.derived_from not in facts:
        return None
    return proposed_level(pack, question, facts[question.derived_from])


@dataclass(frozen=True)
class Standing:
    """What a proposal for a report depends on, live or frozen."""

    profile: str
    variant: str | None
    report_year: int
    year_end: dt.date
    levels: Mapping[str, str]
    facts: Facts
    coverage: Mapping[str, Share]
    plan_delivered: bool

    def estimate(
        self,
        pack: Pack,
        *,
        levels: Mapping[str, str] | None = None,
        report_delivered: bool = True,
        improvement_date: dt.date | None = None,
        facts: Facts | None = None,
        coverage: Mapping[str, Share] | None = None,
        plan_delivered: bool | None = None,
    ) -> Estimate:
        """Score and propose, with other levels, facts or dates where given."""
        counted = self.levels if levels is None else levels
        known = self.facts if facts is None else facts
        shares = self.coverage if coverage is None else coverage
        proposal = proposal_of(
            pack,
            Case(
                profile=self.profile,
                report_year=self.report_year,
                year_end=self.year_end,
                levels=counted,
                facts=known,
                coverage=shares,
                report_delivered=report_delivered,
                plan_delivered=self.plan_delivered if plan_delivered is None else plan_delivered,
                public_communication=publication_present(pack, counted, known),
                improvement_date=improvement_date,
                variant=self.variant,
            ),
        )
        if proposal.sheet is None:
            raise ValueError(f"No report is due ({proposal.exemption}), so there is nothing to score.")
        return Estimate(proposal.sheet, proposal, shares, counted, known)
