"""A file comes in, is kept, and is read in the background into rows that somebody can look at."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from toetssteen.core.access import Actor
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit
from toetssteen.foundation.files import digest_of
from toetssteen.foundation.pages import demand
from toetssteen.foundation.tasks import TaskTooLong
from toetssteen.sheets import lines, own, permissions, policies, understanding
from toetssteen.sheets.choices import Grade, ImportState
from toetssteen.sheets.frames import Matcher, frame_of
from toetssteen.sheets.models import ColumnMapping, SheetImport, SheetRow
from toetssteen.sheets.reading.guarded import read_guarded
from toetssteen.sheets.reading.results import Field, Problem, ReadResult, Role
from toetssteen.sheets.services import ground
from toetssteen.supplychain.inserting import insert_rows

logger = logging.getLogger("toetssteen.sheets")
USED = (Role.CHAINS, Role.PURCHASE_LINES)


def upload_sheet(*, actor: Actor, organisation_id: int, upload: UploadedFile[Any], now: dt.datetime) -> SheetImport:
    """Keep a spreadsheet where nobody else finds it, and have it read."""
    from toetssteen.sheets import tasks

    demand(permissions.can_upload_sheet(actor, organisation_id))
    upload.seek(0)
    said = policies.refused_at_the_door(upload.read(4096), upload.size or 0, settings.EVIDENCE_MAX_BYTES)
    if said:
        raise ValidationError({"upload": said})
    digest = digest_of(upload)
    kept = SheetImport(
        organisation_id=organisation_id,
        file_name=policies.clean_file_name(upload.name or ""),
        size=upload.size or 0,
        sha256=digest,
        uploaded_by_id=actor.person_id,
        uploaded_at=now,
    )
    upload.seek(0)
    kept.file.save("new", upload, save=False)  # the model gives it a random name
    try:
        with transaction.atomic():
            kept.save()
            audit.record(actor=actor, verb="sheets.upload_sheet", subject=kept, at=now, sha256=digest)
            tasks.read_sheet.enqueue(kept.pk)
    except BaseException:
        kept.file.delete(save=False)
        raise
    return kept


@ground.without_collecting()
def read_sheet(*, actor: Actor | None, import_id: int, year: CovenantYear, now: dt.datetime, today: dt.date) -> None:
    """Read a file that waits for it; may run twice, because the rows are made anew each time."""
    kept = SheetImport.objects.select_related("organisation").filter(pk=import_id).first()
    if kept is None or kept.state != ImportState.READING or not kept.file:
        return
    _progress(kept, 5)
    result, remembered = _read(kept)
    if result.result != "parsed":
        kind = next((problem.values["kind"] for problem in result.problems if problem.values.get("kind")), "")
        code = kind or result.reject_code or "unreadable_file"
        _finish(actor, kept, ImportState.REFUSED, now, reject_code=code)
        return
    _progress(kept, 40)
    layout = understanding.layout_of(result.sheets)
    kept.layout = layout
    decisions = {
        (row.sheet, row.number): (row.decision, row.written)
        for row in SheetRow.objects.filter(sheet_import=kept).exclude(decision="", written={}).iterator()
    }
    rows, notes = _rows(kept, result, frame_of(kept, year, today).pack, decisions)
    if ground.is_lines(kept):
        lines.put_together(rows)
    frame = frame_of(kept, year, today)
    totals = _totals(rows) if ground.is_lines(kept) else {}
    Matcher(kept, frame, ground.open_chains(kept.organisation_id), totals=totals).match(rows)
    _progress(kept, 60)
    _store(kept, rows)
    used = [sheet for sheet in layout if sheet["role"] in USED]
    known = all(own.language_of(c["header"] for c in s["columns"]) or s["name"] in remembered for s in used)
    facts = {
        "rows_read": result.rows_read or len(rows),
        "reporting_year": result.reporting_year,
        "reporting_company": result.reporting_company or "",
        "lines": ground.is_lines(kept),
        "own": any(own.language_of(c["header"] for c in s["columns"]) for s in used),
        "has_rows": bool(rows),
    }
    state = ImportState.REVIEW if known and used else ImportState.COLUMNS
    _finish(actor, kept, state, now, rows=len(rows), layout=layout, notes=notes, facts=facts)


@transaction.atomic
def give_up_reading(*, actor: Actor | None, import_id: int, now: dt.datetime) -> None:
    """Say that a file cannot be read, after all attempts failed."""
    kept = SheetImport.objects.select_for_update().filter(pk=import_id, state=ImportState.READING).first()
    if kept is not None:
        _finish(actor, kept, ImportState.REFUSED, now, reject_code="unreadable_file")


def _progress(kept: SheetImport, percent: int) -> None:
    SheetImport.objects.filter(pk=kept.pk).update(progress=percent)


def _finish(
    actor: Actor | None, kept: SheetImport, state: str, now: dt.datetime, rows: int | None = None, **values: Any
) -> None:
    with transaction.atomic():
        found = SheetImport.objects.select_for_update().get(pk=kept.pk)
        if found.state != ImportState.READING:
            return
        if rows is not None and found.rows.count() != rows:
            raise RuntimeError("Two workers read the same file; the one that comes later starts again.")
        for name, value in values.items():
            setattr(found, name, value)
        ground.move(found, state)
        found.save()
        audit.record(actor=actor, verb="sheets.read_sheet", subject=found, at=now, state=state)


# --- reading with what is remembered


def _read(kept: SheetImport) -> tuple[ReadResult, set[str]]:
    """What the file says, with the columns as this company means them; and the sheets that are known already."""
    corrections = {
        (row.sheet, row.number, head): row.cells[head]
        for row in SheetRow.objects.filter(sheet_import=kept).exclude(written={})
        for head in row.written
        if head in row.cells
    }
    given: dict[str, Any] = {
        "filename": kept.file_name, "trade_names": ground.trade_names(), "corrections": corrections or None,
        "home_country": kept.organisation.country or None,
    }  # fmt: skip
    result = _look(kept, **given)
    if result.result != "parsed":
        return result, set()
    mapping, remembered, differs = _remembered(kept, result)
    return (_look(kept, mapping=mapping, **given) if differs else result), remembered


def _look(kept: SheetImport, **given: Any) -> ReadResult:
    """What the reader says; a file that trips even the reader cannot be read, and is not tried again and again."""
    try:
        return read_guarded(kept.file.path, **given)
    except (OSError, TaskTooLong):
        raise
    except Exception as error:
        logger.exception("import=%s error=%s", kept.pk, type(error).__name__)
        return ReadResult(result="rejected", reject_code="unreadable_file")


def _remembered(kept: SheetImport, result: ReadResult) -> tuple[dict[tuple[str, str], Field | None], set[str], bool]:
    mappings = dict(ColumnMapping.objects.filter(organisation_id=kept.organisation_id).values_list("heads", "fields"))
    mapping: dict[tuple[str, str], Field | None] = {}
    remembered, differs = set(), False
    for sheet, layout in zip(result.sheets, understanding.layout_of(result.sheets), strict=True):
        heads = [column.header for column in sheet.columns]
        ours = own.fields_of(heads)
        stored = mappings.get(understanding.heads_digest(layout)) if sheet.role in USED else None
        if not ours and stored is None:
            continue
        remembered.add(sheet.name)
        for column in sheet.columns:
            if stored is not None and not ours:
                said = stored.get(column.header, str(column.field or ""))
                field = Field(said) if said else None
            else:
                field = ours.get(column.header)
            mapping[(sheet.name, column.header)] = field
            differs = differs or field != column.field
    return mapping, remembered, differs


# --- rows


def _rows(
    kept: SheetImport,
    result: ReadResult,
    pack: Any,
    decisions: Mapping[tuple[str, int], tuple[str, dict[str, str]]],
) -> tuple[list[SheetRow], list[dict[str, Any]]]:
    """The rows of a file with their problems, and the problems that belong to no row."""
    sheets = {sheet["name"]: sheet for sheet in kept.layout}
    by_row: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    notes: list[dict[str, Any]] = []
    numbers = {(chain.sheet, chain.row) for chain in result.chains}
    for problem in result.problems:
        place = (problem.sheet or "", problem.row or 0)
        if place in numbers:
            by_row[place].append(problem)
        else:
            notes.append(understanding.problem_of(problem))
    rows = []
    for position, chain in enumerate(result.chains):
        row = SheetRow(sheet_import=kept, position=position, sheet=chain.sheet, number=chain.row)
        row.cells = {head: str(value) for head, value in chain.cells.items()}
        decision, written = decisions.get((chain.sheet, chain.row), ("", {}))
        row.written = written
        problems = [understanding.problem_of(problem) for problem in by_row.get((chain.sheet, chain.row), ())]
        fill(row, understanding.understood_of(chain), problems, sheets.get(chain.sheet, {}), pack)
        row.decision = decision if policies.allows_decision(row.grade, decision) else ""
        rows.append(row)
    return rows, notes[:500]


def fill(
    row: SheetRow, understood: dict[str, Any], problems: list[dict[str, Any]], sheet: Mapping[str, Any], pack: Any
) -> None:
    """Put into a row what was understood of it; `sheet` is the layout of its sheet."""
    role, column = sheet.get("role", ""), understanding.material_column(sheet)
    blocked = understanding.own_problems(understood, pack, column)
    said_already = any(p["column"] == column and p["severity"] == "error" for p in problems)
    row.understood, row.problems = understood, problems + ([] if said_already else blocked)
    row.grade = understanding.grade_of(row.problems, blocked=bool(blocked))
    row.group = understanding.group_of(row.sheet, role, row.number, understood)
    row.tonnes = understanding.tonnes_of(understood)


def _totals(rows: Sequence[SheetRow]) -> dict[str, Any]:
    totals: dict[str, Any] = {}
    for row in rows:
        if row.tonnes is not None and row.decision != "out":
            totals[row.group] = totals.get(row.group, 0) + row.tonnes
    return totals


def _store(kept: SheetImport, rows: Sequence[SheetRow]) -> None:
    """The rows in parts, so that nobody waits long for the database and progress can be seen."""
    SheetRow.objects.filter(sheet_import=kept).delete()
    for start in range(0, len(rows), ground.BATCH):
        with transaction.atomic():
            insert_rows(rows[start : start + ground.BATCH])
        _progress(kept, 60 + 40 * (start + ground.BATCH) // (len(rows) + ground.BATCH))


__all__ = ["Grade", "fill", "give_up_reading", "read_sheet", "upload_sheet"]
