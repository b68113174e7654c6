# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""What each column means: by its header words and by the values under it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from . import countries
from .answers import read_answer
from .coordinates import looks_like, read_one, read_pair
from .folding import fold
from .grid import ERRORS
from .headers import candidates, subject_of, unit_in
from .numbers import decimal_sign, read_amount, unit_of
from .places import find_place, find_province
from .results import Column, Field
from .stones import TradeNames, is_only_material, read_group, read_material

F = Field
_COMPANY = re.compile(
    r"\b(?:ltd|pvt|private|limited|llp|llc|inc|co|corp|gmbh|kg|ag|bv|nv|vof|srl|spa|sa|sl|sarl|sas|lda|ltda|as|oy|ab|tnhh|cty|cong ty|exports?|exporters?|"
    r"stones?|stone works|granites?|granitos?|graniti|marmi|marmores|marbles?|mermer|madencilik|carrieres?|pizarras|rocks?|minerals?|mining|trading|"
    r"industries|enterprises?|natursteine?|natuursteen|naturstein|import|impex|company|works?|slabs|tiles|bros|brothers|sons|group|doanh nghiep)\b"
)
_QUARRYISH = re.compile(
    r"\b(?:quarry|quarries|groeve|steengroeve|carriere|steinbruch|cava|mine|mina|pit|block|sy no|s no|survey|q ?\d+|nui|mo da|ocak|pedreira|cantera|bruch)\b"
)

_GENERIC = {
    F.COUNTRY: ("country",), F.ADMIN1: ("admin1",), F.PLACE: ("place",), F.COORDINATES: ("coordinates",), F.LAT: ("lat",), F.LON: ("lon",)
}  # fmt: skip
_OWNED = {
    ("supplier", "country"): F.SUPPLIER_COUNTRY, ("supplier", "admin1"): F.SUPPLIER_ADMIN1, ("supplier", "place"): F.SUPPLIER_PLACE,
    ("supplier", "coordinates"): F.SUPPLIER_COORDINATES, ("supplier", "lat"): F.SUPPLIER_LAT, ("supplier", "lon"): F.SUPPLIER_LON,
    ("factory", "country"): F.FACTORY_COUNTRY, ("factory", "admin1"): F.FACTORY_ADMIN1, ("factory", "place"): F.FACTORY_PLACE,
    ("factory", "coordinates"): F.FACTORY_COORDINATES, ("factory", "lat"): F.FACTORY_LAT, ("factory", "lon"): F.FACTORY_LON,
    ("area", "country"): F.QUARRY_AREA_COUNTRY, ("area", "admin1"): F.QUARRY_AREA_ADMIN1, ("area", "place"): F.QUARRY_PLACE,
    ("area", "coordinates"): F.QUARRY_AREA_COORDINATES, ("area", "lat"): F.QUARRY_AREA_LAT, ("area", "lon"): F.QUARRY_AREA_LON,
    ("quarry", "country"): F.QUARRY_COUNTRY, ("quarry", "admin1"): F.QUARRY_ADMIN1, ("quarry", "place"): F.QUARRY_PLACE,
    ("quarry", "coordinates"): F.QUARRY_COORDINATES, ("quarry", "lat"): F.QUARRY_LAT, ("quarry", "lon"): F.QUARRY_LON,
}  # fmt: skip
_NAMES = {F.SUPPLIER: "supplier", F.FACTORY: "factory", F.QUARRY_AREA: "area", F.QUARRY: "quarry"}
_REPEATABLE = frozenset({F.VOLUME, F.REMARK})
_NUMBERED = frozenset({F.SUPPLIER, F.FACTORY, F.QUARRY, F.QUARRY_AREA})


@dataclass
class Profile:
    """What the values of one column look like, each from 0 to 1 of the cells that name something."""

    filled: int = 0
    telling: int = 0
    shares: dict[str, float] = field(default_factory=dict)
    samples: tuple[str, ...] = ()
    decimal: str = ""
    texts: tuple[str, ...] = ()

    def of(self, kind: str) -> float:
        return self.shares.get(kind, 0.0)


def profile(texts: Sequence[str], written: Sequence[str], names: TradeNames) -> Profile:
    """Look at the values of a column (empty ones left out); written: those that are text, not numbers."""
    distinct = list(dict.fromkeys(texts))[:120]
    telling = [t for t in distinct if t not in ERRORS and (read_answer(t) is None or countries.exact(t))]
    counts: dict[str, int] = {}
    for text in telling:
        for kind in _kinds(text, names):
            counts[kind] = counts.get(kind, 0) + 1
    total = len(telling) or 1
    return Profile(
        filled=len(texts),
        telling=len(telling),
        shares={kind: number / total for kind, number in counts.items()},
        samples=tuple(distinct[:3]),
        decimal=decimal_sign(list(dict.fromkeys(written))[:400]),
        texts=tuple(distinct),
    )


