"""What a place is; no Django."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """From large to small."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Place:
    """A country, province, district or town of the gazetteer.

    `id`: "IN" a country, "IN.24" a province, "IN.24.121" a district, "g1275103" a town (its GeoNames number),
    "own.shuitou" a place of our own list. `province` and `district` are the names of what the place lies in, and
    `province_id` and `district_id` their ids; `district_by_distance` says that it is the nearest town's.
    `lat` and `lon` are degrees, None where the sources give no centre; `radius_km` is how far the place stretches
    around it: of a district nine tenths of its towns lie within, of a place of our own list without an own centre it is
    how far off it can be. `matched` is the name that was found, when it is another one than `name`.
    """

    id: str
    kind: Kind
    name: str
    country: str
    province_id: str = ""
    province: str = ""
    district_id: str = ""
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    population: int = 0
    source: str = "GeoNames"
    district_by_distance: bool = False
    matched: str = ""

    @property
    def inside(self) -> tuple[str, ...]:
        """What it lies in, from small to large, without the country."""
        above = (self.district if self.kind is Kind.TOWN else "", self.province)
        return tuple(name for name in above if name and name != self.name)

    @property
    def label(self) -> str:
        """The name with what it lies in: Budhpura (Bundi, Rajasthan)."""
        return f"{self.name} ({', '.join(self.inside)})" if self.inside else self.name


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that more than one place has; the likeliest first."""

    candidates: tuple[Place, ...]
