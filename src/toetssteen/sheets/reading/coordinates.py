# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Coordinates as people write them: decimal, degrees and minutes, one cell or two, in either order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .countries import lies_in

_WORDS = (
    (r"noorder\s*breedte|n[öo]rdliche[rn]?\s*breite|latitude\s*nord|\bn\.?\s?b\.?\b|\bn\.?\s*br\.?(?=\W|$)", "N "),
    (r"zuider\s*breedte|s[üu]dliche[rn]?\s*breite|latitude\s*sud|\bz\.?\s?b\.?\b|\bs\.?\s*br\.?(?=\W|$)", "S "),
    (r"ooster\s*lengte|[öo]stliche[rn]?\s*l[äa]nge|longitude\s*est|\bo\.?\s?l\.?\b|\b[öo]\.?\s*l\.?(?=\W|$)", "E "),
    (r"wester\s*lengte|westliche[rn]?\s*l[äa]nge|longitude\s*ouest|\bw\.?\s?l\.?\b|\bw\.?\s*l\.?(?=\W|$)", "W "),
    (r"\bnorth\b|\bnoord\b|\bnord\b|\bnorte\b", "N "),
    (r"\bsouth\b|\bzuid\b|\bs[üu]d\b|\bsur\b", "S "),
    (r"\beast\b|\boost\b|\best\b|\bost\b|\beste\b", "E "),
    (r"\bwest\b|\bouest\b|\boeste\b|\bovest\b", "W "),
    (r"\b(?:latitude|breedtegraad|breedte|breite|lat)\b\.?\s*[:=]?", " "),
    (r"\b(?:longitude|lengtegraad|lengte|l[äa]nge|long|lon|lng)\b\.?\s*[:=]?", " "),
    (r"\b(?:gps|coord(?:inates|[ée]es|inaten)?|co[öo]rd(?:inaten)?|wgs\s?-?84|google\s*maps)\b\.?\s*[:=]?", " "),
    (r"\b(?:degrees?|degr[ée]s?|graden|grad|deg)\b", "°"),
    (r"\b(?:minutes?|minuten|min)\b", "'"),
    (r"\b(?:seconds?|secondes?|seconden|sekunden|sec|sek)\b", '"'),
)
_SIGNS = str.maketrans({"′": "'", "’": "'", "‘": "'", "´": "'", "`": "'", "″": '"', "”": '"', "“": '"', "„": '"', "º": "°",
                        "˚": "°", "−": "-", "–": "-", "\u00a0": " ", "\u202f": " "})  # fmt: skip