def _kinds(text: str, names: TradeNames) -> list[str]:
    kinds = []
    amount = read_amount(text)
    if amount.value is not None:
        kinds.append("number")
        if amount.unit == "%":
            kinds.append("percent")
        one = abs(amount.value) <= 180 and ("." in text or "," in text)
        if one:
            kinds.append("degree")
        return kinds
    if text[:1].isdigit() or (amount.value is None and re.search(r"\d\s*[-–/]\s*\d|^[<>±~]?\s*\d|^ca\b", text)):
        kinds.append("digits")
    if unit_of(text):
        kinds.append("unit")
    if looks_like(text) and (read_pair(text) or read_one(text)):
        kinds.append("coordinates" if read_pair(text) else "degree")
        return kinds
    if re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", text):
        return [*kinds, "date"]
    if re.fullmatch(r"[A-Za-z]{0,4}[-_ ]?\d{1,6}", text) or (len(text) <= 4 and text.isupper() and text.isalnum()):
        kinds.append("code")
    if countries.exact(text) or (len(text) > 3 and countries.read_country(text)):
        kinds.append("country")
    known = names.find(text)
    if is_only_material(text) or (" " not in text and read_material(text) and not known):
        kinds.append("material")
    elif known or read_material(text):
        kinds.append("trade")
    if read_group(text):
        kinds.append("group")
    folded = fold(text)
    if _QUARRYISH.search(folded):
        kinds.append("quarry")
    if _COMPANY.search(folded):
        kinds.append("company")
    elif find_place(text, None, gazetteer=False) or find_place(text.split(",")[0], None, gazetteer=False):
        kinds.append("place")
    if find_province(text):
        kinds.append("province")
    if len(text) > 60:
        kinds.append("long")
    return kinds


def propose(
    headers: Sequence[str], profiles: Sequence[Profile], told: Mapping[str, Field | None] | None = None
) -> list[Column]:
    """Columns with their meaning; a header that the caller's mapping names has the caller's meaning."""
    told = told or {}
    scores: list[dict[Field, float]] = []
    for header, seen in zip(headers, profiles, strict=True):
        found = {f: _with_values(f, score, seen) for f, score in candidates(header)}
        scores.append(found if found else ({} if header and _is_known_otherwise(header) else _by_values(seen)))
    chosen: dict[int, tuple[Field, float]] = {}
    for index, header in enumerate(headers):
        if header in told:
            scores[index] = {}
            meaning = told[header]
            if meaning is not None:
                chosen[index] = (meaning, 1.0)
    _assign(scores, chosen, headers)
    _adjacent(headers, chosen, told)
    _fill_gaps(chosen, headers, told)
    return [_column(index, header, chosen.get(index), profiles[index]) for index, header in enumerate(headers)]


def _column(index: int, header: str, meaning: tuple[Field, float] | None, seen: Profile) -> Column:
    name, confidence = meaning if meaning else (None, 0.0)
    scale = 100 if name == F.SHARE and _is_fraction(seen) else 1
    unit = unit_in(header) if name in (F.VOLUME, F.SHARE) else None
    return Column(index, header, name, round(confidence, 2), seen.samples, unit, seen.decimal, scale)


def _is_fraction(seen: Profile) -> bool:
    values = [
        amount.value
        for text in seen.texts
        if (amount := read_amount(text, seen.decimal)).value is not None and amount.unit is None
    ]
    return (
        len(values) >= 2
        and all(0 <= value <= 1 for value in values if value is not None)
        and any(v and v < 1 for v in values)
    )


def _is_known_otherwise(header: str) -> bool:
    from .headers import _MONEY, _NOT_OURS

    folded = fold(header)
    return bool(_MONEY.search(folded) or _NOT_OURS.search(folded))


def _with_values(name: Field, score: float, seen: Profile) -> float:
    """A header's score, mended by what the values look like."""
    if seen.telling < 2 and name not in (F.MATERIAL, F.TRADE_NAME, F.PRODUCT_GROUP, F.COUNTRY, F.QUARRY_AREA):
        return score
    of = seen.of
    if name == F.MATERIAL:
        return score + 0.5 * of("material") - 0.4 * of("trade") - 0.3 * of("number")
    if name == F.TRADE_NAME:
        return (
            score
            + 0.4 * of("trade")
            - 0.5 * of("material")
            - 0.45 * of("group") * (1 - of("trade"))
            - 0.4 * of("number")
        )
    if name == F.PRODUCT_GROUP:
        return (
            score
            + 0.4 * of("group")
            - 0.5 * of("trade") * (1 - of("group"))
            - 0.6 * of("material")
            - 0.4 * of("number")
        )
    if name in (F.COUNTRY, F.SUPPLIER_COUNTRY, F.FACTORY_COUNTRY, F.QUARRY_COUNTRY, F.QUARRY_AREA_COUNTRY):
        return score + 0.3 * of("country") - (0.5 * of("number") + 0.5 * of("place") if of("country") < 0.3 else 0)
    if name == F.QUARRY_AREA:
        return score + 0.25 * of("place") - 0.6 * of("country") * (score < 0.9) - 0.5 * of("number")
    if name in (F.ADMIN1, F.SUPPLIER_ADMIN1):
        return score + 0.3 * of("province") - 0.2 * of("place")
    if name in (F.VOLUME, F.SHARE):
        gone = 0.6 if of("number") < 0.3 and of("digits") < 0.5 else 0.0
        return score + (0.2 * of("percent") if name == F.SHARE else 0.0) - gone
    if name in (F.SUPPLIER, F.FACTORY, F.QUARRY):
        return (
            score
            - 0.5 * of("country") * (of("company") < 0.2)
            - 0.6 * of("number")
            - 0.5 * of("coordinates")
            - 0.3 * (of("code") > 0.8) * (name == F.SUPPLIER)
        )
    return score


