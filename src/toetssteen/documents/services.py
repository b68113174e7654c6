"""What a company does with its evidence: keep a file, describe it, remove it and bring it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.documents import permissions
from toetssteen.documents.models import Evidence
from toetssteen.foundation import audit, files
from toetssteen.foundation.pages import Refused, demand


@dataclass(frozen=True)
class About:
    """What a company says about an evidence file."""

    title: str
    kind: str
    document_on: dt.date | None = None
    valid_until: dt.date | None = None
    standard: str = ""


@dataclass(frozen=True)
class Kept:
    """The evidence that holds a file; `is_new` is false when the same file was there already."""

    evidence: Evidence
    is_new: bool


def add_evidence(
    *, actor: Actor, organisation_id: int, upload: UploadedFile[Any], about: About, pack: Pack, now: dt.datetime
) -> Kept:
    """Keep a file, after a look at what is in it; the same file is kept once and what was said about it stays."""
    demand(permissions.can_add_evidence(actor, organisation_id))
    _check(about, pack)
    kind = _type_of(upload)
    digest = files.digest_of(upload)
    there = _same_file(organisation_id, digest)
    if there is not None:
        return Kept(there, is_new=False)
    evidence = Evidence(
        organisation_id=organisation_id,
        file_name=files.clean_name(upload.name or "", kind),
        content_type=kind.content_type,
        size=upload.size or 0,
        sha256=digest,
        uploaded_by_id=actor.person_id,
        uploaded_at=now,
    )
    _describe(evidence, about)
    upload.seek(0)
    evidence.file.save("new", upload, save=False)  # the model gives it a random name
    try:
        with transaction.atomic():
            evidence.save()
            audit.record(actor=actor, verb="documents.add_evidence", subject=evidence, at=now, sha256=digest)
    except IntegrityError:
        evidence.file.delete(save=False)
        there = _same_file(organisation_id, digest)
        if there is None:
            raise
        return Kept(there, is_new=False)
    except BaseException:
        evidence.file.delete(save=False)
        raise
    return Kept(evidence, is_new=True)


@transaction.atomic
def edit_evidence(*, actor: Actor, evidence_id: int, about: About, pack: Pack, now: dt.datetime) -> Evidence:
    """Change what is said about a file; the file itself never changes."""
    evidence = _locked(actor, evidence_id)
    demand(permissions.can_edit_evidence(actor, evidence))
    _check(about, pack)
    _describe(evidence, about)
    evidence.save()
    audit.record(actor=actor, verb="documents.edit_evidence", subject=evidence, at=now, kind=about.kind)
    return evidence


@transaction.atomic
def remove_evidence(*, actor: Actor, evidence_id: int, now: dt.datetime) -> Evidence:
    """Take a file off the list; it can be brought back."""
    evidence = _locked(actor, evidence_id)
    demand(permissions.can_remove_evidence(actor, evidence))
    evidence.removed_by_id, evidence.removed_at = actor.person_id, now
    evidence.save(update_fields=["removed_by", "removed_at"])
    audit.record(actor=actor, verb="documents.remove_evidence", subject=evidence, at=now)
    return evidence


@transaction.atomic
def restore_evidence(*, actor: Actor, evidence_id: int, now: dt.datetime) -> Evidence:
    """Bring a removed file back."""
    evidence = _locked(actor, evidence_id)
    demand(permissions.can_restore_evidence(actor, evidence))
    if _same_file(evidence.organisation_id, evidence.sha256) is not None:
        raise ValidationError(_("The same file was added again in the meantime. You do not need this one."))
    evidence.removed_by_id, evidence.removed_at = None, None
    evidence.save(update_fields=["removed_by", "removed_at"])
    audit.record(actor=actor, verb="documents.restore_evidence", subject=evidence, at=now)
    return evidence


def try_restore(*, actor: Actor, evidence_id: int, now: dt.datetime) -> str:
    """Bring a removed file back; the answer says why not, or is empty."""
    try:
        restore_evidence(actor=actor, evidence_id=evidence_id, now=now)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _type_of(upload: UploadedFile[Any]) -> files.FileType:
    try:
        return files.type_of(upload, upload.size or 0, settings.EVIDENCE_MAX_BYTES)  # type: ignore[arg-type]
    except files.FileRefused as refused:
        raise ValidationError({"upload": ValidationError(refused.sentence, code=refused.code)}) from refused


def _same_file(organisation_id: int, digest: str) -> Evidence | None:
    return Evidence.objects.filter(organisation_id=organisation_id, sha256=digest, removed_at__isnull=True).first()


def _locked(actor: Actor, evidence_id: int) -> Evidence:
    """The evidence, locked; for whom may not see it, it does not exist."""
    evidence = permissions.visible_evidence(actor).select_for_update().filter(pk=evidence_id).first()
    if evidence is None:
        raise Refused(no(_("This file does not exist.")))
    return evidence


def _check(about: About, pack: Pack) -> None:
    """Refuse what the form would refuse too."""
    if about.kind not in {kind.id for kind in pack.evidence_kinds}:
        raise ValidationError({"kind": _("This kind of evidence does not exist.")})
    if not about.title.strip():
        raise ValidationError({"title": _("Give the file a title.")})
    if about.document_on and about.valid_until and about.valid_until < about.document_on:
        raise ValidationError({"valid_until": _("This day lies before the date of the document.")})


def _describe(evidence: Evidence, about: About) -> None:
    evidence.title = about.title.strip()
    evidence.kind = about.kind
    evidence.document_on = about.document_on
    evidence.valid_until = about.valid_until
    evidence.standard = about.standard.strip()
