"""The pages on which every row is looked at as it will be understood, and mended in place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, show
from toetssteen.sheets import permissions, policies, queries, services, wording
from toetssteen.sheets.services.rows import RowEdit, Saved
from toetssteen.sheets.views.ground import Ground, address_of, import_or_404, steps

CELL = re.compile(r"^r(\d{1,18})-(\d{1,4})$")


def _filter(request: HttpRequest, counts: queries.Counts) -> queries.RowFilter:
    default = "help" if counts.look + counts.wrong + counts.blocked else "all"
    return queries.RowFilter(request.GET.get("show", default), request.GET.get("q", "").strip()[:100])


@page(Audience.MEMBER)
def sheet_rows(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Rows as they will be understood, with their problems; cells are corrected in place."""
    ground, kept = Ground.now(), import_or_404(actor, pk)
    if kept.state not in policies.OPEN:
        return redirect(address_of(kept))
    counts = queries.counts_of(kept)
    wanted = _filter(request, counts)
    rows = queries.rows_page(kept, wanted, request.GET.get("page"), ground.pack)
    stale: set[int] = set()
    if request.method == "POST":
        saved = services.save_rows(
            actor=actor, import_id=pk, edits=edits_of(request, rows.object_list, kept, ground), year=ground.year,
            now=clock.now(), today=ground.today,
        )  # fmt: skip
        _say(request, saved)
        if not saved.stale:
            return done(request, request.get_full_path())
        stale = set(saved.stale)
        counts = queries.counts_of(kept)
        rows = queries.rows_page(kept, wanted, request.GET.get("page"), ground.pack)
        rows.object_list = [_as_typed(row, request) if row.id in stale else row for row in rows.object_list]
    context = {
        "kept": kept,
        "counts": counts,
        "filter": wanted,
        "rows": rows,
        "stale": stale,
        "notes": [{**note, "sentence": wording.sentence_of(note)} for note in kept.notes],
        "steps": steps(),
        "shows": shows(kept, counts),
        "verdict": permissions.can_change_sheet_import(actor, kept),
        "has_errors": bool(stale),
    }
    return show(request, "sheets/sheet_rows.html", context)


def shows(kept: Any, counts: queries.Counts) -> list[tuple[str, str, int]]:
    """The filters with how many rows each shows."""
    rows = [
        ("help", _("Needs a look"), counts.look + counts.wrong + counts.blocked),
        ("all", _("All rows"), counts.rows),
        ("double", _("Perhaps the same"), counts.doubles),
        ("new", _("New chains"), counts.changes.get("new", 0)),
        ("changed", _("Changed chains"), counts.changes.get("changed", 0)),
        ("same", _("Unchanged"), counts.changes.get("same", 0)),
        ("out", _("Left out"), counts.out),
    ]
    return [(key, label, n) for key, label, n in rows if n or key in ("help", "all")]


def edits_of(request: HttpRequest, rows: Any, kept: Any, ground: Ground) -> list[RowEdit]:
    """What was sent for these rows: cells that were written again, and choices."""
    versions = {int(k[1:]): str(v) for k, v in request.POST.items() if re.fullmatch(r"v\d{1,18}", k)}
    there = {row.id: row for row in rows}
    edits = []
    for row_id, seen in versions.items():
        row = there.get(row_id) or queries.row(kept, row_id, ground.pack)
        if row is None:
            raise Http404
        cells = {}
        for index, cell in enumerate(row.cells):
            typed = request.POST.get(f"r{row_id}-{index}")
            if typed is not None:
                cells[cell.header] = typed.replace("\r\n", "\n")
        decision = request.POST.get(f"d{row_id}")
        if decision not in (None, "", "out", "kept"):
            decision = None
        edits.append(RowEdit(row_id, int(seen) if seen.isdigit() else -1, cells, decision))
    return edits


def _as_typed(row: queries.RowView, request: HttpRequest) -> queries.RowView:
    cells = [replace(cell, value=request.POST.get(cell.id, cell.value)) for cell in row.cells]
    return replace(row, cells=cells)


def _say(request: HttpRequest, saved: Saved) -> None:
    if saved.changed:
        said = ngettext("%(n)s row was read again.", "%(n)s rows were read again.", len(saved.changed))
        said = said % {"n": len(saved.changed)}
        if saved.mended:
            said += " " + ngettext("%(n)s is good now.", "%(n)s are good now.", len(saved.mended)) % {
                "n": len(saved.mended)
            }
        messages.success(request, said)
    if saved.stale:
        messages.warning(
            request,
            _("Somebody changed a row in the meantime. Your text is still here: look at both and save again."),
        )
    elif not saved.changed:
        messages.info(request, _("Nothing was changed."))


@page(Audience.MEMBER)
def sheet_row(request: HttpRequest, actor: Actor, pk: int, row_id: int) -> HttpResponse:
    """All cells of one row."""
    ground, kept = Ground.now(), import_or_404(actor, pk)
    if kept.state not in policies.OPEN:
        return redirect(address_of(kept))
    found = queries.row(kept, row_id, ground.pack)
    if found is None:
        raise Http404
    stale = False
    if request.method == "POST":
        edits = [edit for edit in edits_of(request, [found], kept, ground) if edit.row_id == row_id]
        saved = services.save_rows(
            actor=actor, import_id=pk, edits=edits, year=ground.year, now=clock.now(), today=ground.today
        )
        _say(request, saved)
        if not saved.stale:
            return done(request, "sheet_row", pk=pk, row_id=row_id)
        stale = True
        current = queries.row(kept, row_id, ground.pack)
        found = _as_typed(current, request) if current else found
    context = {
        "kept": kept,
        "row": found,
        "stale": stale,
        "steps": steps(),
        "has_errors": stale,
        "verdict": permissions.can_change_sheet_import(actor, kept),
    }
    return show(request, "sheets/sheet_row.html", context)


@page(Audience.MEMBER)
def sheet_decide(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Leave out, or keep, all rows that wait for a choice."""
    kept = import_or_404(actor, pk)
    back = reverse("sheet_rows", args=[pk])
    if kept.state not in policies.OPEN:
        return redirect(address_of(kept))
    if request.method == "POST" and request.POST.get("decision") in ("out", "kept"):
        count = services.decide_open_rows(actor=actor, import_id=pk, decision=request.POST["decision"], now=clock.now())
        said = ngettext("Your choice was saved for %(n)s row.", "Your choice was saved for %(n)s rows.", count)
        messages.success(request, said % {"n": count})
    return done(request, back)
