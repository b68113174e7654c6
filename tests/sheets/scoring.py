# ruff: noqa: E501 - tables of examples are easier to read in long lines
"""How a read sheet is compared with what a person expects: points lost, one line each."""

from __future__ import annotations

from typing import Any

SECONDARY = ("trade_name", "product_group")


def compare(expected: dict[str, Any], got: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What is wrong, and what is wrong but secondary."""
    wrong: list[str] = []
    secondary: list[str] = []
    if expected["result"] != got["result"] or expected.get("reject_code") != got.get("reject_code"):
        return [f"result {got['result']} {got.get('reject_code')}"], []
    for sheet in expected.get("sheets", []):
        found = next((s for s in got.get("sheets", []) if s["name"] == sheet["name"]), {})
        if found.get("role") != sheet["role"] or found.get("header_row") != sheet.get("header_row"):
            wrong.append(f"sheet {sheet} read as {found}")
    rows = {(c["ref"]["sheet"], c["ref"]["row"]): c for c in got.get("chains", [])}
    for chain in expected.get("chains", []):
        ref = (chain["ref"]["sheet"], chain["ref"]["row"])
        found = rows.pop(ref, None)
        if found is None:
            wrong.append(f"{ref}: no chain")
            continue
        wrong += [f"{ref}: {line}" for line in _chain(chain, found)]
        secondary += [
            f"{ref}: {f} {found[f]!r}, not {chain[f]!r}" for f in SECONDARY if f in chain and chain[f] != found[f]
        ]
    wrong += [f"{ref}: a chain that is none" for ref in rows]
    wrong += _problems(expected.get("problems", []), got.get("problems", []))
    return wrong, secondary


def _chain(expected: dict[str, Any], got: dict[str, Any]) -> list[str]:
    wrong = []
    if expected["material"] != got["material"]:
        wrong.append(f"material {got['material']}, not {expected['material']}")
    tonnes, found = (expected.get("volume") or {}).get("tonnes"), (got.get("volume") or {}).get("tonnes")
    if (tonnes is None) != (found is None) or (tonnes is not None and abs(tonnes - found) > 0.0005):
        wrong.append(f"tonnes {found}, not {tonnes}")
    for level, said in expected["levels"].items():
        wrong += [f"{level}: {line}" for line in _level(said, got["levels"][level])]
    return wrong


def _level(expected: dict[str, Any], got: dict[str, Any]) -> list[str]:
    if expected["status"] != got["status"]:
        return [f"status {got['status']}, not {expected['status']}"]
    if len(expected["sites"]) != len(got["sites"]):
        return [f"sites {got['sites']}, not {expected['sites']}"]
    wrong = []
    for site, found in zip(expected["sites"], got["sites"], strict=True):
        for field, value in site.items():
            other = found.get(field)
            if field == "name":
                right = bool(other) and (other == value or other.startswith(value.split(",")[0]))
            elif field in ("lat", "lon"):
                right = other is not None and abs(other - value) <= 0.0005
            elif field in ("place", "admin1"):
                right = other == value or (other is None and "name" in site)
            else:
                right = other == value
            if not right:
                wrong.append(f"{field} {other!r}, not {value!r}")
        for field in ("lat", "lon"):
            if field in found and field not in site:
                wrong.append(f"{field} {found[field]} out of nowhere")
    return wrong


def _problems(expected: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[str]:
    wrong = []
    for problem in expected:
        here = [p for p in got if (p["sheet"], p["row"]) == (problem["sheet"], problem["row"])]
        if problem["severity"] != "info" and not any(
            p["code"] == problem["code"] and p["column"] == problem["column"] for p in here
        ):
            wrong.append(
                f"missing problem {problem['row']} {problem['column']} {problem['code']}: {[p['code'] for p in here]}"
            )
    known = {(p["sheet"], p["row"], p["column"]) for p in expected}
    for problem in got:
        if (problem["sheet"], problem["row"], problem["column"]) not in known:
            wrong.append(f"noise {problem['row']} {problem['column']} {problem['code']} {problem['detail']}")
    return wrong
