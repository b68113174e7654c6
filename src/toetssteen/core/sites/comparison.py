"""Two mentions laid side by side: how far names, words of trade, numbers, addresses, places and distance agree."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from .cleaning import Cleaned
from .context import Context
from .distances import TOWN_KM, kilometres
from .letters import skeleton
from .names import Name
from .numbers import Fit, Numbers, fit


class NameFit(IntEnum):
    """How far two names agree."""

    OTHER = 0
    ALIKE = 1
    SOUND = 2
    PART = 3
    ORDER = 4
    CLOSE = 5
    EQUAL = 6


class Agreement(IntEnum):
    """Whether two texts contradict, leave open or confirm each other."""

    CONFLICT = 0
    OPEN = 1
    PARTLY = 2
    AGREE = 3


class Levels(NamedTuple):
    """Everything that two mentions say about each other, in steps."""

    name: NameFit
    firm: Agreement
    legal: Agreement
    units: Fit
    sites: Fit
    plots: Fit
    roads: Fit
    street: Agreement
    place: Agreement
    postcode: Agreement
    country: Agreement
    family: Agreement
    registry: Agreement
    distance_km: float | None
    swapped: bool
    cross_script: bool
    name_ratio: float = 0.0


def levels_of(one: Cleaned, other: Cleaned, context: Context, names: tuple[NameFit, bool] | None = None) -> Levels:
    """Compare two mentions in every respect; `names` if they were compared before."""
    distance, swapped = distance_of(one, other)
    numbers, others = one.numbers, other.numbers
    name, cross = names or names_of(one, other, context)
    plots = fit(numbers.plots, others.plots)
    if plots != Fit.AGREE and _same_digits(numbers, others):
        plots = Fit.AGREE
    elif plots == Fit.CONFLICT and _crosswise(one, other):
        plots = Fit.NEAR
    sites = fit(numbers.surveys, others.surveys)
    if sites in (Fit.MISSING, Fit.HALF):
        sites = (
            max(sites, fit(numbers.pits, others.pits))
            if fit(numbers.pits, others.pits) != Fit.CONFLICT
            else Fit.CONFLICT
        )
        if sites == Fit.HALF:
            mixed = fit(numbers.surveys | numbers.pits, others.surveys | others.pits)
            sites = Fit.HALF if mixed in (Fit.CONFLICT, Fit.HALF) else mixed
    return Levels(
        name=name,
        firm=_firms(one.name, other.name),
        legal=_sets(one.name.legal, other.name.legal),
        units=fit(numbers.units, others.units),
        sites=sites,
        plots=plots,
        roads=fit(numbers.roads, others.roads),
        street=_streets(one, other),
        place=_places(one, other),
        postcode=_postcodes(numbers.postcode, others.postcode),
        country=_equal(one.country, other.country),
        family=_equal(one.family, other.family),
        registry=_sets(one.registry, other.registry),
        distance_km=distance,
        swapped=swapped,
        cross_script=cross,
        name_ratio=fuzz.ratio(one.name.joined, other.name.joined)
        if name <= NameFit.ALIKE and plots == Fit.AGREE
        else 0.0,
    )


def _equal(one: str, other: str) -> Agreement:
    if not one or not other:
        return Agreement.OPEN
    return Agreement.AGREE if one == other else Agreement.CONFLICT


def _sets(one: frozenset[str], other: frozenset[str]) -> Agreement:
    if not one or not other:
        return Agreement.OPEN
    return Agreement.AGREE if one & other else Agreement.CONFLICT


def _firms(one: Name, other: Name) -> Agreement:
    """Words of trade: equal, one a part of the other, open, or each with words of its own."""
    if one.firm == other.firm:
        return Agreement.AGREE if one.firm else Agreement.OPEN
    if one.firm <= other.firm or other.firm <= one.firm:
        return Agreement.PARTLY if one.firm and other.firm else Agreement.OPEN
    return Agreement.CONFLICT


def _same_digits(one: Numbers, other: Numbers) -> bool:
    """Whether all digits of two addresses agree ("99 101" and "99101"), or a long number stands in both."""
    if one.digits == other.digits and len(one.digits) >= 3:
        return True
    longs, others = one.loose | one.plots | {one.postcode}, other.loose | other.plots | {other.postcode}
    shared = {value for value in longs & others if len(value) >= 4}
    return bool(shared - ({one.postcode} & {other.postcode}))


def _crosswise(one: Cleaned, other: Cleaned) -> bool:
    """Whether the house number of one stands somewhere in the other address as well."""
    numbers, others = one.numbers, other.numbers
    return bool(numbers.plots & others.loose) or bool(others.plots & numbers.loose)


def _postcodes(one: str, other: str) -> Agreement:
    if not one or not other:
        return Agreement.OPEN
    if one == other:
        return Agreement.AGREE
    same_area = one[:3] == other[:3] or OSA.distance(one, other) == 1
    return Agreement.PARTLY if same_area else Agreement.CONFLICT


def names_of(one: Cleaned, other: Cleaned, context: Context) -> tuple[NameFit, bool]:
    """The best agreement of the names, local names included; true where only different scripts were compared."""
    best, cross = name_fit(one.name, other.name, context), one.name.script != other.name.script
    for first, second in ((one.local, other.name), (one.name, other.local), (one.local, other.local)):
        if first.joined and second.joined:
            found = name_fit(first, second, context)
            if found > best:
                best, cross = found, first.script != second.script
    if best == NameFit.PART and not cross:
        best = _with_towns(one, other)
    return best, cross and bool(one.name.script and other.name.script)


def _with_towns(one: Cleaned, other: Cleaned) -> NameFit:
    """The agreement of a name with the same name and more words, which may be words of the address."""
    short, long = sorted((one.name.core, other.name.core), key=len)
    more = [word for word in long if not any(_same_word(word, known) for known in short)]
    if not more or len(short) == len(long) or any(len(word) < 4 for word in more):
        return NameFit.PART
    if all(word in one.letters and word in other.letters for word in more):
        return NameFit.EQUAL
    if all(word in one.letters or word in other.letters for word in more):
        return NameFit.CLOSE
    return NameFit.PART


def name_fit(one: Name, other: Name, context: Context) -> NameFit:
    """How far two names agree in what is their own."""
    first, second = one.joined, other.joined
    if not first or not second:
        return NameFit.OTHER
    if first == second:
        return NameFit.EQUAL
    if one.glued or other.glued:
        return _glued(one, other)
    slips = OSA.distance(first, second, score_cutoff=2)
    length = min(len(first), len(second))
    if (slips == 1 and length >= 5) or (slips == 2 and length >= 12):
        return NameFit.CLOSE
    if len(one.core) > 1 and sorted(one.core) == sorted(other.core):
        return NameFit.ORDER
    if _contained(one.core, other.core, context):
        return NameFit.PART
    if one.sound == other.sound and len(one.sound) >= 3:
        return NameFit.SOUND
    if JaroWinkler.similarity(first, second) >= 0.85 or _shares(one.core, other.core, context):
        return NameFit.ALIKE
    return NameFit.OTHER


def _glued(one: Name, other: Name) -> NameFit:
    ratio = fuzz.ratio(one.full, other.full)
    if ratio >= 98:
        return NameFit.EQUAL
    if ratio >= 92:
        return NameFit.CLOSE
    if fuzz.partial_ratio(one.full, other.full) >= 85 and min(len(one.full), len(other.full)) >= 6:
        return NameFit.PART
    return NameFit.ALIKE if ratio >= 65 else NameFit.OTHER


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 5:
        return False
    return bool(OSA.distance(one, other, score_cutoff=1) <= 1)


def _alike(one: str, other: str) -> bool:
    """Whether two words of an address are one but for a slip or for how ears wrote it down."""
    if _same_word(one, other):
        return True
    if one[0] != other[0] or min(len(one), len(other)) < 4:
        return False
    sound = skeleton(one)
    return len(sound) >= 2 and sound == skeleton(other)


def _contained(one: tuple[str, ...], other: tuple[str, ...], context: Context) -> bool:
    """Whether all own words of the shorter name stand in the longer, and are not words of many firms."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long) == 1:
        longer, shorter = max(short[0], long[0], key=len), min(short[0], long[0], key=len)
        return len(shorter) >= 6 and longer.startswith(shorter) and len(longer) - len(shorter) >= 4
    if not all(any(_same_word(word, known) for known in long) for word in short):
        return False
    return any(len(word) >= 3 and word not in context.common_words for word in short)


