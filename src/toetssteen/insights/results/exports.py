"""The tables from risk to result as open data: one line per cell, with stable columns; a hidden cell is empty."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from toetssteen.foundation.workbooks import table_as_xlsx
from toetssteen.insights.exports import LICENCE, LICENCE_ADDRESS

KNOWN, SUPPRESSED = "known", "suppressed"
COLUMNS = (
    "covenant_year", "table", "row", "row_nl", "row_en", "column", "column_nl", "column_en", "value", "unit", "status",
    "as_of", "companies_in_all", "definition_nl", "definition_en", "denominator_nl", "denominator_en",
)  # fmt: skip


def cells(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every cell of every table; the row without a name is the total."""
    for table in content["tables"]:
        about = {key: table[key] for key in ("definition_nl", "definition_en", "denominator_nl", "denominator_en")} | {
            "covenant_year": content["year"],
            "as_of": content["as_of"],
            "companies_in_all": content["companies"],
        }
        for row in table["rows"]:
            for column, value in zip(table["columns"], row["cells"], strict=True):
                yield {
                    **about,
                    "table": table["id"],
                    "row": row["id"] or "total",
                    "row_nl": row["nl"],
                    "row_en": row["en"],
                    "column": column["id"],
                    "column_nl": column["nl"],
                    "column_en": column["en"],
                    "value": value,
                    "unit": column["unit"],
                    "status": SUPPRESSED if value is None else KNOWN,
                }


def as_csv(content: Mapping[str, Any]) -> bytes:
    """Comma-separated with a header row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for cell in cells(content):
        writer.writerow({**cell, "value": "" if cell["value"] is None else cell["value"]})
    return out.getvalue().encode()


def as_json(content: Mapping[str, Any], **head: Any) -> bytes:
    """One object with the licence and the cells."""
    rows = [{column: cell[column] for column in COLUMNS} for cell in cells(content)]
    found = {
        "licence": LICENCE, "licence_address": LICENCE_ADDRESS, "threshold": content["threshold"], **head, "cells": rows
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=2).encode()


def as_xlsx(content: Mapping[str, Any]) -> bytes:
    """One sheet with the same lines, to filter."""
    rows = ([cell[column] for column in COLUMNS] for cell in cells(content))
    return table_as_xlsx("results", COLUMNS, rows, filtered=True)
