"""Adding and changing sites in the registry, and recognising everything again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.sites import permissions
from toetssteen.sites.models import Run, SiteIdentifier, SiteName
from toetssteen.sites.recognition import numbers, searching
from toetssteen.sites.services.merging import locked_site
from toetssteen.supplychain.models import QuarryArea, Site, SiteEvent


@dataclass(frozen=True)
class SiteData:
    """A site as the secretariat entered it."""

    name: str
    kinds: tuple[str, ...]
    local_name: str = ""
    address: str = ""
    unit: str = ""
    place: str = ""
    admin2: str = ""
    admin1: str = ""
    country: str = ""
    lat: Decimal | None = None
    lon: Decimal | None = None
    quarry_area_id: int | None = None
    opened_on: dt.date | None = None
    moved_on: dt.date | None = None
    names: tuple[tuple[str, str], ...] = ()  # name, language
    identifiers: tuple[tuple[str, str], ...] = field(default=())  # scheme, value


PLAIN = (
    "name", "local_name", "address", "unit", "place", "admin2", "admin1", "country", "lat", "lon", "quarry_area_id",
    "opened_on",
)  # fmt: skip


@transaction.atomic
def add_site(*, actor: Actor, data: SiteData, now: dt.datetime) -> Site:
    """Add a site to the registry, under a new number."""
    demand(permissions.can_edit_site(actor))
    site = Site(code=numbers.next_codes(1)[0])
    _fill(site, data)
    audit.record(actor=actor, verb="sites.add_site", subject=site, at=now, code=site.code)
    return site


@transaction.atomic
def edit_site(*, actor: Actor, site_id: int, data: SiteData, now: dt.datetime) -> Site:
    """Change what the registry says of a site; its number stays."""
    site = locked_site(actor, site_id)
    demand(permissions.can_edit_site(actor, site))
    before = {name: getattr(site, name) for name in (*PLAIN, "kinds")}
    _fill(site, data)
    changed = sorted(name for name, value in before.items() if getattr(site, name) != value)
    audit.record(actor=actor, verb="sites.edit_site", subject=site, at=now, code=site.code, changed=changed)
    return site


def _fill(site: Site, data: SiteData) -> None:
    if (data.lat is None) != (data.lon is None):
        raise ValidationError({"lat": _("Enter both numbers, or neither.")})
    if data.quarry_area_id and not QuarryArea.objects.filter(pk=data.quarry_area_id).exists():
        raise ValidationError({"quarry_area_id": _("This area does not exist.")})
    for name in PLAIN:
        setattr(site, name, getattr(data, name))
    site.kinds = list(data.kinds)
    site.save()
    SiteName.objects.filter(site=site).delete()
    SiteName.objects.bulk_create(SiteName(site=site, name=n, language=language) for n, language in data.names)
    SiteIdentifier.objects.filter(site=site).delete()
    SiteIdentifier.objects.bulk_create(SiteIdentifier(site=site, scheme=s, value=v) for s, v in data.identifiers)
    if data.moved_on is not None:
        SiteEvent.objects.get_or_create(site=site, event="moved", event_on=data.moved_on)
    searching.refresh([site.pk])


@transaction.atomic
def start_run(*, actor: Actor, now: dt.datetime) -> Run:
    """Let everything be recognised again in the background; a run that is going on is not started twice."""
    demand(permissions.can_recognise_everything(actor))
    going = Run.objects.filter(finished_at__isnull=True, started_at__gt=now - dt.timedelta(minutes=30)).first()
    if going is not None:
        return going
    run = Run.objects.create(asked_by_id=actor.person_id, started_at=now)
    audit.record(actor=actor, verb="sites.start_run", subject=run, at=now)
    return run
