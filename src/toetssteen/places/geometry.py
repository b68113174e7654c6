"""Distances, and coordinates as people write them; no Django."""

from __future__ import annotations

import math
import re

EARTH_KM = 6371.0088


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance over the globe in km."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


_SIGNS = {"n": 1, "s": -1, "e": 1, "w": -1, "o": 1, "z": -1}  # o: oost, Ost (a French ouest is not told apart)
_NUMBER = r"\d+(?:[.,]\d+)?"
_DEGREES = re.compile(
    rf"^\s*(?P<before>[NSEWOZnsewoz])?\s*(?P<sign>[-+−–])?\s*(?P<d>{_NUMBER})\s*(?:°|º|˚|deg|d)?\s*"
    rf"(?:(?P<m>{_NUMBER})\s*(?:['’′‘´m])?\s*)?"
    rf"(?:(?P<s>{_NUMBER})\s*(?:\"|”|″|''|’’|′′|s)?\s*)?(?P<after>[NSEWOZnsewoz])?\s*\.?\s*$"
)


def degrees(text: str) -> float | None:
    """Degrees out of 25,441 or 25.441 N or 25°26'28" or S 17 23 49; None when it is nothing of the kind."""
    found = _DEGREES.match(text)
    if not found or (found["before"] and found["after"]):
        return None
    parts = [float(found[name].replace(",", ".")) if found[name] else 0.0 for name in ("d", "m", "s")]
    if parts[1] >= 60 or parts[2] >= 60 or (found["m"] and parts[0] != int(parts[0])):
        return None
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    letter = (found["before"] or found["after"] or "").lower()
    sign = _SIGNS.get(letter, 1) * (-1 if found["sign"] and found["sign"] != "+" else 1)
    return sign * value
