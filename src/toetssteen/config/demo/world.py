"""The rows of the demonstration world as they stand in its files, and how they are read."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

Row = dict[str, str]


class WorldError(Exception):
    """The files of the demonstration world do not fit together; the message names the row."""


@dataclass
class World:
    """The tables of one folder, read when they are asked for."""

    folder: Path
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """All rows of a table."""
        if table not in self.tables:
            path = self.folder / f"{table}.csv"
            if not path.is_file():
                raise WorldError(f"{path} is missing; the demonstration world is not complete.")
            with path.open(encoding="utf-8", newline="") as file:
                self.tables[table] = list(csv.DictReader(file))
        return self.tables[table]

    def by(self, table: str, *columns: str) -> dict[tuple[str, ...], list[Row]]:
        """The rows of a table grouped by columns."""
        found: dict[tuple[str, ...], list[Row]] = {}
        for row in self.rows(table):
            found.setdefault(tuple(row[column] for column in columns), []).append(row)
        return found


def day(text: str) -> dt.date | None:
    """A day, or None for an empty cell."""
    return dt.date.fromisoformat(text) if text else None


def must_day(text: str) -> dt.date:
    """A day that has to be there."""
    return dt.date.fromisoformat(text)


def number(text: str) -> Decimal | None:
    """An exact number, or None for an empty cell."""
    return Decimal(text) if text else None


def whole(text: str) -> int | None:
    """A whole number, or None for an empty cell."""
    return int(text) if text else None


def moment(on: dt.date | str, hour: int = 15, minute: int = 0) -> dt.datetime:
    """A moment on a day in universal time."""
    if isinstance(on, str):
        on = dt.date.fromisoformat(on)
    return dt.datetime(on.year, on.month, on.day, hour, minute, tzinfo=dt.UTC)


def copied(reference: str, copy: int) -> str:
    """The reference of a row in the n-th copy of the world; the first copy keeps its own."""
    return f"{reference}-{copy}" if copy else reference
