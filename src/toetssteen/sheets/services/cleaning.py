"""Taking an import back, and removing the file and its rows."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, StaleRow, demand
from toetssteen.sheets import permissions
from toetssteen.sheets.choices import ImportState
from toetssteen.sheets.models import SheetImport
from toetssteen.sheets.queries import built_on
from toetssteen.sheets.services import ground
from toetssteen.supplychain import bulk


@transaction.atomic
def undo_import(*, actor: Actor, import_id: int, year: CovenantYear, now: dt.datetime) -> SheetImport:
    """Take back what an import did, as long as nothing builds on it."""
    kept = ground.locked(actor, import_id)
    demand(permissions.can_undo_sheet_import(actor, kept))
    reasons = built_on(kept)
    if reasons:
        raise Refused(no(" ".join(reasons)))
    rows = list(kept.chains.order_by("pk"))
    done = [bulk.Done(row.chain_id, row.act, row.version_after, row.before) for row in rows]
    try:
        bulk.undo_import(
            actor=actor, organisation_id=kept.organisation_id, done=done, subject=audit.subject_of(kept), year=year,
            now=now,
        )  # fmt: skip
    except StaleRow:
        raise Refused(no(_("A chain of this import was changed in the meantime."))) from None
    kept.chains.all().delete()
    kept.undone_by_id, kept.undone_at = actor.person_id, now
    ground.move(kept, ImportState.UNDONE)
    kept.save()
    return kept


@transaction.atomic
def wipe_import(*, actor: Actor, import_id: int, now: dt.datetime) -> SheetImport:
    """Remove the file and its rows for good; that there was a file, and its hash, stays."""
    kept = ground.locked(actor, import_id)
    demand(permissions.can_wipe_sheet_import(actor, kept))
    name, storage = kept.file.name, kept.file.storage
    kept.rows.all().delete()
    kept.file = ""
    kept.layout, kept.notes = [], []
    kept.facts = {key: kept.facts[key] for key in ("rows_read", "done") if key in kept.facts}
    kept.wiped_by_id, kept.wiped_at = actor.person_id, now
    kept.row_version += 1
    kept.save()
    audit.record(actor=actor, verb="sheets.wipe_import", subject=kept, at=now, sha256=kept.sha256)
    if name:
        transaction.on_commit(lambda: storage.delete(name))
    return kept
