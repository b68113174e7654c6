"""What was read, in the form in which people and other programs compare it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .results import LEVELS, Level, Problem, ReadChain, ReadResult, Role, Site, Volume


def normal_form(result: ReadResult, file: str) -> dict[str, Any]:
    """A result as plain data: chains of chain sheets one by one, purchase lines added up."""
    form: dict[str, Any] = {"file": file, "result": result.result}
    if result.reject_code:
        form |= {"reject_code": result.reject_code, "message": result.message, "chains": []}
        form["problems"] = [_problem(problem) for problem in result.problems]
        return form
    form |= {"reporting_company": result.reporting_company, "reporting_year": result.reporting_year}
    form["sheets"] = [
        {"name": s.name, "role": s.role.value} | ({"header_row": s.header_row} if s.role != Role.IGNORED else {})
        for s in result.sheets
    ]
    lines = {sheet.name for sheet in result.sheets if sheet.role == Role.PURCHASE_LINES}
    form["chains"] = [_chain(chain) for chain in result.chains if chain.sheet not in lines]
    form["problems"] = [_problem(problem) for problem in result.problems]
    form["rows_read"] = result.rows_read
    if lines:
        form["aggregates"] = [
            {
                "supplier": a.supplier,
                "supplier_country": a.supplier_country,
                "trade_name": a.trade_name,
                "lines": a.lines,
                "tonnes": _number(a.tonnes),
            }
            for a in result.aggregates
        ]
        form["tonnes_total"] = _number(result.tonnes_total)
    return form


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _chain(chain: ReadChain) -> dict[str, Any]:
    return {
        "ref": {"sheet": chain.sheet, "row": chain.row},
        "material": chain.material,
        "trade_name": chain.trade_name,
        "product_group": chain.product_group,
        "volume": _volume(chain.volume),
        "levels": {level: _level(chain.levels[level]) for level in LEVELS},
    }


def _volume(volume: Volume | None) -> dict[str, Any] | None:
    if volume is None:
        return None
    tonnes = None if volume.tonnes is None else float(volume.tonnes)
    return {"value": _number(volume.value), "unit": volume.unit, "tonnes": tonnes}


def _level(level: Level) -> dict[str, Any]:
    return {"status": level.status.value, "sites": [_site(site) for site in level.sites]}


def _site(site: Site) -> dict[str, Any]:
    form: dict[str, Any] = {}
    for name in ("name", "place", "admin1", "country"):
        value = getattr(site, name)
        if value:
            form[name] = value
    if site.lat is not None and site.lon is not None:
        form |= {"lat": float(site.lat), "lon": float(site.lon)}
    return form


def _problem(problem: Problem) -> dict[str, Any]:
    detail = " -> ".join(problem.values[name] for name in ("written", "read_as") if problem.values.get(name))
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "detail": detail,
    }
