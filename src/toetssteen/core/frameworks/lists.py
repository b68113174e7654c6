"""The lists of the pack: themes, materials, kinds of sites, evidence, library, targets and publication rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .values import PLACEHOLDER, Marked, Text


@dataclass(frozen=True)
class Named:
    """An element of a list that is no more than an id with its words, and what the pack says beside it."""

    id: str
    text: Text
    extra: Mapping[str, Any]


@dataclass(frozen=True)
class Measure:
    """Something a company can do against a theme's root cause."""

    root_cause: str
    kind: str
    text: Text


@dataclass(frozen=True)
class Theme:
    """A risk theme with signals, measures and indicators."""

    id: str
    name: Text
    definition: Text
    standards: tuple[str, ...]
    signals: Mapping[str, Text]
    measures: tuple[Measure, ...]
    indicators: tuple[Text, ...]
    library: tuple[str, ...]
    status: str
    source: str


@dataclass(frozen=True)
class Material:
    """A material the covenant is about, or might be about later."""

    id: str
    text: Text
    in_scope: bool
    hand_work: str
    countries: tuple[str, ...]
    note: Text | None


@dataclass(frozen=True)
class Country:
    """A country of origin by its two-letter code, and whether it lies inside the free area of the covenant."""

    code: str
    in_eea: bool


@dataclass(frozen=True)
class NamedArea:
    """A place of origin that public sources name."""

    id: str
    name: str
    region: str
    country: str
    disclosure: str


@dataclass(frozen=True)
class SiteKind:
    """A kind of link in a supply chain, and for which coverage figure a known one counts."""

    id: str
    text: Text
    coverage_level: str | None
    location_detail: str
    public: str
    description: Text | None


@dataclass(frozen=True)
class AnswerState:
    """What a company knows of a link; some states count as known."""

    id: str
    text: Text
    counts_as_known: bool


@dataclass(frozen=True)
class LibraryItem:
    """A guide, sheet or report in the library."""

    id: str
    kind: str
    title: Text
    steps: tuple[int, ...]
    themes: tuple[str, ...]
    countries: tuple[str, ...]
    audience: tuple[str, ...]
    languages: tuple[str, ...]
    url: str | None
    state: str
    status: str
    source: str
    page: str = ""  # the page of this software that does what the item is for


@dataclass(frozen=True)
class Target:
    """A target of the covenant with what was realised; None means unknown, which is not zero."""

    id: str
    indicator: Text
    region: str | None
    moment: str
    target: Fraction | str | None
    realised: Fraction | str | None
    unit: str
    is_estimate: bool
    note: Text | str | None
    status: str
    source: str


@dataclass(frozen=True)
class Bin:
    """A class of figures with open or closed ends."""

    id: str
    text: Text
    start: Fraction | None
    start_closed: bool
    end: Fraction | None
    end_closed: bool

    def holds(self, number: Fraction | int) -> bool:
        """The number falls in this class."""
        after = self.start is None or number > self.start or (self.start_closed and number == self.start)
        before = self.end is None or number < self.end or (self.end_closed and number == self.end)
        return after and before


@dataclass(frozen=True)
class Disclosure:
    """What may be published, and how small groups are protected."""

    min_companies_area: Marked[int]
    min_companies_default: Marked[int]
    allow_small_counts_for: tuple[str, ...]
    suppressed_display: Text
    max_share_largest_pct: Marked[Fraction] | None
    max_share_two_largest_pct: Marked[Fraction] | None
    percent_decimals: int
    bins: Mapping[str, tuple[Bin, ...]]
    classes: tuple[Named, ...]
    always_public: tuple[str, ...]
    never_public: tuple[str, ...]


@dataclass(frozen=True)
class RiskProfile:
    """A risk that public sources report for a country, region, material or product; never rated by us."""

    id: str
    country: str
    region: str
    materials: tuple[str, ...]
    product_forms: tuple[str, ...]
    theme: str | None
    statement: Text
    evidence_kind: str
    source_date: str | None
    status: str
    source: str


@dataclass(frozen=True)
class CovenantAction:
    """Something the parties of the covenant agreed to do."""

    id: str
    title: Text
    cluster: str
    owner: str
    state: str
    when: str | None
    reason: Text | None
    kind: str
    status: str
    source: str


@dataclass(frozen=True)
class Effort:
    """About how long the things of a report take somebody of a small company, in minutes; an estimate, never a norm."""

    question: Mapping[str, int]  # to do what a question asks, by kind of answer
    reading: Mapping[str, int]  # to answer a question about what is done already
    chain: int
    plan: int
    publication: int
    hand_in: int
    unit: Mapping[str, int] = field(default_factory=dict)  # for one more of what a fact counts, by its first word
    status: str = PLACEHOLDER
    source: str = ""

    @property
    def placeholder(self) -> bool:
        """Nobody measured it."""
        return self.status == PLACEHOLDER

    def of(self, kind: str) -> int:
        """Minutes to do what a question with this kind of answer asks."""
        return self.question.get(kind, OTHERWISE)

    def of_fact(self, fact: str, count: int) -> int:
        """Minutes to bring what a fact counts so many further."""
        return count * self.unit.get(fact.split(".")[0], OTHERWISE)

    def to_read(self, kind: str) -> int:
        """Minutes to answer a question with this kind of answer."""
        return self.reading.get(kind, OTHERWISE)


OTHERWISE = 10
# For a pack that says nothing of it.
OWN_ESTIMATE = Effort(question={}, reading={}, chain=15, plan=120, publication=120, hand_in=OTHERWISE)
