"""One table as a file for spreadsheets: a head, days and numbers as such, and text that stays text."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

# A cell of text that begins like this would be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_cell(value: Any) -> Any:
    """A value for a cell of a CSV file: text that looks like a formula gets a quote, numbers are written out."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def table_as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The bytes of a file with commas and a row of heads, marked as UTF-8 for spreadsheets; nothing is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def table_as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]], *, filtered: bool = False) -> bytes:
    """The bytes of a workbook with one sheet, with filters if asked; no text becomes a formula or a link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, head, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, column, dt.datetime.combine(cell, dt.time()), day)
            elif isinstance(cell, (int, Decimal)):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, str(cell))
    sheet.freeze_panes(1, 1)
    if filtered:
        sheet.autofilter(0, 0, 0, len(head) - 1)
    book.close()
    return out.getvalue()
