"""Keeping the PDF of a published version."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile
from django.db import transaction

from toetssteen.communication import pdf, queries
from toetssteen.communication.choices import FileState
from toetssteen.communication.models import EditionFile
from toetssteen.communication.permissions import can_write_report
from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand


def make_pdf(*, actor: Actor | None, edition_id: int, now: dt.datetime) -> EditionFile | None:
    """Make the PDF of a published version once; doing it again changes nothing.

    When it fails, readers are told so and the error goes on to the queue, which may try again.
    """
    row = queries.edition_by_id(edition_id)
    if row is None or row.pdf.state == FileState.READY:
        return row.pdf if row else None
    content: bytes | None = None
    failed: Exception | None = None
    try:
        content = pdf.as_pdf(row.content, queries.address_of(row.organisation.reference, row.year.number))
    except pdf.PdfUnavailable:
        pass  # nothing that trying again on this machine would change
    except Exception as error:
        failed = error
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
    if failed is not None:
        raise failed
    return kept


@transaction.atomic
def make_pdf_again(
    *, actor: Actor, organisation_id: int, year_number: int, number: int, now: dt.datetime
) -> list[EditionFile]:
    """Put the files of a version that are not there in the queue once more."""
    from toetssteen.communication import tasks

    demand(can_write_report(actor, organisation_id))
    rows = EditionFile.objects.select_for_update(of=("self",)).filter(
        edition__organisation_id=organisation_id, edition__year__number=year_number, edition__number=number
    )
    lacking = list(rows.filter(edition__withdrawal=None).exclude(state=FileState.READY).select_related("edition"))
    for row in lacking:
        row.state, row.made_at = FileState.WAITING, now
        row.save(update_fields=["state", "made_at"])
        tasks.make_pdf.enqueue(row.edition_id)
        audit.record(actor=actor, verb="communication.make_pdf_again", subject=row.edition, at=now)
    return lacking
