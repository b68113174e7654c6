"""What happens to a spreadsheet after the answer to the browser."""

from __future__ import annotations

import datetime as dt

from toetssteen.accounts.models import Person
from toetssteen.core.access import NO_ONE, Actor
from toetssteen.covenant.queries import current_year
from toetssteen.foundation import clock
from toetssteen.foundation.tasks import background
from toetssteen.organisations.actors import actor_for
from toetssteen.sheets import services
from toetssteen.sheets.models import SheetImport


def _actor(sheet_import: SheetImport, person_id: int | None) -> Actor:
    """Who asked for it, with the roles of today; whoever lost them starts nothing any more."""
    person = Person.objects.filter(pk=person_id or 0).first()
    return actor_for(person, acting_for=sheet_import.organisation_id) if person else NO_ONE


@background(attempts=3, wait=dt.timedelta(seconds=5))
def read_sheet(import_id: int) -> None:
    """Read an uploaded spreadsheet."""
    kept = SheetImport.objects.filter(pk=import_id).first()
    if kept is None:
        return
    today = clock.today()
    services.read_sheet(
        actor=_actor(kept, kept.uploaded_by_id), import_id=import_id, year=current_year(today), now=clock.now(),
        today=today,
    )  # fmt: skip


@background(attempts=3, wait=dt.timedelta(seconds=5))
def import_sheet(import_id: int) -> None:
    """Take the rows of a spreadsheet over."""
    kept = SheetImport.objects.filter(pk=import_id).first()
    if kept is None:
        return
    today = clock.today()
    services.run_import(
        actor=_actor(kept, kept.imported_by_id), import_id=import_id, year=current_year(today), now=clock.now(),
        today=today,
    )  # fmt: skip
