# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Coordinates of a row, put at the site they belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from .answers import read_answer
from .coordinates import read_one, read_pair, settle
from .names import Note
from .results import Column, Field, Level

if TYPE_CHECKING:
    from .rows import RowReader

F = Field
Tell = Callable[[Column | None, Note], None]
LEVEL_FIELDS = {
    "direct_supplier": (F.SUPPLIER, F.SUPPLIER_PLACE, F.SUPPLIER_ADMIN1, F.SUPPLIER_COUNTRY, F.SUPPLIER_COORDINATES, F.SUPPLIER_LAT, F.SUPPLIER_LON),
    "factory": (F.FACTORY, F.FACTORY_PLACE, F.FACTORY_ADMIN1, F.FACTORY_COUNTRY, F.FACTORY_COORDINATES, F.FACTORY_LAT, F.FACTORY_LON),
    "quarry_area": (F.QUARRY_AREA, None, F.QUARRY_AREA_ADMIN1, F.QUARRY_AREA_COUNTRY, F.QUARRY_AREA_COORDINATES, F.QUARRY_AREA_LAT, F.QUARRY_AREA_LON),
    "quarry": (F.QUARRY, F.QUARRY_PLACE, F.QUARRY_ADMIN1, F.QUARRY_COUNTRY, F.QUARRY_COORDINATES, F.QUARRY_LAT, F.QUARRY_LON),
}  # fmt: skip


def place_points(reader: RowReader, levels: dict[str, Level], texts: Mapping[int, str], tell: Tell) -> None:
    for level, fields in LEVEL_FIELDS.items():
        _point_of(reader, levels, level, fields[4], fields[5], fields[6], texts, tell)
    if any(reader.text(texts, f) for f in (F.COORDINATES, F.LAT, F.LON)):
        deepest = next(
            (level for level in ("quarry", "quarry_area", "factory", "direct_supplier") if levels[level].sites),
            None,
        )
        if deepest:
            _point_of(reader, levels, deepest, F.COORDINATES, F.LAT, F.LON, texts, tell)


def _point_of(
    reader: RowReader,
    levels: dict[str, Level],
    level: str,
    pair: Field | None,
    lat: Field | None,
    lon: Field | None,
    texts: Mapping[int, str],
    tell: Tell,
) -> None:
    written, lat_text, lon_text = reader.text(texts, pair), reader.text(texts, lat), reader.text(texts, lon)
    used = pair if written else lat if lat_text else lon
    if not (written or lat_text or lon_text) or used is None:
        return
    column = reader.by_field[used]
    text = written or f"{lat_text} / {lon_text}"
    if all(read_answer(t) is not None for t in (written, lat_text, lon_text) if t):
        return
    halves = read_pair(written) if written else None
    if halves is None and not written:
        first, second = read_one(lat_text), read_one(lon_text)
        halves = (first, second) if first and second else None
    if halves is None:
        tell(column, Note("coordinates_unreadable", text))
        return
    target = level
    if level == "quarry" and not levels["quarry"].sites and levels["quarry_area"].sites:
        target = "quarry_area"
        tell(column, Note("coordinates_without_quarry", text))
    sites = levels[target].sites
    point = settle(*halves, sites[0].country if sites else None, west=reader.west)
    if point.code:
        tell(column, Note(point.code, text, "" if point.lat is None else f"{point.lat}, {point.lon}"))
    if point.lat is not None and sites:
        levels[target] = Level(levels[target].status, (replace(sites[0], lat=point.lat, lon=point.lon), *sites[1:]))
