"""Maps as pictures of a table: where a place lies on the drawing, what lies too close together, and which names fit.

Every map is drawn by the server from the rows of the table beside it; a script may turn it into one that can be moved.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, radians, sqrt
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).resolve().parents[1] / "static" / "foundation" / "map"
WIDTH, HEIGHT = 640, 300
TALL = 1.2  # a degree north is drawn this much longer than a degree east, so that countries look familiar
NORTH, SOUTH = 84.0, -57.0
TOO_CLOSE = 15.0
MOST_NAMES = 9


@dataclass(frozen=True)
class Spot:
    """A place on the map: its name, where it is, how many rows it stands for, and how precisely it is known."""

    label: str
    lat: float
    lon: float
    country: str = ""
    many: int = 1
    note: str = ""  # what a click tells, in words
    url: str = ""
    is_sure: bool = True  # False: something about it is unknown
    radius_km: float | None = None


@dataclass(frozen=True)
class Dot:
    """One dot on the drawing, for one or for several spots."""

    x: float
    y: float
    r: float
    spots: tuple[Spot, ...]
    is_sure: bool

    @property
    def count(self) -> int:
        return len(self.spots)

    @property
    def label(self) -> str:
        return self.spots[0].label


@dataclass(frozen=True)
class Name:
    """A name beside a dot."""

    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything that a map shows."""

    x: float
    y: float
    scale: float
    dots: Sequence[Dot]
    names: Sequence[Name]
    lands: Sequence[str]
    rings: Sequence[tuple[float, float, float, float]] = field(default=())

    @property
    def background(self) -> dict[str, str]:
        """Where the picture of the world lies."""
        left, top = (-180 - self.x) * self.scale, -(90 - self.y) * self.scale * TALL
        wide, high = 360 * self.scale, 180 * self.scale * TALL
        return {"x": _n(left), "y": _n(top), "width": _n(wide), "height": _n(high)}

    @property
    def matrix(self) -> str:
        """From the coordinates of the paths to the drawing."""
        spot = self.background
        return f"matrix({_n(self.scale / 10, 5)} 0 0 {_n(self.scale * TALL / 10, 5)} {spot['x']} {spot['y']})"

    @property
    def has_unsure(self) -> bool:
        return any(not dot.is_sure for dot in self.dots)

    @property
    def has_clusters(self) -> bool:
        return any(dot.count > 1 for dot in self.dots)

    @property
    def dot_rows(self) -> list[dict[str, Any]]:
        """The dots with numbers as SVG writes them."""
        return [
            {"x": _n(d.x), "y": _n(d.y), "r": _n(d.r), "is_sure": d.is_sure, "count": d.count, "label": d.label,
             "all": ", ".join(spot.label for spot in d.spots[:12])}
            for d in self.dots
        ]  # fmt: skip

    @property
    def ring_rows(self) -> list[tuple[str, ...]]:
        return [tuple(_n(value) for value in ring) for ring in self.rings]

    @property
    def name_rows(self) -> list[dict[str, str]]:
        return [{"x": _n(n.x), "y": _n(n.y), "anchor": n.anchor, "text": n.text} for n in self.names]


def _n(value: float, places: int = 1) -> str:
    return f"{value:.{places}f}".rstrip("0").rstrip(".") or "0"


@lru_cache(maxsize=1)
def world() -> dict[str, str]:
    """The outline of every country as a path, by its two letters."""
    paths: dict[str, str] = json.loads((SHAPES / "world.json").read_text(encoding="utf-8"))
    return paths


@lru_cache(maxsize=1)
def countries_with_provinces() -> frozenset[str]:
    """The countries of which the provinces can be shown."""
    return frozenset(file.stem for file in SHAPES.glob("??.json"))


def draw(spots: Sequence[Spot], also: Sequence[str] = ()) -> Drawing:
    """The drawing of these spots; `also` names countries to light up that have no spot."""
    x, y, scale = _frame(spots)
    dots = _dots(spots, x, y, scale)
    lit = sorted({spot.country for spot in spots if spot.country} | {code for code in also if code})
    return Drawing(
        x=x,
        y=y,
        scale=scale,
        dots=dots,
        names=_names(dots),
        lands=[world()[code] for code in lit if code in world()],
        rings=_rings(spots, x, y, scale),
    )


def _frame(spots: Sequence[Spot]) -> tuple[float, float, float]:
    """West and north edge, and how many units a degree east takes; the whole world without spots."""
    whole = WIDTH / 360
    if not spots:
        return -180.0, NORTH, whole
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    wide, high = max((east - west) * 1.3 + 8, 34.0), max((north - south) * 1.3 + 6, 14.0)
    scale = max(min(WIDTH / wide, HEIGHT / (high * TALL)), whole)
    wide, high = WIDTH / scale, HEIGHT / scale / TALL
    left = min(max((west + east - wide) / 2, -180.0), 180.0 - wide)
    top = max(min((north + south + high) / 2, NORTH), min(SOUTH + high, NORTH))
    return left, top, scale


def _dots(spots: Sequence[Spot], x: float, y: float, scale: float) -> list[Dot]:
    """Dots from large to small; spots that would cover each other become one dot with a number."""
    groups: list[tuple[float, float, list[Spot]]] = []
    for spot in sorted(spots, key=lambda s: (-s.many, s.label)):
        at_x, at_y = (spot.lon - x) * scale, (y - spot.lat) * scale * TALL
        near = next((g for g in groups if (g[0] - at_x) ** 2 + (g[1] - at_y) ** 2 < TOO_CLOSE**2), None)
        if near:
            near[2].append(spot)
        else:
            groups.append((at_x, at_y, [spot]))
    return [
        Dot(gx, gy, min(4.5 + 1.1 * sqrt(sum(s.many for s in of)), 13.0) + (2.5 if len(of) > 1 else 0), tuple(of),
            all(s.is_sure for s in of))
        for gx, gy, of in groups
    ]  # fmt: skip


def _names(dots: Sequence[Dot]) -> list[Name]:
    """The names that fit beside their dot without covering another dot or name."""
    taken = [(d.x - d.r, d.y - d.r, d.x + d.r, d.y + d.r) for d in dots]
    found: list[Name] = []
    for dot in dots:
        if len(found) == MOST_NAMES:
            break
        text = dot.label if dot.count == 1 else f"{dot.label} +{dot.count - 1}"
        wide = len(text) * 7.0
        for anchor, left in (("start", dot.x + dot.r + 4), ("end", dot.x - dot.r - 4 - wide)):
            box = (left, dot.y - 8, left + wide, dot.y + 8)
            if box[0] < 4 or box[2] > WIDTH - 4 or any(_touch(box, other) for other in taken):
                continue
            taken.append(box)
            found.append(Name(left if anchor == "start" else left + wide, dot.y + 4.5, anchor, text))
            break
    return found


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _rings(spots: Sequence[Spot], x: float, y: float, scale: float) -> list[tuple[float, float, float, float]]:
    """Circles of precision that are larger than a dot: centre and the two radii."""
    found = []
    for spot in spots:
        if spot.radius_km:
            high = spot.radius_km / 111.2 * scale * TALL
            wide = spot.radius_km / 111.2 / max(cos(radians(spot.lat)), 0.1) * scale
            if wide > 8:
                found.append(((spot.lon - x) * scale, (y - spot.lat) * scale * TALL, wide, high))
    return found
