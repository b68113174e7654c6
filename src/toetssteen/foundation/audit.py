"""The append-only trail of acts; every event carries the hash of the one before it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from toetssteen.core.access import Actor
from toetssteen.foundation.models import AuditEvent

START = "0" * 64
_LOCK = 7_033_001


def subject_of(row: models.Model) -> str:
    """The name of a row in the trail, e.g. `reporting.Report:12`."""
    return f"{row._meta.label}:{row.pk}"


def digest_of(event: AuditEvent) -> str:
    """The hash over everything an event says and the hash before it."""
    said = {
        "number": event.number,
        "at": event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "person_id": event.person_id,
        "organisation_id": event.organisation_id,
        "verb": event.verb,
        "subject": event.subject,
        "detail": event.detail,
        "previous": event.previous,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    *, actor: Actor | None, verb: str, subject: models.Model | str, at: dt.datetime, **detail: Any
) -> AuditEvent:
    """Add one event. `detail` holds identifiers, states and hashes, never confidential text or names."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = AuditEvent.objects.order_by("-number").only("number", "digest").first()
        event = AuditEvent(
            number=last.number + 1 if last else 1,
            at=at,
            person_id=actor.person_id if actor else None,
            organisation_id=actor.organisation_id if actor else None,
            verb=verb,
            subject=subject if isinstance(subject, str) else subject_of(subject),
            detail=json.loads(json.dumps(detail, default=str)),
            previous=last.digest if last else START,
        )
        event.digest = digest_of(event)
        event.save()
    return event


@dataclass(frozen=True)
class Flaw:
    """One place where the trail does not fit together."""

    number: int
    reason: str


def verify(events: Iterable[AuditEvent] | None = None) -> tuple[int, list[Flaw]]:
    """How many events there are, and where the chain of hashes breaks."""
    flaws: list[Flaw] = []
    expected_number, previous, count = 1, START, 0
    for event in AuditEvent.objects.order_by("number").iterator() if events is None else events:
        count += 1
        if event.number != expected_number:
            flaws.append(Flaw(event.number, f"number {expected_number} was expected: an event is missing"))
        if event.previous != previous:
            flaws.append(Flaw(event.number, "does not follow the event before it"))
        if event.digest != digest_of(event):
            flaws.append(Flaw(event.number, "was changed after it was written"))
        expected_number, previous = event.number + 1, event.digest
    return count, flaws
