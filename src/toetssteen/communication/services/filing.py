"""Keeping the PDF of a published version."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile
from django.db import transaction

from toetssteen.communication import pdf, queries
from toetssteen.communication.choices import FileState
from toetssteen.communication.models import EditionFile
from toetssteen.core.access import Actor
from toetssteen.foundation import audit


def make_pdf(*, actor: Actor | None, edition_id: int, now: dt.datetime) -> EditionFile | None:
    """Make the PDF of a published version once; doing it again changes nothing."""
    row = queries.edition_by_id(edition_id)
    if row is None or row.pdf.state == FileState.READY:
        return row.pdf if row else None
    try:
        content: bytes | None = pdf.as_pdf(row.content, queries.address_of(row.organisation.reference, row.year.number))
    except pdf.PdfUnavailable:
        content = None
    with transaction.atomic():
        kept = EditionFile.objects.select_for_update().get(pk=row.pdf.pk)
        if kept.state == FileState.READY:
            return kept
        if content is None:
            kept.state = FileState.UNAVAILABLE
        else:
            kept.file.save("new", ContentFile(content), save=False)  # the model gives it a random name
            kept.state, kept.size = FileState.READY, len(content)
        kept.made_at = now
        kept.save()
        audit.record(actor=actor, verb="communication.make_pdf", subject=row, at=now, state=kept.state, size=kept.size)
    return kept
