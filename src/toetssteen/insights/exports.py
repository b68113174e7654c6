"""The figures as open data: stable columns, with licence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = (
    "id", "covenant_year", "value", "unit", "status", "as_of", "definition_nl", "definition_en", "denominator_nl",
    "denominator_en",
)  # fmt: skip


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: row["year"] if column == "covenant_year" else row[column] for column in COLUMNS}


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Comma-separated, header row, lists and parts as JSON in their cell; a suppressed or unknown value is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        value = row["value"]
        said = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        writer.writerow({**_row(row), "value": said})
    return out.getvalue()


def as_json(rows: Sequence[Mapping[str, Any]], **head: Any) -> str:
    """One object with the licence and the figures."""
    found = {"licence": LICENCE, "licence_address": LICENCE_ADDRESS, **head, "figures": [_row(row) for row in rows]}
    return json.dumps(found, ensure_ascii=False, indent=2)
