"""The table of chains with its meters, for the company and for the secretariat, and as a file."""

from __future__ import annotations

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import hooks
from toetssteen.foundation.look.figures import country_name
from toetssteen.foundation.pages import page, show
from toetssteen.foundation.workbooks import csv_cell
from toetssteen.supplychain import checking, permissions, queries
from toetssteen.supplychain.choices import LevelState
from toetssteen.supplychain.meters import meter_rows
from toetssteen.supplychain.views.ground import Ground

PER_PAGE = 25


def filters_of(request: HttpRequest) -> queries.Filters:
    """What the address asks for."""
    get = request.GET.get
    return queries.Filters(
        search=get("q", "").strip(),
        gap=get("gap", ""),
        material=get("material", ""),
        country=get("country", ""),
        state=get("state", ""),
        shown=get("shown", "open"),
        checked=get("checked", ""),
        sort=get("sort", "material"),
    )


def meters_context(ground: Ground, table: queries.ChainTable, organisation_id: int) -> dict[str, Any]:
    """What the card with the meters shows."""
    number, rule = ground.rule(organisation_id)
    rows = meter_rows(ground.pack, rule, table.coverage)
    return {
        "meter_rows": rows,
        "rule": rule,
        "report_number": number,
        "year": ground.year,
        "coverage": table.coverage,
        "marked": any(row["mark"] for row in rows),
        "warning": table.warning,
    }


def table_context(actor: Actor, organisation_id: int, ground: Ground, request: HttpRequest) -> dict[str, Any]:
    """Everything that the list of chains shows."""
    wanted = filters_of(request)
    table = ground.table(actor, organisation_id, wanted)
    everything = request.GET.get("all") == "1"
    paginator = Paginator(table.rows, len(table.rows) or 1 if everything else PER_PAGE)
    may_edit = permissions.can_add_chain(actor, organisation_id)
    return {
        **meters_context(ground, table, organisation_id),
        "table": table,
        "filters": wanted,
        "filtered": wanted != queries.Filters(sort=wanted.sort),
        "page": paginator.get_page(request.GET.get("page")),
        "all_shown": everything,
        "per_page": PER_PAGE,
        "levels": ground.pack.coverage_levels,
        "states": LevelState.choices[1:],
        "may_edit": may_edit,
        "today": ground.today,
        "on": ground.on,
    }


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def chain_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All chains of the own company."""
    ground = Ground.now()
    context = table_context(actor, actor.company_id or 0, ground, request)
    closed = request.GET.get("closed", "")
    context["next_steps"] = [step for steps in hooks.said("chain.next_steps", actor=actor) for step in steps]
    context["doubts"] = _doubts(actor, ground)
    context["just_closed"] = context["table"].row(int(closed)) if closed.isdigit() else None
    return show(request, "supplychain/chain_list.html", context)


def _doubts(actor: Actor, ground: Ground) -> int:
    """How many things in the own chains do not fit; chains that only wait to be checked again have their own column."""
    found = checking.own_doubts(actor, ground.pack, ground.today)
    return sum(doubt.checked_at is None and doubt.kind != "stale" for doubt in found)


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def chain_companies(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The companies with how many chains each has."""
    search = request.GET.get("q", "").strip()
    rows = [row for row in queries.companies_with_chains(actor) if search.casefold() in row.name.casefold()]
    return show(request, "supplychain/chain_companies.html", {"rows": rows, "search": search})


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def company_chains(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The chains of one company, to read."""
    company = next((row for row in queries.companies_with_chains(actor) if row.id == pk), None)
    if company is None:
        raise Http404
    context = table_context(actor, pk, Ground.now(), request)
    return show(request, "supplychain/company_chains.html", {**context, "company": company})


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def chain_export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The own chains as a CSV file, as the filters show them."""
    ground = Ground.now()
    table = ground.table(actor, actor.company_id or 0, filters_of(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ketens.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    labels = [label for level in ground.pack.coverage_levels for label in _level_heads(level)]
    writer.writerow([*(str(head) for head in _heads()), *labels])
    for row in table.rows:
        writer.writerow([csv_cell(value) for value in _export_row(row)])
    return response


def _heads() -> list[str]:
    return [
        _("Material"), _("Name you use for it"), _("Product"), _("Situation"), _("Quarried in"), _("Processed in"),
        _("Share, %"), _("Since"), _("Closed on"), _("Checked on"),
    ]  # fmt: skip


def _level_heads(level: Any) -> tuple[str, str, str]:
    from toetssteen.foundation.look.figures import in_language

    name = in_language(level.text)
    return name, f"{name}: {_('place')}", f"{name}: {_('asked on')}"


def _export_row(row: queries.ChainRow) -> list[Any]:
    cells: list[Any] = []
    for cell in row.cells:
        names = cell.name if cell.state == "known" else str(LevelState(cell.state).label)
        cells += [f"{names} (+{cell.more})" if cell.more else names, cell.where, cell.asked_on or ""]
    return [
        row.material,
        row.trade_name,
        row.product,
        row.situation,
        country_name(row.extraction_country) if row.extraction_country else "",
        country_name(row.processing_country) if row.processing_country else "",
        "" if row.share is None else row.share,
        row.opened_on,
        row.closed_on or "",
        row.confirmed_on or "",
        *cells,
    ]
