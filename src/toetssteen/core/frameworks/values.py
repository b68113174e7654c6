"""The small values everything is built of: bilingual texts, marked norms, shares and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

T = TypeVar("T")
Exact = int | Fraction | Decimal
PLACEHOLDER = "placeholder"


def exact(number: object) -> Fraction:
    """A number exactly as it was written; a float is read as its shortest decimal notation, so 0.3 is three tenths.

    >>> exact("0.3") == exact(0.3) == Fraction(3, 10)
    True
    """
    if isinstance(number, bool) or not isinstance(number, int | Fraction | Decimal | float | str):
        raise TypeError(f"{number!r} is not a number.")
    if isinstance(number, float):
        number = repr(number)
    try:
        return Fraction(number)
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise ValueError(f"{number!r} is not a number.") from error


@dataclass(frozen=True)
class Text:
    """A content text of the pack in Dutch and English."""

    nl: str
    en: str

    def in_(self, language: str | None) -> str:
        """The text in this language; any other language than Dutch gets English, and an empty text the other one."""
        if (language or "nl").lower().startswith("nl"):
            return self.nl or self.en
        return self.en or self.nl

    def __str__(self) -> str:
        return self.nl or self.en

    def __bool__(self) -> bool:
        return bool(self.nl or self.en)


@dataclass(frozen=True)
class Marked(Generic[T]):
    """A norm with its mark: a fact from a source, inferred, or a placeholder of our own."""

    value: T
    status: str
    source: str = ""

    @property
    def placeholder(self) -> bool:
        """The official value exists but is not known to us."""
        return self.status == PLACEHOLDER


@dataclass(frozen=True)
class Share:
    """So many of so many; with nothing to count it does not apply."""

    part: Exact
    whole: Exact

    def __post_init__(self) -> None:
        if self.part < 0 or self.whole < 0:
            raise ValueError(f"A share cannot be negative: {self.part} of {self.whole}.")

    @property
    def applies(self) -> bool:
        """There is something to take a share of."""
        return self.whole != 0

    @property
    def percent(self) -> Fraction | None:
        """The exact percentage, or None when there is nothing to take a share of."""
        return 100 * Fraction(self.part) / Fraction(self.whole) if self.applies else None

    def reaches(self, minimum: Exact) -> bool:
        """The share is at least this percentage, compared exactly; nothing to count reaches only a minimum of zero."""
        if not self.applies:
            return minimum <= 0
        return Fraction(self.part) * 100 >= Fraction(minimum) * Fraction(self.whole)


Fact = Share | int | Decimal | Fraction | date | None
Facts = Mapping[str, Fact]


def fact_number(fact: Fact | float) -> Fraction | None:
    """The number to compare a fact by: a share as its percentage; None when the fact does not apply or is a date."""
    if fact is None or isinstance(fact, date):
        return None
    if isinstance(fact, Share):
        return fact.percent
    return exact(fact)


@dataclass(frozen=True)
class Condition:
    """A comparison of one platform fact with a number, such as 'more than 0 chains outside the EEA'."""

    fact: str
    op: str
    value: Fraction

    def holds(self, facts: Mapping[str, Fact]) -> bool | None:
        """Whether it holds; None when the fact is not known or does not apply."""
        number = fact_number(facts.get(self.fact))
        if number is None:
            return None
        return OPERATORS[self.op](number, self.value)


OPERATORS = {
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    "==": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
}
