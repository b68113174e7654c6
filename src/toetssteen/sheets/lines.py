"""Purchase lines of one stone from one supplier become one chain: what they say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toetssteen.sheets.choices import Grade
from toetssteen.sheets.models import SheetRow
from toetssteen.sheets.policies import name_key

TOGETHER = "together"  # kept with the first line of each chain
_ORDER = ("unknown", "asked_refused", "known")


def understood_of(row: SheetRow) -> dict[str, Any]:
    """What a row comes to: of purchase lines what all lines of its chain say."""
    found: dict[str, Any] = row.understood.get(TOGETHER) or row.understood
    return found


def put_together(rows: Iterable[SheetRow]) -> list[SheetRow]:
    """Keep with the first line of each chain what all its lines say; gives the rows that were changed."""
    groups: dict[str, list[SheetRow]] = {}
    changed = []
    for row in rows:
        if row.understood.pop(TOGETHER, None) is not None:
            changed.append(row)
        if row.grade < Grade.BLOCKED and row.decision != "out":
            groups.setdefault(row.group, []).append(row)
    for members in groups.values():
        if len(members) > 1:
            members[0].understood[TOGETHER] = together([row.understood for row in members])
            changed.append(members[0])
    return list({id(row): row for row in changed}.values())


def together(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One chain of several lines: a level is known as soon as a line knows it; every name counts once."""
    products = {line.get("product_group", "") for line in lines}
    first = lines[0]
    return {
        "material": first.get("material", ""),
        "trade_name": first.get("trade_name", ""),
        "product_group": products.pop() if len(products) == 1 else "",
        "volume": first.get("volume"),
        "levels": {name: _level([line["levels"][name] for line in lines]) for name in first.get("levels", {})},
    }


def _level(said: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    status = max((level["status"] for level in said), key=_ORDER.index)
    sites: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for level in said:
        for site in level["sites"]:
            known = _site_key(site)
            if known not in sites or len(site) > len(sites[known]):
                sites[known] = site
    return {"status": status, "sites": list(sites.values())}


def _site_key(site: Mapping[str, Any]) -> tuple[str, ...]:
    """Lines that name the same site in other capitals or marks, and one of them its place too, name one site."""
    name = name_key(str(site.get("name", "")))
    if name:
        return "".join(c for c in name if c.isalnum()), str(site.get("country", ""))
    return ("", *(name_key(str(site.get(part, ""))) for part in ("place", "admin1", "country")))
