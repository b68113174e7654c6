"""Making and ending a private calendar address."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from toetssteen.accounts.models import Person
from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.workspace.models import CalendarKey
from toetssteen.workspace.permissions import can_keep_calendar_key, visible_calendar_keys


def digest_of_token(token: str) -> str:
    """What is stored of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_calendar_key(*, actor: Actor, now: dt.datetime) -> str:
    """Make a new secret address for one's calendar and give it once; the one before stops working."""
    demand(can_keep_calendar_key(actor))
    end_calendar_key(actor=actor, now=now)
    token = secrets.token_urlsafe(32)
    key = CalendarKey.objects.create(person_id=actor.person_id or 0, token_digest=digest_of_token(token), made_at=now)
    audit.record(actor=actor, verb="workspace.make_calendar_key", subject=key, at=now)
    return token


@transaction.atomic
def end_calendar_key(*, actor: Actor, now: dt.datetime) -> None:
    """Let one's secret address stop working at once."""
    demand(can_keep_calendar_key(actor))
    Person.objects.select_for_update().get(pk=actor.person_id or 0)
    for key in visible_calendar_keys(actor).filter(ended_at__isnull=True):
        key.ended_at = now
        key.save(update_fields=["ended_at"])
        audit.record(actor=actor, verb="workspace.end_calendar_key", subject=key, at=now)
