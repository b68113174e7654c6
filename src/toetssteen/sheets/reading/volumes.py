"""The amount of a row: which column, which unit, and how many tonnes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from .answers import Answer, read_answer
from .names import Note
from .numbers import TONNES_PER, read_amount, unit_of
from .results import Column, Field, Volume

_WEIGHTS = frozenset(TONNES_PER)


def read_volume(
    columns: list[Column], texts: Mapping[int, str], total: Decimal | None, broken: frozenset[int]
) -> tuple[Volume | None, list[tuple[Column, Note]]]:
    """The amount of one row with what must be told about its cells; broken: columns whose cell is an error."""
    notes: list[tuple[Column, Note]] = []
    amounts = [column for column in columns if column.field == Field.VOLUME]
    unit_column = next((column for column in columns if column.field == Field.UNIT), None)
    written_unit = texts.get(unit_column.index, "") if unit_column else ""
    found: list[Volume] = []
    for column in _in_order(amounts):
        text = texts.get(column.index, "")
        if not text or column.index in broken:
            continue
        if notes and column.unit is not None and column.unit not in _WEIGHTS:
            break  # a weight was meant and cannot be read: the area does not replace it
        volume = _one(column, text, unit_column, written_unit, notes)
        if volume is not None:
            found.append(volume)
            if volume.tonnes is not None:
                return volume, notes
    if found:
        return found[0], notes
    share = next((column for column in columns if column.field == Field.SHARE), None)
    if share is not None and texts.get(share.index) and share.index not in broken:
        return _from_share(share, texts[share.index], total, notes), notes
    if amounts and not notes and not broken & {column.index for column in amounts}:
        notes.append((_in_order(amounts)[0], Note("volume_missing")))
    elif share is not None and not amounts and share.index not in broken:
        notes.append((share, Note("volume_missing")))
    return None, notes


def _in_order(columns: list[Column]) -> list[Column]:
    """Columns of weight first, then those without a unit, then the rest; of several years the last."""

    def rank(column: Column) -> tuple[int, int, int]:
        years = [int(year) for year in re.findall(r"\b20\d\d\b", column.header)]
        kind = 0 if column.unit in _WEIGHTS else 1 if column.unit is None else 2
        return kind, -max(years, default=0), column.index

    return sorted(columns, key=rank)


def _one(
    column: Column, text: str, unit_column: Column | None, written_unit: str, notes: list[tuple[Column, Note]]
) -> Volume | None:
    answer = read_answer(text)
    if answer == Answer.UNKNOWN and not any(c.isalnum() for c in text):
        return None
    amount = read_amount(text, column.decimal)
    if amount.value is None:
        notes.append((column, Note("number_unreadable", text)))
        return None
    if amount.value < 0:
        notes.append((column, Note("number_negative", text)))
        return None
    if amount.about:
        notes.append((column, Note("approximate_number", text, _plain(amount.value))))
    told = unit_of(written_unit) if written_unit and unit_column else None
    expected = told or column.unit
    unit = amount.unit or expected
    if amount.unit and expected and amount.unit != expected:
        notes.append((column, Note("unit_in_cell_differs", text, amount.unit)))
    if unit is None:
        if unit_column is not None:
            notes.append((unit_column, Note("unit_missing", written_unit)))
        return Volume(amount.value, None)
    if unit_column is not None and not told and not amount.unit and not column.unit:
        notes.append((unit_column, Note("unit_missing", written_unit)))
    if unit not in TONNES_PER:
        if not any(other.code == "unit_not_convertible" for _, other in notes):
            notes.append((column, Note("unit_not_convertible", text, unit)))
        return Volume(amount.value, unit)
    return Volume(amount.value, unit, amount.value * TONNES_PER[unit])


def _from_share(column: Column, text: str, total: Decimal | None, notes: list[tuple[Column, Note]]) -> Volume | None:
    amount = read_amount(text, column.decimal)
    if amount.value is None:
        if any(c.isalnum() for c in text):
            notes.append((column, Note("number_unreadable", text)))
        return None
    if amount.value < 0:
        notes.append((column, Note("number_negative", text)))
        return None
    if amount.about:
        notes.append((column, Note("approximate_number", text, _plain(amount.value))))
    value = amount.value if amount.unit == "%" else amount.value * column.scale
    tonnes = (value * total / 100) if total is not None else None
    if tonnes is not None:
        notes.append((column, Note("volume_from_share", text, _plain(tonnes))))
    return Volume(value, "%", tonnes)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
