"""Reading answers of a questionnaire: what was typed, which questions show, and when an answer is a signal.

No database here: an answer is its stance (not knowing, not saying) and a value that JSON knows.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import AskedQuestion, Questionnaire, SignalTest

LONGEST_CELL = 200
LONGEST_TEXT = 3000
NUMBERS = ("percent", "count", "amount", "hours")


@dataclass(frozen=True)
class Given:
    """What somebody answered to one question."""

    stance: str = ""
    value: Any = None

    @property
    def is_answered(self) -> bool:
        return bool(self.stance) or not self.is_empty

    @property
    def is_empty(self) -> bool:
        return not self.value


Answers = Mapping[str, Given]


def tidy(text: str, longest: int = LONGEST_CELL) -> str:
    """Text without control characters, cut at a length; line breaks stay."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    return unicodedata.normalize("NFC", kept).strip()[:longest]


def number(text: str) -> Decimal | None:
    """A number however it was typed: 1.250,50 and 1,250.50 and 60 %; None when it is none."""
    found = re.sub(r"[^\d.,-]", "", text)
    if "," in found and "." in found:
        last = max(found.rfind(","), found.rfind("."))
        found = re.sub(r"[.,]", "", found[:last]) + "." + found[last + 1 :]
    elif re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", found):
        found = re.sub(r"[.,]", "", found)
    else:
        found = found.replace(",", ".")
    try:
        return Decimal(found)
    except InvalidOperation:
        return None


def coordinates(text: str) -> tuple[Decimal, Decimal] | None:
    """Latitude and longitude typed as two decimal numbers; None when it is anything else."""
    found = re.findall(r"-?\d{1,3}[.]\d+|-?\d{1,3}", text.replace(",", " ") if "." in text else text)
    if len(found) != 2:
        return None
    lat, lon = Decimal(found[0]), Decimal(found[1])
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def flaw_of_cell(kind: str, text: str) -> str:
    """Which kind of thing is wrong with a cell: "number", "percent", "day" or nothing."""
    if not text:
        return ""
    if kind in NUMBERS:
        found = number(text)
        if found is None or found < 0:
            return "number"
        if kind == "percent" and found > 100:
            return "percent"
    if kind == "day":
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            return "day"
    return ""


def kinds_of(questionnaire: Questionnaire, first: str, answers: Answers) -> frozenset[str]:
    """What the respondent is: what it was asked as, and what it said it also is."""
    found = {first}
    for rule in questionnaire.becomes:
        given = answers.get(rule.question)
        if given is not None and rule.option in (given.value or ()):
            found.add(rule.kind)
    return frozenset(found)


def shown(questionnaire: Questionnaire, first: str, answers: Answers) -> list[AskedQuestion]:
    """The questions that fit this respondent, in order."""
    kinds = kinds_of(questionnaire, first, answers)
    return [q for q in questionnaire.questions if kinds & set(q.kinds) and _shows(q, answers)]


def _shows(question: AskedQuestion, answers: Answers) -> bool:
    if question.show is None:
        return True
    given = answers.get(question.show.question)
    if given is None or not given.is_answered:
        return True  # not known yet: better asked than missed
    return bool(set(question.show.any_of) & set(given.value or ()))


def rows_of(given: Given) -> list[dict[str, str]]:
    """The rows of a table, or the one row of a pair of numbers."""
    if isinstance(given.value, dict):
        return [given.value]
    return [row for row in given.value or () if isinstance(row, dict)]


def is_signal(question: AskedQuestion, answers: Answers) -> bool:
    """The answer points at something to talk about; declining to say never does."""
    if question.signal is None:
        return False
    given = answers.get(question.id, Given())
    return any(_holds(test, question, given, answers) for test in question.signal.any)


def _holds(test: SignalTest, question: AskedQuestion, given: Given, answers: Answers) -> bool:
    if test.stance:
        return given.stance == test.stance
    if test.question:
        other = answers.get(test.question, Given())
        return bool(set(test.any_of) & set(other.value or ()))
    if test.empty:
        return not given.stance and given.is_empty
    if given.stance or given.is_empty:
        return False
    if test.answered:
        return True
    if test.rows:
        return _more_than(test, rows_of(given))
    if test.column:
        return any(_row_holds(test, row) for row in rows_of(given))
    return bool(set(test.any_of) & set(given.value if isinstance(given.value, list) else ()))


def _row_holds(test: SignalTest, row: Mapping[str, str]) -> bool:
    cell = row.get(test.column, "")
    if test.blank:
        return not cell
    if test.any_of:
        return cell in test.any_of
    value = number(cell)
    if value is None:
        return False
    if test.above is not None:
        return value > test.above
    if test.below_column:
        other = number(row.get(test.below_column, ""))
        return other is not None and value < other
    return False


def _more_than(test: SignalTest, rows: Sequence[Mapping[str, str]]) -> bool:
    def total(names: Iterable[str]) -> Decimal:
        wanted = set(names)
        counted = [number(row.get(c, "")) for row in rows if row.get("row") in wanted for c in test.columns]
        return sum((value for value in counted if value is not None), Decimal(0))

    whole, part = Fraction(total(test.of_rows)), Fraction(total(test.rows))
    return bool(whole) and part * 100 > whole * (test.more_than_percent or 0)
