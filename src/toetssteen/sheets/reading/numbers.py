# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Amounts as people write them: thousands, decimals, units, about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

TONNES_PER = {
    "t": Decimal(1),
    "kg": Decimal("0.001"),
    "lb": Decimal("0.00045359237"),
    "kt": Decimal(1000),
    "g": Decimal("0.000001"),
}
_UNITS = {
    "t": "t ton tons tonne tonnes tonnen to mt metricton metrictons metrictonne metrictonnes tonneladas tonnellate tonn tn ts "
    "tonelada tonnage",
    "kg": "kg kgs kilo kilos kilogram kilogrammen kilogramme kilogrammes kilogramm kilograms kilogr kilograme kgr",
    "kt": "kton kiloton",
    "lb": "lb lbs pounds",
    "m2": "m2 sqm sqmtr sqmt sqmtrs qm vierkantemeter vierkantmeter metrecarre metrescarres metrocarre quadratmeter mq sm smt mtr2 "
    "squaremetre squaremeter squaremetres squaremeters mcarre",
    "m3": "m3 cbm kuub kubiekemeter metrecube metrescubes kubikmeter cum mc cubicmetre cubicmeter cubicmetres cubicmeters kubieke mtr3",
    "m": "m lm m1 strekkendemeter strmeter metrelineaire ml lfm laufmeter laufendemeter rm meter metres metre mtr strm lopendemeter",
    "pieces": "st stuks stuk pcs pc pce piece pieces stueck stuck stk pieza ea each units unit unites unite blok blokken block blocks blocs bloc platen slabs slab",
    "containers": "container containers cont cntr ctr teu feu conteneur conteneurs fcl 20ft 40ft 20ftcontainer 20containers 20container "
    "zeecontainer zeecontainers ct",
    "pallets": "pallet pallets palette palettes paletten crates crate kisten bundels bundle bundles caisse caisses",
    "trucks": "vracht vrachten vrachtwagen truck trucks camion camions lkw",
    "%": "% pct procent percent pourcent prozent",
    "eur": "eur euro euros usd dollar dollars",
}
UNIT_WORDS = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_ABOUT = re.compile(
    r"^(?:c\.?\s?a\.?|circa|cca|ongeveer|ong\.?|om en nabij|plusminus|about|approx(?:\.|imately)?|appr\.?|around|roughly|env(?:\.|iron)?|"
    r"approximativement|ungef(?:ä|ae)hr|etwa|rund|zirka|bij benadering|geschat|schatting|est(?:\.|imated)?|estim[ée]e?|gesch(?:ä|ae)tzt|"
    r"±|\+/-|\+-|~|≈|ruim|bijna|ca)\s*[:.]?\s*(?=[\d~±])", re.IGNORECASE)  # fmt: skip
_ABOUT_AFTER = re.compile(
    r"\s*(?:\(?(?:ca\.?|circa|ongeveer|approx\.?|geschat|schatting|estimate[d]?|est\.?|estimé|estimation|geschätzt|±|environ)\)?)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^([+\-−–]?)\s*(\d[\d.,'’ \u00a0\u202f\u2009]*?)\s*(-?)$")
