"""The number in the words of a goal: "20 %", "1.500 euro", "9 van 12"; None where there is not exactly one.

A comma is a decimal mark. A point is one too, unless exactly three digits follow it ("1.500" is one thousand five
hundred). A comma with exactly three digits behind it can be read both ways and is therefore not read, and neither are
words with two numbers. The one exception is so many of so many ("9 van 12"): then the whole is the unit. In Dutch
"11 of 12" says eleven or twelve, so two numbers in a row with "of" between them are not read: nothing here guesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

PERCENT = "%"
_NUMBER = re.compile(r"^(?P<money>[€$£]|eur\b|euro\b)?\s*(?P<number>[-+−]?\d[\d.,\u00a0 ]*)(?P<unit>.*)$", re.I | re.S)
_PLAIN = re.compile(r"^\d+$")
_DECIMAL_COMMA = re.compile(r"^(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})$")
_DECIMAL_POINT = re.compile(r"^(?:0|\d{4,})\.\d+$|^\d{1,3}\.(?:\d{1,2}|\d{4,})$|^\d{1,3}(?:,\d{3})+\.\d{1,2}$")
_POINTS_APART = re.compile(r"^[1-9]\d{0,2}(?:\.\d{3})+$")
_MONEY = {"€": "euro", "eur": "euro", "euro": "euro", "$": "dollar", "£": "pound"}
_PERCENT_WORDS = re.compile(r"^(?:%|procent|percent|pct|per cent)\b\.?|^%", re.I)
_IN_BRACKETS = re.compile(r"\(([^()\d]{1,40})\)\s*$")
_SHARE = re.compile(
    r"^(?P<part>\d[\d.]*)\s*(?:(?P<van>van)(?:\s+(?:de|het|alle))?|(?P<out>out\s+of)(?:\s+(?:the|all))?|"
    r"(?P<of>of)(?:\s+(?:the|all))?|(?P<slash>/))\s*(?P<whole>\d[\d.]*)(?P<rest>\D*)$",
    re.I,
)
_WHOLE_UNIT = re.compile(r"^(?:van|of|/) (\d+)$")
_SHARE_WORDS = re.compile(r"^(?:aandeel|share|percentage|deel)\b", re.I)


@dataclass(frozen=True)
class Amount:
    """A number with its unit; the unit is empty when the words name none."""

    value: Fraction
    unit: str = ""


def amount_in(words: str) -> Amount | None:
    """The one amount that these words give; None when there is none, more than one, or one that reads both ways."""
    share = _share(words.strip())
    if share is not None:
        return share
    found = _NUMBER.match(words.strip())
    if found is None:
        return None
    value = _number(found["number"])
    unit = found["unit"].strip()
    if value is None or any(sign.isdigit() for sign in unit):
        return None
    money = _MONEY.get((found["money"] or "").lower(), "")
    return Amount(value, money or _unit(unit))


def whole_of(unit: str) -> int | None:
    """The whole that a unit is a part of: 100 for a percentage, 12 for "van 12"; None for any other unit."""
    if unit == PERCENT:
        return 100
    found = _WHOLE_UNIT.match(unit)
    return int(found[1]) if found else None


def in_unit(amount: Amount, unit: str) -> Amount | None:
    """The same amount in another unit: parts of a whole go over into each other; None where it cannot be said."""
    if not unit or not amount.unit or unit.casefold() == amount.unit.casefold():
        return Amount(amount.value, unit or amount.unit)
    mine, other = whole_of(amount.unit), whole_of(unit)
    return None if mine is None or other is None else Amount(amount.value * other / mine, unit)


def unit_in(indicator: str) -> str:
    """The unit that an indicator names: the last words in brackets, or % for a share; empty when it names none."""
    found = _IN_BRACKETS.search(indicator.strip())
    if found:
        return _unit(found[1].strip())
    return PERCENT if _SHARE_WORDS.match(indicator.strip()) else ""


def _share(words: str) -> Amount | None:
    """So many of so many, never more than the whole; behind a stroke no other words may follow ("3/12 jaar")."""
    found = _SHARE.match(words)
    if found is None:
        return None
    part, whole = _number(found["part"]), _number(found["whole"])
    if part is None or whole is None or {part.denominator, whole.denominator} != {1} or not 0 <= part <= whole != 0:
        return None
    if (found["of"] and whole == part + 1) or (found["slash"] and found["rest"].strip(" .")):
        return None
    sign = "van" if found["van"] else "/" if found["slash"] else "of"
    return Amount(part, f"{sign} {int(whole)}")


def _unit(words: str) -> str:
    if _PERCENT_WORDS.match(words):
        return PERCENT
    return words.strip(" .;:")[:40]


def _number(text: str) -> Fraction | None:
    bare = re.sub(r"[\u00a0 ](?=\d{3}\b)", "", text.strip()).strip("\u00a0 ").rstrip(".,")
    sign = -1 if bare[:1] in "-−" else 1
    bare = bare.lstrip("+-−").strip()
    if _PLAIN.match(bare):
        return sign * Fraction(bare)
    if _DECIMAL_COMMA.match(bare):
        return sign * Fraction(bare.replace(".", "").replace(",", "."))
    if _POINTS_APART.match(bare):
        return sign * Fraction(bare.replace(".", ""))
    if _DECIMAL_POINT.match(bare):
        return sign * Fraction(bare.replace(",", ""))
    return None
