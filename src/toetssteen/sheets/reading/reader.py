"""From a file to what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from .aggregates import aggregates_of
from .collecting import SheetCollector
from .files import open_book
from .grid import RawBook, Refused, as_text
from .results import Field, Problem, ReadChain, ReadResult, Role, Severity, Sheet
from .rows import RowReader, tonnes_of
from .severities import SEVERITIES
from .sheets import Understood, understand
from .stones import trade_names as load_trade_names

# (sheet, header) -> meaning; None: leave the column out. A header with "" as sheet counts for every sheet.
ColumnMapping = Mapping[tuple[str, str], Field | None]
Corrections = Mapping[tuple[str, int, str], str]

_COMPANY = re.compile(
    r"(?:\b[A-ZÀ-Ý][\w'’&.-]*\s+){1,5}(?:B\.\s?V\.?|N\.\s?V\.?|BV|NV|V\.?O\.?F\.?|GmbH|SARL|S\.A\.R\.L\.|SPRL|SRL|S\.A\.|Ltd\.?|Limited)(?=$|[\s,;:)\-–])"
)
_YEAR = re.compile(r"\b(20[12]\d)\b")


def read(
    path: Path | str,
    *,
    filename: str = "",
    mapping: ColumnMapping | None = None,
    trade_names: Mapping[str, str] | None = None,
    corrections: Corrections | None = None,
    home_country: str | None = None,
) -> ReadResult:
    """Read a file of any kind; never raises for what is in it: a file that cannot be read is a rejected result.

    trade_names: extra names (any spelling) to a material of the pack. corrections: raw cells replaced before
    understanding, by sheet name, row from 1 and header. home_country: where the company itself works (ISO code).
    """
    try:
        book = open_book(str(path))
    except Refused as refused:
        return rejected(refused.code, refused.message, refused.kind)
    except (ValueError, KeyError, IndexError, OverflowError, RecursionError, UnicodeError, TypeError, AttributeError):
        return rejected("unreadable_file", "This file is damaged: it cannot be read.")
    except MemoryError:
        return rejected(
            "too_large_when_unpacked", "This file holds more than can be read. Send only the sheet that is meant."
        )
    return _understand_book(book, mapping, trade_names, corrections, home_country)


def rejected(code: str, message: str, kind: str = "") -> ReadResult:
    """The result of a file that is not read."""
    problem = Problem(None, None, None, code, Severity.ERROR, {"kind": kind} if kind else {})
    return ReadResult(result="rejected", reject_code=code, message=message, problems=(problem,))


def _understand_book(
    book: RawBook,
    mapping: ColumnMapping | None,
    trade_names: Mapping[str, str] | None,
    corrections: Corrections | None,
    home_country: str | None,
) -> ReadResult:
    names = load_trade_names(trade_names)
    understood = understand(book, names, mapping)
    company, year = _company_and_year(book, understood)
    home = home_country or _home_of(company)
    chains: list[ReadChain] = []
    problems = _about_book(book, understood)
    lines: list[ReadChain] = []
    for one in understood:
        if one.sheet.role not in (Role.CHAINS, Role.PURCHASE_LINES) or one.table is None:
            continue
        collector = SheetCollector(one, RowReader(one.sheet, names, home, company), corrections or {})
        collector.collect()
        chains += collector.chains
        problems += collector.problems
        if one.sheet.role == Role.PURCHASE_LINES:
            lines += collector.chains
    aggregates = aggregates_of(lines)
    return ReadResult(
        result="parsed",
        sheets=tuple(one.sheet for one in understood),
        chains=tuple(chains),
        problems=tuple(problems),
        rows_read=len(chains),
        aggregates=aggregates,
        tonnes_total=sum((tonnes_of(chain) for chain in chains), Decimal(0)),
        reporting_company=company,
        reporting_year=year,
    )


def understand_row(
    sheet: Sheet,
    row: int,
    cells: Mapping[str, str],
    *,
    trade_names: Mapping[str, str] | None = None,
    home_country: str | None = None,
) -> tuple[ReadChain | None, tuple[Problem, ...]]:
    """Understand one corrected row again by the columns of its sheet, without reading the file.

    Only what this row says by itself: a ditto mark must have been replaced by what it stands for.
    """
    from .collecting import SheetCollector
    from .grid import ERRORS, RawSheet
    from .tables import Table

    texts = {c.index: cells[c.header] for c in sheet.columns if cells.get(c.header)}
    table = Table(sheet.header_row or 0, sheet.header_row or 0, {c.index: c.header for c in sheet.columns})
    table.rows[row] = {index: text for index, text in texts.items() if text not in ERRORS}
    table.errors = {(row, index): text for index, text in texts.items() if text in ERRORS}
    understood = Understood(RawSheet(sheet.name), sheet, table)
    collector = SheetCollector(understood, RowReader(sheet, load_trade_names(trade_names), home_country), {})
    collector.collect()
    problems = tuple(problem for problem in collector.problems if problem.row is not None)
    return (collector.chains[0] if collector.chains else None), problems


def _about_book(book: RawBook, understood: list[Understood]) -> list[Problem]:
    problems = []
    if book.has_macros:
        problems.append(Problem(None, None, None, "macro_ignored", Severity.INFO, {}))
    for one in understood:
        if one.raw.hidden and one.raw.rows:
            problems.append(Problem(one.raw.name, None, None, "hidden_sheet_not_read", Severity.INFO, {}))
        if one.flaw:
            problems.append(Problem(one.raw.name, None, None, one.flaw, SEVERITIES[one.flaw], {}))
    if book.external_links:
        cells = any("[" in formula for one in understood for formula in one.raw.formulas.values())
        if not cells:
            problems.append(Problem(None, None, None, "external_link_not_followed", Severity.WARNING, {}))
    return problems


def _company_and_year(book: RawBook, understood: list[Understood]) -> tuple[str | None, int | None]:
    """The company and the year that the lines above the table name."""
    company: str | None = None
    years: Counter[int] = Counter()
    for one in understood:
        if one.raw.hidden:
            continue
        last = one.table.first_header_row if one.table else 12
        titles = [as_text(v) for n in sorted(one.raw.rows)[:40] if n < last for v in one.raw.rows[n].values()]
        for text in [*titles, one.raw.name]:
            found = _COMPANY.search(re.split(r"^[^:]{0,30}:\s*", text)[-1]) if company is None else None
            if found:
                company = found[0].strip()
            years.update(int(year) for year in _YEAR.findall(text))
    return company, (years.most_common(1)[0][0] if years else None)


def _home_of(company: str | None) -> str | None:
    """The country that a Dutch legal form with points tells."""
    return "NL" if company and re.search(r"\b(?:B\.\s?V|V\.O\.F)\.?", company) else None
