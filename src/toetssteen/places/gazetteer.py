"""Finding places by name or by coordinates in the offline gazetteer; no Django, no network.

    find("bund", country="IN")            -> [Place, ...]   a few letters in any script, likeliest first, for a picker
    resolve("Bundi, Rajasthan", "IN")     -> Place, Ambiguous(candidates) or None, for texts that somebody wrote
    get("IN.24.121")                      -> Place or None, by its id
    parents(place)                        -> (country, province, district) of a town, from large to small
    country_code("Indie")                 -> "IN" or None, in any language; misspelt too
    country_at(25.4, 75.6)                -> "IN", or None at sea
    nearest(25.4, 75.6)                   -> Near(place, km) or None
    contradiction("IN", 75.6, 25.4)       -> None when they agree, else Contradiction: what lies there, what would fit
    distance_km(lat1, lon1, lat2, lon2)   -> km

What a `Place` holds is told in `places.model`. Every function raises `Missing`, with a sentence that says what to do,
when there is no gazetteer and it cannot be made; ask `available()` first where it is only a help. The first call in an
installation makes the file (some ten seconds); `available()` never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process

from toetssteen.places import languages, store
from toetssteen.places.contradictions import (
    TOLERANCE_KM,
    Contradiction,
    Correction,
    Near,
    contradiction,
    country_at,
    nearest,
)
from toetssteen.places.geometry import degrees, distance_km
from toetssteen.places.keys import key_of
from toetssteen.places.model import Ambiguous, Kind, Place
from toetssteen.places.rows import PLACE, as_place
from toetssteen.places.store import Missing

__all__ = [
    "TOLERANCE_KM",
    "Ambiguous",
    "Contradiction",
    "Correction",
    "Kind",
    "Missing",
    "Near",
    "Place",
    "available",
    "contradiction",
    "country_at",
    "country_code",
    "degrees",
    "distance_km",
    "find",
    "get",
    "key_of",
    "nearest",
    "parents",
    "resolve",
]  # fmt: skip

LAST = "\U0010ffff"
SEPARATORS = re.compile(r"[,;()/|\n،、，]+|\s[-–]\s")
# Words that say what kind of place it is, which the names of the gazetteer do not always have.
GENERIC = re.compile(
    r"\b(district|distt?|dt|taluka?|tehsil|mandal|province|prov|provincie|state|city|town|county|region|regio|area|"
    r"municipality|gemeente|village|area|shi|xian|huyện|huyen|tỉnh|tinh|ili|ilçesi|near|bij|nabij|omgeving)\b\.?",
    re.IGNORECASE,
)  # fmt: skip
EXACT, MAIN, INNER = 40, 12, -25  # the whole name, its beginning, a later word
CLEAR_LEAD = 10  # ten times the people, or the step from a town to a district


def available() -> bool:
    """True when the gazetteer is there or can be used at once; makes nothing."""
    try:
        store.connection(build=False)
    except Missing:
        return False
    return True


def get(place_id: str) -> Place | None:
    """The place with this id."""
    row = store.connection().execute(PLACE + " WHERE id = ?", (place_id,)).fetchone()
    return as_place(row) if row else None


def parents(place: Place) -> tuple[Place, ...]:
    """What a place lies in, from large to small: its country, province and district."""
    ids = (place.country, place.province_id, place.district_id)
    return tuple(found for key in ids if key and key != place.id and (found := get(key)))


def find(text: str, *, country: str | None = None, limit: int = 10) -> list[Place]:
    """The places whose name begins with these letters, in any script, the likeliest first; else near misses.

    What stands behind a comma narrows: "bund, rajas" or "Bundi, Indië". Names without a comma may end in what the place
    lies in: "yen dinh thanh hoa".
    """
    name, *context = _parts(text)[:4] or [""]
    key = key_of(name)
    if not key:
        return []
    country, context = _with_country(country, context)
    found = _ranked(key, country, context, limit)
    words = name.split()
    for split in range(len(words) - 1, 0, -1):
        if found:
            return found
        rest = " ".join(words[split:])
        narrowed, left = _with_country(country, [rest])
        found = _ranked(key_of(" ".join(words[:split])), narrowed, [*left, *context], limit)
    return found or [place for place, _weight in _alike(key, country, context, 78)[:limit]]


def resolve(
    text: str, country: str | None = None, admin1: str | None = None, *, prefer: Kind | None = None
) -> Place | Ambiguous | None:
    """The place that somebody meant with a text such as "Bundi, Rajasthan", "Yen Dinh (Thanh Hoa)" or "南安".

    Accents, spaces and signs make no difference; a misspelt name is looked for within its province or country. A town
    and the district around it with one name are one place: the district, which is true for both, unless `prefer` says
    otherwise. Places of one name far apart are `Ambiguous`, unless one has ten times the people of the next.
    """
    name, *context = _parts(text) or [""]
    country, context = _with_country(country, [*context, *([admin1] if admin1 else [])])
    for words in dict.fromkeys((name, GENERIC.sub(" ", name))):
        key = key_of(words)
        if not key:
            continue
        found = _exact(key, country, context) or _exact(key, country, _known_divisions(context, country))
        if found:
            return _chosen(found, prefer)
    key = key_of(GENERIC.sub(" ", name))
    if len(key) < 4:
        return None
    found = _alike(key, country, context, 83 if context else 87 if country else 91)
    return _chosen(found, prefer) if found else None


@lru_cache(maxsize=1)
def _country_keys() -> dict[str, str]:
    """From the gazetteer; the dictionaries themselves take two seconds to read."""
    try:
        return dict(store.connection().execute("SELECT key, code FROM country"))
    except Missing:
        return languages.keys_of_countries()


@lru_cache(maxsize=4096)
def country_code(text: str) -> str | None:
    """The two-letter code of a country written as a code or a name in any of the languages, misspelt too; else None."""
    key = key_of(text)
    known = _country_keys()
    if key in known or len(key) < 4:
        return known.get(key)
    best = process.extractOne(key, [name for name in known if len(name) >= 4], scorer=fuzz.ratio, score_cutoff=86)
    return known[best[0]] if best else None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in SEPARATORS.split(text[:200]) if part.strip()]


def _with_country(country: str | None, context: list[str]) -> tuple[str | None, list[str]]:
    """The country that the context names, and what is left of it."""
    left = []
    for words in context:
        code = _country_keys().get(key_of(words)) if len(words) > 1 else None
        if code and not country:
            country = code
        elif not code or code != country:
            left.append(words)
    return country.upper() if country else None, left


Found = list[tuple[Place, int]]


def _ranked(key: str, country: str | None, context: list[str], limit: int) -> list[Place]:
    best: dict[int, tuple[int, str]] = {}
    for tier in (0, 1, 2):
        for found, number, weight, inner, text in _rows(tier, key, key + LAST, country):
            rank = weight + (INNER if inner else 0 if text else MAIN) + (EXACT if found == key and not inner else 0)
            if number not in best or rank > best[number][0]:
                best[number] = (rank, text)
        if len(key) <= 3 and not context and len(best) >= 3 * limit:
            break  # a letter or two fit thousands: the large ones will do
    order = sorted(best, key=lambda number: -best[number][0])[: 400 if context else limit]
    places = _by_number(order)
    found_places = [_as_matched(places[number], best[number][1]) for number in order]
    return [place for place in found_places if _lies_in(place, context, beginning=True)][:limit]


def _rows(tier: int, low: str, high: str, country: str | None) -> Iterator[tuple[str, int, int, int, str]]:
    sql = "SELECT key, number, weight, inner, text FROM name WHERE tier = ? AND key >= ? AND key < ?"
    values: list[object] = [tier, low, high]
    if country:
        sql += " AND country = ?"
        values.append(country)
    if len(low) <= 4:
        sql += " ORDER BY weight DESC LIMIT 600"
    return store.connection().execute(sql, values)


def _exact(key: str, country: str | None, context: list[str]) -> Found:
    rows = [row for tier in (0, 1, 2) for row in _rows(tier, key, key + "\0", country) if not row[3]]
    return _placed(rows, context)


def _alike(key: str, country: str | None, context: list[str], least: int) -> Found:
    """Places whose name is nearly this one and begins with the same two letters."""
    same = 2 if country else 3
    rows = [row for tier in (0, 1, 2) for row in _near_rows(tier, key[:same], country) if not row[3]]
    scored = process.extract(key, [row[0] for row in rows], scorer=fuzz.ratio, score_cutoff=least, limit=40)
    top = max((score for _key, score, _at in scored), default=0)
    return _placed([rows[at] for _key, score, at in scored if score >= top - 3 or context], context)


def _near_rows(tier: int, beginning: str, country: str | None) -> Iterator[tuple[str, int, int, int, str]]:
    sql = "SELECT key, number, weight, inner, text FROM name WHERE tier = ? AND key >= ? AND key < ?"
    values: list[object] = [tier, beginning, beginning + LAST]
    if country:
        sql += " AND country = ?"
        values.append(country)
    return store.connection().execute(sql, values)


def _known_divisions(context: list[str], country: str | None) -> list[str]:
    """The words of the context that name a division of the country; others say nothing."""
    divisions = (Kind.PROVINCE, Kind.DISTRICT)
    return [
        words
        for words in context
        if not country or any(place.kind in divisions for place, _weight in _exact(key_of(words), country, []))
    ]


def _placed(rows: list[tuple[str, int, int, int, str]], context: list[str]) -> Found:
    best: dict[int, tuple[int, str]] = {}
    for _key, number, weight, _inner, text in rows:
        if number not in best:
            best[number] = (weight, text)
    places = _by_number(best)
    found = [(_as_matched(places[n], text), weight) for n, (weight, text) in best.items()]
    return sorted(
        [(place, weight) for place, weight in found if _lies_in(place, context)],
        key=lambda pair: (-pair[1], pair[0].id),
    )


def _chosen(found: Found, prefer: Kind | None) -> Place | Ambiguous:
    """One place when all are of one spot or one is far the largest."""
    groups: list[list[tuple[Place, int]]] = []
    for pair in found:
        for group in groups:
            if any(_one_spot(pair[0], other) for other, _weight in group):
                group.append(pair)
                break
        else:
            groups.append([pair])
    heads = [(_of_kind(group, prefer), max(weight for _place, weight in group)) for group in groups]
    if len(heads) == 1 or heads[0][1] - heads[1][1] >= CLEAR_LEAD:
        return heads[0][0]
    return Ambiguous(tuple(place for place, _weight in heads[:8]))


def _of_kind(group: Found, prefer: Kind | None) -> Place:
    order = list(Kind)
    for place, _weight in group:
        if place.kind is prefer:
            return place
    known = [place for place, _weight in group if place.lat is not None] or [group[0][0]]
    if prefer is not None:  # else what is smaller, else what is larger
        wanted = order.index(prefer)
        return min(known, key=lambda place: (order.index(place.kind) < wanted, abs(order.index(place.kind) - wanted)))
    return min(known, key=lambda place: order.index(place.kind))


def _one_spot(one: Place, other: Place) -> bool:
    """One lies in the other, or they are two entries for about the same spot."""
    if one.country != other.country:
        return False
    if one.id in (other.district_id, other.province_id, other.country) or other.id in (
        one.district_id,
        one.province_id,
        one.country,
    ):
        return True
    if None in (one.lat, one.lon, other.lat, other.lon):
        return False
    return distance_km(one.lat, one.lon, other.lat, other.lon) < 15  # type: ignore[arg-type]


def _lies_in(place: Place, context: Iterable[str], *, beginning: bool = False) -> bool:
    """True when every word of the context that names a division fits what the place lies in."""
    for words in context:
        wanted = key_of(GENERIC.sub(" ", words)) or key_of(words)
        if wanted and not any(_alike_keys(wanted, name, beginning) for name in _division_keys(place)):
            return False
    return True


def _division_keys(place: Place) -> set[str]:
    found = {key_of(place.name)} if place.kind in (Kind.PROVINCE, Kind.DISTRICT) else set()
    for division in (place.province_id, place.district_id):
        found |= _keys_of(division)
    return found


@lru_cache(maxsize=8192)
def _keys_of(place_id: str) -> frozenset[str]:
    """All keys of a division."""
    if not place_id:
        return frozenset()
    rows = store.connection().execute(
        "SELECT key FROM spelling JOIN place ON place.number = spelling.number WHERE place.id = ?", (place_id,)
    )
    return frozenset(row[0] for row in rows)


def _alike_keys(wanted: str, known: str, beginning: bool) -> bool:
    if known.startswith(wanted) and (beginning or len(wanted) > 5):
        return True
    return wanted == known or (len(wanted) > 4 and fuzz.ratio(wanted, known) >= 84)


def _by_number(numbers: Iterable[int]) -> dict[int, Place]:
    wanted = list(numbers)
    found: dict[int, Place] = {}
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        marks = ",".join("?" * len(part))
        for row in store.connection().execute(f"{PLACE} WHERE number IN ({marks})", part):
            found[row[-1]] = as_place(row)
    return found


def _as_matched(place: Place, text: str) -> Place:
    from dataclasses import replace

    return replace(place, matched=text) if text and text != place.name else place
