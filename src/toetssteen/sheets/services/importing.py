"""Rows become chains: all of them or none, in the background, and never twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, StaleRow, demand
from toetssteen.sheets import lines, permissions
from toetssteen.sheets.choices import Change, Decision, Grade, ImportState
from toetssteen.sheets.frames import Matcher, frame_of, with_share
from toetssteen.sheets.models import ImportedChain, SheetImport, SheetRow
from toetssteen.sheets.queries import gone_ids, open_choices, refused_without_day
from toetssteen.sheets.services import ground
from toetssteen.supplychain.bulk import Batch, Done, Edit, import_chains
from toetssteen.supplychain.data import ChainData
from toetssteen.supplychain.inserting import blank, insert_rows
from toetssteen.supplychain.models import Chain

THOUSANDTH = Decimal("0.001")


@transaction.atomic
def take_over(
    *,
    actor: Actor,
    import_id: int,
    row_version: int,
    frame: Mapping[str, Any],
    close: Sequence[int],
    closed_on: dt.date | None,
    now: dt.datetime,
    today: dt.date,
) -> SheetImport:
    """Have the rows taken over; refused as long as a row waits for a choice.

    `frame` holds what counts for all rows: opened_on, asked_on and situation. `close` names the chains that are gone
    from the sheet and shall be closed; the others stay open.
    """
    from toetssteen.sheets import tasks

    kept = ground.locked(actor, import_id, row_version)
    demand(permissions.can_change_sheet_import(actor, kept))
    for name in ("opened_on", "asked_on"):
        _not_to_come(name, frame.get(name), today)
    kept.opened_on, kept.asked_on = frame.get("opened_on"), frame.get("asked_on")
    kept.situation = frame.get("situation") or ""
    _close_gone(kept, close, closed_on, today)
    waiting = open_choices(kept)
    if waiting:
        raise Refused(no(_("%(n)s rows still wait for your choice.") % {"n": waiting}))
    if refused_without_day(kept):
        raise ValidationError({"asked_on": _("Enter the day on which you asked.")})
    ground.move(kept, ImportState.IMPORTING)
    kept.imported_by_id = actor.person_id
    kept.save()
    audit.record(actor=actor, verb="sheets.take_over", subject=kept, at=now, close=len(kept.closing))
    tasks.import_sheet.enqueue(kept.pk)
    return kept


def _close_gone(kept: SheetImport, chains: Sequence[int], closed_on: dt.date | None, today: dt.date) -> None:
    """Which chains that are gone from the sheet shall be closed, and from when."""
    wanted = sorted(set(chains) & set(gone_ids(kept))) if chains else []
    if wanted and closed_on is None:
        raise ValidationError(_("Enter the day from which you do not buy this any more."))
    _not_to_come("", closed_on, today)
    if wanted and closed_on and Chain.objects.filter(pk__in=wanted, opened_on__gt=closed_on).exists():
        raise ValidationError(_("A chain cannot end before it started."))
    kept.closing, kept.closed_on = wanted, closed_on


@transaction.atomic
def resume_import(*, actor: Actor, import_id: int, now: dt.datetime) -> SheetImport:
    """Start work that seems to have stopped once more; work that runs after all finds that it is done."""
    from toetssteen.sheets import tasks

    kept = ground.locked(actor, import_id)
    demand(permissions.can_upload_sheet(actor, kept.organisation_id))
    if kept.state == ImportState.READING:
        tasks.read_sheet.enqueue(kept.pk)
    elif kept.state == ImportState.IMPORTING:
        kept.imported_by_id = actor.person_id
        kept.save(update_fields=["imported_by"])
        tasks.import_sheet.enqueue(kept.pk)
    else:
        return kept
    audit.record(actor=actor, verb="sheets.resume_import", subject=kept, at=now)
    return kept


@ground.without_collecting()
def run_import(*, actor: Actor, import_id: int, year: CovenantYear, now: dt.datetime, today: dt.date) -> None:
    """Take the rows over in one transaction; a second run finds it done and does nothing."""
    kept = SheetImport.objects.filter(pk=import_id, state=ImportState.IMPORTING).first()
    if kept is None:
        return
    verdict = permissions.can_upload_sheet(actor, kept.organisation_id)
    if not verdict:  # who started it lost the role in the meantime
        _back(actor, kept, str(verdict), now, year, today)
        return
    batch, leaders = _batch(kept, year, today)
    SheetImport.objects.filter(pk=kept.pk).update(progress=50)
    try:
        with transaction.atomic():
            found = ground.locked(actor, import_id)
            if found.state != ImportState.IMPORTING:
                return
            done = import_chains(
                actor=actor, organisation_id=found.organisation_id, batch=batch,
                subject=audit.subject_of(found), year=year, now=now,
            )  # fmt: skip
            remember(found, done)
            _tie(found, [one.chain_id for one in done if one.act == "added"], leaders)
            counts = {act: sum(one.act == act for one in done) for act in ("added", "changed", "closed")}
            found.facts = {**found.facts, "done": counts, "problem": ""}
            found.imported_at = now
            ground.move(found, ImportState.DONE)
            found.save()
    except (StaleRow, ValidationError, Refused) as error:
        # Nothing was taken over. The user sees why, looks again, and starts it again.
        said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        _back(actor, kept, "stale" if isinstance(error, StaleRow) else said, now, year, today)


def _back(actor: Actor, kept: SheetImport, problem: str, now: dt.datetime, year: CovenantYear, today: dt.date) -> None:
    with transaction.atomic():
        found = SheetImport.objects.select_for_update().get(pk=kept.pk)
        found.facts = {**found.facts, "problem": problem}
        rows = list(found.rows.order_by("position"))
        chains = ground.open_chains(found.organisation_id)
        Matcher(found, frame_of(found, year, today), chains, totals=ground.totals_of(found)).match(rows)
        SheetRow.objects.bulk_update(rows, ["change", "chain", "differences"], batch_size=200)
        found.closing = [pk for pk in found.closing if pk in {chain.pk for chain in chains}]
        ground.move(found, ImportState.REVIEW)
        found.save()
        audit.record(actor=actor, verb="sheets.import_refused", subject=found, at=now)


def _batch(kept: SheetImport, year: CovenantYear, today: dt.date) -> tuple[Batch, list[SheetRow]]:
    """Everything that happens at once, and the rows that become new chains in the same order."""
    frame = frame_of(kept, year, today)
    matcher = Matcher(kept, frame, (), totals=ground.totals_of(kept))
    rows = kept.rows.filter(grade__lt=Grade.BLOCKED).exclude(decision=Decision.OUT).exclude(change=Change.SAME)
    unread = ["problems", "written"] if kept.facts.get("own") else ["problems", "written", "cells"]
    found = list(rows.order_by("position").defer(*unread).iterator(chunk_size=2000))
    if ground.is_lines(kept):
        lines.put_together(found)
    leaders: dict[str, SheetRow] = {}
    for row in found:
        leaders.setdefault(row.group, row)
    new = [row for row in leaders.values() if row.change == Change.NEW]
    edited = [row for row in leaders.values() if row.change == Change.CHANGED and row.chain_id]
    stored = {c.pk: c for c in ground.open_chains(kept.organisation_id)} if edited or kept.closing else {}
    missing = [row for row in edited if row.chain_id not in stored]
    if missing:
        new += missing  # closed by somebody in the meantime: the sheet says that it is bought
    entered = [matcher.data_of(row) for row in new]
    has_others = bool(stored) or bool(Chain.objects.filter(
        organisation_id=kept.organisation_id, closed_on__isnull=True
    ).exists())  # fmt: skip
    return Batch(
        add=entered if has_others else shares_from_tonnes(entered),
        edit=[
            Edit(row.chain_id, stored[row.chain_id].row_version, matcher.merged(row, stored[row.chain_id]))
            for row in edited
            if row.chain_id in stored
        ],
        close={pk: stored[pk].row_version for pk in kept.closing if pk in stored},
        closed_on=kept.closed_on,
        close_reason=_("Not in the spreadsheet any more"),
    ), new


def shares_from_tonnes(chains: Sequence[ChainData]) -> Sequence[ChainData]:
    """The share of each chain in the volume, when the tonnes of all are known; together exactly 100."""
    tonnes = [data.volume_tonnes for data in chains]
    total = sum((t for t in tonnes if t is not None), Decimal(0))
    if not chains or total <= 0 or any(t is None or t < 0 for t in tonnes) or any(d.share_of_volume for d in chains):
        return chains
    exact = [(t or Decimal(0)) * 100 / total for t in tonnes]
    shares = [share.quantize(THOUSANDTH, rounding="ROUND_DOWN") for share in exact]
    left = int((Decimal(100) - sum(shares)) / THOUSANDTH)
    for index in sorted(range(len(exact)), key=lambda i: shares[i] - exact[i])[:left]:
        shares[index] += THOUSANDTH
    return [with_share(data, share) for data, share in zip(chains, shares, strict=True)]


def remember(kept: SheetImport, done: Sequence[Done]) -> None:
    """What was done to each chain, so that it can be taken back."""
    nothing = blank(ImportedChain)
    insert_rows(
        [
            SimpleNamespace(**{
                **nothing, "sheet_import_id": kept.pk, "chain_id": one.chain_id, "act": one.act,
                "version_after": one.version, "before": one.before,
            })
            for one in done
        ],
        ImportedChain,
    )  # fmt: skip


def _tie(kept: SheetImport, added: Sequence[int], leaders: Sequence[SheetRow]) -> None:
    """Remember which chain a row became."""
    table, column = SheetRow._meta.db_table, SheetRow._meta.get_field("chain").column
    pairs = [(chain_id, row.pk) for row, chain_id in zip(leaders, added, strict=True)]
    with connection.cursor() as cursor:
        if pairs:
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", pairs)  # noqa: S608 - our own names


def _not_to_come(name: str, day: dt.date | None, today: dt.date) -> None:
    if day is not None and day > today:
        said = _("This day is still to come.")
        raise ValidationError({name: said} if name else said)
