"""ODS as cells, with what is hidden, merged or a formula."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

from .grid import (
    MAX_CELL_TEXT,
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
from .zipped import attribute, parse_xml, read_part, stream_xml

_ERROR_TYPES = ("#", "Err:")


def read_ods(archive: zipfile.ZipFile) -> RawBook:
    """All sheets of a spreadsheet of the OpenDocument kind."""
    manifest = read_part(archive, "META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise protected()
    names = archive.namelist()
    reader = _ContentReader()
    if not stream_xml(archive, "content.xml", reader.start, reader.end, reader.text):
        raise unreadable("This file is not a spreadsheet, or it is damaged.")
    if not reader.book.sheets:
        raise unreadable("This file holds no sheet.")
    reader.book.has_macros = any(name.startswith("Basic/") and name.endswith(".xml") for name in names)
    return reader.book


def read_flat(content: bytes) -> RawBook:
    """The same in one XML file."""
    reader = _ContentReader()
    parse_xml(BytesIO(content), reader.start, reader.end, reader.text)
    if not reader.book.sheets:
        raise unreadable("This file is not a spreadsheet.")
    return reader.book


class _ContentReader:
    """Takes the cells out of content.xml."""

    def __init__(self) -> None:
        self.book = RawBook()
        self.budget = Budget()
        self.sheet: RawSheet | None = None
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = 0
        self.row_repeat = 1
        self.row_cells: dict[int, Value] = {}
        self.row_formulas: dict[int, str] = {}
        self.row_merges: list[tuple[int, int, int]] = []
        self.row_hidden = False
        self.column = 0
        self.columns_seen = 0
        self.cell: dict[str, str] | None = None
        self.pieces: list[str] = []
        self.paragraphs = 0
        self.in_text = 0
        self.in_note = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table-cell" or tag == "covered-table-cell":
            self.cell, self.pieces, self.paragraphs = attributes, [], 0
        elif tag == "annotation":
            self.in_note += 1
        elif tag in ("p", "h") and self.cell is not None and not self.in_note:
            if self.paragraphs:
                self.pieces.append("\n")
            self.paragraphs += 1
            self.in_text += 1
        elif tag == "s" and self.in_text:
            self.pieces.append(" " * min(int(attribute(attributes, "c", "1") or 1), 20))
        elif tag == "line-break" and self.in_text:
            self.pieces.append("\n")
        elif tag == "table-row":
            self._start_row(attributes)
        elif tag == "table-column":
            self._column(attributes)
        elif tag == "table":
            self.sheet = RawSheet(
                name=attribute(attributes, "name"), hidden=attribute(attributes, "style-name") in self.hidden_styles
            )
            self.row = self.columns_seen = 0
        elif tag == "style":
            self.style = attribute(attributes, "name")
        elif tag == "table-properties" and attribute(attributes, "display") == "false":
            self.hidden_styles.add(self.style)

    def end(self, tag: str) -> None:
        if tag == "table-cell" or tag == "covered-table-cell":
            self._end_cell()
        elif tag == "annotation":
            self.in_note -= 1
        elif tag in ("p", "h") and self.in_text and not self.in_note:
            self.in_text -= 1
        elif tag == "table-row":
            self._end_row()
        elif tag == "table" and self.sheet is not None:
            self.book.sheets.append(self.sheet)
            self.sheet = None

    def text(self, data: str) -> None:
        if self.in_text and not self.in_note:
            self.pieces.append(data)

    def _column(self, attributes: dict[str, str]) -> None:
        repeat = _count(attributes, "number-columns-repeated")
        if self.sheet is not None and attribute(attributes, "visibility") in ("collapse", "filter"):
            last = min(self.columns_seen + repeat, MAX_COLUMNS)
            self.sheet.hidden_columns.update(range(self.columns_seen, last))
        self.columns_seen += repeat

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row_repeat = _count(attributes, "number-rows-repeated")
        self.row_hidden = attribute(attributes, "visibility") in ("collapse", "filter")
        self.row_cells, self.row_formulas, self.row_merges, self.column = {}, {}, [], 0

    def _end_cell(self) -> None:
        attributes, self.cell = self.cell, None
        if attributes is None or self.sheet is None:
            return
        repeat = _count(attributes, "number-columns-repeated")
        value = self._value(attributes, clean("".join(self.pieces)[:MAX_CELL_TEXT]))
        formula = attribute(attributes, "formula")
        for column in range(self.column, min(self.column + repeat, MAX_COLUMNS)):
            if value is not None and value != "":
                self.budget.take(len(value) if isinstance(value, str) else 0)
                self.row_cells[column] = value
            if formula:
                self.row_formulas[column] = formula.removeprefix("of:")[:500]
        rows = _count(attributes, "number-rows-spanned")
        columns = _count(attributes, "number-columns-spanned")
        if rows > 1 or columns > 1:
            self.row_merges.append((self.column, rows, columns))
        self.column += repeat

    def _end_row(self) -> None:
        if self.sheet is None:
            return
        first = self.row + 1
        self.row += self.row_repeat
        if self.row_hidden and self.row_repeat < 10_000:
            self.sheet.hidden_rows.update(range(first, self.row + 1))
        if not self.row_cells:
            return
        self.budget.cells += len(self.row_cells) * (self.row_repeat - 1)
        self.budget.take(0)
        for row in range(first, self.row + 1):
            if row > MAX_ROWS:
                raise too_large()
            self.sheet.rows[row] = dict(self.row_cells)
            self.sheet.formulas.update({(row, column): text for column, text in self.row_formulas.items()})
        for column, rows, columns in self.row_merges:
            self.sheet.merges.append((first, column, first + rows - 1, column + columns - 1))

    def _value(self, attributes: dict[str, str], text: str) -> Value | None:
        kind = attribute(attributes, "value-type")
        if text.startswith(_ERROR_TYPES) and (kind in ("", "error") or attribute(attributes, "formula")):
            return ErrorValue(text)
        if kind == "percentage":
            return f"{round(float(attribute(attributes, 'value', '0')) * 100, 8):.10g}%"
        if kind in ("float", "currency"):
            try:
                number = float(attribute(attributes, "value", "0"))
            except ValueError:
                return text
            return int(number) if number == int(number) and abs(number) < 1e15 else number
        if kind == "date":
            try:
                return date.fromisoformat(attribute(attributes, "date-value")[:10])
            except ValueError:
                return text
        if kind == "boolean":
            return attribute(attributes, "boolean-value") == "true"
        return text


def _count(attributes: dict[str, str], name: str) -> int:
    written = attribute(attributes, name, "1")
    return int(written) if written.isdigit() else 1
