"""Which chain of the company a row is about, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from toetssteen.sheets.policies import name_key
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.models import Chain

STONE = ("material", "trade_name", "product_group", "volume")
Canonical = dict[str, Any]


def as_data(chain: Chain) -> ChainData:
    """A stored chain as it would be entered."""
    return ChainData(
        situation=chain.situation,
        material=chain.material,
        opened_on=chain.opened_on,
        trade_name=chain.trade_name,
        product_group=chain.product_group,
        extraction_country=chain.extraction_country,
        processing_country=chain.processing_country,
        share_of_volume=chain.share_of_volume,
        volume_tonnes=chain.volume_tonnes,
        links=tuple(as_link(link) for link in chain.links.all()),
    )


def as_link(link: Any) -> LinkData:
    """A stored link as it would be entered; `id` names its row."""
    return LinkData(
        level=link.level, state=link.state, name=link.name, address=link.address, place=link.place,
        country=link.country, lat=link.lat, lon=link.lon, quarry_area_id=link.quarry_area_id, asked_on=link.asked_on,
        answered_on=link.answered_on, note=link.note, id=link.pk,
    )  # fmt: skip


def canonical(data: ChainData) -> Canonical:
    """The parts of a chain, so that the same content compares equal however it is spelled in case and spaces."""
    parts: Canonical = {
        "material": data.material,
        "trade_name": name_key(data.trade_name),
        "product_group": data.product_group,
        "volume": _volume(data),
    }
    for link in data.links:
        parts.setdefault(link.level, [])
        if link.state != "unknown":
            parts[link.level].append(_link(link))
    return {name: tuple(sorted(part)) if isinstance(part, list) else part for name, part in parts.items()}


def _volume(data: ChainData) -> tuple[str, str]:
    tonnes, share = data.volume_tonnes, data.share_of_volume
    return ("t", _plain(tonnes)) if tonnes is not None else ("%", _plain(share)) if share is not None else ("", "")


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _link(link: LinkData) -> tuple[str, ...]:
    if link.state != "known":
        return (link.state, "", "", "", "", "", "")
    spot = ["" if value is None else _plain(value.quantize(Decimal("0.0001"))) for value in (link.lat, link.lon)]
    if link.quarry_area_id:  # the registry knows where it is
        return (link.state, name_key(link.name), "", "", *spot, str(link.quarry_area_id))
    return (link.state, name_key(link.name), name_key(link.place), link.country, *spot, "")


def differences(old: Canonical, new: Canonical, told: Iterable[str]) -> list[str]:
    """The parts that a sheet tells otherwise; what it has no column for is left as it is."""
    return [part for part in told if old.get(part, ()) != new.get(part, ())]


def merged(old: ChainData, new: ChainData, parts: Iterable[str], *, days_told: bool = False) -> ChainData:
    """The stored chain with these parts from the sheet; everything else stays.

    `days_told`: the sheet says itself when something was asked.
    """
    taken = set(parts)
    links = [link for link in old.links if link.level not in taken]
    links += [_with_what_was_known(link, old.links, days_told) for link in new.links if link.level in taken]
    values: dict[str, Any] = {name: getattr(new, name) for name in STONE[:3] if name in taken}
    if "volume" in taken:
        values["volume_tonnes"] = new.volume_tonnes
        if new.share_of_volume is not None:
            values["share_of_volume"] = new.share_of_volume
    if any(link.level in taken for link in new.links):
        for name in ("extraction_country", "processing_country"):
            values[name] = getattr(new, name) or getattr(old, name)
    for name in ("situation", "opened_on", "share_of_volume"):
        if name in taken:
            values[name] = getattr(new, name)
    return replace(old, links=tuple(links), checked=True, **values)


def _with_what_was_known(link: LinkData, old: Iterable[LinkData], days_told: bool) -> LinkData:
    """A link from the sheet, with what was on record for the same place and the sheet has no column for."""
    for was in old:
        same = was.level == link.level and was.state == link.state
        if same and (link.state != "known" or (link.name and name_key(was.name) == name_key(link.name))):
            spot = (link.lat, link.lon) if link.lat is not None else (was.lat, was.lon)
            asked = (link.asked_on or was.asked_on) if days_told else (was.asked_on or link.asked_on)
            return replace(
                link, address=link.address or was.address, asked_on=asked,
                answered_on=was.answered_on or link.answered_on, note=link.note or was.note, lat=spot[0], lon=spot[1],
            )  # fmt: skip
    return link


@dataclass
class Known:
    """A chain that the company has, prepared to be found."""

    chain: Chain
    data: ChainData
    parts: Canonical
    taken: bool = False


@dataclass
class Register:
    """The open chains of a company, found by number, by everything, or by what names them."""

    known: dict[int, Known] = field(default_factory=dict)
    first_level: str = ""
    _exact: dict[str, list[Known]] = field(default_factory=dict)
    _named: dict[tuple[Any, ...], list[Known]] = field(default_factory=dict)

    @classmethod
    def of(cls, chains: Iterable[Chain], levels: Sequence[str]) -> Register:
        register = cls(first_level=levels[0] if levels else "")
        for chain in chains:
            data = as_data(chain)
            one = Known(chain, data, canonical(data))
            register.known[chain.pk] = one
            register._exact.setdefault(_said(one.parts), []).append(one)
            register._named.setdefault(register._name(one.parts), []).append(one)
        return register

    def _name(self, parts: Mapping[str, Any]) -> tuple[Any, ...]:
        suppliers = tuple(link[1] for link in parts.get(self.first_level, ()))
        return parts["material"], parts["trade_name"], suppliers

    def take(self, pk: int) -> Known | None:
        """The chain with a number, once."""
        return _first([self.known[pk]] if pk in self.known else [])

    def same(self, parts: Canonical) -> Known | None:
        """A chain with the same content, once."""
        return _first(self._exact.get(_said(parts), []))

    def like(self, parts: Canonical) -> Known | None:
        """The chain with the same stone from the same supplier that differs least, once."""
        found = [one for one in self._named.get(self._name(parts), []) if not one.taken]
        found.sort(key=lambda one: sum(one.parts.get(part) != parts.get(part) for part in {*one.parts, *parts}))
        return _first(found)


def _said(parts: Canonical) -> str:
    return repr(sorted((name, part) for name, part in parts.items() if part))


def _first(found: list[Known]) -> Known | None:
    for one in found:
        if not one.taken:
            one.taken = True
            return one
    return None
