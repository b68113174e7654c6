"""A company's chains as a report freezes them: plain data that reads the same in twenty years."""

from __future__ import annotations

import datetime as dt
from typing import Any

from toetssteen.supplychain.models import Chain, ChainLink
from toetssteen.supplychain.queries.coverage import chains_on


def frozen_chains(organisation_id: int, on: dt.date) -> list[dict[str, Any]]:
    """All chains that were open on a day, with their links and the codes of the sites tied to them."""
    return [_frozen(chain) for chain in chains_on(organisation_id, on)]


def _frozen(chain: Chain) -> dict[str, Any]:
    return {
        "id": chain.pk,
        "reference": chain.reference,
        "situation": chain.situation,
        "material": chain.material,
        "trade_name": chain.trade_name,
        "product_group": chain.product_group,
        "finish": chain.finish,
        "extraction_country": chain.extraction_country,
        "processing_country": chain.processing_country,
        "share_of_volume": _text(chain.share_of_volume),
        "volume_tonnes": _text(chain.volume_tonnes),
        "opened_on": _text(chain.opened_on),
        "confirmed_on": _text(chain.confirmed_on),
        "risk_scan_on": _text(chain.risk_scan_on),
        "links": [_frozen_link(link) for link in sorted(chain.links.all(), key=lambda x: (x.level, x.position, x.pk))],
    }


def _frozen_link(link: ChainLink) -> dict[str, Any]:
    area = link.quarry_area
    return {
        "id": link.pk,
        "level": link.level,
        "state": link.state,
        "name": link.name,
        "address": link.address,
        "place": link.place,
        "country": link.country,
        "lat": _text(link.lat),
        "lon": _text(link.lon),
        "quarry_area": area.code if area else None,
        "quarry_area_name": area.name if area else None,
        "quarry_area_parent": area.parent.code if area and area.parent else None,
        "quarry_area_country": area.country if area else None,
        "quarry_area_admin1": area.admin1 if area else None,
        "asked_on": _text(link.asked_on),
        "answered_on": _text(link.answered_on),
        "note": link.note,
        "site": link.site.code if link.site else None,
    }


def _text(value: Any) -> str | None:
    """A number or day in one spelling, so that the same chain always freezes to the same text."""
    return None if value is None else str(value)
