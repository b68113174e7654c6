"""From a file to what it says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .results import Field, Problem, ReadChain, ReadResult, Sheet

# (sheet, header) -> meaning; None: leave the column out. A header without sheet ("", header) counts for every sheet.
Mapping_ = Mapping[tuple[str, str], Field | None]
Corrections = Mapping[tuple[str, int, str], str]


def read(
    path: Path | str,
    *,
    filename: str = "",
    mapping: Mapping_ | None = None,
    trade_names: Mapping[str, str] | None = None,
    corrections: Corrections | None = None,
    home_country: str | None = None,
) -> ReadResult:
    """Read a file of any kind; never raises for what is in it: a file that cannot be read is a rejected result.

    trade_names: extra names (any spelling) to a material of the pack. corrections: raw cells replaced before
    understanding, by sheet name, row from 1 and header. home_country: where the company itself works (ISO code).
    """
    raise NotImplementedError


def understand_row(
    sheet: Sheet,
    row: int,
    cells: Mapping[str, str],
    *,
    trade_names: Mapping[str, str] | None = None,
    home_country: str | None = None,
) -> tuple[ReadChain | None, tuple[Problem, ...]]:
    """Understand one corrected row again by the columns of its sheet, without reading the file."""
    raise NotImplementedError
