"""The numbers in a name and an address: unit, pit, survey, plot, road, postcode.

They decide more than words: the same firm at another plot is another site.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

NOTHING: frozenset[str] = frozenset()
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "tweede": "2", "derde": "3", "zweite": "2",
    "zweites": "2", "deuxieme": "2", "troisieme": "3", "segunda": "2", "segundo": "2", "seconda": "2",
    "secondo": "2", "ikinci": "2", "terza": "3", "terzo": "3", "eerste": "1", "erste": "1", "primo": "1",
    "prima": "1", "dritte": "3",
}  # fmt: skip
_NO = r"\W{0,3}(?:(?:no|nos|nr|num|number|numero|nummer|n[o0]?|so)\b)?[\W_]{0,4}"
_VALUE = r"([a-z]{1,2}\W?\d{1,4}[a-z]?\b(?:\s?[/-]\s?\d+[a-z]?\b)*|\d+\s?[a-z]?\b(?:\s?[/-]\s?[a-z]?\d*[a-z]?\b)*)"
_ROMAN = r"(?:[ivx]{2,4}|[vx]|i(?=\W*$))\b"
_SMALL = rf"(\d{{1,3}}[a-z]?\b|{_ROMAN})"
_WORKS = (
    r"units?|division|div|factory|fty|plant|works|werk|fabrik|usine|unite|stabilimento|unita|fabrica|fabriek|branch|workshop|"
    r"xuong|nha may|chi nhanh|facility|filial|zavod|fabrika|planta|unidad|unidade|tesis|hall|eenheid|atelier|u"
)
_QUARRY = (
    r"pits?|quarry|quarries|qaurry|qurry|quary|quarr?y|groeve|steinbruch|carriere|cava|cantera|pedreira|mo da|"
    r"mo|ocak|ocagi|tas ocagi|khadan|khadaan|face|bench|concession|concessao|mine|lease|lom|kamenolom|"
    r"brott|brudd|latomeio|karier|kuang|jingkou|frente"
)
_UNIT = re.compile(rf"(?:\b|(?<=ltd)|(?<=limited))(?:{_WORKS}){_NO}{_SMALL}")
_UNIT_LETTER = re.compile(r"\bunit\W{0,3}([a-h])\b(?!\W?\d)")
_UNIT_BEFORE = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|e|de|ste|o|a|er|eme|\.)?\s+(?:{_WORKS[:-2]})\b")
_UNIT_WORD = re.compile(rf"\b({'|'.join(ORDINALS)})\s+(?:{_WORKS[:-2]})\b")
_PIT = re.compile(rf"\b(?:{_QUARRY}){_NO}(\d+[a-z]?\b(?:\s?/\s?\d+)*|{_ROMAN})")
_PIT_BEFORE = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th|e|a|o)?\s+(?:quarry|groeve|steinbruch|pit)\b")
_SURVEY = re.compile(
    r"\b(?:sy|s|survey|surv|khasra|khasr|kh|gat|gut|r\W?s|t\W?s|dag|khata|parcel|parcela|parcelle|perceel|parzelle|flurstuck|"
    r"particella|ada|parsel|ruhsat|licence|license|permit|rft|er)\W{0,3}(?:nos?|nr|number|n|numero)\b\W{0,3}(\d+[a-z]?\b(?:\s?[/-]\s?\d+[a-z]?\b)*)"
    r"|\b(?:survey|khasra|parsel|flurstuck|particella|parcela)\W{1,3}(\d+[a-z]?\b(?:\s?[/-]\s?\d+[a-z]?\b)*)"
)
_PLOT = re.compile(
    rf"(?:\b(?:plots?|p\W{{0,2}}(?=no)|plt|lots?|lo|kavling|kav|stand|erf|door|h\W(?=no)|d\W(?=no)|shed|shop|khasra|site|"
    rf"house|stall|unit|gala|parcelle|lote|kav|blok)\b{_NO}|#\s?){_VALUE}"
)
_ROAD = re.compile(
    r"\b(?:nh|national highway|national road|national rd|state highway|highway|hwy|quoc lo|ql|rn|tinh lo|"
    rf"ruta nacional|carretera nacional|rodovia br|br|strada statale|ss|strada provinciale|sp){_NO}(\d{{1,4}}[a-z]?)\b"
)
_CONTEXT = re.compile(
    rf"\b(?:phase|ph|zone|zona|sector|sec|section|ward|km|moo|floor|fl|gate|stage|civit|part|kisim|bolge|khoi|apt|kat|"
    rf"tel|phone|fax|pin|zip|cp|po box|p o box|box|st|street|sokak|sok|cadde|cd){_NO}(\d+[\d.,]*[a-z]?|[ivx]{{1,4}})\b"
    r"|\b\d+[\d.]*\s?(?:st|nd|rd|th)\b|\b\d+[\d.,]*\s?(?:km|m|sqm|mt)\b|\b\d+\W{0,2}(?:sokak|sok|cadde|cad|cd|kat|kisim|bolge|zona)\w*\b"
)
_POSTCODE = re.compile(
    r"(?:(?<=[\s,(-])|^)(\d{5}-\d{3}|\d{4}-\d{3}|\d{5,6}|\d{3}\s\d{3}(?!\d)|\d{4}\s?[a-z]{2}(?=[\s,]|$))(?=[\s,.)]|$|[a-z])"
    r"|(?:(?<=, )|(?<=^))(\d{4})(?=\s[a-z])"
)
_LOOSE = re.compile(r"\b[a-z]{1,2}-?\d+[a-z]?\b(?:[/-]\d+[a-z]?)*|\b\d+[a-z]?\b(?:\s?[/-]\s?\d+[a-z]?\b)*")
_DIGITS = re.compile(r"\d+")
_PARCEL = re.compile(r"(?<![\w/])(?:no\W{0,3})?(\d+[a-z]?\s?/\s?\d+[a-z]?)(?![\w/])")
_LETTER_FIRST = re.compile(r"^([a-z]{1,2})\W?0*(?=\d)")
_DASH = re.compile(r"(?<=\d)-(?=[a-z0-9])")
_TOLD = re.compile(r"\d|\b[ivx]+\b|" + "|".join(ORDINALS) + r"|\bunit")
_TAIL = re.compile(r"(?:^|[\s,#(-])(\d{1,3}[a-z]?|[ivx]{2,4})\W*$")
_GLUED = re.compile(r"\b(ltd|limited|pvt|unit|factory|plant|no|plot|lot)(\d)")


class Fit(IntEnum):
    """How two sets of numbers of one sort go together, from contradiction to agreement."""

    CONFLICT = 0
    NEAR = 1
    MISSING = 2
    HALF = 3
    AGREE = 4


class Numbers(NamedTuple):
    """Every number of a mention by what it counts; empty where none is given."""

    units: frozenset[str] = NOTHING
    pits: frozenset[str] = NOTHING
    surveys: frozenset[str] = NOTHING
    plots: frozenset[str] = NOTHING
    roads: frozenset[str] = NOTHING
    loose: frozenset[str] = NOTHING
    postcode: str = ""
    digits: str = ""


def plain(value: str) -> str:
    """A number without the marks that people leave out: "D-055" and "d 55" are "d55"; "212 / 3" stays "212/3"."""
    if value.isdigit():
        return value.lstrip("0") or "0"
    text = "".join(value.split())
    text = _LETTER_FIRST.sub(r"\1", text)
    text = _DASH.sub("/", text).lstrip("0").rstrip("/-")
    return text or "0"


def _small(value: str) -> str:
    return ROMAN.get(value, plain(value))


def numbers_of(name: str, address: str, is_quarry: bool) -> tuple[Numbers, str, str]:
    """The numbers of a folded name and address, and both texts without them."""
    units: set[str] = set()
    pits: set[str] = set()
    surveys: set[str] = set()
    roads: set[str] = set()
    if _TOLD.search(name):
        name = _name_numbers(name, is_quarry, units, pits, surveys)
    address = _GLUED.sub(r"\1 \2", address)
    address = _taken(address, _SURVEY, surveys, plain)
    if is_quarry:
        address = _taken(address, _PIT, pits, _small)
    address = _taken(address, _ROAD, roads, plain)
    rest, plots, postcode = _address_numbers(address)
    loose = {plain(found) for found in _LOOSE.findall(rest)} | {plain(found) for found in _DIGITS.findall(rest)}
    sorts = [frozenset(values) for values in (units, pits, surveys, plots, roads, loose)]
    digits = "".join(_DIGITS.findall(address)).removesuffix(postcode)
    found = Numbers(*sorts, postcode=postcode, digits=digits)  # type: ignore[arg-type, misc]
    return found, name, address


def _name_numbers(name: str, is_quarry: bool, units: set[str], pits: set[str], surveys: set[str]) -> str:
    """Take the numbers out of a name; returns what is left of it."""
    name = _GLUED.sub(r"\1 \2", name)
    name = _taken(name, _SURVEY, surveys, plain)
    if is_quarry:
        name = _taken(name, _PIT, pits, _small)
        name = _taken(name, _PIT_BEFORE, pits, _small)
    name = _taken(name, _UNIT_WORD, units, lambda word: ORDINALS[word])
    name = _taken(name, _UNIT, units, _small)
    name = _taken(name, _UNIT_LETTER, units, str)
    name = _taken(name, _UNIT_BEFORE, units, _small)
    if is_quarry and not (pits or surveys):
        name = _taken(name, _PARCEL, surveys, plain)
    if not (units or pits or surveys):
        name = _taken(name, _TAIL, pits if is_quarry else units, _small)
    return name


def _taken(text: str, pattern: re.Pattern[str], into: set[str], norm: object) -> str:
    def take(found: re.Match[str]) -> str:
        value = next(group for group in found.groups() if group)
        into.add(norm(value))  # type: ignore[operator]
        return " "

    return pattern.sub(take, text)


def _address_numbers(address: str) -> tuple[str, set[str], str]:
    """The rest of the address, the numbers of the plot or house in it, and the postcode."""
    plots: set[str] = set()
    for found in _PLOT.finditer(address):
        plots.add(plain(found.group(1)))
    rest = _PLOT.sub(" ", address)
    found_codes = list(_POSTCODE.finditer(rest))
    postcodes = [found.group(1) or found.group(2) for found in found_codes]
    if found_codes:  # only the last is the code: a long number before it is that of a house
        rest = rest[: found_codes[-1].start()] + " " + rest[found_codes[-1].end() :]
    if not plots:
        house = _LOOSE.search(_CONTEXT.sub(" ", rest))
        if house:
            plots.add(plain(house.group()))
    return rest, plots, re.sub(r"\W", "", postcodes[-1]) if postcodes else ""


def fit(first: frozenset[str], second: frozenset[str]) -> Fit:
    """How two sets of numbers of one sort go together."""
    if not first or not second:
        return Fit.HALF if first or second else Fit.MISSING
    if first == second:
        return Fit.AGREE
    if first & second:
        return Fit.NEAR
    return Fit.NEAR if any(_near(one, other) for one in first for other in second) else Fit.CONFLICT


def _near(one: str, other: str) -> bool:
    """Whether one number could be the other with a letter, a part or an exchange of digits more."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and (len(long) == len(short) or not long[len(short)].isdigit()):
        return True
    if long.isdigit() and short.isdigit() and len(long) >= 3 and len(long) - len(short) == 2 and long.startswith(short):
        return True  # "9/11" that lost its stroke
    if {*short} | {*long} <= set("0123456789o") and short.replace("o", "0") == long.replace("o", "0"):
        return True
    bare_short, bare_long = (re.sub(r"[^0-9]", "", value) for value in (short, long))
    if bare_short == bare_long and bare_short:
        return True
    if len(bare_short) == len(bare_long) >= 3 and sorted(bare_short) == sorted(bare_long):
        return bool(OSA.distance(bare_short, bare_long) == 1)
    return False
