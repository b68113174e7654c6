# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Places in a cell: town, district and province, by an own list of stone places and the gazetteer when it is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from . import countries
from .folding import fold, key
from .gazetteer import gazetteer_place


@dataclass(frozen=True, slots=True)
class Place:
    """A known place; corrected when it was misspelt. A province has no name of its own here."""

    name: str | None
    admin1: str | None
    country: str
    district: str | None = None
    corrected: bool = False
    listed: bool = True  # on the own list


@dataclass(frozen=True, slots=True)
class Area:
    """What a text about a place comes to."""

    name: str | None = None
    admin1: str | None = None
    country: str | None = None
    corrected: str = ""  # the word that was misspelt
    known: bool = False  # the town or district was recognised
    rest: str = ""


_NOISE = re.compile(
    r"\b(?:districts?|dist|distt|distr|dt|prov|province|provincie|provinz|provincia|state|deelstaat|staat|bundesland|region|regio|région|regione|"
    r"region of|county|co|city|stad|ville|stadt|town|village|dorp|gemeente|municipality|commune|comune|municipio|mandal|taluk|tehsil|"
    r"omgeving|omg|omstreken|eo|e\.o|near|nearby|nabij|in de buurt|buurt|vicinity|around|rond|rondom|environs|près|autour|bei|nähe|raum|umgebung|"
    r"area|gebied|streek|zone|quarry area|groevegebied|bekken|bassin|belt|"
    r"township|prefecture|huyện|huyen|tỉnh|tinh|xã|xa|thị xã|tp|ilçesi|ili|ilce|il|cercle|canton|kanton|department|département|departement|"
    r"landkreis|kreis|arrondissement|concelho|distrito|município)\b\.?",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"^(?:the|de|van|of|du|des|la|le|les|in|bij|à|a|d'|l'|uit|from|te|op|het|von|der|dem|im)\s+|\s+(?:de|van|of|du|des|von|da|do)$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[,;()\[\]/|\n>]\s*|\s+[-–—]\s+|\s+\bin\b\s+|\s+\bbij\b\s+|\s+\bnear\b\s+|\s+\bnabij\b\s+")


class _Lists:
    """The own lists, by folded name."""

    def __init__(self) -> None:
        folder = Path(__file__).parent
        self.places: dict[str, list[Place]] = {}
        self.provinces: dict[str, list[Place]] = {}
        self.districts: dict[str, list[Place]] = {}
        for line in _lines(folder / "stone_places.csv"):
            name, admin1, country, district, others, wrong = (line.split("|") + [""] * 6)[:6]
            right = Place(name, admin1, country, district or None)
            for other in [name, *filter(None, others.split(";"))]:
                self.places.setdefault(key(other), []).append(right)
            mistaken = Place(name, admin1, country, district or None, corrected=True)
            for other in filter(None, wrong.split(";")):
                self.places.setdefault(key(other), []).append(mistaken)
            if district:
                self.districts.setdefault(key(district), []).append(Place(district, admin1, country))
        for line in _lines(folder / "stone_provinces.csv"):
            name, country, others = (line.split("|") + [""] * 3)[:3]
            for other in [name, *filter(None, others.split(";"))]:
                self.provinces.setdefault(key(other), []).append(Place(None, name, country))
        self.fuzzy = [name for name in self.places if len(name) >= 5]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    return _Lists()


def _choose(found: list[Place], country: str | None) -> Place | None:
    here = [place for place in found if place.country == country]
    if here:
        return here[0]
    return found[0] if found and (country is None or len({place.country for place in found}) == 1) else None


@lru_cache(maxsize=20_000)
def find_province(text: str, country: str | None = None) -> Place | None:
    """A province or state; short forms of two letters only when the country fits."""
    name = key(_bare(text)) or key(text)
    found = _lists().provinces.get(name)
    if not found:
        return None
    if len(name) <= 3:
        return next((place for place in found if place.country == country), None)
    return _choose(found, country)


@lru_cache(maxsize=20_000)
def find_place(text: str, country: str | None = None, *, gazetteer: bool = True) -> Place | None:
    """A town or district, also misspelt when the country fits."""
    bare = _bare(text)
    name = key(bare)
    lists = _lists()
    found = _choose(lists.places.get(key(text)) or lists.places.get(name) or lists.districts.get(name) or [], country)
    if found:
        return found
    if len(name) < 3:
        return None
    if name.isdigit() or find_province(text, country) or countries.exact(bare):
        return None
    exact = gazetteer_place(bare, country) if gazetteer else None
    if exact and not exact[3]:
        return _from_gazetteer(exact)
    if country and len(name) >= 5:
        near = process.extractOne(name, lists.fuzzy, scorer=fuzz.ratio, score_cutoff=86)
        if near and near[0][0] == name[0]:
            place = _choose(lists.places[near[0]], country)
            if place and place.country == country:
                return Place(place.name, place.admin1, place.country, place.district, corrected=True)
    return _from_gazetteer(exact) if exact else None