_URL = re.compile(r"[@=/](-?\d{1,3}\.\d+),\s*\+?(-?\d{1,3}\.\d+)")
_LETTER = re.compile(r"(?<![A-Za-z])([NSEWOZ])(?![A-Za-z])", re.IGNORECASE)
_DIGITS = re.compile(r"-?\d+(?:[.,]\d+)?")
_LOOKS = re.compile(
    r"\d+[.,]\d+.*\d+[.,]\d+|\d\s*[°º˚]|^[NSEWOZ]\s?\d|\d\s?[NSEWOZ]$|\d\s?[NSEWOZ]\b.*\d\s?[NSEWOZ]\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Degrees:
    """One half of a coordinate; axis is lat or lon when a letter told it. An O is east or west."""

    value: float
    axis: str = ""
    either_sign: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A point; code is a problem code when something about it must be told; lat is None when it cannot be used."""

    lat: Decimal | None
    lon: Decimal | None
    code: str = ""


def looks_like(text: str) -> bool:
    """Whether a text may be a pair of coordinates."""
    return len(text) < 120 and bool(_LOOKS.search(text.translate(_SIGNS))) and sum(c.isdigit() for c in text) >= 3


def _plain(text: str) -> str:
    text = text.translate(_SIGNS).replace("''", '"')
    for pattern, letter in _WORDS:
        text = re.sub(pattern, letter, text, flags=re.IGNORECASE)
    return text.strip()


def read_one(text: str) -> Degrees | None:
    """A latitude or a longitude from a cell of its own."""
    halves = _halves(_plain(text))
    return halves[0] if len(halves) == 1 else None


def read_pair(text: str) -> tuple[Degrees, Degrees] | None:
    """Both from one cell, in the order as written."""
    match = _URL.search(text) if "/" in text or "=" in text else None
    if match:
        return Degrees(float(match[1])), Degrees(float(match[2]))
    halves = _halves(_plain(text))
    return (halves[0], halves[1]) if len(halves) == 2 else None


def _halves(text: str) -> list[Degrees]:
    letters = list(_LETTER.finditer(text))
    if letters and len(letters) <= 2:
        return _by_letters(text, letters)
    if re.search(r"[A-Za-z]", text):
        return []
    if "°" in text:
        starts = [m.start() for m in re.finditer(r"-?\d+(?:[.,]\d+)?\s*°", text)]
        pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        found = [_degrees(_numbers(piece)) for piece in pieces]
        return [Degrees(value) for value in found if value is not None] if None not in found else []
    numbers = _numbers(text)
    if numbers is None:
        return []
    if len(numbers) in (1, 2):
        return [Degrees(value) for value in numbers]
    if len(numbers) in (4, 6):
        half = len(numbers) // 2
        pair = [_degrees(numbers[:half]), _degrees(numbers[half:])]
        return [Degrees(value) for value in pair if value is not None] if None not in pair else []
    return []


def _by_letters(text: str, letters: list[re.Match[str]]) -> list[Degrees]:
    if len(letters) == 1:
        pieces = [(letters[0][1], text[: letters[0].start()] + " " + text[letters[0].end() :])]
    elif text[: letters[0].start()].strip(" ,;:("):
        pieces = [
            (letters[0][1], text[: letters[0].start()]),
            (letters[1][1], text[letters[0].end() : letters[1].start()]),
        ]
    else:
        pieces = [
            (letters[0][1], text[letters[0].end() : letters[1].start()]),
            (letters[1][1], text[letters[1].end() :]),
        ]
    found = []
    for letter, piece in pieces:
        value = _degrees(_numbers(piece.strip(" ,;:/()")))
        if value is None:
            return []
        letter = letter.upper()
        axis = "lat" if letter in "NSZ" else "lon"
        found.append(Degrees(-abs(value) if letter in "SZW" else value, axis, letter == "O"))
    if len(found) == 2 and found[0].axis == found[1].axis:
        return []
    return found


def _numbers(text: str) -> list[float] | None:
    """The numbers of a piece; a comma is a decimal sign unless points are."""
    plain = text.strip()
    if "." not in plain and "," in plain:
        grouped = re.fullmatch(r"\(?\s*(-?\d+)\s*,\s*(\d+)\s*,\s*(-?\d+)\s*,\s*(\d+)\s*\)?", plain)
        if grouped:
            return [float(f"{grouped[1]}.{grouped[2]}"), float(f"{grouped[3]}.{grouped[4]}")]
        whole = re.fullmatch(r"(-?\d{1,3})\s*,\s+(-?\d{1,3})", plain)
        if whole:
            return [float(whole[1]), float(whole[2])]
        plain = re.sub(r"(\d),(\d)", r"\1.\2", plain)
    if re.search(r"[^\d\s.,;:/|°'\"()\-+]", plain):
        return None
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", re.sub(r"(?<=\d)-(?=\d)", " ", plain))]


def _degrees(numbers: list[float] | None) -> float | None:
    if not numbers or len(numbers) > 3:
        return None
    if any(not 0 <= part < 60.0001 for part in numbers[1:]):
        return None
    size = abs(numbers[0]) + sum(part / 60**power for power, part in enumerate(numbers[1:], 1))
    return -size if numbers[0] < 0 else size


def settle(first: Degrees, second: Degrees, country: str | None, *, west: bool = False) -> Point:
    """The point that two halves mean, with the problem about it if there is one.

    country: where the site must lie, if known. west: an O means west (French) rather than east when no country tells.
    """
    told = first.axis or second.axis
    if first.axis == "lon" or second.axis == "lat":
        first, second = second, first
    lat, lon = first.value, second.value
    if second.either_sign:
        outside = country is not None and not lies_in(country, lat, lon)
        if (country is None and west) or (outside and lies_in(str(country), lat, -lon)):
            lon = -lon
    if abs(lat) < 0.01 and abs(lon) < 0.01:
        return Point(None, None, "coordinates_out_of_range")
    valid, valid_swapped = _valid(lat, lon), _valid(lon, lat) and not told
    if not valid and not valid_swapped:
        return Point(None, None, "coordinates_out_of_range")
    if country is None:
        return _point(lat, lon) if valid else _point(lon, lat, "coordinates_swapped")
    if valid and lies_in(country, lat, lon):
        return _point(lat, lon)
    if valid_swapped and lies_in(country, lon, lat):
        return _point(lon, lat, "coordinates_swapped")
    if not valid:
        return Point(None, None, "coordinates_out_of_range")
    return _point(lat, lon, "coordinates_contradict_country")


def _valid(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180


def _point(lat: float, lon: float, code: str = "") -> Point:
    return Point(_four(lat), _four(lon), code)


def _four(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.0001"))
