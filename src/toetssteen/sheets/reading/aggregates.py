"""Purchase lines added up: lines of one supplier and one stone are one chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from .folding import fold
from .results import Aggregate, ReadChain
from .rows import tonnes_of

Key = tuple[str, str, str]


@lru_cache(maxsize=20_000)
def aggregate_key(supplier: str, trade_name: str, material: str) -> Key:
    """What lines that belong together have in common, however they are written."""
    return fold(supplier), fold(trade_name), material


def aggregates_of(lines: Iterable[ReadChain]) -> tuple[Aggregate, ...]:
    """Lines of one supplier and one stone together."""
    groups: dict[Key, list[ReadChain]] = {}
    for chain in lines:
        sites = chain.levels["direct_supplier"].sites
        name = (sites[0].name or "") if sites else ""
        groups.setdefault(aggregate_key(name, chain.trade_name or "", chain.material or ""), []).append(chain)
    added = [_aggregate(members) for members in _with_their_stone(groups).values()]
    return tuple(sorted(added, key=lambda a: (a.supplier, a.trade_name or "", -a.lines)))


def _with_their_stone(groups: Mapping[Key, list[ReadChain]]) -> dict[Key, list[ReadChain]]:
    """Lines without a material go with the only material that the same stone of the same supplier has."""
    merged = {key: members for key, members in groups.items() if key[2]}
    for (supplier, trade_name, material), members in groups.items():
        if material:
            continue
        same = [key for key in groups if key[:2] == (supplier, trade_name) and key[2]]
        if trade_name and len(same) == 1:
            merged[same[0]] = [*merged[same[0]], *members]
        else:
            merged[supplier, trade_name, ""] = members
    return merged


def _aggregate(members: list[ReadChain]) -> Aggregate:
    named = [chain.levels["direct_supplier"].sites[0] for chain in members if chain.levels["direct_supplier"].sites]
    spelled = Counter(site.name for site in named).most_common(1)
    country = Counter(site.country for site in named if site.country).most_common(1)
    stones = Counter(chain.trade_name for chain in members).most_common(1)
    return Aggregate(
        supplier=(spelled[0][0] or "") if spelled else "",
        supplier_country=country[0][0] if country else None,
        trade_name=stones[0][0] or None,
        lines=len(members),
        tonnes=sum((tonnes_of(chain) for chain in members), Decimal(0)),
    )
