"""What the reader says about a file, as rows keep it: plain values that a database column can hold, and back."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.sheets.choices import Grade
from toetssteen.sheets.reading.aggregates import aggregate_key
from toetssteen.sheets.reading.results import (
    LEVELS,
    Column,
    Field,
    Level,
    Problem,
    ReadChain,
    Role,
    Severity,
    Sheet,
    Site,
)

GRADES = {Severity.INFO: Grade.INFO, Severity.WARNING: Grade.WARNING, Severity.ERROR: Grade.ERROR}
# Product groups of the reader in the words of the pack, first the one that fits best.
PRODUCTS: dict[str, tuple[str, ...]] = {
    "paving": ("paving_slab",),
    "cobbles": ("cobble",),
    "kerbs": ("kerb",),
    "steps and kerbs": ("kerb", "block_or_slab"),
    "monuments": ("grave_monument",),
    "worktops": ("worktop",),
    "tiles": ("tile",),
    "facades": ("facade",),
    "cladding": ("facade",),
}


def product_of(pack: Pack, group: str | None) -> str:
    """The product of the pack for a group of the reader; empty when the pack has none that fits."""
    known = {form.id for form in pack.product_forms}
    if group in known:
        return str(group)
    return next((found for found in PRODUCTS.get(group or "", ()) if found in known), "")


# --- the layout of a file


def layout_of(sheets: Iterable[Sheet]) -> list[dict[str, Any]]:
    """The sheets with their columns, as an import keeps them."""
    return [
        {**_plain(sheet, "columns"), "columns": [_kept_column(column) for column in sheet.columns]} for sheet in sheets
    ]


def _kept_column(column: Column) -> dict[str, Any]:
    kept = _plain(column, "confidence", "samples")
    kept["field"] = kept["field"] or ""
    return {
        **kept,
        "confidence": round(float(column.confidence), 2),
        "samples": [sample[:80] for sample in column.samples[:3]],
    }


def _plain(thing: Any, *without: str) -> dict[str, Any]:
    """The fields of a result of the reader as plain values."""
    values = {f.name: getattr(thing, f.name) for f in dataclasses.fields(thing) if f.name not in without}
    return {k: v if v is None or isinstance(v, int | bool) else str(v) for k, v in values.items()}


def sheet_of(layout: Sequence[Mapping[str, Any]], name: str) -> Sheet | None:
    """One sheet of a kept layout, as the reader wants it."""
    kept = next((sheet for sheet in layout if sheet["name"] == name), None)
    if kept is None:
        return None
    columns = tuple(
        Column(
            **{
                **column,
                "field": Field(column["field"]) if column["field"] else None,
                "samples": tuple(column["samples"]),
            }
        )
        for column in kept["columns"]
    )
    total = kept.get("total_tonnes")
    told = {**kept, "role": Role(kept["role"]), "columns": columns}
    return Sheet(**{**told, "total_tonnes": Decimal(total) if total is not None else None})


def heads_digest(sheet: Mapping[str, Any]) -> str:
    """A hash over the column heads of a sheet, in any order, so that the next sheet like it is known."""
    heads = sorted(" ".join(column["header"].casefold().split()) for column in sheet["columns"])
    return hashlib.sha256("\n".join(heads).encode()).hexdigest()


def told_by(sheet: Mapping[str, Any]) -> set[str]:
    """The parts of a chain that a sheet has columns for."""
    fields = {column["field"] for column in sheet["columns"] if column["field"]}
    parts = {"material", "trade_name"}
    if Field.PRODUCT_GROUP in fields:
        parts.add("product_group")
    if fields & {Field.VOLUME, Field.SHARE}:
        parts.add("volume")
    for level in LEVELS:
        prefix = level.removeprefix("direct_")
        names = {prefix, *(f"{prefix}_{rest}" for rest in ("place", "admin1", "country", "coordinates", "lat", "lon"))}
        if fields & names:
            parts.add(level)
    return parts


def material_column(sheet: Mapping[str, Any] | None) -> str:
    """The head of the column that says the kind of stone, or else its name."""
    heads = {column["field"]: column["header"] for column in (sheet or {}).get("columns", ())}
    return str(heads.get(Field.MATERIAL) or heads.get(Field.TRADE_NAME) or "")


# --- rows


def understood_of(chain: ReadChain | None) -> dict[str, Any]:
    """A chain of the reader as a row keeps it; empty when nothing was understood."""
    if chain is None:
        return {}
    volume = None
    if chain.volume is not None:
        tonnes = chain.volume.tonnes
        volume = {
            "value": str(chain.volume.value),
            "unit": chain.volume.unit,
            "tonnes": None if tonnes is None else str(tonnes),
        }
    return {
        "material": chain.material or "",
        "trade_name": chain.trade_name or "",
        "product_group": chain.product_group or "",
        "volume": volume,
        "levels": {name: _level(level) for name, level in chain.levels.items()},
    }


def _level(level: Level) -> dict[str, Any]:
    return {"status": str(level.status), "sites": [_site(site) for site in level.sites]}


def _site(site: Site) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "name": site.name, "place": site.place, "admin1": site.admin1, "country": site.country,
        "lat": None if site.lat is None else str(site.lat), "lon": None if site.lon is None else str(site.lon),
        "written": site.as_written,
    }  # fmt: skip
    return {key: value for key, value in kept.items() if value not in (None, "")}


def problem_of(problem: Problem) -> dict[str, Any]:
    """A problem as a row keeps it."""
    return {
        "sheet": problem.sheet or "", "row": problem.row, "column": problem.column or "", "code": problem.code,
        "severity": str(problem.severity), "values": {str(k): str(v) for k, v in problem.values.items()},
    }  # fmt: skip


def tonnes_of(understood: Mapping[str, Any]) -> Decimal | None:
    """The tonnes of a row, if they are known."""
    volume = understood.get("volume") or {}
    tonnes = volume.get("tonnes")
    return Decimal(tonnes).quantize(Decimal("0.001")) if tonnes is not None else None


def own_problems(understood: Mapping[str, Any], pack: Pack, column: str = "") -> list[dict[str, Any]]:
    """Why a row cannot become a chain of this covenant; the reader does not know what the pack allows."""
    material = understood.get("material", "")
    if not material:
        code = "material_missing"
    elif not any(known.id == material and known.in_scope for known in pack.materials):
        code = "material_not_in_covenant"
    else:
        return []
    return [
        {"sheet": "", "row": None, "column": column, "code": code, "severity": "error", "values": {"written": material}}
    ]


def grade_of(problems: Iterable[Mapping[str, Any]], *, blocked: bool) -> Grade:
    """How much a row asks of the user."""
    if blocked:
        return Grade.BLOCKED
    return max((GRADES[Severity(problem["severity"])] for problem in problems), default=Grade.FINE)


def group_of(sheet: str, role: str, number: int, understood: Mapping[str, Any]) -> str:
    """Rows with the same group come to one chain: purchase lines of one supplier and one stone."""
    if role != Role.PURCHASE_LINES:
        said = f"{sheet}\0{number}"
    else:
        sites = understood.get("levels", {}).get("direct_supplier", {}).get("sites") or [{}]
        supplier = sites[0].get("name", "")
        said = "\0".join(aggregate_key(supplier, understood.get("trade_name", ""), understood.get("material", "")))
    return hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()
