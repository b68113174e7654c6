# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""What each sheet of a workbook is: chains, purchase lines, a list to look things up in, or nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .columns import Profile, profile, propose
from .folding import fold, key
from .grid import RawBook, RawSheet, as_text
from .headers import candidates, language_of
from .numbers import TONNES_PER, read_amount
from .results import Column, Field, Role, Sheet
from .stones import TradeNames
from .tables import Table, find_header, is_note, is_total, is_transposed, take_rows, without_header

F = Field
_LEVELS = frozenset({F.SUPPLIER, F.SUPPLIER_CODE, F.FACTORY, F.FACTORY_CODE, F.QUARRY_AREA, F.QUARRY, F.QUARRY_CODE})
_STONE = frozenset({F.MATERIAL, F.TRADE_NAME, F.PRODUCT_GROUP, F.VOLUME, F.SHARE})
_LINE = re.compile(
    r"datum|date\b|factuur|invoice|facture|rechnung|\border|bestel|regel|boeking|artikelnr|artikelnummer|pakbon|levering|lfdnr|buchung"
)
_CODED = {F.SUPPLIER_CODE: F.SUPPLIER, F.FACTORY_CODE: F.FACTORY, F.QUARRY_CODE: F.QUARRY}


@dataclass
class Understood:
    """A sheet with its table and how it is understood."""

    raw: RawSheet
    sheet: Sheet
    table: Table | None = None
    lookups: dict[Field, dict[str, dict[Field, str]]] = field(
        default_factory=dict
    )  # code column to code to what it stands for
    flaw: str = ""  # why no chains were found in it, as the code of a problem


def understand(
    book: RawBook, names: TradeNames, mapping: Mapping[tuple[str, str], Field | None] | None
) -> list[Understood]:
    """All sheets with their roles and columns."""
    understood = [_one(raw, names, mapping or {}) for raw in book.sheets]
    chains = [u for u in understood if u.sheet.role in (Role.CHAINS, Role.PURCHASE_LINES)]
    others = [u for u in understood if u.table is not None and u not in chains and not u.raw.hidden]
    referenced = " ".join(text for u in chains for text in u.raw.formulas.values()).lower()
    for other in others:
        role = _role_beside(other, chains, referenced)
        if role is Role.IGNORED:
            other.sheet = Sheet(other.sheet.name, role)
        else:
            sheet = other.sheet
            other.sheet = Sheet(sheet.name, role, sheet.header_row, sheet.columns, sheet.language, sheet.total_tonnes)
    if not any(u.sheet.role in (Role.CHAINS, Role.PURCHASE_LINES) for u in understood):
        understood = [_unnamed(one, names, mapping or {}) for one in understood]
    for chain in chains:
        _attach(chain, [u for u in others if u.sheet.role == Role.LOOKUP])
    return understood


def _role_beside(other: Understood, chains: list[Understood], referenced: str) -> Role:
    """Whether a sheet beside the chains is a list to look things up in; without other chains it may hold them itself."""
    found = _as_lookup(other)
    if found is not None and chains:
        code, _others = found
        assert other.table is not None
        codes = [row[code.index] for row in other.table.rows.values() if row.get(code.index)]
        numbered = sum(any(c.isdigit() for c in text) for text in codes) * 2 >= len(codes)
        if other.sheet.name.lower() in referenced or numbered or _levels_of(other.sheet):
            return Role.LOOKUP
    return Role.CHAINS if not chains and _levels_of(other.sheet) else Role.IGNORED


