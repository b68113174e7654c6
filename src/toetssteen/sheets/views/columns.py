"""The page on which a company says what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.sheets import permissions, policies, services, wording
from toetssteen.sheets.views.ground import address_of, import_or_404, steps

SURE = 0.75


@page(Audience.MEMBER)
def sheet_columns(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What each column is taken for, to change in place."""
    kept = import_or_404(actor, pk)
    if kept.state not in policies.OPEN:
        return redirect(address_of(kept))
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    said = request.POST if request.method == "POST" else {}
    sheets = [_sheet(number, sheet, said) for number, sheet in enumerate(kept.layout)]
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("row_version", "")
        with refusals_on(form):
            kept = services.set_columns(
                actor=actor,
                import_id=pk,
                row_version=int(seen) if seen.isdigit() else -1,
                fields={
                    (sheet["name"], column["index"]): column["field"] for sheet in sheets for column in sheet["columns"]
                },
                now=clock.now(),
            )
            return done(request, address_of(kept))
        kept = import_or_404(actor, pk)
    context = {
        "kept": kept,
        "form": form,
        "sheets": [sheet for sheet in sheets if sheet["used"]],
        "unused": [sheet["name"] for sheet in sheets if not sheet["used"]],
        "choices": wording.field_choices(),
        "steps": steps(),
        "verdict": permissions.can_change_sheet_import(actor, kept),
    }
    return show(request, "sheets/sheet_columns.html", context)


def _sheet(number: int, sheet: dict[str, Any], said: Any) -> dict[str, Any]:
    columns = []
    for column in sheet["columns"]:
        name = f"c{number}-{column['index']}"
        field = said.get(name, column["field"])
        columns.append(
            {
                **column,
                "input": name,
                "field": field,
                "label": wording.field_label(field) if field else "",
                "sure": column["confidence"] >= SURE,
            }
        )
    return {**sheet, "columns": columns, "used": sheet["role"] in ("chains", "purchase lines")}
