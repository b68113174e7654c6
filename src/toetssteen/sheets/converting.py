"""From a row as it is understood to a chain as the company would enter it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.sheets.policies import name_key
from toetssteen.sheets.reading.results import LEVELS
from toetssteen.sheets.understanding import product_of, tonnes_of
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.models import QuarryArea
from toetssteen.supplychain.placing import placed
from toetssteen.supplychain.policies import area_levels, proposed_situation

# Who buys stone there buys it from an importer (see the kinds of sites of the pack).
HOME = frozenset({"NL", "BE"})
DEGREES = Decimal("0.00001")


@dataclass(frozen=True)
class Frame:
    """What all rows of one import share when they become chains."""

    pack: Pack
    opened_on: dt.date
    asked_on: dt.date | None = None
    situation: str = ""  # chosen for this import; empty: from the countries
    otherwise: str = ""  # when the countries do not tell
    areas: Mapping[tuple[str, str], Sequence[QuarryArea]] = field(default_factory=dict)
    areas_by_place: Mapping[str, QuarryArea] = field(default_factory=dict)

    @cached_property
    def levels(self) -> dict[str, str]:
        return levels_of(self.pack)

    @cached_property
    def area_levels(self) -> frozenset[str]:
        return area_levels(self.pack)

    @cached_property
    def places(self) -> dict[tuple[str, str, str], LinkData]:
        return {}

    @cached_property
    def situations(self) -> dict[tuple[str, str, bool], str]:
        return {}


def levels_of(pack: Pack) -> dict[str, str]:
    """The coverage levels of the pack by the reader's names, which are kinds of sites."""
    kinds = {kind.id: kind.coverage_level for kind in pack.site_kinds if kind.coverage_level}
    return {name: kinds[name] for name in LEVELS if name in kinds}


def areas_by_name(areas: Iterable[QuarryArea]) -> dict[tuple[str, str], list[QuarryArea]]:
    """The areas of the registry by country and name; one that became part of another is found by its place only."""
    found: dict[tuple[str, str], list[QuarryArea]] = {}
    for area in areas:
        if area.merged_into_id is not None:
            continue
        found.setdefault((area.country, name_key(area.name)), []).append(area)
    return found


def areas_by_place(areas: Iterable[QuarryArea]) -> dict[str, QuarryArea]:
    """The areas of the registry by their place in the gazetteer."""
    every = {area.pk: area for area in areas}
    return {area.place_id: every.get(area.merged_into_id or 0, area) for area in every.values() if area.place_id}


def chain_data(understood: Mapping[str, Any], frame: Frame, tonnes: Decimal | None = None) -> ChainData:
    """The chain that a row comes to; `tonnes` is the sum when several rows come to one chain."""
    links: list[LinkData] = []
    for name, level in frame.levels.items():
        said = understood.get("levels", {}).get(name, {"status": "unknown", "sites": []})
        links += _links(said, level, frame, is_area=level in frame.area_levels)
    extraction = _country(understood, "quarry") or _country(understood, "quarry_area")
    processing = _country(understood, "factory")
    return ChainData(
        situation=frame.situation or _situation(understood, frame, extraction, processing),
        material=understood["material"],
        opened_on=frame.opened_on,
        trade_name=understood.get("trade_name", "")[:120],
        product_group=product_of(frame.pack, understood.get("product_group")),
        extraction_country=extraction,
        processing_country=processing,
        share_of_volume=_share(understood),
        volume_tonnes=tonnes if tonnes is not None else tonnes_of(understood),
        links=tuple(links),
        checked=True,
    )


def _situation(understood: Mapping[str, Any], frame: Frame, extraction: str, processing: str) -> str:
    supplier = _country(understood, "direct_supplier")
    imports = not (supplier in HOME and extraction and extraction not in HOME)
    key = (extraction, processing, imports)
    if key not in frame.situations:
        proposed = proposed_situation(frame.pack, extraction, processing, imports=imports)
        frame.situations[key] = proposed or frame.otherwise
    return frame.situations[key]


def _country(understood: Mapping[str, Any], level: str) -> str:
    sites = understood.get("levels", {}).get(level, {}).get("sites", [])
    return next((site["country"] for site in sites if site.get("country")), "")


def _share(understood: Mapping[str, Any]) -> Decimal | None:
    volume = understood.get("volume") or {}
    if volume.get("unit") != "%":
        return None
    try:
        share = Decimal(volume["value"]).quantize(Decimal("0.001"))
    except InvalidOperation:
        return None
    return share if 0 <= share <= 100 else None


def _links(said: Mapping[str, Any], level: str, frame: Frame, *, is_area: bool) -> list[LinkData]:
    if said["status"] == "asked_refused":
        return [LinkData(level=level, state=LinkState.REFUSED, asked_on=frame.asked_on)]
    if said["status"] != "known" or not said["sites"]:
        return [LinkData(level=level)]
    return [_link(site, level, frame, is_area=is_area) for site in said["sites"]]


def _link(site: Mapping[str, Any], level: str, frame: Frame, *, is_area: bool) -> LinkData:
    name, country = str(site.get("name", ""))[:200], str(site.get("country", ""))
    place = ", ".join(dict.fromkeys(part for part in (site.get("place"), site.get("admin1")) if part))[:120]
    area = _area(site, frame) if is_area else None
    if not (name or (is_area and (place or area))):
        # Where it is was written, but not which one it is: that is not known yet, and what was written stays.
        return LinkData(level=level, note=", ".join(part for part in (place, country) if part)[:300])
    if is_area and area is not None and name_key(name) in {name_key(area.name), name_key(place)}:
        name = ""
    link = LinkData(
        level=level,
        state=LinkState.KNOWN,
        name=name,
        place=place,
        country=country,
        lat=_degrees(site.get("lat")),
        lon=_degrees(site.get("lon")),
        quarry_area_id=area.pk if area else None,
    )
    return _placed(link, frame) if is_area and area is None else link


def _placed(link: LinkData, frame: Frame) -> LinkData:
    """The link with the area of the place that its text means: one of the registry, or one to be added from it."""
    key = (link.name, link.place, link.country)
    if key not in frame.places:
        frame.places[key] = placed(link)
    found = frame.places[key]
    area = frame.areas_by_place.get(found.place_id) if found.place_id else None
    return replace(
        link, name=found.name, place_id="" if area else found.place_id, quarry_area_id=area.pk if area else None
    )


def _degrees(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(DEGREES)


def _area(site: Mapping[str, Any], frame: Frame) -> QuarryArea | None:
    """The area of the registry that a cell means; none when there are several, or when it is wider than the cell."""
    country = str(site.get("country", ""))
    wanted = site.get("place") or site.get("name") or site.get("admin1")
    found = list(frame.areas.get((country, name_key(str(wanted or ""))), ()))
    province = name_key(str(site.get("admin1", "")))
    if len(found) > 1 and province:
        found = [area for area in found if name_key(area.admin1) == province] or found
    return found[0] if len(found) == 1 else None
