"""The registry as a list: found under any spelling, filtered, and as rows for a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from rapidfuzz import fuzz, process

from toetssteen.core.access import Actor
from toetssteen.core.sites import IdentifierError, parse_identifier, site_identifier
from toetssteen.foundation.look.figures import country_name
from toetssteen.sites.choices import SiteState
from toetssteen.sites.models import Mention, SiteIdentifier, SiteName, SiteSearch
from toetssteen.sites.permissions import visible_sites
from toetssteen.sites.recognition.searching import folded
from toetssteen.supplychain.models import QuarryArea, Site

ENOUGH = 3  # with fewer exact finds, spelling variants are looked for too
LIKE_ENOUGH = 74
MOST_LIKE = 40


@dataclass(frozen=True)
class Filters:
    """What the list shows."""

    search: str = ""
    country: str = ""
    kind: str = ""
    state: str = ""
    area: str = ""
    sort: str = "code"


@dataclass(frozen=True)
class SiteRow:
    """One site as the list shows it."""

    id: int
    code: str
    name: str
    local_name: str
    kinds: tuple[str, ...]
    place: str
    country: str
    area: str
    state: str
    closed_on: Any
    companies: int
    mentions: int


def site_or_none(actor: Actor, pk: int) -> Site | None:
    """One site, for whom may see it."""
    return visible_sites(actor).select_related("quarry_area", "merged_into").filter(pk=pk).first()


SORTS = {
    "code": ("code",),
    "name": ("name", "code"),
    "country": ("country", "name", "code"),
    "place": ("place", "name", "code"),
}


def sites_found(actor: Actor, wanted: Filters) -> list[int]:
    """The ids of the sites that fit, in order; the best spelled first when something is searched."""
    rows = _filtered(visible_sites(actor), wanted)
    if wanted.search:
        return _found(rows, wanted.search)
    turned = wanted.sort.startswith("-")
    order = SORTS.get(wanted.sort.removeprefix("-"), SORTS["code"])
    return list(rows.order_by(*(f"-{column}" if turned else column for column in order)).values_list("pk", flat=True))


def _filtered(rows: QuerySet[Site], wanted: Filters) -> QuerySet[Site]:
    if wanted.state == SiteState.MERGED:
        rows = rows.filter(merged_into__isnull=False)
    else:
        rows = rows.filter(merged_into__isnull=True)
    if wanted.state == SiteState.OPEN:
        rows = rows.filter(closed_on__isnull=True)
    if wanted.state == SiteState.CLOSED:
        rows = rows.filter(closed_on__isnull=False)
    if wanted.country:
        rows = rows.filter(country=wanted.country)
    if wanted.kind:
        rows = rows.annotate(kind_words=Cast("kinds", TextField())).filter(kind_words__contains=f'"{wanted.kind}"')
    if wanted.area.isdigit():
        rows = rows.filter(Q(quarry_area=int(wanted.area)) | Q(quarry_area__parent=int(wanted.area)))
    return rows


def _found(rows: QuerySet[Site], search: str) -> list[int]:
    """First what holds all the words, then what is spelled like them."""
    plain = folded(search)
    if not plain:
        return list(rows.filter(name__icontains=search).values_list("pk", flat=True)[:MOST_LIKE])
    try:
        code = site_identifier(parse_identifier(search))
        exact = list(rows.filter(code=code).values_list("pk", flat=True))
        if exact:
            return exact
    except IdentifierError:
        pass
    texts = SiteSearch.objects.filter(site__in=rows)
    holding = texts
    for word in plain.split():
        holding = holding.filter(text__contains=word)
    exact = list(holding.order_by("site__name", "site__code").values_list("site_id", flat=True))
    if len(exact) >= ENOUGH or len(plain) < 4:
        return exact
    known = set(exact)
    return exact + [pk for pk in _alike(texts, plain) if pk not in known]


def _alike(texts: QuerySet[SiteSearch], plain: str) -> list[int]:
    owners: list[int] = []
    pieces: list[str] = []
    for site_id, text in texts.values_list("site_id", "text"):
        for piece in text.split(" | "):
            owners.append(site_id)
            pieces.append(piece)
    near = process.extract(plain, pieces, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE_ENOUGH, limit=MOST_LIKE)
    return list(dict.fromkeys(owners[index] for _piece, _score, index in near))


def site_rows(actor: Actor, ids: Sequence[int]) -> list[SiteRow]:
    """The rows of one page, in the order given; two queries."""
    sites = visible_sites(actor).select_related("quarry_area").in_bulk(list(ids))
    counts: dict[int, Any] = {
        row["site_id"]: row
        for row in Mention.objects.filter(site_id__in=list(sites))
        .order_by()
        .values("site_id")
        .annotate(companies=Count("organisation", distinct=True), mentions=Count("pk"))
    }
    return [_row(sites[pk], counts.get(pk, {})) for pk in ids if pk in sites]


def state_of(site: Site) -> str:
    """Open, closed, or merged into another."""
    if site.merged_into_id:
        return str(SiteState.MERGED)
    return str(SiteState.CLOSED if site.closed_on else SiteState.OPEN)


def _row(site: Site, count: dict[str, Any]) -> SiteRow:
    return SiteRow(
        id=site.pk, code=site.code, name=site.name, local_name=site.local_name, kinds=tuple(site.kinds),
        place=site.place, country=site.country, area=site.quarry_area.name if site.quarry_area else "",
        state=state_of(site), closed_on=site.closed_on, companies=count.get("companies", 0),
        mentions=count.get("mentions", 0),
    )  # fmt: skip


def filter_choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """The countries and areas that occur in the registry."""
    sites = visible_sites(actor)
    codes = sites.exclude(country="").order_by().values_list("country", flat=True).distinct()
    areas = QuarryArea.objects.filter(
        Q(pk__in=sites.filter(quarry_area__isnull=False).values("quarry_area"))
        | Q(pk__in=sites.filter(quarry_area__isnull=False).values("quarry_area__parent"))
    )
    return {
        "countries": sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1]),
        "areas": [(str(a.pk), f"{country_name(a.country)}, {a.name}") for a in areas],
    }


def like(actor: Actor, site: Site, search: str = "") -> list[SiteRow]:
    """Sites that this one might be merged with: searched for, or spelled like it in the same country."""
    wanted = Filters(search=search or site.name, country="" if search else site.country)
    ids = [pk for pk in sites_found(actor, wanted) if pk != site.pk]
    return site_rows(actor, ids[:8])


COLUMNS = (
    "site_id", "name", "local_name", "other_names", "kinds", "address", "unit", "place", "admin2", "admin1", "country",
    "lat", "lon", "quarry_area", "opened_on", "closed_on", "merged_into", "os_id", "numbers", "companies", "mentions",
)  # fmt: skip


def export_rows(actor: Actor, wanted: Filters) -> Iterator[list[Any]]:
    """The sites that fit as rows under COLUMNS; ids stay the same for ever. Five queries."""
    ids = sites_found(actor, wanted)
    sites = {site.pk: site for site in visible_sites(actor).select_related("quarry_area", "merged_into")}
    counted = Mention.objects.filter(site__isnull=False).order_by().values("site_id")
    counted = counted.annotate(companies=Count("organisation", distinct=True), mentions=Count("pk"))
    rows = {row["site_id"]: row for row in counted}
    names, numbers, os_ids = defaultdict(list), defaultdict(list), {}
    for site_id, name in SiteName.objects.values_list("site_id", "name"):
        names[site_id].append(name)
    for site_id, scheme, value in SiteIdentifier.objects.values_list("site_id", "scheme", "value"):
        if scheme == "os_id":
            os_ids[site_id] = value
        else:
            numbers[site_id].append(f"{scheme}:{value}")
    for pk in ids:
        site = sites[pk]
        count: Any = rows.get(pk, {})
        yield [
            site.code, site.name, site.local_name, "; ".join(names[pk]), ";".join(site.kinds), site.address, site.unit,
            site.place, site.admin2, site.admin1, site.country, site.lat, site.lon,
            site.quarry_area.code if site.quarry_area else "", site.opened_on, site.closed_on,
            site.merged_into.code if site.merged_into else "", os_ids.get(pk, ""), "; ".join(numbers[pk]),
            count.get("companies", 0), count.get("mentions", 0),
        ]  # fmt: skip
