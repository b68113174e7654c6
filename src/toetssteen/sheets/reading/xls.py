"""XLS as cells: the values by the quick reader, and what it does not tell from the records themselves."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from .grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    Budget,
    ErrorValue,
    RawBook,
    RawSheet,
    Value,
    clean,
    protected,
    too_large,
    unreadable,
)
from .ole import OleFile

_BOF, _EOF, _FILEPASS = 0x0809, 0x000A, 0x002F
_BOUNDSHEET, _ROW, _COLINFO, _FORMULA, _BOOLERR, _SUPBOOK = 0x0085, 0x0208, 0x007D, 0x0006, 0x0205, 0x01AE
_DIMENSIONS = 0x0200
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
MAX_FILE = 30_000_000


def read_xls(path: str, ole: OleFile) -> RawBook:
    """All sheets of an older workbook."""
    stream = ole.read("Workbook") or ole.read("Book")
    if not stream:
        raise unreadable("This file is not a workbook, or it is damaged.")
    told = _records(stream)
    book = RawBook(has_macros=ole.has("_VBA_PROJECT_CUR"), external_links=told.external)
    budget = Budget()
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            for number, meta in enumerate(workbook.sheets_metadata):
                facts = told.sheets.get(meta.name) or RawSheet(meta.name)
                facts.hidden = meta.visible != SheetVisibleEnum.Visible
                _values(workbook.get_sheet_by_index(number), facts, budget)
                book.sheets.append(facts)
    except (CalamineError, OSError, ValueError, RuntimeError) as error:
        raise unreadable("This file is damaged: it cannot be opened.") from error
    return book


def _values(calamine: object, sheet: RawSheet, budget: Budget) -> None:
    start = getattr(calamine, "start", None) or (0, 0)
    for offset, cells in enumerate(calamine.iter_rows()):  # type: ignore[attr-defined]
        number = offset + 1
        if number > MAX_ROWS:
            raise too_large()
        row = {}
        for column, value in enumerate(cells[:MAX_COLUMNS]):
            if value != "" and value is not None:
                budget.take(len(value) if isinstance(value, str) else 0)
                row[column] = _value(value)
        errors = sheet.rows.get(number, {})
        if row or errors:
            sheet.rows[number] = {**row, **errors}
    for (first_row, first_column), (last_row, last_column) in getattr(calamine, "merged_cell_ranges", None) or []:
        sheet.merges.append((first_row + 1, first_column, last_row + 1, last_column))
    del start


def _value(value: object) -> Value:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool | int | datetime | date | time):
        return value
    if isinstance(value, timedelta):
        return str(value)
    number = float(str(value))
    return int(number) if number == int(number) and abs(number) < 1e15 else number


class _Told:
    """What the records say beside the values."""

    def __init__(self) -> None:
        self.sheets: dict[str, RawSheet] = {}
        self.external = False


def _records(stream: bytes) -> _Told:
    told = _Told()
    sheets: list[tuple[int, str]] = []
    for kind, body in _walk(stream, 0):
        if kind == _FILEPASS:
            raise protected()
        if kind == _BOUNDSHEET and len(body) > 8:
            sheets.append((struct.unpack_from("<I", body)[0], _sheet_name(body)))
        if kind == _SUPBOOK and len(body) > 4 and struct.unpack_from("<H", body, 2)[0] not in (0x0401, 0x3A01):
            told.external = True
        if kind == _EOF:
            break
    for offset, name in sheets[:100]:
        told.sheets[name] = _sheet_facts(stream, offset, RawSheet(name))
    return told


def _walk(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _sheet_name(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    return body[8 : 8 + length * 2].decode("utf-16-le", "replace") if wide else body[8 : 8 + length].decode("latin-1")


def _sheet_facts(stream: bytes, offset: int, sheet: RawSheet) -> RawSheet:
    for kind, body in _walk(stream, offset):
        if kind == _EOF:
            break
        if kind == _DIMENSIONS and len(body) >= 12:
            last_row, last_column = struct.unpack_from("<I", body, 4)[0], struct.unpack_from("<H", body, 10)[0]
            if last_row * last_column > 20_000_000:
                raise too_large()
        elif kind == _ROW and len(body) >= 16:
            row, options = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, 12)[0]
            if options & 0x20:
                sheet.hidden_rows.add(row + 1)
        elif kind == _COLINFO and len(body) >= 10:
            first, last, _width, _format, options = struct.unpack_from("<5H", body)
            if options & 1:
                sheet.hidden_columns.update(range(first, min(last + 1, MAX_COLUMNS)))
        elif kind == _BOOLERR and len(body) >= 8 and body[7] == 1:
            row, column = struct.unpack_from("<HH", body)
            sheet.rows.setdefault(row + 1, {})[column] = ErrorValue(_ERRORS.get(body[6], "#VALUE!"))
        elif kind == _FORMULA and len(body) >= 14:
            row, column = struct.unpack_from("<HH", body)
            sheet.formulas[row + 1, column] = "="
            if body[12:14] == b"\xff\xff" and body[6] == 2:
                sheet.rows.setdefault(row + 1, {})[column] = ErrorValue(_ERRORS.get(body[8], "#VALUE!"))
    return sheet
