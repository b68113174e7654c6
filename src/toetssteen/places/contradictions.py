"""Whether a country and coordinates can both be true, and what would make them fit; no Django."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from toetssteen.places import store
from toetssteen.places.borders import countries_within
from toetssteen.places.geometry import distance_km
from toetssteen.places.model import Place
from toetssteen.places.rows import PLACE, as_place

TOLERANCE_KM = 3.0
COAST_KM = 25.0
# Parts of the world that the shapes count with another country, or that people write with it.
ALSO_IN = {
    "GF": {"FR"}, "GP": {"FR"}, "MQ": {"FR"}, "RE": {"FR"}, "YT": {"FR"}, "SJ": {"NO"}, "BQ": {"NL"}, "CX": {"AU"},
    "CC": {"AU"}, "XK": {"RS"}, "RS": {"XK"}, "EH": {"MA"}, "MA": {"EH"}, "CN": {"HK", "MO"}, "FI": {"AX"},
    "GB": {"IM", "JE", "GG"}, "NL": {"CW", "AW", "SX"}, "FR": {"NC", "PF", "PM", "WF", "MF", "BL"}, "DK": {"FO", "GL"},
}  # fmt: skip

PARTS = frozenset({"GF", "GP", "MQ", "RE", "YT", "SJ", "BQ", "CX", "CC"})  # which the shapes do not tell apart


@dataclass(frozen=True, slots=True)
class Near:
    """A town and how far off it is."""

    place: Place
    km: float


@dataclass(frozen=True, slots=True)
class Correction:
    """Other coordinates that do lie in the country: `how` is swapped, latitude_sign, longitude_sign, both_signs or
    swapped with one of them (swapped_latitude_sign)."""

    how: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The country that was named, the one at the coordinates (None at sea), the nearest town, and what would fit."""

    country: str
    found: str | None
    nearest: Near | None
    corrections: tuple[Correction, ...]

    @property
    def at_sea(self) -> bool:
        return self.found is None


@lru_cache(maxsize=2)
def _codes(where: str) -> list[str]:
    return str(store.connection().execute("SELECT value FROM about WHERE field = 'countries'").fetchone()[0]).split()


def _row(row: int) -> bytes:
    found = store.connection().execute("SELECT runs FROM border WHERE row = ?", (row,)).fetchone()
    return found[0] if found else b""


def _countries(lat: float, lon: float, km: float) -> dict[str, float]:
    return countries_within(_row, _codes(str(store.path())), lat, lon, km)


def on_earth(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180


def country_at(lat: float, lon: float) -> str | None:
    """The country at a point; None at sea. Within a few km of a border it can be the neighbour."""
    if not on_earth(lat, lon):
        return None
    here = _countries(lat, lon, 0.0) or _countries(lat, lon, TOLERANCE_KM)
    return min(here, key=lambda code: here[code]) if here else None


def nearest(lat: float, lon: float, *, country: str | None = None, within_km: float = 300) -> Near | None:
    """The nearest town of the gazetteer, of one country when that is given."""
    if not on_earth(lat, lon):
        return None
    best: tuple[float, int] | None = None
    reach = 0
    limit = math.ceil(within_km / 55.6) + 1
    while reach <= limit:
        for number, there_lat, there_lon in _ring(lat, lon, reach, country):
            km = distance_km(lat, lon, there_lat, there_lon)
            if best is None or km < best[0]:
                best = (km, number)
        # Squares further out are at least this far away.
        if best and best[0] <= reach * 55.6 * max(math.cos(math.radians(min(abs(lat) + reach / 2, 89))), 0.02):
            break
        reach += 1
    if best is None or best[0] > within_km:
        return None
    row = store.connection().execute(PLACE + " WHERE number = ?", (best[1],)).fetchone()
    return Near(as_place(row), round(best[0], 1))


def _ring(lat: float, lon: float, reach: int, country: str | None) -> list[tuple[int, float, float]]:
    """The towns in the half-degree squares at this distance around the square of the point."""
    top, left = int((lat + 90) * 2), int((lon + 180) * 2)
    cells = []
    for row in range(max(top - reach, 0), min(top + reach, 359) + 1):
        edge = abs(row - top) == reach
        columns = range(left - reach, left + reach + 1) if edge else {left - reach, left + reach}
        cells += [row * 1000 + column % 720 for column in columns]
    sql = f"SELECT number, lat, lon FROM place WHERE cell IN ({','.join(map(str, cells))})"  # noqa: S608 - numbers
    values: tuple[str, ...] = ()
    if country:
        sql, values = sql + " AND country = ?", (country,)
    return store.connection().execute(sql, values).fetchall()


def lies_in(country: str, lat: float, lon: float, within_km: float = TOLERANCE_KM) -> bool:
    """True when a point lies in a country, or so near to it that borders and rounding explain it."""
    if not on_earth(lat, lon):
        return False
    there = _countries(lat, lon, within_km)
    if country in there or (ALSO_IN.get(country, set()) & there.keys() and country not in PARTS):
        return True
    # Off the coast, on an island too small for the shapes, or on land that two countries claim: the nearest town tells.
    near = country in PARTS or not there
    town = nearest(lat, lon, within_km=COAST_KM if near else within_km)
    return town is not None and town.place.country == country


def contradiction(country: str, lat: float, lon: float, *, within_km: float = TOLERANCE_KM) -> Contradiction | None:
    """None when the point can lie in the country; else what lies there, and which mistakes in writing would explain it.

    `within_km` is how far over the border still counts as in the country: raise it for coordinates of few digits. An
    unknown country contradicts nothing.
    """
    country = country.upper()
    if not country or country not in _known() or lies_in(country, lat, lon, within_km):
        return None
    fits = [fix for fix in _mistakes(lat, lon) if lies_in(country, fix.lat, fix.lon, within_km)]
    return Contradiction(
        country=country,
        found=country_at(lat, lon),
        nearest=nearest(lat, lon, within_km=150),
        corrections=tuple(fits),
    )


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(
        row[0] for row in store.connection().execute("SELECT DISTINCT country FROM place WHERE kind = 'town'")
    ) | frozenset(_codes(str(store.path())))


def _mistakes(lat: float, lon: float) -> list[Correction]:
    """What people do wrong, the commonest first."""
    return [
        Correction("swapped", lon, lat),
        Correction("longitude_sign", lat, -lon),
        Correction("latitude_sign", -lat, lon),
        Correction("both_signs", -lat, -lon),
        Correction("swapped_longitude_sign", lon, -lat),
        Correction("swapped_latitude_sign", -lon, lat),
    ]
