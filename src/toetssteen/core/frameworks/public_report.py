"""What the parties ask of a public report: from when, what answers which criterion, what promises too much."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .shapes_public_report import PublicReportIn
from .values import Marked, Text

BEFORE = 4  # so many words before a claim are searched for a denial


@dataclass(frozen=True)
class Need:
    """The parts of a report that a level needs, or how many of them."""

    parts: tuple[str, ...]
    at_least: int

    def is_met(self, there: Collection[str]) -> bool:
        """Enough of the parts are there."""
        return sum(part in there for part in self.parts) >= self.at_least

    def missing(self, there: Collection[str]) -> tuple[str, ...]:
        """The parts that would bring it nearer; nothing when it is met."""
        return () if self.is_met(there) else tuple(part for part in self.parts if part not in there)


@dataclass(frozen=True)
class ReportCriterion:
    """What a report must hold for each level of one question."""

    question: str
    section: str
    levels: Mapping[str, Need]

    def level(self, there: Collection[str], order: Sequence[str]) -> str:
        """The highest level, in the order of the framework, for which the parts are there; else the lowest.

        >>> rule = ReportCriterion("q", "s", {"some": Need(("a",), 1), "all": Need(("a", "b"), 2)})
        >>> [rule.level(there, ["none", "some", "all"]) for there in ((), ("a",), ("b",), ("a", "b"))]
        ['none', 'some', 'none', 'all']
        """
        met = [level for level in order if level in self.levels and self.levels[level].is_met(there)]
        return met[-1] if met else order[0]

    def missing(self, there: Collection[str], order: Sequence[str]) -> tuple[str, ...]:
        """The parts that the next level still needs."""
        reached = order.index(self.level(there, order))
        above = (self.levels[level] for level in order[reached + 1 :] if level in self.levels)
        return next((need.missing(there) for need in above), ())


@dataclass(frozen=True)
class Claim:
    """Words that promise more than a company can know, and why."""

    id: str
    words: tuple[str, ...]
    why: Text


@dataclass(frozen=True)
class FoundClaim:
    """A claim in a text: which one, the words as written, and where they begin."""

    claim: Claim
    words: str
    start: int


@dataclass(frozen=True)
class PublicReportRules:
    """Everything the pack says about the public report."""

    first_due_months: Marked[int]
    disclaimer: Text
    criteria: tuple[ReportCriterion, ...]
    claims: tuple[Claim, ...]
    denied_by: tuple[str, ...]

    def claims_in(self, text: str) -> tuple[FoundClaim, ...]:
        """The claims in a text in the order in which they stand there; what is denied just before is none."""
        found = [
            FoundClaim(claim, match.group(), match.start())
            for claim in self.claims
            for match in _pattern(claim.words).finditer(text)
            if not self._is_denied(text[: match.start()])
        ]
        return tuple(sorted(found, key=lambda row: (row.start, row.claim.id)))

    def _is_denied(self, before: str) -> bool:
        sentence = re.split(r"[.!?;:\n]", before)[-1]
        return bool({word.casefold() for word in re.findall(r"[\w']+", sentence)[-BEFORE:]} & set(self.denied_by))


@lru_cache(maxsize=200)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all words: a space is a space, a hyphen or nothing, a star the rest of a word."""
    each = "|".join(
        r"[\s\u00a0\u2011-]*".join(re.escape(part).replace(r"\*", r"\w*") for part in word.split())
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE)


def load_public_report(source: PublicReportIn) -> PublicReportRules:
    """The rules from their checked shape."""
    cell = source.first_due_months
    return PublicReportRules(
        first_due_months=Marked(cell.value, cell.status, cell.source),
        disclaimer=Text(source.disclaimer.nl, source.disclaimer.en),
        criteria=tuple(
            ReportCriterion(
                row.question,
                row.section,
                {name: Need(tuple(n.parts), n.at_least or len(n.parts)) for name, n in row.levels.items()},
            )
            for row in source.criteria
        ),
        claims=tuple(Claim(row.id, tuple(row.words), Text(row.why.nl, row.why.en)) for row in source.claims),
        denied_by=tuple(word.casefold() for word in source.denied_by),
    )