def _shares(one: tuple[str, ...], other: tuple[str, ...], context: Context) -> bool:
    return any(
        len(word) >= 5 and word not in context.common_words and any(_same_word(word, known) for known in other)
        for word in one
    )


def _streets(one: Cleaned, other: Cleaned) -> Agreement:
    """How far the words of two addresses agree, glued words and slips allowed."""
    if not one.street or not other.street:
        return Agreement.OPEN
    small, large = sorted((one.street, other.street), key=len)
    exact = small & large
    letters = other.letters if small is one.street else one.letters
    matched = sum(map(len, exact)) + sum(
        len(word)
        for word in small - exact
        if (len(word) >= 5 and word in letters) or any(_alike(word, known) for known in large - exact)
    )
    share = matched / sum(map(len, small))
    if share < 0.75:
        share = max(share, fuzz.ratio(one.letters, other.letters) / 100 - 0.05)
    if share >= 0.75:
        return Agreement.AGREE
    return Agreement.PARTLY if share >= 0.4 else Agreement.CONFLICT


def _places(one: Cleaned, other: Cleaned) -> Agreement:
    """Whether one names the town of the other, in its place or in its address."""
    both = bool(one.place and other.place)
    if both and (one.place == other.place or one.towns & other.towns or _near_town(one.place, other.place)):
        return Agreement.AGREE
    first = any(town in other.letters for town in one.towns if len(town) > 3)
    second = any(town in one.letters for town in other.towns if len(town) > 3)
    if first or second:
        return Agreement.AGREE
    if both:
        return Agreement.CONFLICT
    if one.letters and other.letters:
        return Agreement.PARTLY if fuzz.partial_ratio(one.letters, other.letters) >= 60 else Agreement.OPEN
    return Agreement.OPEN


def _near_town(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or one[0] != other[0]:
        return False
    return long.startswith(short) or OSA.distance(one, other, score_cutoff=2) <= (1 if len(short) < 6 else 2)


def distance_of(one: Cleaned, other: Cleaned) -> tuple[float | None, bool]:
    """Kilometres between two mentions, None if one has no coordinates; true where one must have swapped them."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None, False
    plain = kilometres(one.lat, one.lon, other.lat, other.lon)
    if plain <= TOWN_KM:
        return plain, False
    turned = min(kilometres(one.lon, one.lat, other.lat, other.lon), kilometres(one.lat, one.lon, other.lon, other.lat))
    return (turned, True) if turned <= TOWN_KM else (plain, False)
