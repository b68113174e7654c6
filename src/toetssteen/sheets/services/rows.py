"""Corrections of rows: a cell is written again, and the row is understood again; or a row is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, StaleRow, demand
from toetssteen.sheets import lines, permissions, policies, reading, understanding
from toetssteen.sheets.choices import Decision, Grade
from toetssteen.sheets.frames import Matcher, frame_of
from toetssteen.sheets.models import SheetImport, SheetRow
from toetssteen.sheets.reading.answers import Answer, read_answer
from toetssteen.sheets.services import ground
from toetssteen.sheets.services.taking_in import fill

LONGEST = 2000
REACH = 200  # how many rows up “idem” looks
WRITTEN = [
    "cells", "written", "understood", "problems", "grade", "decision", "group", "tonnes", "change", "chain",
    "differences", "row_version",
]  # fmt: skip


@dataclass(frozen=True)
class RowEdit:
    """What somebody wants with one row; `seen` is the version that was looked at."""

    row_id: int
    seen: int
    cells: Mapping[str, str] = field(default_factory=dict)  # only those that were written again
    decision: str | None = None


@dataclass(frozen=True)
class Saved:
    """What became of the edits: rows that changed, rows that are good now, and rows that others changed meanwhile."""

    changed: Sequence[int] = ()
    mended: Sequence[int] = ()
    stale: Sequence[int] = ()


@transaction.atomic
def save_rows(
    *, actor: Actor, import_id: int, edits: Sequence[RowEdit], year: CovenantYear, now: dt.datetime, today: dt.date
) -> Saved:
    """Write cells of several rows again and understand those rows anew; a row that somebody else changed is left."""
    kept = ground.locked(actor, import_id)
    demand(permissions.can_change_sheet_import(actor, kept))
    rows = {row.pk: row for row in kept.rows.select_for_update().filter(pk__in=[edit.row_id for edit in edits])}
    changed: list[SheetRow] = []
    mended, stale = [], []
    frame = frame_of(kept, year, today)
    for edit in edits:
        row = rows.get(edit.row_id)
        if row is None:
            raise Refused(no(_("This row does not exist.")))
        cells = {h: v[:LONGEST] for h, v in edit.cells.items() if h in row.cells and v != row.cells[h]}
        decision = row.decision if edit.decision is None else edit.decision
        if not cells and decision == row.decision:
            continue
        if row.row_version != edit.seen:
            stale.append(row.pk)
            continue
        before = row.grade
        if cells:
            _understand(kept, row, cells, frame)
            if edit.decision is None and row.decision == Decision.KEPT:
                decision = Decision.OPEN  # it says something else now
        if not policies.allows_decision(row.grade, decision):
            decision = Decision.OPEN
        row.decision = decision
        row.row_version += 1
        changed.append(row)
        if before >= Grade.ERROR > row.grade:
            mended.append(row.pk)
    if changed:
        _match_again(kept, changed, frame)
        SheetRow.objects.bulk_update(changed, WRITTEN, batch_size=100)
        audit.record(actor=actor, verb="sheets.save_rows", subject=kept, at=now, rows=[row.pk for row in changed][:100])
    return Saved([row.pk for row in changed], mended, stale)


def decide_row(
    *, actor: Actor, import_id: int, edit: RowEdit, year: CovenantYear, now: dt.datetime, today: dt.date
) -> Saved:
    """Change one row; whoever looked at an older version first sees the newer one."""
    saved = save_rows(actor=actor, import_id=import_id, edits=[edit], year=year, now=now, today=today)
    if saved.stale:
        raise StaleRow(None)
    return saved


@transaction.atomic
def decide_open_rows(*, actor: Actor, import_id: int, decision: str, now: dt.datetime) -> int:
    """Leave out, or keep as they are read, all rows that still wait for a choice; returns how many."""
    kept = ground.locked(actor, import_id)
    demand(permissions.can_change_sheet_import(actor, kept))
    if decision not in (Decision.OUT, Decision.KEPT):
        raise Refused(no(_("This choice does not exist.")))
    rows = kept.rows.filter(grade__gte=Grade.ERROR, decision=Decision.OPEN)
    if decision == Decision.KEPT:
        rows = rows.filter(grade__lt=Grade.BLOCKED)
    count = rows.update(decision=decision, row_version=F("row_version") + 1)
    audit.record(actor=actor, verb="sheets.decide_open_rows", subject=kept, at=now, decision=decision, rows=count)
    return count


def _understand(kept: SheetImport, row: SheetRow, cells: Mapping[str, str], frame: Any) -> None:
    """Understand a row again with other words in these cells."""
    sheet = understanding.sheet_of(kept.layout, row.sheet)
    for head, value in cells.items():
        first = row.written.get(head, row.cells[head])
        row.written = {**row.written, head: first}
        if value == first:
            row.written = {h: v for h, v in row.written.items() if h != head}
    row.cells = {**row.cells, **cells}
    if sheet is None:
        return
    chain, problems = reading.understand_row(
        sheet,
        row.number,
        _without_dittos(kept, row),
        trade_names=ground.trade_names(),
        home_country=kept.organisation.country or None,
    )
    said = [understanding.problem_of(problem) for problem in problems]
    layout = next(kept_sheet for kept_sheet in kept.layout if kept_sheet["name"] == row.sheet)
    fill(row, understanding.understood_of(chain), said, layout, frame.pack)


def _without_dittos(kept: SheetImport, row: SheetRow) -> dict[str, str]:
    """The cells of a row, with what stands above in the place of “idem”."""
    dittos = {head for head, value in row.cells.items() if value and read_answer(value) == Answer.DITTO}
    if not dittos:
        return row.cells
    found: dict[str, str] = {}
    above = kept.rows.filter(sheet=row.sheet, position__lt=row.position).order_by("-position")[:REACH]
    for cells in above.values_list("cells", flat=True):
        for head in dittos - set(found):
            value = cells.get(head, "")
            if not value or read_answer(value) != Answer.DITTO:
                found[head] = value
        if len(found) == len(dittos):
            break
    return {**row.cells, **{head: value for head, value in found.items() if value}}


def _match_again(kept: SheetImport, rows: Sequence[SheetRow], frame: Any) -> None:
    """Which chains these rows are about now; chains that other rows are about stay theirs."""
    materials = {row.understood.get("material", "") for row in rows if row.understood}
    own_chains = [row.chain_id for row in rows if row.chain_id]
    taken = set(
        kept.rows.exclude(pk__in=[row.pk for row in rows])
        .filter(chain__isnull=False)
        .values_list("chain_id", flat=True)
    )
    chains = ground.open_chains(kept.organisation_id, material__in=materials)
    there = {chain.pk for chain in chains}
    chains += [c for c in ground.open_chains(kept.organisation_id, pk__in=own_chains) if c.pk not in there]
    free = [chain for chain in chains if chain.pk not in taken]
    SheetRow.objects.bulk_update(rows, ["group", "tonnes", "decision"], batch_size=100)
    groups = [row.group for row in rows]
    totals = ground.totals_of(kept, groups)
    if ground.is_lines(kept):
        _put_together(kept, rows, groups)
    Matcher(kept, frame, free, totals=totals).match(rows)


def _put_together(kept: SheetImport, rows: Sequence[SheetRow], groups: Sequence[str]) -> None:
    """What the lines of these chains say together now."""
    ours = {row.pk: row for row in rows}
    found = [ours.get(row.pk, row) for row in kept.rows.filter(group__in=groups).order_by("position")]
    changed = [row for row in lines.put_together(found) if row.pk not in ours]
    SheetRow.objects.bulk_update(changed, ["understood"], batch_size=100)