def _one(raw: RawSheet, names: TradeNames, mapping: Mapping[tuple[str, str], Field | None]) -> Understood:
    ignored = Understood(raw, Sheet(raw.name, Role.IGNORED))
    if raw.hidden or not raw.rows:
        return ignored
    found = find_header(raw)
    if found is None:
        return ignored
    table = take_rows(raw, found)
    columns = _columns(table, raw, names, mapping)
    language = language_of([column.header for column in columns])
    total = _total_in_title(raw, table)
    sheet = Sheet(raw.name, Role.IGNORED, table.header_row, tuple(columns), language, total)
    levels, stones = _levels_of(sheet), {c.field for c in columns if c.field in _STONE}
    role = Role.IGNORED
    if (len(levels) >= 1 and stones and len(levels) + len(stones) >= 3) or len(levels) >= 2:
        role = Role.PURCHASE_LINES if _are_lines(sheet, table) else Role.CHAINS
    if role is Role.CHAINS and not stones and len(columns) <= 5 and any(_is_code(c, table) for c in columns[:1]):
        role = Role.IGNORED
    return Understood(raw, Sheet(raw.name, role, table.header_row, tuple(columns), language, total), table)


def _unnamed(one: Understood, names: TradeNames, mapping: Mapping[tuple[str, str], Field | None]) -> Understood:
    """A sheet in which no header was found: the columns are proposed from their values, and the user is told."""
    raw = one.raw
    if raw.hidden or sum(len(row) for row in raw.rows.values()) < 4:
        return one
    if is_transposed(raw):
        one.flaw = "table_transposed"
        return one
    one.flaw = "no_table_found"
    table = without_header(raw) if one.table is None else None
    if table is None:
        return one
    columns = tuple(_columns(table, raw, names, mapping))
    sheet = Sheet(raw.name, Role.CHAINS, None, columns)
    if not _levels_of(sheet) or not any(c.field in _STONE for c in columns):
        return one
    return Understood(raw, sheet, table, flaw="header_missing")


def _levels_of(sheet: Sheet) -> set[Field]:
    return {column.field for column in sheet.columns if column.field in _LEVELS}


def _columns(
    table: Table, raw: RawSheet, names: TradeNames, mapping: Mapping[tuple[str, str], Field | None]
) -> list[Column]:
    indexes = sorted(set(table.headers) | _headless(table))
    for index in indexes:
        table.headers.setdefault(index, "")
    texts: dict[int, list[str]] = {index: [] for index in indexes}
    written: dict[int, list[str]] = {
        index: [] for index in indexes
    }  # as text: only these tell how decimals are written
    for number, row in table.rows.items():
        if number not in raw.hidden_rows:
            for index, text in row.items():
                if index in texts and text:
                    texts[index].append(text)
                    if (number, index) not in table.numbers:
                        written[index].append(text)
    profiles: list[Profile] = [profile(texts[index], written[index], names) for index in indexes]
    headers = [table.headers[index] for index in indexes]
    told = {header: meaning for (sheet, header), meaning in mapping.items() if sheet in ("", raw.name)}
    return [
        Column(indexes[c.index], c.header, c.field, c.confidence, c.samples, c.unit, c.decimal, c.scale)
        for c in propose(headers, profiles, told)
    ]


def _headless(table: Table) -> set[int]:
    """Columns that hold values but no header, when they hold many."""
    counts: dict[int, int] = {}
    for row in table.rows.values():
        for index in row:
            if index not in table.headers:
                counts[index] = counts.get(index, 0) + 1
    return {index for index, count in counts.items() if count >= max(3, len(table.rows) * 0.5)}


def _are_lines(sheet: Sheet, table: Table) -> bool:
    """Purchase lines: many rows of few suppliers and articles, usually with a date or a number of an invoice."""
    keys = [c.index for c in sheet.columns if c.field in (F.SUPPLIER, F.SUPPLIER_CODE, F.TRADE_NAME, F.MATERIAL)]
    if not keys or len(table.rows) < 20:
        return False
    different = {tuple(fold(row.get(index, "")) for index in keys) for row in table.rows.values()}
    ratio = len(different) / len(table.rows)
    looks = any(c.field == F.DATE or (c.field is None and _LINE.search(fold(c.header))) for c in sheet.columns)
    return (ratio < 0.2 and len(table.rows) >= 200) or (looks and ratio < 0.6)


