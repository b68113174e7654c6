"""Storing packs and opening covenant years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import PackError, check_pack, load_pack, pack_digest
from toetssteen.covenant import policies, queries
from toetssteen.covenant.models import CovenantYear, PackVersion, Term
from toetssteen.covenant.permissions import can_open_year, can_store_pack
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand


@transaction.atomic
def store_pack(
    *, actor: Actor, raw: Mapping[str, Any], version: str = "", note: str = "", now: dt.datetime
) -> PackVersion:
    """Store a checked pack as a version that never changes; the same content is the same version."""
    demand(can_store_pack(actor))
    digest = pack_digest(raw)
    known = PackVersion.objects.filter(digest=digest).first()
    if known is not None:
        return known
    if findings := check_pack(raw):
        raise PackError(findings)
    pack = load_pack(raw)
    stored = PackVersion.objects.create(
        pack_id=pack.id,
        version=version or pack.version,
        digest=digest,
        content=queries.pack_content(dict(raw)),
        note=note,
        stored_at=now,
        stored_by_id=actor.person_id,
    )
    queries.pack_of_version(stored)
    audit.record(actor=actor, verb="covenant.store_pack", subject=stored, at=now, digest=digest)
    return stored


@transaction.atomic
def add_term(
    *, actor: Actor, name_nl: str, name_en: str, starts_on: dt.date, ends_on: dt.date, now: dt.datetime
) -> Term:
    """Add a term of the covenant; terms follow each other and never overlap."""
    demand(can_open_year(actor))
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": _("A term ends after it has begun.")})
    if Term.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ValidationError({"starts_on": _("Another term already covers part of these days.")})
    term = Term.objects.create(name_nl=name_nl, name_en=name_en, starts_on=starts_on, ends_on=ends_on)
    audit.record(actor=actor, verb="covenant.add_term", subject=term, at=now, starts_on=starts_on, ends_on=ends_on)
    return term


@transaction.atomic
def open_year(
    *, actor: Actor, number: int, starts_on: dt.date, report_due_on: dt.date, pack_id: int, now: dt.datetime
) -> CovenantYear:
    """Open a covenant year on a stored version; its last day follows from the calendar of the pack."""
    demand(can_open_year(actor))
    version = PackVersion.objects.get(pk=pack_id)
    if CovenantYear.objects.filter(number=number).exists():
        raise ValidationError(_("This covenant year is open already."))
    ends_on = queries.pack_of_version(version).settings.calendar.year_end(starts_on)
    term = Term.objects.filter(starts_on__lte=starts_on, ends_on__gte=ends_on).first()
    if term is None:
        raise ValidationError(_("No term of the covenant contains this year. Add the term first."))
    if CovenantYear.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ValidationError(_("Another covenant year already covers part of these days."))
    if report_due_on <= ends_on:
        raise ValidationError(_("Reports can be due only after the year has ended."))
    year = CovenantYear.objects.create(
        term=term, number=number, starts_on=starts_on, ends_on=ends_on, report_due_on=report_due_on, pack=version
    )
    audit.record(actor=actor, verb="covenant.open_year", subject=year, at=now, number=number, pack=version.digest)
    return year


@transaction.atomic
def set_year_pack(*, actor: Actor, year_id: int, pack_id: int, now: dt.datetime) -> CovenantYear:
    """Let a covenant year run on another stored version; refused once one of its reports is final."""
    demand(can_open_year(actor))
    year = CovenantYear.objects.select_for_update().get(pk=year_id)
    version = PackVersion.objects.get(pk=pack_id)
    if version.pk == year.pack_id:
        return year
    demand(policies.allows_other_pack(year.pk in queries.decided_years()))
    before = year.pack.digest
    year.pack = version
    year.save(update_fields=["pack"])
    audit.record(actor=actor, verb="covenant.set_year_pack", subject=year, at=now, before=before, after=version.digest)
    return year
