"""How a company knows of a risk: sources noted, corrected and taken away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.documents.models import Evidence
from toetssteen.documents.queries import visible_evidence
from toetssteen.documents.services import About, add_evidence
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.risks.choices import SourceKind
from toetssteen.risks.models import Risk, RiskSource
from toetssteen.risks.services.locking import locked


@dataclass(frozen=True)
class SourceData:
    """A source as it was entered; a file that the company keeps already goes by its number."""

    kind: str
    said_on: dt.date | None = None
    text: str = ""
    evidence_id: int | None = None


@dataclass(frozen=True)
class NewFile:
    """A file that comes with a source, and what it is."""

    upload: UploadedFile[Any]
    about: About
    pack: Pack


@transaction.atomic
def save_source(
    *,
    actor: Actor,
    risk_id: int,
    source_id: int | None,
    data: SourceData,
    file: NewFile | None = None,
    row_version: int | None = None,
    now: dt.datetime,
) -> RiskSource:
    """Note one more source of a risk, or correct one; a file comes from the own evidence or is added to it."""
    risk = locked(actor, risk_id, None)
    row = _source(risk, source_id, row_version) if source_id is not None else None
    _check(data, row, now)
    if file is not None:
        kept = add_evidence(
            actor=actor, organisation_id=risk.organisation_id, upload=file.upload, about=file.about, pack=file.pack,
            now=now,
        )  # fmt: skip
        data = SourceData(data.kind, data.said_on, data.text, kept.evidence.pk)
    row = note_source(actor, risk, data, now, row)
    audit.record(
        actor=actor, verb="risks.save_source", subject=row, at=now, risk=risk.pk, kind=row.kind, new=source_id is None
    )
    return row


@transaction.atomic
def remove_source(*, actor: Actor, risk_id: int, source_id: int, now: dt.datetime) -> None:
    """Take a source away from a risk; the file that showed it stays among the evidence."""
    risk = locked(actor, risk_id, None)
    row = _source(risk, source_id, None)
    audit.record(actor=actor, verb="risks.remove_source", subject=row, at=now, risk=risk.pk, kind=row.kind)
    row.delete()
    settle_sources(risk)


def note_source(
    actor: Actor, risk: Risk, data: SourceData, now: dt.datetime, row: RiskSource | None = None
) -> RiskSource:
    """Write one source of a risk that is locked already."""
    _check(data, row, now)
    row = row or RiskSource(risk=risk)
    row.kind, row.said_on, row.text = data.kind, data.said_on, data.text.strip()
    row.evidence = _evidence(actor, risk, data.evidence_id)
    row.noted_by_id, row.noted_at = actor.person_id, now
    row.row_version += 1
    row.save()
    settle_sources(risk)
    return row


def settle_sources(risk: Risk) -> None:
    """The first source of a risk is the one that the figures count."""
    first = RiskSource.objects.filter(risk=risk).order_by("pk").first()
    risk.source_kind, risk.found_on = (first.kind, first.said_on) if first else ("", None)
    risk.save(update_fields=["source_kind", "found_on"])


def _source(risk: Risk, source_id: int, row_version: int | None) -> RiskSource:
    row = RiskSource.objects.select_for_update(of=("self",)).filter(risk=risk, pk=source_id).first()
    if row is None:
        raise Refused(no(_("This source does not exist any more.")))
    if row_version is not None and row.row_version != row_version:
        raise StaleRow(row)
    return row


def _evidence(actor: Actor, risk: Risk, evidence_id: int | None) -> Evidence | None:
    if evidence_id is None:
        return None
    found = visible_evidence(actor).filter(organisation_id=risk.organisation_id, pk=evidence_id).first()
    if found is None:
        raise ValidationError({"evidence_id": _("Choose from your own evidence.")})
    return found


def _check(data: SourceData, row: RiskSource | None, now: dt.datetime) -> None:
    """Refuse what the form would refuse too; what stands in a source already may stay."""
    if data.kind not in (row.kind if row else "", *SourceKind.values) or not data.kind:
        raise ValidationError({"kind": _("This kind of source does not exist.")})
    if data.said_on and data.said_on > now.date() + dt.timedelta(days=1):
        raise ValidationError({"said_on": _("This day lies in the future.")})
