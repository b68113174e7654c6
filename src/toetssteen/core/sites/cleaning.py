"""A mention taken apart into what can be compared."""

from __future__ import annotations

import re
from typing import NamedTuple

from .countries import country_code, named
from .letters import folded, mended_address, mended_name, words_of
from .mentions import Mention
from .names import EMPTY, Name, name_of, spaced, without_former, without_town
from .numbers import Numbers, numbers_of
from .words import ADDRESS_WORDS, FIRM_ONLY_WORDS, QUARRY_WORDS, words

PLACE_FILLERS = frozenset(
    words("town city village district dist county municipality province state region of de di do da del")
)
# Towns with two names that share no sound.
OTHER_TOWNS = {
    "amoy": "xiamen", "canton": "guangzhou", "peking": "beijing", "bombay": "mumbai", "bangalore": "bengaluru",
    "madras": "chennai", "calcutta": "kolkata", "saigon": "hochiminh", "hochiminhcity": "hochiminh",
    "hcmc": "hochiminh", "tphcm": "hochiminh", "yehsien": "laizhou", "rangoon": "yangon", "cochin": "kochi",
    "poona": "pune", "baroda": "vadodara", "mysore": "mysuru", "firenze": "florence", "florenz": "florence",
    "venezia": "venice", "milano": "milan", "torino": "turin", "lisboa": "lisbon", "lissabon": "lisbon",
    "athina": "athens", "thessaloniki": "salonica", "wien": "vienna", "praha": "prague", "prag": "prague",
    "moskva": "moscow", "warszawa": "warsaw", "bucuresti": "bucharest", "beograd": "belgrade",
    "cairo": "alqahirah", "tsingtao": "qingdao", "chungking": "chongqing", "nanking": "nanjing",
    "tientsin": "tianjin", "swatow": "shantou", "smyrna": "izmir", "constantinople": "istanbul",
    "genova": "genoa", "napoli": "naples", "munchen": "munich", "koln": "cologne", "brussel": "brussels",
    "bruxelles": "brussels", "antwerpen": "antwerp", "anvers": "antwerp", "luik": "liege", "bergen": "mons",
    "zinnik": "soignies", "doornik": "tournai", "namen": "namur", "tandur": "tandur", "ongolu": "ongole",
    "vizag": "visakhapatnam",
}  # fmt: skip
ALSO_CALLED: dict[str, list[str]] = {}
for _other, _town in OTHER_TOWNS.items():
    ALSO_CALLED.setdefault(_town, []).append(_other)


class Cleaned(NamedTuple):
    """One mention, ready to compare; everything is folded and numbers are kept apart from words."""

    id: str
    name: Name
    local: Name
    numbers: Numbers
    street: frozenset[str]
    letters: str
    place: str
    towns: frozenset[str]
    country: str
    lat: float | None
    lon: float | None
    family: str
    registry: frozenset[str]
    has_address: bool
    source: str


def cleaned(mention: Mention, towns_known: frozenset[str] = frozenset()) -> Cleaned:
    """Take a mention apart; `towns_known` are towns of the whole list, folded and without spaces."""
    lat, lon = mention.lat, mention.lon
    if lat is not None and lon is not None and abs(lat) > 90 >= abs(lon):
        lat, lon = lon, lat  # no place lies so far north: they were swapped
    address, place = mended_address(folded(mention.address)), folded(mention.place)
    own = _own_places(place, folded(mention.admin1), address)
    name_text, towns = without_town(mention.name)
    name, former = without_former(mended_name(folded(spaced(name_text))))
    local_text, local_towns = without_town(mention.local_name)
    local = mended_name(folded(spaced(local_text))) if mention.local_name != mention.name else ""
    local = local or former
    family = _family(mention.kind, name, local)
    numbers, bare_name, bare_address = numbers_of(name, address, family == "quarry")
    parts = name_of(bare_name, mention.name, towns_known, own)
    other = EMPTY
    if local:
        local_numbers, bare_local, _ = numbers_of(local, "", family == "quarry")
        other = name_of(bare_local, mention.local_name or local, towns_known, own)
        numbers = _with_local(numbers, local_numbers)
    country = country_code(mention.country)
    words = _without_country(words_of(bare_address), country)
    street = frozenset(
        word
        for word in words
        if not word[-1].isdigit() and not word[0].isdigit() and len(word) > 1 and word not in ADDRESS_WORDS
    )
    return Cleaned(
        id=mention.id,
        name=parts,
        local=other,
        numbers=numbers,
        street=street,
        letters="".join(word for word in words if word.isalpha() and word not in ADDRESS_WORDS),
        place=_joined_place(place),
        towns=frozenset((*_towns(place), *parts.asides, *other.asides, *towns, *local_towns)) - {""},
        country=country,
        lat=lat,
        lon=lon,
        family=family,
        registry=frozenset(
            filter(None, (re.sub(r"[^0-9a-z]", "", folded(number)) for number in mention.registry_numbers))
        ),
        has_address=bool(address.strip()),
        source=mention.source,
    )


def _joined_place(place: str) -> str:
    text = "".join(word for word in words_of(place.split(",")[0]) if word not in PLACE_FILLERS)
    return OTHER_TOWNS.get(text, text)


def _towns(place: str) -> list[str]:
    return [_joined_place(part) for part in re.split(r"[,;/()]", place)] if place else []


def _own_places(place: str, admin1: str, address: str) -> frozenset[str]:
    """Towns of a mention itself, without spaces: its place, and the parts of the address after the first."""
    found: set[str] = set()
    for part in (*re.split(r"[,;/()]", place), admin1, *address.split(",")[1:]):
        words = [word for word in words_of(part) if word.isalpha() and word not in ADDRESS_WORDS]
        if 0 < len(words) <= 5:
            joined = "".join(words)
            found.update((joined, *(word for word in words if len(word) >= 6), OTHER_TOWNS.get(joined, joined)))
    for town in found & ALSO_CALLED.keys():
        found.update(ALSO_CALLED[town])
    return frozenset(found)


def _family(kind: str, name: str, local: str) -> str:
    """Quarry or firm; empty where neither the kind nor the name says it."""
    words = set(words_of(folded(kind)))
    if words & QUARRY_WORDS or "quarry" in words:
        return "quarry"
    if words & {
        "supplier",
        "factory",
        "trader",
        "processor",
        "leverancier",
        "fabriek",
        "agent",
        "exporter",
        "workshop",
        "yard",
    }:
        return "firm"
    if words:
        return "firm" if "direct" in words else ""
    told = set(words_of(name)) | set(words_of(local))
    if told & QUARRY_WORDS and not told & FIRM_ONLY_WORDS:
        return "quarry"
    return ""


def _without_country(words: list[str], country: str) -> list[str]:
    """The words of an address without the country at its end."""
    for length in (2, 1):
        if len(words) > length + 1 and named(" ".join(words[-length:])) == country:
            return words[:-length]
    return words


def _with_local(numbers: Numbers, local: Numbers) -> Numbers:
    return Numbers(
        units=numbers.units | local.units,
        pits=numbers.pits | local.pits,
        surveys=numbers.surveys | local.surveys,
        plots=numbers.plots,
        roads=numbers.roads,
        loose=numbers.loose,
        postcode=numbers.postcode,
    )


def same_script(one: Cleaned, other: Cleaned) -> bool:
    """Whether two names are in one script, so that their letters can be compared."""
    return one.name.script == other.name.script or not one.name.script or not other.name.script
