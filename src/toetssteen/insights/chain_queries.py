"""All chains of all companies, for the secretariat only: to look through, and to see where companies meet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.foundation.pages import demand
from toetssteen.insights import permissions
from toetssteen.organisations.models import Organisation
from toetssteen.risks.queries import is_top_priority, risks
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain, ChainLink, QuarryArea, Site
from toetssteen.supplychain.permissions import visible_chains
from toetssteen.supplychain.queries import ChainRow, Words, as_row

ONE_YEAR = dt.timedelta(days=365)
AT_ONCE = 500  # chains of a file whose links are read together
SORTS = {
    "company": ("organisation__name", "pk"),
    "-company": ("-organisation__name", "-pk"),
    "material": ("material", "organisation__name", "pk"),
    "-material": ("-material", "organisation__name", "pk"),
    "checked": (F("confirmed_on").asc(nulls_first=True), "pk"),
    "-checked": (F("confirmed_on").desc(nulls_last=True), "pk"),
}


@dataclass(frozen=True)
class AllFilters:
    """What the secretariat looks for among all chains; empty means every open chain."""

    search: str = ""
    company: str = ""
    country: str = ""
    material: str = ""
    situation: str = ""
    gap: str = ""  # the id of a level that is not known
    state: str = ""
    area: str = ""
    site: str = ""
    checked: str = ""  # "no": not in the last year
    sort: str = "company"


def _links(**wanted: object) -> Exists:
    return Exists(ChainLink.objects.filter(chain=OuterRef("pk"), **wanted))


def all_chains(actor: Actor, pack: Pack, today: dt.date, wanted: AllFilters) -> QuerySet[Chain]:
    """The open chains that fit, with their company and links; three queries."""
    demand(permissions.can_view_all_chains(actor))
    found = open_chains(actor, today)
    for name, value in (("material", wanted.material), ("situation", wanted.situation)):
        found = found.filter(**{name: value}) if value else found
    if wanted.country:
        found = found.filter(extraction_country=wanted.country)
    if wanted.company.isdecimal():
        found = found.filter(organisation_id=int(wanted.company))
    if wanted.gap:
        found = found.filter(~_links(level=wanted.gap, state=LinkState.KNOWN), situation__in=pack.own_situations)
    if wanted.state:
        found = found.filter(_links(state=wanted.state))
    if wanted.area.isdecimal():
        inside = Q(quarry_area=int(wanted.area)) | Q(quarry_area__parent=int(wanted.area))
        found = found.filter(Exists(ChainLink.objects.filter(inside, chain=OuterRef("pk"))))
    if wanted.site.isdecimal():
        inside = Q(site=int(wanted.site)) | Q(site__merged_into=int(wanted.site))
        found = found.filter(Exists(ChainLink.objects.filter(inside, chain=OuterRef("pk"))))
    if wanted.checked == "no":
        found = found.filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=today - ONE_YEAR))
    for word in wanted.search.split():
        found = found.filter(
            Q(trade_name__icontains=word)
            | Q(organisation__name__icontains=word)
            | _links(name__icontains=word)
            | _links(place__icontains=word)
        )
    links = ChainLink.objects.select_related("quarry_area__parent").order_by("position", "pk")
    return (
        found.select_related("organisation")
        .prefetch_related(Prefetch("links", queryset=links))
        .order_by(*SORTS.get(wanted.sort, SORTS["company"]))
    )


def open_chains(actor: Actor, today: dt.date) -> QuerySet[Chain]:
    """The chains that the actor may see and that are open today."""
    return visible_chains(actor).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today), opened_on__lte=today)


def as_rows(chains: Iterable[Chain], pack: Pack, today: dt.date) -> list[tuple[Organisation, ChainRow]]:
    """Each chain with its company, as the table shows it."""
    words = Words.of(pack)
    return [(chain.organisation, as_row(chain, words, on=today, since=today - ONE_YEAR)) for chain in chains]


class _Company(NamedTuple):
    name: str
    reference: str


class _Head(NamedTuple):
    """What a row says of a chain itself."""

    pk: int
    row_version: int
    material: str
    trade_name: str
    product_group: str
    situation: str
    extraction_country: str
    processing_country: str
    share_of_volume: Decimal | None
    opened_on: dt.date
    closed_on: dt.date | None
    close_reason: str
    confirmed_on: dt.date | None


class _Link(NamedTuple):
    """What a row says of one link."""

    level: str
    state: str
    name: str
    place: str
    country: str
    asked_on: dt.date | None
    answered_on: dt.date | None
    quarry_area: QuarryArea | None


def rows_of_file(actor: Actor, pack: Pack, today: dt.date, wanted: AllFilters) -> Iterator[tuple[_Company, ChainRow]]:
    """Each chain that fits with its company, for a file of all of them: rows come as they are read, some at a time."""
    found = all_chains(actor, pack, today, wanted).prefetch_related(None)
    heads = list(found.values_list("organisation__name", "organisation__reference", *_Head._fields))
    return _rows_of_file(heads, Words.of(pack), today)


def _rows_of_file(heads: list[Any], words: Words, today: dt.date) -> Iterator[tuple[_Company, ChainRow]]:
    areas = QuarryArea.objects.select_related("parent").in_bulk()
    for first in range(0, len(heads), AT_ONCE):
        part = heads[first : first + AT_ONCE]
        links: dict[int, list[Any]] = defaultdict(list)
        rows = ChainLink.objects.filter(chain_id__in=[head[2] for head in part]).order_by("position", "pk")
        for chain_id, area_id, *values in rows.values_list("chain_id", "quarry_area_id", *_Link._fields[:-1]):
            links[chain_id].append(_Link._make((*values, areas.get(area_id))))
        for name, reference, *values in part:
            head: Any = _Head(*values)
            row = as_row(head, words, on=today, since=today - ONE_YEAR, links=links.get(head.pk, ()))
            yield _Company(name, reference), row


@dataclass(frozen=True)
class Choices:
    """What the filters offer."""

    companies: Sequence[tuple[int, str]]
    countries: Sequence[tuple[str, str]]
    materials: Sequence[tuple[str, str]]


def choices(actor: Actor, pack: Pack, today: dt.date) -> Choices:
    """The companies, countries and materials that occur; one query."""
    seen = open_chains(actor, today).order_by().values_list("organisation_id", "organisation__name")
    rows = set(seen.values_list("organisation_id", "organisation__name", "extraction_country", "material"))
    words = {material.id: in_language(material.text) for material in pack.materials}
    return Choices(
        companies=sorted({(pk, name) for pk, name, _c, _m in rows}, key=lambda row: row[1].casefold()),
        countries=sorted({(c, country_name(c)) for _p, _n, c, _m in rows if c}, key=lambda row: row[1]),
        materials=sorted({(m, words.get(m, m)) for _p, _n, _c, m in rows if m}, key=lambda row: row[1]),
    )


# --- where companies meet


@dataclass
class Meeting:
    """A region, an area or a site with the companies and chains that touch it."""

    id: int
    name: str
    where: str
    country: str
    companies: dict[int, str] = field(default_factory=dict)
    chains: set[int] = field(default_factory=set)
    themes: list[tuple[str, int]] = field(default_factory=list)  # prioritised theme, companies
    area: QuarryArea | None = None

    @property
    def many(self) -> int:
        return len(self.companies)

    @property
    def names(self) -> list[tuple[int, str]]:
        return sorted(self.companies.items(), key=lambda pair: pair[1].casefold())


@dataclass(frozen=True)
class Meetings:
    """Where the chains of several companies come together."""

    areas: Sequence[Meeting]
    regions: Sequence[Meeting]
    sites: Sequence[Meeting]
    together: Sequence[Meeting]
    least: int
    companies: int


def meetings(actor: Actor, pack: Pack, today: dt.date, least: int) -> Meetings:
    """Companies per area, region and site over all open chains, and the areas where at least so many meet; six queries.

    A locality counts for the district that it lies in as well; sites and areas that were joined count as one.
    """
    demand(permissions.can_view_all_chains(actor))
    owner = dict(open_chains(actor, today).order_by().values_list("pk", "organisation_id"))
    names = dict(Organisation.objects.filter(pk__in=set(owner.values())).values_list("pk", "name"))
    links = ChainLink.objects.filter(chain__in=open_chains(actor, today), state=LinkState.KNOWN).exclude(
        quarry_area__isnull=True, site__isnull=True
    )
    touched = list(links.order_by().values_list("chain_id", "quarry_area_id", "site_id"))
    known = {area.pk: area for area in QuarryArea.objects.all()}
    areas: dict[int, Meeting] = {}
    regions: dict[tuple[str, str], Meeting] = {}
    by_area: dict[int, set[int]] = defaultdict(set)
    by_site: dict[int, set[int]] = defaultdict(set)
    for chain_id, area_id, site_id in touched:
        if area_id:
            by_area[area_id].add(chain_id)
        if site_id:
            by_site[site_id].add(chain_id)
    for area_id, chains in by_area.items():
        for area in _around(known, area_id):
            if area.pk not in areas:
                areas[area.pk] = Meeting(area.pk, area.name, area.admin1, area.country, area=area)
            areas[area.pk].chains |= chains
            region = (area.country, area.admin1)
            if region not in regions:
                regions[region] = Meeting(0, area.admin1, "", area.country)
            regions[region].chains |= chains
    for meeting in (*areas.values(), *regions.values()):
        meeting.companies = {pk: names[pk] for pk in {owner[chain_id] for chain_id in meeting.chains}}
    shared = [m for m in _ranked(areas.values()) if m.many > 1]
    together = [m for m in shared if m.many >= least and m.area is not None and m.area.parent_id is None]
    _add_themes(actor, pack, together, owner)
    return Meetings(
        areas=shared,
        regions=[m for m in _ranked(regions.values()) if m.many > 1 and m.name],
        sites=_sites(by_site, owner, names),
        together=together,
        least=least,
        companies=len(names),
    )


def _around(known: dict[int, QuarryArea], area_id: int | None) -> list[QuarryArea]:
    """The area, or the one that it became part of, and the district that it lies in."""
    area = known.get(area_id or 0)
    if area is not None and area.merged_into_id:
        area = known.get(area.merged_into_id)
    if area is None:
        return []
    parent = known.get(area.parent_id or 0)
    return [area, parent] if parent else [area]


def _meet(meeting: Meeting, chain_id: int, owner: dict[int, int], names: dict[int, str]) -> None:
    meeting.chains.add(chain_id)
    meeting.companies[owner[chain_id]] = names[owner[chain_id]]


def _ranked(found: Iterable[Meeting]) -> list[Meeting]:
    return sorted(found, key=lambda m: (-m.many, -len(m.chains), m.country, m.name))


def _sites(by_site: dict[int, set[int]], owner: dict[int, int], names: dict[int, str]) -> list[Meeting]:
    """The sites of the registry that more than one company uses."""
    rows = {site.pk: site for site in Site.objects.filter(Q(pk__in=by_site) | Q(merged__pk__in=by_site)).distinct()}
    found: dict[int, Meeting] = {}
    for pk, chains in by_site.items():
        site = rows[pk]
        while site.merged_into_id and site.merged_into_id in rows:
            site = rows[site.merged_into_id]
        where = ", ".join(part for part in (site.place, site.admin1) if part)
        meeting = found.setdefault(site.pk, Meeting(site.pk, site.name, where, site.country))
        for chain_id in chains:
            _meet(meeting, chain_id, owner, names)
    return [meeting for meeting in _ranked(found.values()) if meeting.many > 1]


def _add_themes(actor: Actor, pack: Pack, together: Sequence[Meeting], owner: dict[int, int]) -> None:
    """Per area the themes that companies there put first, with how many companies; nothing where nobody did."""
    words = {theme.id: in_language(theme.name) for theme in pack.themes}
    rows = [
        risk for risk in risks(actor).filter(organisation_id__in=set(owner.values())) if is_top_priority(risk, pack)
    ]
    by_place: Mapping[int | None, Meeting] = {meeting.id: meeting for meeting in together}
    by_chain: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in together:
        for chain_id in meeting.chains:
            by_chain[chain_id].append(meeting)
    found: dict[int | None, dict[str, set[int]]] = {meeting.id: defaultdict(set) for meeting in together}
    for risk in rows:
        area = risk.quarry_area
        places = {pk for pk in (area.pk, area.parent_id) if pk in by_place} if area is not None else set()
        for place in places | {meeting.id for meeting in by_chain.get(risk.chain_id or 0, ())}:
            found[place][risk.theme].add(risk.organisation_id)
    for meeting in together:
        whose = found[meeting.id]
        ranked = sorted(whose.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        meeting.themes = [(words.get(theme, theme), len(companies)) for theme, companies in ranked]
