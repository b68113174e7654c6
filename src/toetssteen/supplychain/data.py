"""What a company enters about a chain and its links, on its way to a service."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from toetssteen.supplychain.choices import AreaPrecision, LinkState


@dataclass(frozen=True)
class LinkData:
    """One link of a chain as it was entered; `id` names the row that it replaces."""

    level: str
    state: str = LinkState.UNKNOWN
    name: str = ""
    address: str = ""
    place: str = ""
    country: str = ""
    lat: Decimal | None = None
    lon: Decimal | None = None
    quarry_area_id: int | None = None
    place_id: str = ""  # a place of the gazetteer that is to be the area, when none of the list is named
    asked_on: dt.date | None = None
    answered_on: dt.date | None = None
    note: str = ""
    id: int | None = None


@dataclass(frozen=True)
class ChainData:
    """One chain as it was entered, with its links."""

    situation: str
    material: str
    opened_on: dt.date
    trade_name: str = ""
    product_group: str = ""
    extraction_country: str = ""
    processing_country: str = ""
    share_of_volume: Decimal | None = None
    volume_tonnes: Decimal | None = None  # from a spreadsheet; the form does not ask for it
    links: tuple[LinkData, ...] = ()
    checked: bool = False  # whoever saves says that all of it is right today


@dataclass(frozen=True)
class AreaData:
    """A quarry area as the secretariat entered it."""

    code: str
    name: str
    country: str
    level: str
    admin1: str = ""
    parent: int | None = None
    precision: str = AreaPrecision.DISTRICT
    radius_km: Decimal | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None
    place_id: str = ""
