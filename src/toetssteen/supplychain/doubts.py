"""What does not fit in a chain: it says two things at once, or nobody looked at it for a year. Never a correction."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, day, in_language
from toetssteen.places import gazetteer
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain, ChainDoubt, ChainLink, QuarryArea, Site

ONE_YEAR = dt.timedelta(days=365)
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
class Doubt:
    """One thing that does not fit, with what was asked and said about it."""

    kind: str
    key: str
    chain_id: int
    company_id: int
    company: str
    chain: str
    text: str
    site_id: int | None = None
    asked_at: dt.datetime | None = None
    question: str = ""
    checked_at: dt.datetime | None = None
    remark: str = ""

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


def doubts_in(
    chains: QuerySet[Chain], pack: Pack, today: dt.date, *, sites: bool, areas: Mapping[int, QuarryArea] | None = None
) -> list[Doubt]:
    """Everything that does not fit in these chains; five queries at most. `sites`: also what the registry knows."""
    heads = {row.id: row for row in _chains(chains, pack)}
    if areas is None:
        areas = {area.pk: area for area in QuarryArea.objects.filter(pk__in=chains_areas(chains))}
    links: dict[int, list[dict[str, Any]]] = {pk: [] for pk in heads}
    for row in ChainLink.objects.filter(chain__in=chains.order_by(), state=LinkState.KNOWN).values(*LINK):
        links[row["chain_id"]].append(row)
    closed: dict[int, Site] = {}
    if sites:
        used = {row["site_id"] for rows in links.values() for row in rows if row["site_id"]}
        closed = {s.pk: s for s in Site.objects.filter(pk__in=used, closed_on__lte=today)}
    ends = (pack.coverage_levels[0].id, pack.coverage_levels[-1].id) if len(pack.coverage_levels) > 1 else ("", "")
    said = {(d.chain_id, d.kind, d.key): d for d in ChainDoubt.objects.filter(chain__in=chains.order_by())}
    found = [doubt for pk, head in heads.items() for doubt in _of_chain(head, links[pk], areas, closed, ends, said)]
    stale = (head for head in heads.values() if not head.confirmed_on or head.confirmed_on < today - ONE_YEAR)
    return [*found, *(_stale(head, said) for head in stale)]


def chains_areas(chains: QuerySet[Chain]) -> QuerySet[Any, Any]:
    """The areas that the links of chains name."""
    named = ChainLink.objects.filter(chain__in=chains.order_by(), quarry_area__isnull=False)
    return named.order_by().values_list("quarry_area", flat=True)


def sorted_doubts(doubts: Iterable[Doubt]) -> list[Doubt]:
    """What was checked comes last; else by what it is about, by company and by chain."""
    order = list(KINDS)
    return sorted(
        doubts, key=lambda d: (d.checked_at is not None, order.index(d.kind), d.company.casefold(), d.chain_id)
    )


def _chains(chains: QuerySet[Chain], pack: Pack) -> Iterator[_Chain]:
    words = {material.id: in_language(material.text) for material in pack.materials}
    rows = chains.values_list(
        "pk", "organisation_id", "organisation__name", "material", "trade_name", "extraction_country", "confirmed_on"
    )
    for pk, company_id, company, material, trade_name, origin, confirmed_on in rows:
        label = ", ".join(part for part in (words.get(material, material), trade_name) if part)
        yield _Chain(pk, company_id, company, label[:1].upper() + label[1:], origin, confirmed_on)


Said = Mapping[tuple[int, str, str], ChainDoubt]


def _doubt(kind: str, chain: _Chain, text: str, about: Iterable[Any], said: Said, site_id: int | None = None) -> Doubt:
    key = hashlib.sha256("|".join(str(part) for part in about).encode()).hexdigest()[:20]
    kept = said.get((chain.id, kind, key))
    return Doubt(
        kind, key, chain.id, chain.company_id, chain.company, chain.label, text, site_id,
        asked_at=kept.asked_at if kept else None, question=kept.question if kept else "",
        checked_at=kept.checked_at if kept else None, remark=kept.remark if kept else "",
    )  # fmt: skip


def _stale(chain: _Chain, said: Said) -> Doubt:
    text = (
        _("Last checked on %(day)s.") % {"day": day(chain.confirmed_on)} if chain.confirmed_on else _("Never checked.")
    )
    return _doubt("stale", chain, text, [chain.confirmed_on], said)


def _of_chain(
    chain: _Chain,
    links: list[dict[str, Any]],
    areas: Mapping[int, QuarryArea],
    closed: Mapping[int, Site],
    ends: tuple[str, str],
    said: Said,
) -> Iterator[Doubt]:
    origins: set[str] = set()
    for link in links:
        if link["lat"] is not None and link["lon"] is not None and link["country"]:
            there = elsewhere(link["country"], link["lat"], link["lon"])
            if there is not None:
                about = [link[name] for name in ("level", "name", "country", "lat", "lon")]
                yield _doubt("country", chain, says(link["name"], there), about, said)
        area = areas.get(link["quarry_area_id"] or 0)
        if area and chain.origin and area.country != chain.origin and area.country not in origins:
            origins.add(area.country)
            words = {"chain": country_name(chain.origin), "area": area.name, "country": country_name(area.country)}
            text = _("The chain says %(chain)s, its area %(area)s lies in %(country)s.") % words
            yield _doubt("origin", chain, text, [chain.origin, area.code], said)
        site = closed.get(link["site_id"] or 0)
        if site:
            text = _("%(name)s is closed since %(day)s.") % {"name": site.name, "day": day(site.closed_on)}
            yield _doubt("closed", chain, text, [site.code, site.closed_on], said, site.pk)
    first = {_plain(link["name"]) for link in links if link["level"] == ends[0]}
    for name in sorted({link["name"] for link in links if link["level"] == ends[1] and _plain(link["name"]) in first}):
        if name:
            text = _("%(name)s stands both as supplier and as quarry.") % {"name": name}
            yield _doubt("same", chain, text, [_plain(name)], said)


def says(name: str, there: gazetteer.Contradiction) -> str:
    """A place with what its coordinates say instead."""
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


def elsewhere(country: str, lat: Decimal, lon: Decimal) -> gazetteer.Contradiction | None:
    """What contradicts the country that was named; None when country and coordinates agree."""
    return _compared(country, lat, lon) if gazetteer.available() else None


@lru_cache(maxsize=20_000)
def _compared(country: str, lat: Decimal, lon: Decimal) -> gazetteer.Contradiction | None:
    code = country if len(country) == 2 and country.isupper() else gazetteer.country_code(country)
    return gazetteer.contradiction(code, float(lat), float(lon)) if code else None
