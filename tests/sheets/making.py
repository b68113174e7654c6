# ruff: noqa: E501 - tables of examples are easier to read in long lines
"""Spreadsheets for tests, made on the spot, and expectations in short form."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Rows = Sequence[Sequence[Any]]


def xlsx(path: Path, sheets: dict[str, Rows], **extras: Any) -> Path:
    """A workbook; extras: merges {sheet: [A1:B2]}, hidden_rows, hidden_columns, hidden_sheets, formulas {sheet: {A1: (f, value)}}."""
    book = xlsxwriter.Workbook(str(path))
    percent, day = book.add_format({"num_format": "0%"}), book.add_format({"num_format": "dd-mm-yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, tuple):
                    sheet.write_number(r, c, value[0], percent if value[1] == "%" else day)
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                else:
                    sheet.write(r, c, value)
        for area in extras.get("merges", {}).get(name, []):
            first = rows_value(rows, area)
            sheet.merge_range(area, first)
        for r in extras.get("hidden_rows", {}).get(name, []):
            sheet.set_row(r - 1, None, None, {"hidden": True})
        for c in extras.get("hidden_columns", {}).get(name, []):
            sheet.set_column(f"{c}:{c}", None, None, {"hidden": True})
        if name in extras.get("hidden_sheets", []):
            sheet.hide()
        for cell, (formula, value) in extras.get("formulas", {}).get(name, {}).items():
            sheet.write_formula(cell, formula, None, value)
    book.close()
    return path


def rows_value(rows: Rows, area: str) -> Any:
    """The value in the first cell of an area such as A1:B2."""
    first = area.split(":")[0]
    letters = "".join(c for c in first if c.isalpha())
    row = int("".join(c for c in first if c.isdigit())) - 1
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    cells = rows[row]
    return cells[column - 1] if column - 1 < len(cells) and cells[column - 1] is not None else ""


def text_file(path: Path, rows: Rows, delimiter: str = ";", encoding: str = "utf-8") -> Path:
    """A CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(
        [["" if v is None else v for v in row] for row in rows]
    )
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def ods(path: Path, sheets: dict[str, Rows], hidden_rows: dict[str, list[int]] | None = None) -> Path:
    """An OpenDocument spreadsheet."""
    ns = "urn:oasis:names:tc:opendocument:xmlns:"
    out = [
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{ns}office:1.0" xmlns:text="{ns}text:1.0" '
        f'xmlns:table="{ns}table:1.0"><office:body><office:spreadsheet>'
    ]
    for name, rows in sheets.items():
        out.append(f'<table:table table:name="{escape(name)}">')
        for number, row in enumerate(rows, 1):
            gone = ' table:visibility="collapse"' if number in (hidden_rows or {}).get(name, []) else ""
            out.append(f"<table:table-row{gone}>")
            out.extend(_ods_cell(value) for value in row)
            out.append('<table:table-cell table:number-columns-repeated="900"/></table:table-row>')
        out.append(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row></table:table>'
        )
    out.append("</office:spreadsheet></office:body></office:document-content>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "".join(out))
    return path


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def site(short: str) -> dict[str, Any]:
    """A site from `name | place | admin1 | country | lat | lon`, parts may be empty."""
    parts = [part.strip() for part in short.split("|")] + [""] * 6
    made: dict[str, Any] = {f: v for f, v in zip(("name", "place", "admin1", "country"), parts, strict=False) if v}
    if parts[4]:
        made |= {"lat": float(parts[4]), "lon": float(parts[5])}
    return made


def level(short: str) -> dict[str, Any]:
    """A level: `-` unknown, `x` refused, else sites divided by ` ++ `."""
    if short in ("-", "x"):
        return {"status": "unknown" if short == "-" else "asked_refused", "sites": []}
    return {"status": "known", "sites": [site(part) for part in short.split("++")]}


def chain(sheet: str, row: int, stone: str, tonnes: float | None, *levels: str) -> dict[str, Any]:
    """An expected chain; stone is `material/trade name/product group`, levels supplier, factory, area, quarry."""
    material, trade_name, group = [part or None for part in stone.split("/")]
    names = ("direct_supplier", "factory", "quarry_area", "quarry")
    return {
        "ref": {"sheet": sheet, "row": row},
        "material": material,
        "trade_name": trade_name,
        "product_group": group,
        "volume": None if tonnes is None else {"tonnes": tonnes},
        "levels": {name: level(said) for name, said in zip(names, levels, strict=True)},
    }


def problem(
    sheet: str | None, row: int | None, column: str | None, code: str, severity: str = "warning"
) -> dict[str, Any]:
    """An expected problem."""
    return {"sheet": sheet, "row": row, "column": column, "code": code, "severity": severity}


def expected(
    sheets: dict[str, tuple[str, int | None]], chains: list[dict[str, Any]], problems: list[dict[str, Any]]
) -> dict[str, Any]:
    """A whole expectation."""
    listed = [{"name": n, "role": r} | ({"header_row": h} if h else {}) for n, (r, h) in sheets.items()]
    return {"result": "parsed", "sheets": listed, "chains": chains, "problems": problems}
