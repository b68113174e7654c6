"""The page with tables from risk to result, and its downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from toetssteen.core.access import Actor
from toetssteen.covenant import queries as covenant_queries
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, page, show_kept
from toetssteen.insights.permissions import can_view_all_figures
from toetssteen.insights.results import exports, queries
from toetssteen.insights.results.presentation import page_of

FORMATS: dict[str, tuple[str, Callable[[Mapping[str, Any]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", exports.as_csv),
    "json": ("application/json", exports.as_json),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", exports.as_xlsx),
}


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def results(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """The tables of a year: for everybody as they were published, for the secretariat all of them on request."""
    chosen = _year_or_404(year)
    frozen = queries.published_results(actor, chosen)
    every = bool(can_view_all_figures(actor))
    view = request.GET.get("view", "") if every else ""
    if every and frozen is None and view != "next":
        view = "all"
    if view == "all":
        content = queries.all_results(actor, chosen, today=clock.today())
    elif view == "next":
        content = queries.preview(actor, chosen, today=clock.today())
    elif frozen is not None:
        content = frozen.content
    else:
        raise Http404
    known = covenant_queries.years() if every else queries.years_with_results(actor)
    context = {
        "year": chosen,
        "years": known,
        "frozen": frozen,
        "view": view if view in ("all", "next") else "",
        "may_see_all": every,
    }
    key = None
    if context["view"] == "" and frozen is not None:  # frozen tables never change; whatever is not public is never kept
        key = (frozen.pk, frozen.made_at, chosen.pk, every, *((y.pk, str(y)) for y in known))
    return show_kept(
        request,
        "insights/results.html",
        "insights/_results.html",
        key,
        lambda: {**context, "page": page_of(content)},
        {"year": chosen},
    )


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def results_download(request: HttpRequest, actor: Actor, year: int, file_format: str) -> HttpResponse:
    """The public tables of a year, exactly as they were published."""
    frozen = queries.published_results(actor, _year_or_404(year))
    if frozen is None:
        raise Http404
    return _file(frozen.content, year, file_format, "")


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def all_results_download(request: HttpRequest, actor: Actor, year: int, file_format: str) -> HttpResponse:
    """Every count of a year with small groups, for the secretariat only."""
    content = queries.all_results(actor, _year_or_404(year), today=clock.today())
    return _file(content, year, file_format, "confidential-")


def _file(content: Mapping[str, Any], year: int, file_format: str, prefix: str) -> HttpResponse:
    content_type, write = FORMATS[file_format]
    response = HttpResponse(write(content), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{prefix}results-year-{year}.{file_format}"'
    return response


def _year_or_404(number: int) -> Any:
    found = covenant_queries.year_by_number(number)
    if found is None:
        raise Http404
    return found