def _by_values(seen: Profile) -> dict[Field, float]:
    """A meaning for a column whose header says nothing."""
    if seen.telling < 2:
        return {}
    of = seen.of
    rules = {
        F.COUNTRY: of("country"), F.MATERIAL: of("material"), F.TRADE_NAME: of("trade") if of("company") < 0.3 else 0,
        F.PRODUCT_GROUP: of("group") if of("trade") < 0.5 and of("company") < 0.3 else 0, F.COORDINATES: of("coordinates"),
        F.QUARRY_AREA: of("place") * 0.95, F.QUARRY: of("quarry") * 0.95 if of("company") < 0.9 else 0, F.SUPPLIER: of("company") * 0.9 if of("quarry") < 0.5 else 0,
    }  # fmt: skip
    return {name: share * 0.6 for name, share in rules.items() if share >= 0.6}


def _assign(scores: list[dict[Field, float]], chosen: dict[int, tuple[Field, float]], headers: Sequence[str]) -> None:
    """Give each column its best meaning; a meaning goes to the column it fits best."""
    taken = {name for name, _ in chosen.values() if name not in _REPEATABLE}
    pairs = sorted(
        ((score, -index, name) for index, found in enumerate(scores) for name, score in found.items() if score > 0.3),
        key=lambda triple: (-triple[0], -triple[1]),
    )
    for score, minus, name in pairs:
        index = -minus
        if index in chosen:
            continue
        if name in taken and name in _NUMBERED and _same_but_number(headers, index, name, chosen):
            chosen[index] = (name, min(score, 1.0))
            continue
        if name in taken and name not in _REPEATABLE and not (name in _GENERIC and score >= 0.5):
            second = F.FACTORY if name == F.SUPPLIER and not candidates(headers[index]) else None
            if second and second not in taken:
                chosen[index] = (second, min(score, 0.5))
                taken.add(second)
            continue
        chosen[index] = (name, min(score, 1.0))
        taken.add(name)


def _same_but_number(headers: Sequence[str], index: int, name: Field, chosen: dict[int, tuple[Field, float]]) -> bool:
    """Whether a column is the second of its kind: factory 1 and factory 2."""

    def bare(header: str) -> str:
        return re.sub(r"[\d\s.()]+", "", fold(header))

    return any(n == name and bare(headers[i]) == bare(headers[index]) for i, (n, _) in chosen.items())


def _adjacent(headers: Sequence[str], chosen: dict[int, tuple[Field, float]], told: Mapping[str, Field | None]) -> None:
    """A country, place or coordinate that says not of whom belongs to the name before it, when there are more of them."""
    for generic, (kind,) in _GENERIC.items():
        mine = [index for index, (name, _) in chosen.items() if name == generic and headers[index] not in told]
        owned = {name for name, _ in chosen.values()}
        others = [name for (_, attribute), name in _OWNED.items() if attribute == kind and name in owned]
        if generic == F.COUNTRY and len(mine) == 1 and not others:
            continue
        for index in sorted(mine):
            owner = _owner(index, chosen)
            if generic == F.COUNTRY and len(mine) == 1 and _is_origin(headers[index]):
                owner = "area"
            name = _OWNED.get((owner, kind)) if owner else None
            if name and name not in {n for n, _ in chosen.values()}:
                chosen[index] = (name, chosen[index][1])
            elif len(mine) > 1 and any(i < index and chosen.get(i, (None, 0))[0] == generic for i in mine):
                del chosen[index]


def _is_origin(header: str) -> bool:
    from .headers import _ORIGIN

    return bool(_ORIGIN.search(fold(header)))


def _owner(index: int, chosen: dict[int, tuple[Field, float]]) -> str:
    for before in range(index - 1, -1, -1):
        owner = _NAMES.get(chosen[before][0]) if before in chosen else None
        if owner:
            return owner
    return ""


def _fill_gaps(
    chosen: dict[int, tuple[Field, float]], headers: Sequence[str], told: Mapping[str, Field | None]
) -> None:
    """Names that are missing are taken from what comes nearest."""
    have = {name for name, _ in chosen.values()}
    for index, (name, confidence) in list(chosen.items()):
        if headers[index] in told:
            continue
        if name == F.QUARRY_PLACE and F.QUARRY_AREA not in have:
            chosen[index] = (F.QUARRY_AREA, confidence)
            have.add(F.QUARRY_AREA)
        elif name == F.FACTORY_PLACE and F.FACTORY not in have and subject_of(fold(headers[index])) == "factory":
            chosen[index] = (F.FACTORY, confidence)
            have.add(F.FACTORY)
