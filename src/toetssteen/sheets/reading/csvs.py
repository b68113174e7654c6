"""Text files as cells: any usual encoding and separator."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from io import StringIO

from .grid import (
    ERRORS,
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

MAX_FILE = 40_000_000
DELIMITERS = ";,\t|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(content: bytes) -> RawBook:
    """A text file with one record per line; a record may hold line breaks between quotes."""
    text, encoding = decode(content)
    text, told = _told_delimiter(text)
    delimiter = told or find_delimiter(text)
    sheet = RawSheet(name="csv")
    budget = Budget()
    csv.field_size_limit(1_000_000)
    try:
        records = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
        for number, record in enumerate(records, start=2 if told else 1):
            if number > MAX_ROWS:
                raise too_large()
            sheet.widths[number] = len(record)
            row: dict[int, Value] = {}
            for column, cell in enumerate(record[:MAX_COLUMNS]):
                value = clean(cell[:MAX_CELL_TEXT])
                if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@"):
                    value = value[1:]  # an apostrophe keeps programs from reading the text as a formula
                if value:
                    budget.take(len(value))
                    row[column] = ErrorValue(value) if value in ERRORS else value
            if row:
                sheet.rows[number] = row
    except csv.Error as error:
        raise unreadable("This text file cannot be divided into cells.") from error
    if not sheet.rows:
        raise unreadable("This file is empty.")
    names = {"cp1252": "windows-1252", "utf-8-sig": "utf-8"}
    return RawBook(sheets=[sheet], encoding=names.get(encoding, encoding), delimiter=delimiter)


def decode(content: bytes) -> tuple[str, str]:
    """The text and the encoding that gave it."""
    if len(content) > MAX_FILE:
        raise too_large()
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise unreadable("This text file is damaged.") from error
    sample = content[:4096]
    if b"\0" in sample:
        return _without_mark(content)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return _single_byte(content)


def _without_mark(content: bytes) -> tuple[str, str]:
    """UTF-16 without a mark at the beginning, or not a text at all."""
    sample = content[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < len(sample) * 0.2:
        raise unreadable("This file is not a spreadsheet and not a text file.")
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise unreadable("This text file is damaged.") from error


def _single_byte(content: bytes) -> tuple[str, str]:
    sample = content[:200_000]
    controls = sum(1 for byte in sample if byte < 9 or 13 < byte < 32)
    if controls > len(sample) * 0.01:
        raise unreadable("This file is not a spreadsheet and not a text file.")
    best, best_score = "cp1252", -1.0
    for encoding in ("cp1252", "mac_roman", "cp850", "cp1254"):
        text = sample.decode(encoding, "replace")
        letters = Counter(c for c in text if ord(c) > 127)
        good = sum(
            n
            for c, n in letters.items()
            if c in "éèêëïîíìôöòóüùúûäàâáãçñßğışİŞĞœ²³°’‘“”–—€±«»ÉÈÊËÏÎÖÜÄÀÁÂÇÑ™®\u00a0½º×…"
        )
        score = good / max(1, sum(letters.values()))
        if score > best_score + 0.05:
            best, best_score = encoding, score
    return content.decode(best, "replace"), best


def _told_delimiter(text: str) -> tuple[str, str]:
    match = re.match(r"\ufeff?sep=(.)\r?\n", text, re.IGNORECASE)
    return (text[match.end() :], match[1]) if match else (text.lstrip("\ufeff"), "")


def find_delimiter(text: str) -> str:
    """The sign that divides most records into the same number of cells."""
    sample = text[:60_000]
    best, best_score = ";", 0.0
    for delimiter in DELIMITERS:
        try:
            records = list(csv.reader(StringIO(sample, newline=""), delimiter=delimiter))[:200]
        except csv.Error:
            continue
        widths = Counter(len(record) for record in records if any(cell.strip() for cell in record))
        if not widths:
            continue
        width, times = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda pair: pair[1] * pair[0] ** 0.5, default=(1, 0)
        )
        share = times / sum(widths.values())
        score = share * min(width, 12) ** 0.5 * (1.0 if delimiter != "," else 0.9)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best
