"""Freezing the public figures and tables of a year at the moment of its publication."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from toetssteen.core.access import Actor, Audience
from toetssteen.core.frameworks import canonical_json
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.insights import permissions, queries
from toetssteen.insights.models import FigureSet, ResultSet
from toetssteen.insights.results.queries import to_publish


def digest_of(content: Any) -> str:
    """The hash of figures or tables."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


@transaction.atomic
def freeze_public_figures(*, actor: Actor, year_id: int, number: int, now: dt.datetime) -> FigureSet:
    """Freeze the public view of a year's figures, as a part of publishing that year."""
    demand(permissions.can_freeze_figures(actor))
    year = CovenantYear.objects.get(pk=year_id)
    found = queries.figures(year.number, Audience.PUBLIC, today=timezone.localdate(now))
    content = [queries.as_row(figure) for figure in found]
    digest = digest_of(content)
    frozen = FigureSet.objects.create(year=year, number=number, made_at=now, content=content, sha256=digest)
    audit.record(actor=actor, verb="insights.freeze", subject=frozen, at=now, year=year.number, sha256=digest)
    return frozen


@transaction.atomic
def freeze_public_results(*, actor: Actor, year_id: int, number: int, now: dt.datetime) -> ResultSet:
    """Freeze the protected tables from risk to result of a year, as a part of publishing that year."""
    demand(permissions.can_freeze_figures(actor))
    year = CovenantYear.objects.get(pk=year_id)
    content = to_publish(year, timezone.localdate(now))
    digest = digest_of(content)
    frozen = ResultSet.objects.create(year=year, number=number, made_at=now, content=content, sha256=digest)
    audit.record(actor=actor, verb="insights.freeze_results", subject=frozen, at=now, year=year.number, sha256=digest)
    return frozen
