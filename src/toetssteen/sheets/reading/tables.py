# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Where the table of a sheet is: its header of one or two rows, its rows, and what is no row of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import countries
from .folding import fold
from .grid import ERRORS, ErrorValue, RawSheet, Value, as_text, spans
from .headers import candidates, is_attribute_only, subject_of
from .numbers import read_amount, unit_of

_TOTAL = re.compile(
    r"^(?:(?:eind|grand|sub|sous|zwischen|gesamt|algemeen|general|overall|tussen)\s?-?)*(?:totaal|totalen|total|totals|totaux|summe|gesamt|gesamtsumme|"
    r"gesamtmenge|som|sum|somme|suma|totale|totais|endsumme|tot)\b"
)
_NOTE = re.compile(
    r"^(?:\*+|\d\)|\(\d\)|[¹²³†‡§#]|opm|opmerking|note|nb|n b|let op|toelichting|legenda|legend|bron|source|remark|remarque|hinweis|anmerkung|"
    r"quelle|bemerkung|ingevuld|filled|opgesteld|laatst|last|prepared|aangemaakt|disclaimer|ps)\b"
)
MAX_HEADER_ROW = 80


@dataclass
class Table:
    """A table in a sheet: header texts per column, and its rows by number as raw texts per column."""

    first_header_row: int
    header_row: int
    headers: dict[int, str]
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged_down: set[tuple[int, int]] = field(default_factory=set)
    numbers: set[tuple[int, int]] = field(default_factory=set)  # cells that hold a number, not a text
    cut: int | None = None  # the row where another table begins, which is not read


def find_header(sheet: RawSheet) -> tuple[int, int, dict[int, str]] | None:
    """First and last header row and the header texts; None when the sheet holds no table."""
    best, best_score = 0, 1.5
    for number in sorted(sheet.rows)[:MAX_HEADER_ROW]:
        score = _header_score(sheet.rows[number])
        if score > best_score + 0.01:
            best, best_score = number, score
    if not best:
        return None
    return _with_second_row(sheet, best)


def _header_score(row: dict[int, Value]) -> float:
    fields = set()
    score = 0.0
    for value in row.values():
        if not isinstance(value, str) or isinstance(value, ErrorValue):
            score -= 0.5
            continue
        text = " ".join(value.split())
        found = candidates(text) if len(text) <= 60 else ()
        if found:
            if found[0][0] not in fields:
                score += min(1.0, found[0][1] + 0.1)
            else:
                score += 0.3
            fields.add(found[0][0])
        elif read_amount(text).value is not None or countries.exact(text) or len(text) > 60:
            score -= 0.5
    return score if len(fields) >= 2 else 0.0


def _with_second_row(sheet: RawSheet, best: int) -> tuple[int, int, dict[int, str]]:
    row = _texts(sheet.rows[best])
    above = sheet.rows.get(best - 1)
    if above and _is_group_row(sheet, best - 1, row):
        return best - 1, best, _joined(_spread(sheet, best - 1, row), row)
    below = sheet.rows.get(best + 1)
    if below and _is_second_row(_texts(below), row, sheet, best):
        second = _texts(below)
        first = _spread(sheet, best, second)
        return best, best + 1, _joined({**row, **first}, second)
    return best, best, row


def _texts(row: dict[int, Value]) -> dict[int, str]:
    return {column: " ".join(as_text(value).split()) for column, value in row.items()}


def _is_group_row(sheet: RawSheet, number: int, below: dict[int, str]) -> bool:
    """Whether the row above holds group names over the columns: supplier, factory, quarry ..."""
    row = _texts(sheet.rows[number])
    if any(read_amount(text).value is not None for text in row.values()) or len(row) > len(below):
        return False
    wide = [m for m in sheet.merges if m[0] <= number <= m[2] and m[3] > m[1]]
    if len(row) < 2 or any(m[3] - m[1] + 1 >= max(3, len(below)) for m in wide):
        return False
    subjects = sum(1 for text in row.values() if len(text) < 40 and (subject_of(fold(text)) or candidates(text)))
    attributes = sum(1 for text in below.values() if is_attribute_only(text))
    return subjects >= 2 and (attributes >= 2 or bool(wide))


def _is_second_row(second: dict[int, str], first: dict[int, str], sheet: RawSheet, number: int) -> bool:
    """Whether the row below the header belongs to it: names of properties or units."""
    if not second or any(read_amount(text).value is not None or len(text) > 40 for text in second.values()):
        return False
    if all(unit_of(text.strip("()[] ")) or re.fullmatch(r"[(\[].{1,30}[)\]]", text) for text in second.values()):
        return True
    wide = [m for m in sheet.merges if m[0] == number == m[2] and m[3] > m[1]]
    telling = sum(
        1 for text in second.values() if candidates(text) or is_attribute_only(text) or unit_of(text.strip("()[]"))
    )
    return telling >= max(2, 0.6 * len(second)) and (
        bool(wide) or len(first) < len(second) or len(first) <= len(set(first) | set(second)) - 2
    )


def _spread(sheet: RawSheet, number: int, other: dict[int, str]) -> dict[int, str]:
    """Group names over all columns they stand above."""
    row = _texts(sheet.rows[number])
    wide = {m[1]: m[3] for m in sheet.merges if m[0] <= number <= m[2] and m[3] > m[1]}
    tall = {m[1] for m in sheet.merges if m[0] == number and m[2] > number and m[3] == m[1]}
    spread: dict[int, str] = {}
    columns = sorted(set(row) | set(other))
    for column in sorted(row):
        last = wide.get(column, column)
        if not wide and column not in tall and subject_of(fold(row[column])):
            following = next((c for c in columns if c > column and c in row), (columns[-1] if columns else column) + 1)
            last = max((c for c in columns if column <= c < following and c in other), default=column)
        for covered in range(column, last + 1):
            spread[covered] = row[column]
    return spread


