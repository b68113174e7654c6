"""The cells of a file before anybody asks what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

MAX_CELLS = 1_000_000
MAX_ROWS = 120_000
MAX_COLUMNS = 256
MAX_TEXT = 48_000_000  # characters of all cells together
MAX_CELL_TEXT = 4_000


class Refused(Exception):
    """This file is not read; the code is one of the reject codes and the text says why."""

    def __init__(self, code: str, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.kind = kind  # what the file is, when that tells the user more than the code


def unreadable(message: str) -> Refused:
    """The file is damaged or not a spreadsheet."""
    return Refused("unreadable_file", message)


def too_large() -> Refused:
    """The file is small but opens into too much."""
    return Refused(
        "too_large_when_unpacked", "This file holds more than can be read. Send only the sheet that is meant."
    )


def protected() -> Refused:
    """The file asks for a password."""
    return Refused("password_protected", "Ask the company for a copy without a password.")


class ErrorValue(str):
    """An error that a spreadsheet program left in a cell, such as #N/A."""

    __slots__ = ()


Value = str | int | float | Decimal | bool | date | datetime | time | ErrorValue
ERRORS = frozenset(
    [
        "#N/A",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#N/B",
        "#NV",
        "#WERT!",
        "#WAARDE!",
        "#VERW!",
        "#DEEL/0!",
        "#NAAM?",
        "#GETAL!",
        "#LEEG!",
        "#BEZUG!",
        "#VALEUR!",
        "#NOM?",
        "#NOMBRE!",
        "#NUL!",
        "Err:502",
        "Err:504",
        "Err:508",
        "Err:522",
    ]
)


@dataclass(slots=True)
class RawSheet:
    """One sheet: rows count from 1, columns from 0; only cells that hold something are there."""

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # first row, first column, last row, last column
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)  # number of fields per record, text files only


@dataclass(slots=True)
class RawBook:
    """A file as cells."""

    sheets: list[RawSheet] = field(default_factory=list)
    has_macros: bool = False
    external_links: bool = False
    encoding: str = ""
    delimiter: str = ""


class Budget:
    """Counts what is taken from a file and stops before it is too much."""

    def __init__(self) -> None:
        self.cells = 0
        self.text = 0

    def take(self, length: int) -> None:
        """One cell with this many characters."""
        self.cells += 1
        self.text += length
        if self.cells > MAX_CELLS or self.text > MAX_TEXT:
            raise too_large()


def as_text(value: Value | None) -> str:
    """The text of a cell, so that reading that text again gives the same value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return format(value, "f")


def _number_text(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = format(Decimal(repr(round(value, 10))), "f")
    whole, _, decimals = text.partition(".")
    # three decimals look like thousands: one more nought tells that they are not
    return f"{whole}.{decimals}0" if len(decimals) == 3 else text


def clean(text: str) -> str:
    """The same text without stray spaces and control characters; line breaks stay."""
    if text.isascii() and text.isprintable() and text == text.strip() and "  " not in text:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    text = "".join(c if c.isprintable() or c == "\n" else (" " if c.isspace() else "") for c in text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def spans(merges: list[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Merged areas of a sensible size."""
    for first_row, first_col, last_row, last_col in merges:
        if (last_row - first_row) * (last_col - first_col + 1) <= 50_000:
            yield first_row, first_col, last_row, last_col
