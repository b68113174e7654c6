"""The site's own table of chains: what it writes in each cell, and which cells of it were changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import translation

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.sheets.converting import levels_of
from toetssteen.sheets.reading.results import Field
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.models import Chain

LANGUAGES = ("nl", "en")
SEVERAL = "; "


@dataclass(frozen=True)
class Head:
    """One column: its words, what the reader takes it for, and the part of a chain it tells."""

    key: str
    nl: str
    en: str
    field: Field | None = None
    part: str = ""

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.nl


NUMBER = Head("id", "Toetssteen-nummer", "Toetssteen number")
HEADS: tuple[Head, ...] = (
    NUMBER,
    Head("material", "Materiaal", "Material", Field.MATERIAL, "material"),
    Head("trade_name", "Handelsnaam", "Trade name", Field.TRADE_NAME, "trade_name"),
    Head("product_group", "Product", "Product", Field.PRODUCT_GROUP, "product_group"),
    Head("volume", "Volume (ton)", "Volume (tonnes)", Field.VOLUME, "volume"),
    Head("direct_supplier.name", "Leverancier", "Supplier", Field.SUPPLIER, "direct_supplier"),
    Head("direct_supplier.place", "Plaats leverancier", "Place of supplier", Field.SUPPLIER_PLACE, "direct_supplier"),
    Head(
        "direct_supplier.country", "Land leverancier", "Country of supplier", Field.SUPPLIER_COUNTRY, "direct_supplier"
    ),
    Head("direct_supplier.asked", "Leverancier gevraagd op", "Supplier asked on", None, "direct_supplier"),
    Head("factory.name", "Fabriek", "Factory", Field.FACTORY, "factory"),
    Head("factory.place", "Plaats fabriek", "Place of factory", Field.FACTORY_PLACE, "factory"),
    Head("factory.country", "Land fabriek", "Country of factory", Field.FACTORY_COUNTRY, "factory"),
    Head("factory.spot", "Coördinaten fabriek", "Coordinates of factory", Field.FACTORY_COORDINATES, "factory"),
    Head("factory.asked", "Fabriek gevraagd op", "Factory asked on", None, "factory"),
    Head("quarry_area.name", "Groevegebied", "Quarry area", Field.QUARRY_AREA, "quarry_area"),
    Head(
        "quarry_area.admin1", "Provincie groevegebied", "Province of quarry area", Field.QUARRY_AREA_ADMIN1,
        "quarry_area",
    ),
    Head(
        "quarry_area.country", "Land groevegebied", "Country of quarry area", Field.QUARRY_AREA_COUNTRY, "quarry_area"
    ),
    Head("quarry_area.asked", "Groevegebied gevraagd op", "Quarry area asked on", None, "quarry_area"),
    Head("quarry.name", "Groeve", "Quarry", Field.QUARRY, "quarry"),
    Head("quarry.place", "Plaats groeve", "Place of quarry", Field.QUARRY_PLACE, "quarry"),
    Head("quarry.country", "Land groeve", "Country of quarry", Field.QUARRY_COUNTRY, "quarry"),
    Head("quarry.spot", "Coördinaten groeve", "Coordinates of quarry", Field.QUARRY_COORDINATES, "quarry"),
    Head("quarry.asked", "Groeve gevraagd op", "Quarry asked on", None, "quarry"),
    Head("situation", "Situatie", "Situation", None, "situation"),
    Head("share", "Aandeel (%)", "Share (%)", None, "share_of_volume"),
    Head("since", "Sinds", "Since", None, "opened_on"),
)  # fmt: skip
STATES = {
    "unknown": ("Onbekend", "Unknown"),
    "refused": ("Gevraagd en geweigerd", "Asked and refused"),
    "asked": ("Gevraagd, nog geen antwoord", "Asked, no answer yet"),
}
_LANGUAGE_OF = {head.in_(language).casefold(): language for head in (NUMBER,) for language in LANGUAGES}


def language_of(headers: Iterable[str]) -> str:
    """The language of our own table; empty when these are the columns of another one."""
    return next((_LANGUAGE_OF[h.casefold().strip()] for h in headers if h.casefold().strip() in _LANGUAGE_OF), "")


def fields_of(headers: Iterable[str]) -> dict[str, Field | None]:
    """What the columns of our own table mean to the reader, by their head."""
    language = language_of(headers)
    known = {head.in_(language).casefold(): head.field for head in HEADS}
    return {header: known.get(header.casefold().strip()) for header in headers} if language else {}


def state_words(language: str) -> list[str]:
    """What can stand in the place of a name that is not known."""
    return [words[LANGUAGES.index(language)] for words in STATES.values()]


# --- writing


def cells_of(chain: Chain, pack: Pack, language: str) -> dict[str, Any]:
    """One chain as our table shows it: text, numbers and days by the key of the column."""
    with translation.override(language):
        materials = {material.id: in_language(material.text) for material in pack.materials}
        products = {form.id: in_language(form.text) for form in pack.product_forms}
        cells: dict[str, Any] = {
            "id": chain.pk,
            "material": materials.get(chain.material, chain.material),
            "trade_name": chain.trade_name,
            "product_group": products.get(chain.product_group, chain.product_group),
            "volume": chain.volume_tonnes,
            "situation": chain.situation,
            "share": chain.share_of_volume,
            "since": chain.opened_on,
        }
        links: dict[str, list[Any]] = {}
        for link in chain.links.all():
            links.setdefault(link.level, []).append(link)
        for name, level in levels_of(pack).items():
            cells |= {f"{name}.{key}": value for key, value in _level_cells(links.get(level, []), language).items()}
    return cells


def _level_cells(links: Sequence[Any], language: str) -> dict[str, Any]:
    known = [link for link in links if link.state == "known"]
    if not known:
        state = links[0].state if links else "unknown"
        asked = links[0].asked_on if links else None
        return {"name": STATES.get(state, STATES["unknown"])[LANGUAGES.index(language)], "asked": asked}
    areas = [link.quarry_area for link in known]
    return {
        "name": _joined(
            (link.name or (area.name if area else link.place)) for link, area in zip(known, areas, strict=True)
        ),
        "place": _joined((area.name if area else link.place) for link, area in zip(known, areas, strict=True)),
        "admin1": _joined(area.admin1 if area else "" for area in areas),
        "country": _joined(
            country_name(code) if code else ""
            for code in ((link.country or (a.country if a else "")) for link, a in zip(known, areas, strict=True))
        ),
        "spot": _joined(f"{link.lat}, {link.lon}" if link.lat is not None else "" for link in known),
        "asked": next((link.asked_on for link in known if link.asked_on), None),
    }


def _joined(values: Iterable[str]) -> str:
    found = [value or "" for value in values]
    return SEVERAL.join(found) if any(found) else ""


# --- reading back


def changed_parts(chain: Chain, cells: Mapping[str, str], pack: Pack, language: str) -> list[str]:
    """The parts of a chain whose cells do not say what we would write today."""
    written, there = cells_of(chain, pack, language), {head.casefold().strip(): v for head, v in cells.items()}
    parts: list[str] = []
    for head in HEADS[1:]:
        said = there.get(head.in_(language).casefold())
        if said is not None and not _equal(written.get(head.key), said) and head.part not in parts:
            parts.append(head.part)
    return parts


def _equal(ours: Any, said: str) -> bool:
    said = " ".join(str(said).split())
    if ours is None or ours == "":
        return said == ""
    if isinstance(ours, dt.date):
        return _day(said) == ours
    if isinstance(ours, Decimal | int):
        found = _number(said)
        return found is not None and found == ours
    return said == " ".join(str(ours).split())


def _number(said: str) -> Decimal | None:
    plain = said.replace("\u00a0", "").replace(" ", "")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _day(said: str) -> dt.date | None:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"):
        try:
            return dt.datetime.strptime(said.strip(), form).date()
        except ValueError:
            continue
    return None


def corrected(data: ChainData, cells: Mapping[str, str], pack: Pack, language: str) -> ChainData:
    """What a row of our own table says where our own words say it better than guessing would."""
    there = {head.casefold().strip(): " ".join(str(value).split()) for head, value in cells.items()}

    def said(key: str) -> str:
        head = next(head for head in HEADS if head.key == key)
        return there.get(head.in_(language).casefold(), "")

    values: dict[str, Any] = {}
    with translation.override(language):
        materials = {in_language(material.text).casefold(): material.id for material in pack.materials}
        products = {in_language(form.text).casefold(): form.id for form in pack.product_forms}
    values["material"] = materials.get(said("material").casefold(), data.material)
    values["product_group"] = products.get(said("product_group").casefold(), data.product_group)
    if said("situation").upper() in {profile.id for profile in pack.framework.profiles}:
        values["situation"] = said("situation").upper()
    share = _number(said("share").removesuffix("%"))
    if share is not None and 0 <= share <= 100:
        values["share_of_volume"] = share.quantize(Decimal("0.001"))
    values["opened_on"] = _day(said("since")) or data.opened_on
    links: list[LinkData] = []
    for name, level in levels_of(pack).items():
        own = [link for link in data.links if link.level == level]
        state = next(
            (s for s, words in STATES.items() if said(f"{name}.name").casefold() in {w.casefold() for w in words}), ""
        )
        asked = _day(said(f"{name}.asked"))
        if state == "unknown":
            own = [LinkData(level=level)]
        elif state:
            before = next((link.asked_on for link in own), None)
            own = [LinkData(level=level, state=state, asked_on=asked or before)]
        elif asked:
            own = [replace(link, asked_on=asked) if link.state != "unknown" else link for link in own]
        links += own
    return replace(data, links=tuple(links), **values)
