"""A company's chains as routes to draw and list, and the places of its own links for the map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.coverage import gaps as core_gaps
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, day, in_language
from toetssteen.foundation.look.maps import Spot
from toetssteen.places.gazetteer import Kind
from toetssteen.supplychain import policies
from toetssteen.supplychain.choices import AreaPrecision, LinkState
from toetssteen.supplychain.graph import Route, Stop
from toetssteen.supplychain.models import Chain, ChainLink, QuarryArea
from toetssteen.supplychain.placing import seat_of
from toetssteen.supplychain.queries.chains import capitalised
from toetssteen.supplychain.queries.coverage import as_core_chain

# How far a place of this precision reaches, as far as nobody gave a radius; only for the circle on the map.
REACH_KM = {AreaPrecision.PROVINCE: 120.0, AreaPrecision.DISTRICT: 30.0, AreaPrecision.TOWN: 8.0}


def open_on(chains: Sequence[Chain], on: dt.date) -> list[Chain]:
    """The chains among these that are open on a day."""
    return [chain for chain in chains if policies.is_open(chain, on)]


def routes(chains: Sequence[Chain], pack: Pack) -> list[Route]:
    """Chains as they are drawn: a stop per link, and an unknown stop where nothing was entered."""
    materials = {m.id: capitalised(in_language(m.text)) for m in pack.materials}
    found = []
    for chain in chains:
        by_level: dict[str, list[ChainLink]] = {}
        for link in chain.links.all():
            by_level.setdefault(link.level, []).append(link)
        found.append(
            Route(
                id=chain.pk,
                title=materials.get(chain.material, chain.material),
                trade_name=chain.trade_name,
                group=chain.product_group,
                own=chain.situation in pack.own_situations,
                stops=tuple(_stops(by_level.get(level.id, ())) for level in pack.coverage_levels),
            )
        )
    return found


def _stops(links: Sequence[ChainLink]) -> tuple[Stop, ...]:
    """What is known comes first; a level of which something is known shows no gap beside it."""
    known = [_stop(link) for link in links if link.state == LinkState.KNOWN]
    if known:
        return tuple(dict.fromkeys(known))
    state = policies.level_state(link.state for link in links)
    spoken = next((link for link in links if link.state == state), None)
    asked = (spoken.answered_on or spoken.asked_on) if spoken else None
    return (Stop(state, state, day=day(asked) if asked else ""),)


def _stop(link: ChainLink) -> Stop:
    area = link.quarry_area
    if area is not None:
        name = link.name or area.name
        inside = [area.name if link.name else "", area.admin1, country_name(area.country)]
        where = ", ".join(dict.fromkeys(p for p in inside if p and p != name))
        return Stop(LinkState.KNOWN, f"area {area.pk} {link.name.casefold()}", name, where)
    name = link.name or link.place or _("Known")
    country = country_name(link.country) if link.country else ""
    where = ", ".join(part for part in (link.place if link.name else "", country) if part)
    key = " ".join((name, link.place, link.country)).casefold()
    return Stop(LinkState.KNOWN, key, name, where)


def groups(pack: Pack, found: Sequence[Route]) -> list[tuple[str, str, list[Route]]]:
    """The routes by product group: id, words, routes; most chains first, without a group last."""
    words = {product.id: capitalised(in_language(product.text)) for product in pack.product_forms}
    by_group: dict[str, list[Route]] = {}
    for route in found:
        by_group.setdefault(route.group, []).append(route)
    rows = [(key, words.get(key, key) if key else _("Product not given"), mine) for key, mine in by_group.items()]
    return sorted(rows, key=lambda row: (not row[0], -len(row[2]), row[1]))


def area_spot(area: QuarryArea, *, many: int = 1, note: str = "", sure: bool = True, url: str = "") -> Spot | None:
    """A quarry area on the map, with the circle of its precision; nothing when its place is not known."""
    if area.lat is None or area.lon is None:
        return None
    radius = float(area.radius_km) if area.radius_km else REACH_KM.get(AreaPrecision(area.precision))
    return Spot(
        area.name, float(area.lat), float(area.lon), area.country, many, note, url, is_sure=sure, radius_km=radius
    )


def company_places(chains: Sequence[Chain], pack: Pack) -> dict[str, Any]:
    """The places of some chains: those with coordinates as spots, and the rows of the table beside the map.

    Only what the company itself entered and the public quarry areas; nothing of the registry of sites.
    """
    labels = {level.id: capitalised(in_language(level.text)) for level in pack.coverage_levels}
    areas = policies.area_levels(pack)
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    without: set[int] = set()
    gaps = {chain.pk: bool(core_gaps(pack, as_core_chain(chain))) for chain in chains}
    for chain in chains:
        located = False
        for link in chain.links.all():
            if link.state != LinkState.KNOWN:
                continue
            row = _place_row(link, labels, areas)
            if row is None:
                continue
            located = located or row["lat"] is not None
            kept = found.setdefault(row["key"], row)
            kept["chains"].add(chain.pk)
            kept["gap"] = kept["gap"] or gaps[chain.pk]
        if not located:
            without.add(chain.pk)
    rows = sorted(found.values(), key=lambda row: (row["order"], row["country_name"], row["name"].casefold()))
    return {"rows": rows, "spots": [_spot(row) for row in rows if row["lat"] is not None], "without": len(without)}


def _place_row(link: ChainLink, labels: dict[str, str], areas: frozenset[str]) -> dict[str, Any] | None:
    if link.level not in labels:
        return None
    area = link.quarry_area
    own = link.lat is not None and link.lon is not None
    base = {
        "level": labels[link.level],
        "order": list(labels).index(link.level),
        "chains": set(),
        "gap": False,
        "chain": link.chain_id,
    }
    if area is not None and not own and (link.level in areas or not link.name):
        return base | {
            "key": ("area", area.pk), "name": area.name, "where": area.admin1, "country": area.country,
            "country_name": country_name(area.country), "lat": area.lat, "lon": area.lon,
            "precision": AreaPrecision(area.precision).label,
            "radius": float(area.radius_km) if area.radius_km else REACH_KM.get(AreaPrecision(area.precision)),
        }  # fmt: skip
    name = link.name or link.place
    if not name:
        return None
    # A site without coordinates of its own is shown in its area, with the circle of that area.
    lat: Decimal | float | None
    lon: Decimal | float | None
    lat, lon = (link.lat, link.lon) if own else (area.lat, area.lon) if area else (None, None)
    precision, radius = (_("point"), None) if own else ("", None)
    if not own and area is not None and lat is not None:
        precision = _("in the area %(area)s") % {"area": area.name}
        radius = float(area.radius_km) if area.radius_km else REACH_KM.get(AreaPrecision(area.precision))
    country = link.country or (area.country if area else "")
    seat = seat_of(link.place, country) if lat is None and link.place else None
    if seat is not None:
        # Known by the name of its town or district only: shown there, with the circle of how far that reaches.
        lat, lon, precision = seat.lat, seat.lon, _("by the name of its place, %(place)s") % {"place": seat.name}
        reach = REACH_KM[AreaPrecision.TOWN if seat.kind == Kind.TOWN else AreaPrecision.DISTRICT]
        radius = seat.radius_km or reach
    return base | {
        "key": (link.level, name.casefold(), link.place.casefold(), country, lat, lon), "name": name,
        "where": link.place if link.name else "", "country": country,
        "country_name": country_name(country) if country else "", "lat": lat, "lon": lon, "precision": precision,
        "radius": radius,
    }  # fmt: skip


def _spot(row: dict[str, Any]) -> Spot:
    many = len(row["chains"])
    return Spot(
        label=row["name"], lat=float(row["lat"]), lon=float(row["lon"]), country=row["country"], many=many,
        note=", ".join(part for part in (row["level"], row["where"], row["country_name"]) if part),
        url=reverse("chain_detail", args=[row["chain"]]) if many == 1 else "",
        is_sure=not row["gap"], radius_km=row["radius"],
    )  # fmt: skip
