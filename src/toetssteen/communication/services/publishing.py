"""Publishing what the company approved: frozen with its hash, never changed; and taking a version back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.communication import policies, queries
from toetssteen.communication.compose import compose
from toetssteen.communication.models import Edition, EditionFile, EditionWithdrawal, ReportDraft
from toetssteen.communication.permissions import can_withdraw_edition, can_write_report
from toetssteen.communication.sections import LANGUAGES
from toetssteen.communication.selection import selection_of
from toetssteen.communication.source import source_of
from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import canonical_json
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.plans import services as plan_services


def digest_of(content: dict[str, Any]) -> str:
    """The hash of a report: of everything that is read in it."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


@transaction.atomic
def publish_report(
    *, actor: Actor, draft_id: int, expected: Mapping[str, str], today: dt.date, now: dt.datetime
) -> list[Edition]:
    """Make public exactly what was previewed in these languages; if something changed since, nothing happens.

    It becomes a new version; versions from before stay as they were.
    """
    draft = ReportDraft.objects.select_for_update(of=("self",)).select_related("year", "organisation").get(pk=draft_id)
    demand(can_write_report(actor, draft.organisation_id))
    if not expected or set(expected) - set(LANGUAGES):
        raise ValidationError(_("Choose at least one language."))
    source, selection = source_of(actor, draft.organisation_id, draft.year), selection_of(draft)
    contents = {language: compose(source, selection, language) for language in LANGUAGES if language in expected}
    for language, content in contents.items():
        demand(policies.has_content(content))
        if digest_of(content) != expected[language]:
            raise Refused(
                no(gettext_lazy("Something changed since you looked. Look at the preview again, then publish."))
            )
    number = queries.next_number(draft.organisation_id, draft.year_id)
    made = [_freeze(actor, draft, content, number, today, now) for content in contents.values()]
    plan_services.add_public_report(
        actor=actor,
        organisation_id=draft.organisation_id,
        title=contents[made[0].language]["title"],
        published_on=today,
        address=queries.address_of(draft.organisation.reference, draft.year.number),
        language=queries.languages_of(contents),
        today=today,
        now=now,
    )
    audit.record(
        actor=actor, verb="communication.publish_report", subject=made[0], at=now, year=draft.year.number,
        number=number, sha256={row.language: row.sha256 for row in made},
    )  # fmt: skip
    return made


def _freeze(
    actor: Actor, draft: ReportDraft, content: dict[str, Any], number: int, today: dt.date, now: dt.datetime
) -> Edition:
    from toetssteen.communication import tasks

    whole = {**content, "number": number, "published_on": today.isoformat()}
    row = Edition.objects.create(
        organisation_id=draft.organisation_id,
        year_id=draft.year_id,
        language=content["language"],
        number=number,
        content=whole,
        sha256=digest_of(whole),
        published_on=today,
        approved_by_id=actor.person_id,
        approved_at=now,
    )
    EditionFile.objects.create(edition=row)
    tasks.make_pdf.enqueue(row.pk)
    return row


@transaction.atomic
def withdraw_report(
    *, actor: Actor, organisation_id: int, year_number: int, number: int, reason: str, now: dt.datetime
) -> list[EditionWithdrawal]:
    """Take a version back in all its languages; visitors see that it was there and why it went.

    From then on it no longer counts as public communication either, as if it had never been there.
    """
    about = {"organisation_id": organisation_id, "year__number": year_number}
    rows = list(Edition.objects.select_related("organisation", "year", "withdrawal").filter(**about, number=number))
    for row in rows:
        demand(can_withdraw_edition(actor, row))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you take this version back.")})
    made = [
        EditionWithdrawal.objects.create(
            edition=row, reason=reason.strip(), withdrawn_by_id=actor.person_id, withdrawn_at=now
        )
        for row in rows
    ]
    for row in rows[:1]:
        for told in queries.lines_without_version(row.organisation, year_number):
            plan_services.delete_public_report(actor=actor, public_report_id=told.pk, now=now)
        audit.record(actor=actor, verb="communication.withdraw_report", subject=row, at=now, number=number)
    return made
