"""From what somebody wrote to the quarry area that is meant, for texts that nobody can be asked about at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from toetssteen.core.access import Actor
from toetssteen.places import gazetteer
from toetssteen.places.gazetteer import Kind, Place
from toetssteen.supplychain.areas import own_area
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.data import LinkData


def place_of(text: str, country: str) -> Place | None:
    """The district or town that a text means; None when it means several, something larger, or nothing known."""
    if not text or not gazetteer.available():
        return None
    found = gazetteer.resolve(text, country or None)
    return found if isinstance(found, Place) and found.kind in (Kind.DISTRICT, Kind.TOWN) else None


@lru_cache(maxsize=4096)
def seat_of(text: str, country: str) -> Place | None:
    """The district or town of a country that a text names without doubt, to show it on a map; kept per process."""
    return place_of(text, country) if len(country) == 2 else None


def placed(link: LinkData, country: str = "") -> LinkData:
    """A link at the level of areas with the place that its text means; what is not clear stays as it was written."""
    if link.state != LinkState.KNOWN or link.quarry_area_id or link.place_id:
        return link
    where = link.country if len(link.country) == 2 else country
    place = place_of(link.place or link.name, where)
    if place is None:
        return link
    same = {gazetteer.key_of(text) for text in (place.name, place.matched, link.place or link.name)}
    return replace(link, place_id=place.id, name="" if gazetteer.key_of(link.name) in same else link.name)


def area_finder(actor: Actor, organisation_id: int, now: dt.datetime) -> Callable[[Iterable[LinkData]], list[LinkData]]:
    """Gives links the areas of their places, and asks for each place once, however many links name it."""
    known: dict[str, int] = {}

    def area_of(place_id: str) -> int:
        if place_id not in known:
            known[place_id] = own_area(actor, organisation_id, place_id, now).pk
        return known[place_id]

    def found(links: Iterable[LinkData]) -> list[LinkData]:
        return [
            replace(link, quarry_area_id=area_of(link.place_id), place="", place_id="")
            if link.place_id and not link.quarry_area_id
            else link
            for link in links
        ]

    return found
