"""The tables from risk to result as a page shows them, in the language of the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True)
class ShownRow:
    """One row: its name, its bar, and its cells; None is hidden."""

    name: str
    cells: tuple[tuple[str, Any, bool], ...]  # the head of the column, the number, and whether it is all of the row
    first: int | None
    is_total: bool
    has_bar: bool


@dataclass(frozen=True)
class ShownTable:
    """One table with its words and what the longest bar stands for."""

    id: str
    title: str
    definition: str
    denominator: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    longest: int
    is_wide: bool
    is_empty: bool
    is_all_hidden: bool  # nothing that counts anybody is shown
    hidden: int
    unsaid: tuple[str, ...]  # rows without any number that is shown, told together


@dataclass(frozen=True)
class ResultPage:
    """Everything on the page of one year."""

    tables: tuple[ShownTable, ...]
    companies: int
    threshold: int
    as_of: dt.date
    from_rows: int
    hidden: int


def page_of(content: Mapping[str, Any]) -> ResultPage:
    """The page of one covenant year from its content."""
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    tables = tuple(_table(table, language) for table in content["tables"])
    return ResultPage(
        tables=tables,
        companies=content["companies"],
        threshold=content["threshold"],
        as_of=dt.date.fromisoformat(content["as_of"]),
        from_rows=content.get("from_rows", 0),
        hidden=sum(table.hidden for table in tables),
    )


def _table(table: Mapping[str, Any], language: str) -> ShownTable:
    heads = tuple(column[language] for column in table["columns"])
    is_wide = table["id"] == "risks_by_theme_and_country"
    body = [row for row in table["rows"] if row["id"]]
    firsts = [row["cells"][0] or 0 for row in body if row["cells"]]
    rows = tuple(
        ShownRow(
            name=row[language],
            cells=tuple(
                (head, _number(cell), column["id"] == "companies")
                for head, column, cell in zip(heads, table["columns"], row["cells"], strict=True)
            ),
            first=row["cells"][0],
            is_total=not row["id"],
            has_bar=not is_wide and bool(row["id"]),
        )
        for row in table["rows"]
        if not _is_idle(row) and not _is_unsaid(row)
    )
    return ShownTable(
        id=table["id"],
        title=table[f"title_{language}"],
        definition=table[f"definition_{language}"],
        denominator=table[f"denominator_{language}"],
        head=table[f"head_{language}"],
        columns=heads,
        rows=rows,
        longest=max(firsts, default=0),
        is_wide=is_wide,
        is_empty=all(_is_idle(row) for row in body),
        is_all_hidden=not any(cell not in (None, 0, "") for row in table["rows"] for cell in row["cells"]),
        hidden=sum(cell is None for row in table["rows"] for cell in row["cells"]),
        unsaid=tuple(row[language] for row in table["rows"] if _is_unsaid(row)),
    )


def _is_idle(row: Mapping[str, Any]) -> bool:
    """Nobody is in any cell of this row."""
    return bool(row["id"]) and all(cell in (0, "") for cell in row["cells"])


def _is_unsaid(row: Mapping[str, Any]) -> bool:
    """Every cell of this row is hidden."""
    return bool(row["id"]) and all(cell is None for cell in row["cells"])


def _number(cell: Any) -> Any:
    return Decimal(cell) if isinstance(cell, str) and cell else cell
