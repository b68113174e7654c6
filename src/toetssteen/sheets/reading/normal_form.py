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


def as_table(result: ReadResult) -> str:
    """A result for people at a command line."""
    if result.reject_code:
        return f"Refused ({result.reject_code}). {result.message}"
    lines = [f"{sheet.name}: {sheet.role.value}" for sheet in result.sheets]
    for chain in result.chains[:200]:
        tonnes = "" if chain.volume is None or chain.volume.tonnes is None else f"{chain.volume.tonnes:f} t"
        lines.append(
            f"\nrow {chain.row}: {chain.material or '?'} · {chain.trade_name or '?'} · {tonnes or 'no tonnes'}"
        )
        for level in LEVELS:
            said = chain.levels[level]
            sites = "; ".join(_site_line(site) for site in said.sites)
            lines.append(f"  {level:<16} {sites or said.status.value}")
    if len(result.chains) > 200:
        lines.append(f"\n... and {len(result.chains) - 200} rows more")
    lines.append("")
    for problem in result.problems[:200]:
        form = _problem(problem)
        place = " ".join(str(form[name]) for name in ("sheet", "row", "column") if form[name] is not None)
        lines.append(f"{form['severity']:<8} {place}: {form['code']} {form['detail']}".rstrip())
    lines.append(f"\n{result.rows_read} rows, {result.tonnes_total:f} tonnes, {len(result.problems)} problems")
    return "\n".join(lines)


def _site_line(site: Site) -> str:
    words = [site.name, site.place, site.admin1, site.country]
    point = f"({site.lat}, {site.lon})" if site.lat is not None else None
    return ", ".join(word for word in [*words, point] if word)
