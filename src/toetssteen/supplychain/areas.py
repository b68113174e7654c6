"""How the list of quarry areas is kept: by the secretariat, and by companies that add a place of the gazetteer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.places import gazetteer
from toetssteen.supplychain import permissions
from toetssteen.supplychain.choices import AreaPrecision
from toetssteen.supplychain.data import AreaData, LinkData
from toetssteen.supplychain.models import AreaMerge, ChainLink, QuarryArea, Site

DISTRICT, LOCALITY = "district", "locality"  # the level at which areas are published, and what lies inside it


@transaction.atomic
def add_quarry_area(*, actor: Actor, data: AreaData, now: dt.datetime) -> QuarryArea:
    """Add an area to the list."""
    demand(permissions.can_edit_quarry_area(actor))
    if QuarryArea.objects.filter(code__iexact=data.code).exists():
        raise ValidationError({"code": _("This code is taken.")})
    area = QuarryArea(code=data.code)
    _save(area, data)
    audit.record(actor=actor, verb="supplychain.add_quarry_area", subject=area, at=now, code=area.code)
    return area


@transaction.atomic
def edit_quarry_area(*, actor: Actor, area_id: int, data: AreaData, now: dt.datetime) -> QuarryArea:
    """Change an area of the list; its code stays. An area that a company added is on the list from then on."""
    area = QuarryArea.objects.select_for_update(of=("self",)).get(pk=area_id)
    demand(permissions.can_edit_quarry_area(actor, area))
    _save(area, data)
    audit.record(actor=actor, verb="supplychain.edit_quarry_area", subject=area, at=now, code=area.code)
    return area


@transaction.atomic
def merge_quarry_area(*, actor: Actor, area_id: int, into_id: int, now: dt.datetime) -> QuarryArea:
    """Say that two areas are one: chains and sites follow; reports that were handed in keep what they said."""
    rows = {
        area.pk: area for area in QuarryArea.objects.select_for_update(of=("self",)).filter(pk__in=(area_id, into_id))
    }
    area, into = rows.get(area_id), rows.get(into_id)
    demand(permissions.can_edit_quarry_area(actor, area))
    if area is None or into is None or area.pk == into.pk or area.merged_into_id or into.merged_into_id:
        raise ValidationError({"into": _("Choose another area.")})
    if area.country != into.country:
        raise ValidationError({"into": _("The other area lies in another country.")})
    if area.parts.filter(merged_into__isnull=True).exclude(pk=into.pk).exists() or into.parent_id == area.pk:
        raise ValidationError({"into": _("Other areas lie in this one. Place them elsewhere first.")})
    links = list(ChainLink.objects.filter(quarry_area=area).values_list("pk", flat=True))
    sites = list(Site.objects.filter(quarry_area=area).values_list("pk", flat=True))
    before = list(QuarryArea.objects.filter(merged_into=area).values_list("pk", flat=True))
    _point(links, sites, before, into)
    area.merged_into = into
    area.save(update_fields=["merged_into"])
    AreaMerge.objects.create(
        area=area,
        into=into,
        links=links,
        sites=sites,
        merged_before=before,
        made_by_id=actor.person_id or 0,
        made_at=now,
    )
    audit.record(
        actor=actor,
        verb="supplychain.merge_quarry_area",
        subject=area,
        at=now,
        into=into.code,
        links=links,
        sites=sites,
    )
    return into


@transaction.atomic
def undo_merge(*, actor: Actor, merge_id: int, now: dt.datetime) -> QuarryArea:
    """Make two areas of one again: what followed goes back, except what somebody changed in the meantime."""
    merge = AreaMerge.objects.select_for_update().get(pk=merge_id)
    ids = (merge.area_id, merge.into_id)
    rows = {area.pk: area for area in QuarryArea.objects.select_for_update(of=("self",)).filter(pk__in=ids)}
    area, into = rows[merge.area_id], rows[merge.into_id]
    demand(permissions.can_edit_quarry_area(actor, area))
    if merge.undone_at is not None:
        return area
    if area.merged_into_id != into.pk:
        raise Refused(no(_("The other area became part of one more since then. Undo that first.")))
    links = list(ChainLink.objects.filter(pk__in=merge.links, quarry_area=into).values_list("pk", flat=True))
    sites = list(Site.objects.filter(pk__in=merge.sites, quarry_area=into).values_list("pk", flat=True))
    area.merged_into = None
    area.save(update_fields=["merged_into"])
    _point(links, sites, merge.merged_before, area)
    merge.undone_by_id, merge.undone_at = actor.person_id, now
    merge.save(update_fields=["undone_by", "undone_at"])
    audit.record(
        actor=actor, verb="supplychain.undo_merge", subject=area, at=now, into=into.code, links=links, sites=sites
    )
    return area


def _point(links: list[int], sites: list[int], areas: list[int], to: QuarryArea) -> None:
    """Let links, sites and areas that became part of another point at this area."""
    ChainLink.objects.filter(pk__in=links).update(quarry_area=to)
    Site.objects.filter(pk__in=sites).update(quarry_area=to)
    QuarryArea.objects.filter(pk__in=areas).update(merged_into=to)


def with_areas(actor: Actor, organisation_id: int, links: Iterable[LinkData], now: dt.datetime) -> tuple[LinkData, ...]:
    """The links, with an area for each place of the gazetteer that was named instead of an area of the list."""
    return tuple(
        replace(link, quarry_area_id=own_area(actor, organisation_id, link.place_id, now).pk, place="", place_id="")
        if link.place_id and not link.quarry_area_id
        else link
        for link in links
    )


def own_area(actor: Actor, organisation_id: int, place_id: str, now: dt.datetime) -> QuarryArea:
    """The area of a place, made when there is none yet; the secretariat decides whether others see it."""
    demand(permissions.can_add_own_quarry_area(actor, organisation_id))
    place = gazetteer.get(place_id)
    if place is None or place.kind in (gazetteer.Kind.COUNTRY, gazetteer.Kind.PROVINCE):
        raise ValidationError(_("Choose a district, or a place in it."))
    return _area_of(actor, place, now)


def _area_of(actor: Actor, place: gazetteer.Place, now: dt.datetime) -> QuarryArea:
    known = QuarryArea.objects.filter(place_id=place.id).select_related("merged_into").order_by("pk").first()
    if known is not None:
        return known.merged_into or known
    parent = None
    is_district = place.kind is gazetteer.Kind.DISTRICT
    if not is_district and place.district_id:
        district = gazetteer.get(place.district_id)
        parent = _area_of(actor, district, now) if district else None
    area = QuarryArea(
        code=new_code(place.id, place.country),
        name=place.name[:120],
        level=DISTRICT if is_district or parent is None else LOCALITY,
        parent=parent,
        country=place.country,
        admin1=place.province[:120],
        lat=decimal(place.lat),
        lon=decimal(place.lon),
        precision=AreaPrecision.DISTRICT if is_district else AreaPrecision.TOWN,
        radius_km=decimal(place.radius_km, "0.1"),
        place_id=place.id,
        listed=False,
    )
    area.save()
    audit.record(actor=actor, verb="supplychain.add_own_quarry_area", subject=area, at=now, place=place.id)
    return area


def new_code(place_id: str, country: str) -> str:
    """A code of at most 20 letters that no area has: IN-24-121, IN-g1275103."""
    words = place_id.replace(".", "-")
    wanted = words if words.startswith(f"{country}-") else f"{country}-{words}"
    code, number = wanted[:20], 1
    while QuarryArea.objects.filter(code__iexact=code).exists():
        number += 1
        code = f"{wanted[:17]}-{number}"
    return code


def decimal(number: float | None, step: str = "0.00001") -> Decimal | None:
    """A number of the gazetteer as the database keeps it."""
    return None if number is None else Decimal(str(number)).quantize(Decimal(step))


def _save(area: QuarryArea, data: AreaData) -> None:
    area.name, area.country, area.level, area.admin1 = data.name, data.country, data.level, data.admin1
    area.precision, area.radius_km = data.precision, data.radius_km
    area.lat, area.lon, area.place_id = data.lat, data.lon, data.place_id
    parent = QuarryArea.objects.filter(pk=data.parent).first() if data.parent else None
    _check_parent(area, parent)
    area.parent = parent
    area.listed = True
    area.save()


def _check_parent(area: QuarryArea, parent: QuarryArea | None) -> None:
    """An area lies in one of the same country, and never in itself or in a part of itself."""
    if parent is None:
        return
    if parent.country != area.country:
        raise ValidationError({"parent": _("The larger area lies in another country.")})
    above: QuarryArea | None = parent
    while above is not None:
        if area.pk is not None and above.pk == area.pk:
            raise ValidationError({"parent": _("An area cannot lie in itself.")})
        above = above.parent
