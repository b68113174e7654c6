"""What would happen if: other levels and another coverage, scored by the same engine; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toetssteen.core.frameworks import Pack, Question, Share
from toetssteen.core.scoring import Reason, applicable
from toetssteen.reporting.estimate import Estimate, Standing
from toetssteen.reporting.trial import Trial, change_of

YES, NO = "yes", "no"
PLAN, PUBLIC, YEAR, NEXT = "plan", "public", "year", "next"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to try: levels by question, known chains by level of the chain, plan and publication."""

    levels: Mapping[str, str]
    known: Mapping[str, int]
    plan: bool | None = None
    public: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is tried."""
        return not self.levels and not self.known and self.plan is None and self.public is None


@dataclass(frozen=True)
class Outcome:
    """Where the company stands, and where it would."""

    now: Estimate
    then: Estimate

    @property
    def changed(self) -> list[tuple[Reason, bool]]:
        """The reasons of the new proposal, each with whether it is met otherwise than now."""
        before = {(reason.code, reason.subject): reason.met for reason in self.now.proposal.reasons}
        return [
            (reason, before.get((reason.code, reason.subject), reason.met) != reason.met)
            for reason in self.then.proposal.reasons
            if reason.code not in ("report", "agreed_date") and reason.met is not None
        ]


def wish_of(pack: Pack, standing: Standing, given: Mapping[str, Any]) -> Wish:
    """What an address asks to try; what does not fit this company's questions is left aside."""
    levels = {level.id for level in pack.framework.levels}
    wanted = {q.id: given.get(q.id, "") for q in questions_of(pack, standing)}
    known = {level.id: _count(given.get(level.id, ""), standing.coverage[level.id]) for level in pack.coverage_levels}
    return Wish(
        levels={question: level for question, level in wanted.items() if level in levels},
        known={level: count for level, count in known.items() if count is not None},
        plan=_yes(given.get(PLAN, "")),
        public=_yes(given.get(PUBLIC, "")),
    )


def _count(word: str, share: Share) -> int | None:
    if not share.applies or not word.isdecimal() or len(word) > 6:
        return None
    return min(int(word), int(share.whole))


def _yes(word: str) -> bool | None:
    return {YES: True, NO: False}.get(word)


def questions_of(pack: Pack, standing: Standing) -> tuple[Question, ...]:
    """The questions that count for this company, those of later years too."""
    return applicable(pack, standing.profile, standing.facts, standing.variant)


def outcome(pack: Pack, standing: Standing, wish: Wish) -> Outcome:
    """Score and propose with the wish, by the rule that the assessment uses; levels that were chosen count last."""
    trial = Trial(pack, standing)
    now = trial.estimate
    for level in pack.coverage_levels:
        if level.id in wish.known and level.fact:
            trial = trial.with_fact(level.fact, Share(wish.known[level.id], standing.coverage[level.id].whole))
    if wish.plan is not None:
        trial = trial.with_plan(delivered=wish.plan)
    publication = pack.decision.publication
    if wish.public is not None and publication is not None:
        trial = trial.with_fact(publication.fact, 0 if wish.public else None)
    for question, chosen in wish.levels.items():
        trial = trial.with_level(question, chosen)
    return Outcome(now, trial.estimate)


def gains(pack: Pack, standing: Standing, estimate: Estimate, question: Question) -> dict[str, Any]:
    """Per level what the total would change by if only this question had it."""
    return {
        level.id: change_of(pack, standing.profile, estimate.sheet, question, level.id)
        for level in pack.framework.levels
    }
