"""Chains that say two things at once, or that nobody looked at for a year: questions, never corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, day, in_language
from toetssteen.foundation.pages import demand
from toetssteen.insights import permissions
from toetssteen.insights.chain_queries import ONE_YEAR, open_chains
from toetssteen.places import gazetteer
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import ChainLink, QuarryArea, Site

KINDS = {
    "country": gettext_lazy("Country and coordinates"),
    "origin": gettext_lazy("Country of the chain and of its area"),
    "area": gettext_lazy("Area and its coordinates"),
    "same": gettext_lazy("Supplier and quarry are the same"),
    "closed": gettext_lazy("Site that was closed"),
    "stale": gettext_lazy("Not checked for a year"),
}
LINK = (
    "chain_id", "level", "state", "name", "country", "lat", "lon", "quarry_area_id", "site_id",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing to ask or to mend, with where that is done."""

    kind: str
    company_id: int
    company: str
    chain_id: int
    chain: str
    text: str
    url: str
    mend: str

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


@dataclass(frozen=True)
class _Chain:
    id: int
    company_id: int
    company: str
    label: str
    origin: str
    confirmed_on: dt.date | None


def findings(actor: Actor, pack: Pack, today: dt.date) -> list[Finding]:
    """Everything that contradicts itself or is stale in the open chains of all companies; four queries."""
    demand(permissions.can_view_all_chains(actor))
    chains = {row.id: row for row in _chains(actor, pack, today)}
    areas = {area.pk: area for area in QuarryArea.objects.all()}
    links: dict[int, list[dict[str, Any]]] = {pk: [] for pk in chains}
    for row in ChainLink.objects.filter(chain__in=open_chains(actor, today), state=LinkState.KNOWN).values(*LINK):
        links[row["chain_id"]].append(row)
    used = {row["site_id"] for rows in links.values() for row in rows if row["site_id"]}
    closed = {s.pk: s for s in Site.objects.filter(pk__in=used, closed_on__lte=today)}
    ends = (pack.coverage_levels[0].id, pack.coverage_levels[-1].id) if len(pack.coverage_levels) > 1 else ("", "")
    found = [finding for pk, chain in chains.items() for finding in _of_chain(chain, links[pk], areas, closed, ends)]
    found += [
        _stale(chain) for chain in chains.values() if not chain.confirmed_on or chain.confirmed_on < today - ONE_YEAR
    ]
    order = list(KINDS)
    found += _areas(areas)
    return sorted(found, key=lambda f: (order.index(f.kind), f.company.casefold(), f.chain_id))


def _chains(actor: Actor, pack: Pack, today: dt.date) -> Iterator[_Chain]:
    words = {material.id: in_language(material.text) for material in pack.materials}
    rows = open_chains(actor, today).values_list(
        "pk", "organisation_id", "organisation__name", "material", "trade_name", "extraction_country", "confirmed_on"
    )
    for pk, company_id, company, material, trade_name, origin, confirmed_on in rows:
        label = ", ".join(part for part in (words.get(material, material), trade_name) if part)
        yield _Chain(pk, company_id, company, label[:1].upper() + label[1:], origin, confirmed_on)


def _finding(kind: str, chain: _Chain, text: str, mend: str = "") -> Finding:
    url = reverse("chain_detail", args=[chain.id])
    return Finding(kind, chain.company_id, chain.company, chain.id, chain.label, text, url, mend)


def _stale(chain: _Chain) -> Finding:
    text = (
        _("Last checked on %(day)s.") % {"day": day(chain.confirmed_on)} if chain.confirmed_on else _("Never checked.")
    )
    return _finding("stale", chain, text)


def _of_chain(
    chain: _Chain,
    links: list[dict[str, Any]],
    areas: dict[int, QuarryArea],
    closed: dict[int, Site],
    ends: tuple[str, str],
) -> Iterator[Finding]:
    origins: set[str] = set()
    for link in links:
        if link["lat"] is not None and link["lon"] is not None and link["country"]:
            there = _elsewhere(link["country"], link["lat"], link["lon"])
            if there is not None:
                yield _finding("country", chain, _says(link["name"], there))
        area = areas.get(link["quarry_area_id"] or 0)
        if area and chain.origin and area.country != chain.origin and area.country not in origins:
            origins.add(area.country)
            said = {
                "chain": country_name(chain.origin),
                "area": area.name,
                "country": country_name(area.country),
            }
            text = _("The chain says %(chain)s, its area %(area)s lies in %(country)s.") % said
            yield _finding("origin", chain, text)
        site = closed.get(link["site_id"] or 0)
        if site:
            text = _("%(name)s is closed since %(day)s.") % {"name": site.name, "day": day(site.closed_on)}
            yield _finding("closed", chain, text, reverse("site_detail", args=[site.pk]))
    first = {_plain(link["name"]) for link in links if link["level"] == ends[0]}
    for name in {link["name"] for link in links if link["level"] == ends[1] and _plain(link["name"]) in first}:
        if name:
            yield _finding("same", chain, _("%(name)s stands both as supplier and as quarry.") % {"name": name})


def _areas(areas: dict[int, QuarryArea]) -> Iterator[Finding]:
    """Areas of the list whose coordinates lie in another country."""
    for area in areas.values():
        if area.lat is not None and area.lon is not None and area.merged_into_id is None:
            there = _elsewhere(area.country, area.lat, area.lon)
            if there is not None:
                url = reverse("quarry_area_edit", args=[area.pk])
                yield Finding("area", 0, "", 0, area.name, _says(area.name, there), url, url)


def _says(name: str, there: gazetteer.Contradiction) -> str:
    said = {"name": name, "country": country_name(there.country), "there": country_name(there.found)}
    if there.at_sea:
        text = _("%(name)s should be in %(country)s, but its coordinates lie at sea.") % said
    else:
        text = _("%(name)s should be in %(country)s, but its coordinates lie in %(there)s.") % said
    if any(fix.how == "swapped" for fix in there.corrections):
        text = f"{text} {_('The other way around they do lie there.')}"
    return text


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _elsewhere(country: str, lat: Decimal, lon: Decimal) -> gazetteer.Contradiction | None:
    """What contradicts the country that was named; None when country and coordinates agree."""
    return _compared(country, lat, lon) if gazetteer.available() else None


@lru_cache(maxsize=20_000)
def _compared(country: str, lat: Decimal, lon: Decimal) -> gazetteer.Contradiction | None:
    code = country if len(country) == 2 and country.isupper() else gazetteer.country_code(country)
    return gazetteer.contradiction(code, float(lat), float(lon)) if code else None
