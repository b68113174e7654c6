"""XLSX and XLSM as cells: cached values only, with what is hidden, merged or a formula."""

from __future__ import annotations

import posixpath
import re
import zipfile
from datetime import date, datetime, timedelta
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
    too_large,
    unreadable,
)
from .zipped import parse_xml, read_part, stream_xml

_LETTERS = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_DATE_IDS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENT_IDS = frozenset([9, 10])
MAX_STRINGS = 600_000


def read_xlsx(archive: zipfile.ZipFile) -> RawBook:
    """All sheets of a workbook."""
    names = set(archive.namelist())
    workbook = _main_part(archive)
    relations = _relations(archive, workbook)
    sheets, since_1904 = _sheet_list(archive, workbook)
    budget = Budget()
    strings = _strings(archive, _target(relations, "sharedStrings", workbook), budget)
    formats = _formats(archive, _target(relations, "styles", workbook))
    book = RawBook(
        has_macros=any(name.lower().endswith("vbaproject.bin") for name in names),
        external_links=any("externallinks/externallink" in name.lower() for name in names),
    )
    for name, relation, hidden in sheets:
        part = relations.get(relation, ("", ""))
        if not part[0].endswith("worksheet"):
            continue  # chart sheets and macro sheets
        sheet = RawSheet(name=name, hidden=hidden)
        reader = _SheetReader(sheet, strings, formats, since_1904, budget)
        stream_xml(archive, _resolve(workbook, part[1]), reader.start, reader.end, reader.text)
        book.sheets.append(sheet)
    if not book.sheets:
        raise unreadable("This file holds no sheet.")
    return book


def _main_part(archive: zipfile.ZipFile) -> str:
    for kind, target in _relations(archive, "").values():
        if kind.endswith("officeDocument"):
            return target.lstrip("/")
    raise unreadable("This file is not a workbook, or it is damaged.")


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    content = read_part(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            found[attributes.get("Id", "")] = (attributes.get("Type", ""), attributes.get("Target", ""))

    if content:
        parse_xml(BytesIO(content), start, lambda _tag: None, lambda _text: None)
    return found


def _target(relations: dict[str, tuple[str, str]], kind: str, workbook: str) -> str:
    return next((_resolve(workbook, target) for type_, target in relations.values() if type_.endswith(kind)), "")


def _resolve(workbook: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(workbook), target))


def _sheet_list(archive: zipfile.ZipFile, workbook: str) -> tuple[list[tuple[str, str, bool]], bool]:
    content = read_part(archive, workbook)
    if not content:
        raise unreadable("This file is not a workbook, or it is damaged.")
    sheets: list[tuple[str, str, bool]] = []
    settings = {"1904": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            relation = next((v for k, v in attributes.items() if k == "id" or k.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation, hidden))
        elif tag == "workbookPr":
            settings["1904"] = attributes.get("date1904") in ("1", "true")

    parse_xml(BytesIO(content), start, lambda _tag: None, lambda _text: None)
    return sheets[:100], settings["1904"]


def _strings(archive: zipfile.ZipFile, part: str, budget: Budget) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "phonetic": 0}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            state["phonetic"] += 1
        elif tag == "t":
            state["text"] = not state["phonetic"]

    def end(tag: str) -> None:
        if tag == "t":
            state["text"] = False
        elif tag == "rPh":
            state["phonetic"] -= 1
        elif tag == "si":
            strings.append(_unescape(clean("".join(pieces)[:MAX_CELL_TEXT])))
            budget.text += len(strings[-1])
            if len(strings) > MAX_STRINGS:
                raise too_large()

    def text(data: str) -> None:
        if state["text"]:
            pieces.append(data)

    if part:
        stream_xml(archive, part, start, end, text)
    return strings


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return clean(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))


