"""The chains of which the risks are still to be looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name
from toetssteen.supplychain.permissions import visible_chains
from toetssteen.supplychain.queries.chains import Words
from toetssteen.supplychain.queries.coverage import chains_on


@dataclass(frozen=True)
class ToScan:
    """One chain from outside the free area, with when its risks were looked at before."""

    id: int
    row_version: int
    title: str
    route: str
    before: dt.date | None


def chains_to_scan(actor: Actor, organisation_id: int, *, pack: Pack, on: dt.date, since: dt.date) -> list[ToScan]:
    """Own chains from outside the free area whose risks were not looked at since a day; one query."""
    mine = visible_chains(actor).filter(organisation_id=organisation_id).values("pk")
    rows = chains_on(organisation_id, on).prefetch_related(None).filter(pk__in=mine, closed_on__isnull=True)
    words, found = Words.of(pack), []
    for chain in rows:
        countries = [c for c in dict.fromkeys((chain.extraction_country, chain.processing_country)) if c]
        inside = bool(countries) and set(countries) <= pack.inside_codes
        fresh = chain.risk_scan_on is not None and chain.risk_scan_on >= since
        if chain.situation not in pack.own_situations or inside or fresh:
            continue
        material = words.materials.get(chain.material, chain.material)
        title = f"{material}, {chain.trade_name}" if chain.trade_name else material
        route = ", ".join(country_name(c) for c in countries)
        found.append(ToScan(chain.pk, chain.row_version, title, route, chain.risk_scan_on))
    return found
