"""The page of figures and its downloads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from toetssteen.core.access import Actor
from toetssteen.covenant import queries as covenant_queries
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, page, show_kept
from toetssteen.insights import exports, queries
from toetssteen.insights.permissions import can_view_all_figures
from toetssteen.insights.presentation import page_of
from toetssteen.insights.results.queries import published_results

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def figures(request: HttpRequest, actor: Actor, year: int | None = None) -> HttpResponse:
    """The figures of a year: for everybody as they were published, for the secretariat all of them on request."""
    published = queries.published_years(actor)
    all_of_them = bool(can_view_all_figures(actor))
    known = covenant_queries.years() if all_of_them else published
    if year is None and not known:
        return _page(request, None, {"year": None, "years": ()})
    chosen = covenant_queries.year_by_number(year) if year is not None else (published or known)[-1]
    if chosen is None:
        raise Http404
    frozen = queries.published_set(actor, chosen)
    everything = all_of_them and (request.GET.get("view") == "all" or frozen is None)
    if everything:
        rows = queries.all_figures(actor, chosen, today=clock.today()) or []
    elif frozen is not None:
        rows = frozen.content
    else:
        raise Http404
    pack = covenant_queries.pack_of(chosen)
    has_results = published_results(actor, chosen) is not None
    context = {
        "year": chosen,
        "years": known,
        "frozen": frozen,
        "everything": everything,
        "may_see_all": all_of_them,
        "has_results": all_of_them or has_results,
    }
    key = None
    if not everything and frozen is not None:  # frozen figures never change; whatever is not public is never kept
        key = (
            frozen.pk,
            frozen.made_at,
            chosen.pk,
            chosen.pack_id,
            all_of_them,
            has_results,
            *((y.pk, str(y)) for y in known),
        )
    return _page(request, key, context, lambda: page_of(rows, pack, chosen.number))


def _page(
    request: HttpRequest, key: Any, context: dict[str, Any], content: Callable[[], Any] | None = None
) -> HttpResponse:
    """The page of figures; its content is worked out only when it has to be drawn."""

    def make() -> dict[str, Any]:
        return {**context, "page": content() if content else None}

    return show_kept(request, "insights/figures.html", "insights/_figures.html", key, make, {"year": context["year"]})


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def figures_download(request: HttpRequest, actor: Actor, year: int, file_format: str) -> HttpResponse:
    """The public figures of a year, exactly as they were published."""
    chosen = covenant_queries.year_by_number(year)
    frozen = queries.published_set(actor, chosen) if chosen else None
    if frozen is None:
        raise Http404
    if file_format == "csv":
        body = exports.as_csv(frozen.content)
    else:
        body = exports.as_json(
            frozen.content,
            covenant_year=year,
            publication=frozen.number,
            published_on=frozen.made_at.date().isoformat(),
        )
    response = HttpResponse(body, content_type=FORMATS[file_format])
    response["Content-Disposition"] = f'attachment; filename="figures-year-{year}.{file_format}"'
    return response