def _formats(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Per cell style: `d` for a date, `%` for a percentage, or nothing."""
    own: dict[int, str] = {}
    styles: list[str] = []
    state = {"cells": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            own[int(attributes.get("numFmtId", "0") or 0)] = _kind(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            state["cells"] = True
        elif tag == "xf" and state["cells"]:
            number = int(attributes.get("numFmtId", "0") or 0)
            standard = "d" if number in _DATE_IDS else "%" if number in _PERCENT_IDS else ""
            styles.append(own.get(number, standard))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            state["cells"] = False

    if part:
        stream_xml(archive, part, start, end, lambda _text: None, 20_000_000)
    return styles


_LITERALS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def _kind(code: str) -> str:
    plain = _LITERALS.sub("", code).split(";")[0].lower()
    if "%" in plain:
        return "%"
    return "d" if re.search(r"[ymdhs]", plain) and "general" not in plain and not re.search(r"[0#]", plain) else ""


def column_index(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class _SheetReader:
    """Takes the cells of one sheet out of its XML."""

    def __init__(
        self, sheet: RawSheet, strings: list[str], formats: list[str], since_1904: bool, budget: Budget
    ) -> None:
        self.sheet, self.strings, self.formats, self.budget = sheet, strings, formats, budget
        self.epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
        self.row = 0
        self.column = -1
        self.next_column = 0
        self.kind = ""
        self.style = 0
        self.taking = ""
        self.value: list[str] = []
        self.formula: list[str] = []
        self.has_formula = False
        self.phonetic = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or (tag == "t" and not self.phonetic and self.column >= 0):
            self.taking = "v"
        elif tag == "f":
            self.taking = "f"
            self.has_formula = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self.phonetic += 1
        elif tag == "col":
            if attributes.get("hidden") in ("1", "true"):
                first, last = int(attributes.get("min", "1")) - 1, int(attributes.get("max", "1"))
                self.sheet.hidden_columns.update(range(first, min(last, MAX_COLUMNS)))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        if tag == "v" or tag == "t" or tag == "f":
            self.taking = ""
        elif tag == "c":
            self._end_cell()
        elif tag == "rPh":
            self.phonetic -= 1

    def text(self, data: str) -> None:
        if self.taking == "v":
            self.value.append(data)
        elif self.taking == "f":
            self.formula.append(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) if number.isdigit() else self.row + 1
        self.next_column = 0
        if attributes.get("hidden") in ("1", "true") or attributes.get("zeroHeight") in ("1", "true"):
            self.sheet.hidden_rows.add(self.row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        match = _LETTERS.match(attributes.get("r", ""))
        if match:
            self.column = column_index(match[1])
        else:
            self.column = self.next_column
        self.next_column = self.column + 1
        self.kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self.style = int(style) if style.isdigit() else 0
        self.value = []
        self.formula = []
        self.has_formula = False

    def _end_cell(self) -> None:
        column, self.column = self.column, -1
        raw = "".join(self.value) if self.value else ""
        if not raw and not self.has_formula:
            return
        self.budget.take(len(raw) if self.kind != "s" else 0)
        if column >= MAX_COLUMNS:
            return
        if self.has_formula:
            self.sheet.formulas[self.row, column] = "".join(self.formula)[:500]
        value = self._value(raw[:MAX_CELL_TEXT])
        if value is None or value == "":
            return
        if self.row > MAX_ROWS:
            raise too_large()
        row = self.sheet.rows.get(self.row)
        if row is None:
            row = self.sheet.rows[self.row] = {}
        row[column] = value

    def _value(self, raw: str) -> Value | None:
        kind = self.kind
        if kind == "s":
            index = int(raw) if raw.isdigit() else -1
            return self.strings[index] if 0 <= index < len(self.strings) else None
        if kind == "inlineStr" or kind == "str":
            return _unescape(clean(raw))
        if kind == "e":
            return ErrorValue(raw)
        if kind == "b":
            return raw == "1"
        if kind == "d":
            return raw[:10]
        return self._number(raw)

    def _number(self, raw: str) -> Value | None:
        try:
            number = float(raw)
        except ValueError:
            return clean(raw) or None
        kind = self.formats[self.style] if self.style < len(self.formats) else ""
        if kind == "d" and 0 < number < 2_958_466:
            moment = self.epoch + timedelta(days=number)
            return date(moment.year, moment.month, moment.day) if number == int(number) else moment
        if kind == "%":
            return f"{round(number * 100, 8):.10g}%"
        if number == int(number) and abs(number) < 1e15:
            return int(number)
        return number

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, stop = _LETTERS.match(first), _LETTERS.match(last)
        if start and stop and len(self.sheet.merges) < 20_000:
            self.sheet.merges.append((int(start[2]), column_index(start[1]), int(stop[2]), column_index(stop[1])))
