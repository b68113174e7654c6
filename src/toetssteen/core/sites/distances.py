"""How far two points are apart, and what that says."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

NEAR_KM, TOWN_KM, FAR_KM = 2.0, 12.0, 60.0


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance over the globe between two points in degrees."""
    if abs(lat) > 90 or abs(other_lat) > 90:
        return 20_000.0
    first, second = radians(lat), radians(other_lat)
    half = sin((second - first) / 2) ** 2 + cos(first) * cos(second) * sin(radians(other_lon - lon) / 2) ** 2
    return 12_742.0 * asin(min(1.0, sqrt(half)))