def _is_code(column: Column, table: Table) -> bool:
    values = [row[column.index] for row in table.rows.values() if row.get(column.index)]
    short = [value for value in values if len(value) <= 12 and " " not in value]
    return (
        len(values) >= 2
        and len(short) == len(values) == len(set(values))
        and not any(candidates(v) for v in values[:3])
    )


def _as_lookup(understood: Understood) -> tuple[Column, list[Column]] | None:
    """The code column of a list and the columns that tell what a code stands for."""
    table = understood.table
    columns = understood.sheet.columns
    if table is None or not 2 <= len(columns) <= 8:
        return None
    code = next((c for c in columns[:3] if _is_code(c, table)), None)
    others = [c for c in columns if c is not code]
    if code is None or not others or any(c.field in (F.VOLUME, F.SHARE) for c in columns):
        return None
    return code, others


def _attach(chain: Understood, lookups: list[Understood]) -> None:
    """Connect the code columns of a table with the lists that explain the codes."""
    if chain.table is None:
        return
    for column in chain.sheet.columns:
        if column.field not in _CODED:
            continue
        used = {key(row[column.index]) for row in chain.table.rows.values() if row.get(column.index)}
        for other in lookups:
            found = _as_lookup(other)
            if found is None or other.table is None or not used:
                continue
            entries = _entries(other, found, column.field)
            if len(used & set(entries)) * 2 >= len(used):
                chain.lookups[column.field] = entries
                break


def _entries(other: Understood, found: tuple[Column, list[Column]], coded: Field) -> dict[str, dict[Field, str]]:
    code, columns = found
    level = _CODED[coded].value
    meanings: dict[int, Field] = {}
    for column in columns:
        if column.field in (F.SUPPLIER, F.FACTORY, F.QUARRY):
            meanings.setdefault(column.index, _CODED[coded])
        elif column.field is not None and column.field.value.rpartition("_")[2] in ("country", "place", "admin1"):
            attribute = column.field.value.rpartition("_")[2]
            meanings[column.index] = F(f"{level}_{attribute}")
    if _CODED[coded] not in meanings.values():
        free = next((c for c in columns if c.index not in meanings), None)
        if free is not None:
            meanings[free.index] = _CODED[coded]
    entries = {}
    assert other.table is not None
    for row in other.table.rows.values():
        if row.get(code.index):
            entries[key(row[code.index])] = {
                meaning: row[index] for index, meaning in meanings.items() if row.get(index)
            }
    return entries


def _total_in_title(raw: RawSheet, table: Table) -> Decimal | None:
    """Tonnes of all rows together, when a line above the table or the totals row says so."""
    shares = re.compile(r"tota|volume|inkoop|tonnage|gesamt|hoeveelheid|purchase|import|achat|menge|quantit")
    for number in sorted(raw.rows):
        if number >= table.first_header_row:
            break
        cells = [as_text(value) for _, value in sorted(raw.rows[number].items())]
        for position, text in enumerate(cells):
            found = re.search(r"(\d[\d.,' ]*)\s*(kton|ton(?:nen|nes?|s)?|t|kg)\b", text, re.IGNORECASE)
            if found and shares.search(fold(text)):
                amount = read_amount(f"{found[1].strip()} {found[2]}")
                if amount.value and amount.unit in TONNES_PER:
                    return amount.value * TONNES_PER[amount.unit]
            if shares.search(fold(text)) and position + 1 < len(cells):
                amount = read_amount(cells[position + 1])
                unit = amount.unit or next(
                    (u for u in ("kg", "t") if re.search(rf"\b{u}(?:on\w*)?\b", fold(" ".join(cells)))), None
                )
                if amount.value is not None and unit in TONNES_PER:
                    return amount.value * TONNES_PER[unit]
    return None


__all__ = ["Understood", "is_note", "is_total", "understand"]
