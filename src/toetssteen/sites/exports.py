"""The registry as a file: CSV, XLSX and GeoJSON, with identifiers that stay the same."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from toetssteen.foundation.workbooks import table_as_csv, table_as_xlsx
from toetssteen.sites.queries.registry import COLUMNS


def as_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Comma-separated with a header row, for spreadsheets too."""
    return table_as_csv(COLUMNS, rows)


def as_xlsx(rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with a frozen header; text stays text."""
    return table_as_xlsx("sites", COLUMNS, rows, filtered=True)


def as_geojson(rows: Iterable[Sequence[Any]]) -> bytes:
    """A feature for each site; one without coordinates has no geometry."""
    features = []
    for row in rows:
        known = dict(zip(COLUMNS, row, strict=True))
        lat, lon = known.pop("lat"), known.pop("lon")
        point = None if lat is None else {"type": "Point", "coordinates": [float(lon), float(lat)]}
        features.append({"type": "Feature", "id": known["site_id"], "geometry": point, "properties": _plain(known)})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _plain(known: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in known.items()}


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, tuple[str, Callable[[Iterable[Sequence[Any]]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (XLSX, as_xlsx),
    "geojson": ("application/geo+json", as_geojson),
}
