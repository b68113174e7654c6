"""Publishing: an explicit act that copies what is public and never changes it afterwards."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import canonical_json
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit, hooks
from toetssteen.foundation.pages import Refused, demand
from toetssteen.register import content, permissions
from toetssteen.register.models import Publication, RegisterEntry


def digest_of(draft: content.Draft) -> str:
    """The hash of everything that would become public."""
    return hashlib.sha256(canonical_json(draft.as_data()).encode()).hexdigest()


def publish(*, actor: Actor, year_id: int, expected_digest: str, note: str = "", now: dt.datetime) -> Publication:
    """Make public exactly what was previewed; if something changed since the preview, nothing happens."""
    demand(permissions.can_publish(actor))
    with transaction.atomic():
        year = CovenantYear.objects.select_for_update().get(pk=year_id)
        draft = content.build(year, now.date())
        digest = digest_of(draft)
        if digest != expected_digest:
            raise Refused(no(_("Something changed since you looked. Look at the preview again, then publish.")))
        last = Publication.objects.order_by("-number").first()
        publication = Publication.objects.create(
            year=year,
            number=last.number + 1 if last else 1,
            made_by_id=actor.person_id,
            made_at=now,
            note=note,
            areas=draft.areas,
            sha256=digest,
        )
        RegisterEntry.objects.bulk_create(
            [RegisterEntry(publication=publication, **vars(entry)) for entry in draft.entries], batch_size=500
        )
        audit.record(
            actor=actor, verb="register.publish", subject=publication, at=now, year=year.number, sha256=digest,
            entries=len(draft.entries), areas=len(draft.areas),
        )  # fmt: skip
        hooks.tell("published", actor=actor, year_id=year.pk, number=publication.number, at=now)
    return publication
