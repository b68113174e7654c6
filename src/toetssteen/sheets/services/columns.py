"""How the columns of a spreadsheet are meant, said by its company and remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import audit
from toetssteen.foundation.pages import demand
from toetssteen.sheets import permissions, understanding
from toetssteen.sheets.choices import ImportState
from toetssteen.sheets.models import ColumnMapping, SheetImport
from toetssteen.sheets.reading.results import Field
from toetssteen.sheets.services import ground
from toetssteen.sheets.services.taking_in import USED


@transaction.atomic
def set_columns(
    *,
    actor: Actor,
    import_id: int,
    row_version: int,
    fields: Mapping[tuple[str, int], str],
    now: dt.datetime,
) -> SheetImport:
    """Say what each column means; if that differs from how it was read, the file is read again.

    `fields`: the meaning by name of the sheet and index of the column; empty means that it is not used.
    """
    from toetssteen.sheets import tasks

    kept = ground.locked(actor, import_id, row_version)
    demand(permissions.can_change_sheet_import(actor, kept))
    differs = False
    for sheet in kept.layout:
        if sheet["role"] not in USED:
            continue
        said, before = {}, differs
        differs = False
        for column in sheet["columns"]:
            field = fields.get((sheet["name"], column["index"]), column["field"])
            if field and field not in set(map(str, Field)):
                raise ValidationError(_("This meaning of a column does not exist."))
            said[column["header"]] = field
            differs = differs or field != column["field"]
        twice = _twice(said.values())
        if twice and differs:  # the reader itself knows what to do with square metres beside kilograms
            raise ValidationError(twice)
        differs = differs or before
        ColumnMapping.objects.update_or_create(
            organisation_id=kept.organisation_id,
            heads=understanding.heads_digest(sheet),
            defaults={"fields": said, "used_at": now},
        )
    if differs or kept.state == ImportState.COLUMNS:
        ground.move(kept, ImportState.READING if differs else ImportState.REVIEW)
    kept.save()
    audit.record(actor=actor, verb="sheets.set_columns", subject=kept, at=now, differs=differs)
    if differs:
        tasks.read_sheet.enqueue(kept.pk)
    return kept


def _twice(said: object) -> str:
    """A chain has one material and one volume; two columns for the same would contradict each other."""
    from toetssteen.sheets.wording import field_label

    chosen = [field for field in said if field]  # type: ignore[attr-defined]
    single = {Field.MATERIAL, Field.VOLUME, Field.UNIT, Field.SHARE, Field.PRODUCT_GROUP}
    double = next((field for field in chosen if field in single and chosen.count(field) > 1), "")
    if not double:
        return ""
    return _("Two columns mean “%(field)s”. Choose one of them.") % {"field": field_label(double)}
