"""Fills in the places and the chains of the first year, as each company wrote them."""

from __future__ import annotations

from collections import defaultdict

from toetssteen.config.demo.ground import Ground
from toetssteen.config.demo.world import Row, copied, day, moment, must_day, number
from toetssteen.places import gazetteer
from toetssteen.supplychain import areas
from toetssteen.supplychain.choices import AreaPrecision, LinkState
from toetssteen.supplychain.models import Chain, ChainLink, QuarryArea, Site, SiteEvent, SupplierInquiry

STATES = {
    "known": LinkState.KNOWN,
    "asked": LinkState.ASKED,
    "refused": LinkState.REFUSED,
    "not_asked": LinkState.UNKNOWN,
}


class Places:
    """The areas, sites and chains by the ids of the files."""

    def __init__(self) -> None:
        self.areas: dict[str, QuarryArea] = {}
        self.sites: dict[str, Site] = {}
        self.chains: dict[tuple[int, str], Chain] = {}


def coverage_level(ground: Ground, kind: str) -> str:
    """The coverage level of the pack for which a kind of site counts."""
    found = next((k.coverage_level for k in ground.pack.site_kinds if k.id == kind), None)
    if found is None:
        raise LookupError(f"The pack has no coverage level for '{kind}'.")
    return found


def fill(ground: Ground) -> Places:
    """Fill in areas, sites, chains, links and letters to suppliers."""
    places = Places()
    _areas(ground, places)
    _sites(ground, places)
    _chains(ground, places)
    _links(ground, places)
    _letters(ground, places)
    return places


def _areas(ground: Ground, places: Places) -> None:
    rows = ground.world.rows("quarry_areas")
    for wanted in (lambda r: not r["parent_id"], lambda r: r["parent_id"]):
        made = [
            QuarryArea(
                code=row["area_id"],
                name=row["name"],
                level=row["level"],
                parent=places.areas.get(row["parent_id"]),
                country=row["country"],
                admin1=row["admin1"],
                pack_area=row["pack_id"],
                **_spot(row),
            )
            for row in rows
            if wanted(row)
        ]
        places.areas.update({area.code: area for area in QuarryArea.objects.bulk_create(made)})


def _spot(row: Row) -> dict[str, object]:
    """Where an area lies and how precisely, from the gazetteer; else the middle that the file gives."""
    is_district = row["level"] == "district"
    given = {"lat": number(row["lat"]), "lon": number(row["lon"])}
    kinds = (gazetteer.Kind.DISTRICT, gazetteer.Kind.TOWN) if is_district else (gazetteer.Kind.TOWN,)
    try:
        place = gazetteer.resolve(row["name"], row["country"], row["admin1"], prefer=kinds[0])
    except gazetteer.Missing:
        place = None
    if not isinstance(place, gazetteer.Place) or place.kind not in kinds or place.lat is None:
        return {**given, "precision": AreaPrecision.DISTRICT if is_district else AreaPrecision.TOWN}
    return {
        "lat": areas.decimal(place.lat),
        "lon": areas.decimal(place.lon),
        "radius_km": areas.decimal(place.radius_km, "0.1"),
        "precision": place.kind.value,
        "place_id": place.id,
    }


def _sites(ground: Ground, places: Places) -> None:
    made = [
        Site(
            code=row["site_id"],
            kinds=row["kinds"].split(";"),
            name=row["name"],
            local_name=row["local_name"],
            address=row["address"],
            unit=row["unit"],
            place=row["place"],
            admin2=row["admin2"],
            admin1=row["admin1"],
            country=row["country"],
            lat=number(row["lat"]),
            lon=number(row["lon"]),
            quarry_area=places.areas.get(row["quarry_area_id"]),
            opened_on=day(row["opened_on"]),
            closed_on=day(row["closed_on"]),
        )
        for row in ground.world.rows("sites")
    ]
    places.sites = {site.code: site for site in Site.objects.bulk_create(made)}
    SiteEvent.objects.bulk_create(
        SiteEvent(
            site=places.sites[row["site_id"]], event=row["event"], event_on=must_day(row["event_on"]), note=row["note"]
        )
        for row in ground.world.rows("site_events")
    )


def _chains(ground: Ground, places: Places) -> None:
    made, keys = [], []
    for copy in range(ground.copies):
        for row in ground.world.rows("chains"):
            keys.append((copy, row["chain_id"]))
            joined = ground.joined[row["org_id"]]
            made.append(
                Chain(
                    organisation_id=ground.of(copy, row["org_id"]),
                    reference=copied(row["chain_id"], copy),
                    situation=row["purchase_situation"],
                    material=row["material"],
                    trade_name=row["trade_name"],
                    product_group=row["product_group"],
                    finish=row["finish"],
                    extraction_country=row["extraction_country"],
                    processing_country=row["processing_country"],
                    share_of_volume=number(row["share_of_volume_pct"]),
                    volume_tonnes=number(row["volume_tonnes"]),
                    opened_on=joined,
                    confirmed_on=day(row["confirmed_on"]),
                    risk_scan_on=day(row["risk_scan_on"]),
                    changed_at=moment(row["confirmed_on"] or joined),
                )
            )
    places.chains = dict(zip(keys, Chain.objects.bulk_create(made, 500), strict=True))


def _links(ground: Ground, places: Places) -> None:
    mentions = {row["mention_id"]: row for row in ground.world.rows("site_mentions")}
    levels = {kind.id: kind.coverage_level for kind in ground.pack.site_kinds}
    made = []
    for copy in range(ground.copies):
        position: dict[tuple[str, str], int] = defaultdict(int)
        for row in ground.world.rows("chain_links"):
            level = levels[row["level"]]
            if level is None:
                raise LookupError(f"The pack has no coverage level for '{row['level']}'.")
            place = (row["chain_id"], level)
            made.append(
                ChainLink(
                    chain=places.chains[(copy, row["chain_id"])],
                    level=level,
                    position=position[place],
                    state=STATES[row["status"]],
                    quarry_area=places.areas.get(row["quarry_area_id"]),
                    site=places.sites.get(row["site_id"]),
                    asked_on=day(row["asked_on"]),
                    **_as_written(row, mentions.get(row["mention_id"]), places),
                )
            )
            position[place] += 1
    ChainLink.objects.bulk_create(made, 500)


def _as_written(row: Row, mention: Row | None, places: Places) -> dict[str, object]:
    """Name, address and place as the company wrote them; coordinates too, even where it swapped them."""
    if mention is not None:
        return {
            "name": mention["raw_name"],
            "address": mention["raw_address"],
            "place": mention["raw_place"],
            "country": mention["raw_country"],
            "lat": number(mention["lat"]),
            "lon": number(mention["lon"]),
        }
    area = places.areas.get(row["quarry_area_id"])
    return {"name": row["raw_area"], "country": area.country if area else ""}


def _letters(ground: Ground, places: Places) -> None:
    SupplierInquiry.objects.bulk_create(
        SupplierInquiry(
            organisation_id=ground.of(copy, row["org_id"]),
            chain=places.chains.get((copy, row["chain_id"])),
            supplier_name=places.sites[row["supplier_site_id"]].name
            if row["supplier_site_id"]
            else ground.organisations[(copy, row["supplier_org_id"])].name,
            sent_on=must_day(row["letter_sent_on"]),
            reminders=int(row["reminders"]),
            answer=row["answer"],
        )
        for copy in range(ground.copies)
        for row in ground.world.rows("supplier_inquiries")
    )