def _from_gazetteer(found: tuple[str, str | None, str, bool]) -> Place:
    """Its province by the name that is in use in the place itself, as on the own list."""
    name, admin1, country, corrected = found
    province = find_province(admin1, country) if admin1 else None
    return Place(name, province.admin1 if province else admin1, country, corrected=corrected, listed=False)


def _bare(text: str) -> str:
    bare = _NOISE.sub(" ", text)
    bare = re.sub(r"\s+", " ", bare).strip(" .,-'")
    for _ in range(2):
        bare = _SMALL.sub("", bare).strip(" .,-")
    return bare


def parts_of(text: str) -> list[str]:
    """The pieces of an address-like text."""
    return [part.strip(" .") for part in _SPLIT.split(text) if part.strip(" .-")]


@lru_cache(maxsize=20_000)
def read_area(text: str, country: str | None = None) -> Area:
    """A quarry area: the narrowest known place in a text, its province and country."""
    parts = parts_of(text)
    nation = next(
        (code for part in parts if (code := countries.exact(part)) and not find_province(part, country)), None
    )
    wanted = country if nation is None else nation
    places: list[tuple[str, Place]] = []
    province: Place | None = None
    rest: list[str] = []
    for part in parts:
        if nation and countries.exact(part) == nation:
            continue
        place = find_place(part, wanted) or (find_place(part, None, gazetteer=False) if nation is None else None)
        found = find_province(part, wanted) or (find_province(part, None) if not place else None)
        if found and (not place or (place.name and fold(place.name) == fold(found.admin1 or "") and places)):
            province = province or found
        elif place:
            places.append((part, place))
        elif _bare(part) and not _bare(part).isdigit():
            rest.append(_bare(part))
    return _settle(places, province, nation, rest)


def _settle(places: list[tuple[str, Place]], province: Place | None, nation: str | None, rest: list[str]) -> Area:
    if province and len(places) > 1:
        places = [pair for pair in places if pair[1].admin1 == province.admin1] or places
    if places:
        written, chosen = places[0]
        for other_written, other in places[1:]:
            if other.district and chosen.name and key(other.district) == key(chosen.name):
                written, chosen = other_written, other
        listed = [pair for pair in places if pair[1].listed]
        if not chosen.listed and listed and not rest and places[0][1].country != listed[0][1].country:
            written, chosen = listed[0]
        admin1 = chosen.admin1
        country = chosen.country
        if province and province.country == country:
            admin1 = province.admin1 or admin1
        return Area(chosen.name, admin1, country, written if chosen.corrected else "", True, ", ".join(rest))
    if province:
        return Area(rest[0] if rest else None, province.admin1, province.country, "", False, ", ".join(rest[1:]))
    return Area(rest[0] if rest else None, None, nation, "", False, ", ".join(rest[1:]))


def in_region(text: str, place_name: str, country: str | None) -> Place | None:
    """A known place of this name, when the text names the district it lies in."""
    found = _choose(_lists().places.get(key(place_name)) or [], country)
    return found if found and found.district and key(found.district) == key(_bare(text)) else None


@lru_cache(maxsize=5_000)
def read_country_cell(text: str) -> tuple[str | None, str | None, bool]:
    """Country, province and whether the spelling was mended, from a cell that may hold both."""
    found = countries.read_country(text)
    if found and not found.corrected:
        return found.code, None, False
    parts = [part.strip() for part in re.split(r"[,;/()\n]|\s+-\s+", text) if part.strip()]
    codes = [countries.exact(part) for part in parts]
    code = next((c for c in codes if c), None)
    if code and len(parts) > 1:
        province = next((p for part in parts if not countries.exact(part) and (p := find_province(part, code))), None)
        return code, province.admin1 if province else None, False
    if found:
        return found.code, None, True
    if len(parts) > 1:
        for part in parts:
            near = countries.read_country(part)
            if near:
                return near.code, None, near.corrected
    province = find_province(text)
    return (province.country, province.admin1, False) if province else (None, None, False)