_UNIT_AFTER = re.compile(r"^(.*?\d)\s*([^\d\s.,'’+\-][^\d]*(?:[123²³])?|20'?\s?ft.*|20'\s*cont.*)$", re.DOTALL)
_UNIT_BEFORE = re.compile(r"^([A-Za-z]{1,10}\.?)\s*:?\s*([+\-]?\d.*)$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what stood around it; value is None when it cannot be read."""

    value: Decimal | None
    unit: str | None = None
    about: bool = False


def unit_of(text: str) -> str | None:
    """The unit that a word means."""
    plain = (
        text.strip().lower().replace("²", "2").replace("³", "3").replace("ü", "u").replace("é", "e").replace("è", "e")
    )
    plain = re.sub(r"[\s.()\[\]/'’^-]+", "", plain)
    return UNIT_WORDS.get(plain)


def decimal_sign(texts: Iterable[str]) -> str:
    """The sign that writes decimals in a column, as far as its cells tell; empty when they do not."""
    comma = point = 0
    for text in texts:
        for number in re.findall(r"\d[\d.,]*\d", text):
            dots, commas = number.count("."), number.count(",")
            if dots and commas:
                if number.rfind(",") > number.rfind("."):
                    comma += 3
                else:
                    point += 3
            elif dots > 1 or (dots == 1 and number.startswith("0.")):
                comma, point = (comma + 2, point) if dots > 1 else (comma, point + 2)
            elif commas > 1 or (commas == 1 and number.startswith("0,")):
                comma, point = (comma, point + 2) if commas > 1 else (comma + 2, point)
            elif dots == 1 and len(number.split(".")[1]) != 3:
                point += 1
            elif commas == 1 and len(number.split(",")[1]) != 3:
                comma += 1
    return "," if comma > point else "." if point > comma else ""


def read_amount(text: str, decimal: str = "") -> Amount:
    """A number with or without its unit; decimal is the sign that writes decimals in this column, if known."""
    if text.isdecimal() and text.isascii():
        return Amount(Decimal(text))
    return _read_amount(text, decimal) if any(c.isdigit() for c in text) else Amount(None)


@lru_cache(maxsize=20_000)
def _read_amount(text: str, decimal: str) -> Amount:
    rest = text.strip().replace("\n", " ")
    about = False
    match = _ABOUT.match(rest)
    if match:
        about, rest = True, rest[match.end() :].strip()
    match = _ABOUT_AFTER.search(rest)
    if match and match.start() > 0:
        about, rest = True, rest[: match.start()].strip()
    rest = re.sub(r",(?:-{1,2}|–|=)$", "", rest)
    if rest.startswith("(") and rest.endswith(")") and rest[1:2].isdigit():
        rest = "-" + rest[1:-1]
    unit = None
    before = _UNIT_BEFORE.match(rest)
    if before and unit_of(before[1]):
        unit, rest = unit_of(before[1]), before[2]
    after = _UNIT_AFTER.match(rest)
    if after:
        unit = unit_of(after[2])
        if unit is None:
            return Amount(None)
        rest = after[1].strip()
        again = _ABOUT.match(rest)
        about, rest = (True, rest[again.end() :]) if again else (about, rest)
    return Amount(_number(rest, decimal), unit, about)


def _number(text: str, decimal: str) -> Decimal | None:
    if re.fullmatch(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,2}", text):
        return Decimal(text)
    match = _NUMBER.match(text)
    if not match:
        return None
    digits = re.sub(r"[ \u00a0\u202f\u2009]", "'", match[2].strip())
    if "'" in digits or "’" in digits:
        groups = re.split(r"['’]", digits)
        if (
            not groups[0].isdigit()
            or len(groups[0]) > 3
            or any(not re.match(r"\d{3}(?:[.,]\d+)?$", g) for g in groups[1:])
        ):
            return None
        digits = "".join(groups)
    plain = _plain(digits, decimal)
    if plain is None:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return -value if (match[1] in ("-", "−", "–") and match[1]) or match[3] else value


def _plain(digits: str, decimal: str) -> str | None:
    """The digits with a point for decimals; None when they are no number."""
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        last = "," if digits.rfind(",") > digits.rfind(".") else "."
        other = "." if last == "," else ","
        whole, _, decimals = digits.rpartition(last)
        if last in whole or not _thousands(whole, other):
            return None
        return whole.replace(other, "") + "." + decimals
    sign = "." if dots else "," if commas else ""
    if not sign:
        return digits
    if digits.count(sign) > 1:
        return digits.replace(sign, "") if _thousands(digits, sign) else None
    whole, _, decimals = digits.partition(sign)
    if not decimals:
        return whole
    if len(decimals) == 3 and 0 < len(whole) <= 3 and whole != "0" and decimal != sign:
        return whole + decimals
    return f"{whole}.{decimals}"


def _thousands(digits: str, sign: str) -> bool:
    first, *groups = digits.split(sign)
    return 0 < len(first) <= 3 and all(len(group) == 3 for group in groups)
