"""Rows of the gazetteer's file as places; no Django."""

from __future__ import annotations

from typing import Any

from toetssteen.places.model import Kind, Place

COLUMNS = (
    "id, kind, name, country, province, (SELECT name FROM place p WHERE p.id = place.province), district, "
    "(SELECT name FROM place d WHERE d.id = place.district), lat, lon, radius, population, source, guessed"
)
PLACE = f"SELECT {COLUMNS}, number FROM place"  # noqa: S608 - fixed words


def as_place(row: tuple[Any, ...]) -> Place:
    (
        id,
        kind,
        name,
        country,
        province,
        in_province,
        district,
        in_district,
        lat,
        lon,
        radius,
        population,
        source,
        guessed,
    ) = row[:14]
    return Place(
        id=id,
        kind=Kind(kind),
        name=name,
        country=country,
        province_id=province,
        province=in_province or "",
        district_id=district,
        district=in_district or "",
        lat=lat,
        lon=lon,
        radius_km=radius,
        population=population,
        source=source,
        district_by_distance=bool(guessed),
    )
