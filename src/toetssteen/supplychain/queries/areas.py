"""Reading the list of quarry areas: for a company's choice, and for the secretariat that keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from toetssteen.core.access import Actor
from toetssteen.foundation.look.figures import country_name
from toetssteen.supplychain.models import AreaMerge, ChainLink, QuarryArea, Site
from toetssteen.supplychain.permissions import visible_area_merges, visible_quarry_areas


def area_choices(actor: Actor) -> list[tuple[str, list[tuple[int, str]]]]:
    """The areas to choose from, per country in words; an area inside another names it. One query."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for area in visible_quarry_areas(actor).select_related("parent"):
        groups.setdefault(country_name(area.country), []).append((area.pk, area_label(area)))
    return [(country, sorted(rows, key=lambda row: row[1])) for country, rows in sorted(groups.items())]


def area_label(area: QuarryArea) -> str:
    """The name of an area with what it lies in: Budhpura (Bundi, Rajasthan)."""
    inside = [part for part in (area.parent.name if area.parent else "", area.admin1) if part]
    return f"{area.name} ({', '.join(inside)})" if inside else area.name


@dataclass(frozen=True)
class AreaRow:
    """An area as the secretariat's list shows it, with how many links of chains name it."""

    id: int
    code: str
    name: str
    inside: str
    level: str
    country: str
    admin1: str
    links: int
    precision: str
    listed: bool
    in_use: bool = True  # a chain names it, or an area inside it that a chain names


def quarry_areas(actor: Actor, *, search: str = "", country: str = "") -> list[AreaRow]:
    """The areas of the registry, by country and name; two queries."""
    found: QuerySet[QuarryArea] = visible_quarry_areas(actor).select_related("parent")
    if search:
        found = found.filter(Q(name__icontains=search) | Q(admin1__icontains=search) | Q(code__icontains=search))
    if country:
        found = found.filter(country=country)
    used: dict[int, int] = (
        {}
        if not actor.is_secretariat
        else dict(
            ChainLink.objects.filter(quarry_area__isnull=False)
            .order_by()
            .values_list("quarry_area")
            .annotate(links=Count("pk"))
        )
    )
    rows = list(found)
    around = {area.parent_id for area in rows if used.get(area.pk)}
    return [
        AreaRow(
            id=area.pk,
            code=area.code,
            name=area.name,
            inside=area.parent.name if area.parent else "",
            level=area.level,
            country=area.country,
            admin1=area.admin1,
            links=used.get(area.pk, 0),
            precision=str(area.get_precision_display()),
            listed=area.listed,
            in_use=bool(used.get(area.pk)) or area.pk in around,
        )
        for area in rows
    ]


def same_country_areas(actor: Actor, area: QuarryArea) -> list[tuple[int, str]]:
    """The other areas of a country, to say that one is the same as another."""
    others = visible_quarry_areas(actor).filter(country=area.country).exclude(pk=area.pk).select_related("parent")
    return sorted(((other.pk, area_label(other)) for other in others), key=lambda row: row[1])


def area_merges(actor: Actor) -> list[AreaMerge]:
    """The areas that became part of another and can be taken apart again, the newest first."""
    rows = visible_area_merges(actor).filter(undone_at__isnull=True, area__merged_into__isnull=False)
    return list(rows.select_related("area", "into", "made_by")[:50])


def merge_exists(actor: Actor, pk: int) -> bool:
    """True when the actor may see that merge."""
    return visible_area_merges(actor).filter(pk=pk).exists()


@dataclass(frozen=True)
class Follows:
    """What changes when an area becomes part of another."""

    links: int
    companies: int
    sites: int


def what_follows(actor: Actor, area: QuarryArea) -> Follows:
    """How many links, companies and sites name an area, for the secretariat; nothing for anybody else."""
    if not actor.is_secretariat:
        return Follows(0, 0, 0)
    links = ChainLink.objects.filter(quarry_area=area)
    found = links.aggregate(links=Count("pk"), companies=Count("chain__organisation", distinct=True))
    return Follows(found["links"], found["companies"], Site.objects.filter(quarry_area=area).count())


def quarry_area(actor: Actor, pk: int) -> QuarryArea | None:
    """One area of the registry."""
    return visible_quarry_areas(actor).filter(pk=pk).first()


def proposed_areas(actor: Actor) -> list[str]:
    """Names that companies typed because the area was not on the list, for the secretariat; nobody else gets any."""
    if not actor.is_secretariat:
        return []
    typed = (
        ChainLink.objects.filter(quarry_area__isnull=True, state="known")
        .exclude(place="")
        .filter(level__in=_area_level_ids())
        .order_by("place")
        .values_list("place", flat=True)
        .distinct()
    )
    return list(typed[:200])


def _area_level_ids() -> list[str]:
    """The levels of which at least one link names an area of the list."""
    return list(
        ChainLink.objects.filter(quarry_area__isnull=False).order_by().values_list("level", flat=True).distinct()
    )