def _joined(first: dict[int, str], second: dict[int, str]) -> dict[int, str]:
    return {
        column: " ".join(filter(None, (first.get(column, ""), second.get(column, ""))))
        for column in sorted(set(first) | set(second))
    }


def take_rows(sheet: RawSheet, found: tuple[int, int, dict[int, str]]) -> Table:
    """The rows under the header as texts, merged cells filled downwards."""
    table = Table(found[0], found[1], _unique(found[2]))
    table.cut = _second_table(sheet, table)
    last = table.cut - 1 if table.cut else max(sheet.rows, default=0)
    below = {number: row for number, row in sheet.rows.items() if table.header_row < number <= last}
    for number, row in below.items():
        texts: dict[int, str] = {}
        for column, value in row.items():
            if isinstance(value, ErrorValue) or (isinstance(value, str) and value in ERRORS):
                table.errors[number, column] = str(value)
            else:
                texts[column] = _inner(value) if isinstance(value, str) else as_text(value)
                if not isinstance(value, str):
                    table.numbers.add((number, column))
        table.rows[number] = texts
    for first_row, first_column, last_row, _last in spans(sheet.merges):
        top = table.rows.get(first_row, {}).get(first_column)
        if first_row <= table.header_row or not top:
            continue
        for number in range(first_row + 1, last_row + 1):
            if number in table.rows and first_column not in table.rows[number]:
                table.rows[number][first_column] = top
                table.merged_down.add((number, first_column))
    table.rows = dict(sorted(table.rows.items()))
    return table


def _second_table(sheet: RawSheet, table: Table) -> int | None:
    """The row under a gap that is a header of other columns: from there on the columns mean something else."""
    before, ours = table.header_row, {fold(header) for header in table.headers.values() if fold(header)}
    for number in sorted(n for n in sheet.rows if n > table.header_row):
        row, gap = _texts(sheet.rows[number]), number - before > 1 or len(sheet.rows.get(number - 1, ())) <= 1
        before = number
        if not gap or len(row) < 3 or any(any(c.isdigit() for c in text) for text in row.values()):
            continue
        if is_repeated_header(row, table.headers) or len(set(row.values())) < len(row):
            continue
        heads = {found[0][0] for text in row.values() if len(text) <= 40 and (found := candidates(text))}
        known = sum(1 for text in row.values() if candidates(text) or countries.exact(text))
        named = any(countries.exact(text) for text in row.values())
        moved = any(fold(text) in ours and fold(table.headers.get(c, "")) != fold(text) for c, text in row.items())
        if not named and (moved or (len(heads) >= 2 and known * 3 >= len(row) * 2)):
            return number
    return None


def without_header(sheet: RawSheet) -> Table | None:
    """A table whose columns have no names: they are called by their letter."""
    indexes = sorted({index for row in sheet.rows.values() for index in row})
    full = [row for row in sheet.rows.values() if len(row) >= 3]
    if len(full) < 2 or not 3 <= len(indexes) <= 60:
        return None
    return take_rows(sheet, (0, 0, {index: f"Kolom {_letters(index)}" for index in indexes}))


def is_transposed(sheet: RawSheet) -> bool:
    """Whether the names of the columns stand below one another."""
    for index in (0, 1):
        cells = [row.get(index) for row in list(sheet.rows.values())[:40]]
        found = {c[0][0] for cell in cells if isinstance(cell, str) and (c := candidates(" ".join(cell.split())))}
        if len(found) >= 3 and len(found) * 2 >= len([cell for cell in cells if cell is not None]):
            return True
    return False


def _letters(index: int) -> str:
    return (_letters(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def _inner(text: str) -> str:
    """Text that was written as ="text" to keep a program from changing it."""
    match = re.fullmatch(r'="([^"]*)"', text)
    return match[1] if match else text


def _unique(headers: dict[int, str]) -> dict[int, str]:
    seen: dict[str, int] = {}
    unique = {}
    for column, header in headers.items():
        seen[header] = seen.get(header, 0) + 1
        unique[column] = header if seen[header] == 1 else f"{header} ({seen[header]})"
    return unique


def is_total(texts: dict[int, str], text_columns: set[int]) -> bool:
    """Whether a row adds others up: it begins with a word for total and names nothing else."""
    first = next((text for _, text in sorted(texts.items()) if not text[:1].isdigit()), "")
    if not first or not _TOTAL.match(fold(first)):
        return False
    words = [text for text in texts.values() if read_amount(text).value is None]
    named = [text for column, text in texts.items() if column in text_columns and read_amount(text).value is None]
    return len(named) <= 2 and len(words) <= 3


def is_note(texts: dict[int, str], mapped: set[int], table_width: int) -> bool:
    """Whether a row is a remark under or between the rows, not a row of the table."""
    if len(texts) > 2 and any(column in mapped for column in texts):
        return False
    filled = [(column, text) for column, text in sorted(texts.items()) if text]
    if not filled:
        return True
    first = filled[0][1]
    if len(filled) == 1:
        return table_width >= 3
    if len(filled) == 2 and (_NOTE.match(fold(first) or first) or first.lstrip().startswith(("*", "(*", "¹"))):
        return True
    if len(filled) == 2 and len(first) > 60 and table_width >= 5:
        return True
    return not any(column in mapped for column, _ in filled)


def is_repeated_header(texts: dict[int, str], headers: dict[int, str]) -> bool:
    """Whether the header stands here again, as on a new page."""
    if not any(text == headers.get(column) for column, text in texts.items()):
        return False
    same = sum(1 for column, text in texts.items() if fold(text) == fold(headers.get(column, "")) and text)
    return same >= max(2, len(texts) * 0.6)
