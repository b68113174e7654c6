"""Pages of the public register, and the secretariat's pages to publish it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.communication import queries as told
from toetssteen.core.access import Actor
from toetssteen.covenant.queries import pack_of, years
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import country_name
from toetssteen.foundation.pages import Audience, page, refusals_on, show, show_kept
from toetssteen.organisations.choices import OrganisationKind
from toetssteen.register import area_map, exports, forms, presentation, queries, services

PER_PAGE = 50


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def front(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The front door for visitors: what this is, and a search in the register."""
    publication = queries.newest_publication()
    companies = queries.company_list(publication, queries.Filters())
    context = {
        "publication": publication,
        "companies": companies.count(),
        "authorities": queries.entries(publication, OrganisationKind.AUTHORITY).filter(is_current=True).count(),
        "areas": len(queries.areas(publication)),
    }
    return show(request, "register/front.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def register(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The register of companies: who takes part, since when, and the colour of each year."""
    publication = queries.newest_publication()
    # A search by name can be anything, so it is not kept.
    key = None if publication is None or request.GET.get("q") else publication.version
    return show_kept(
        request, "register/register.html", "register/_register.html", key, lambda: _register(request.GET, publication)
    )


def _register(query: QueryDict, publication: Any) -> dict[str, Any]:
    """The content of the register for one query."""
    pack = pack_of(publication.year) if publication and publication.year else None
    countries = queries.entries(publication).order_by("country").values_list("country", flat=True).distinct()
    form = forms.RegisterFilterForm(query or None, pack=pack, countries=[(c, country_name(c)) for c in countries if c])
    filters = queries.Filters(**form.cleaned_filters()) if form.is_valid() else queries.Filters()
    rows = queries.company_list(publication, filters)
    number = Paginator(rows, PER_PAGE).get_page(query.get("page"))
    highest = max([presentation.highest_report_year(e) for e in number], default=1)
    return {
        "publication": publication,
        "form": form,
        "filters": filters,
        "page": number,
        "rows": [
            presentation.company_row(e, highest, pack, get_language()) for e in queries.as_shown(publication, number)
        ],
        "report_years": range(1, highest + 1),
        "colours": presentation.colours(pack, get_language()),
        "total": queries.entries(publication).count(),
    }


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def company(request: HttpRequest, actor: Actor, reference: str) -> HttpResponse:
    """One company in the register, with all its years."""
    publication = queries.newest_publication()
    entry = _entry_or_404(publication, reference)
    pack = pack_of(publication.year) if publication and publication.year else None
    context = {
        "publication": publication,
        "entry": entry,
        "card": presentation.company_card(entry, pack, get_language()),
        "told": told.public_links(entry.reference),
        "colours": presentation.colours(pack, get_language()),
    }
    return show(request, "register/company.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def company_year(request: HttpRequest, actor: Actor, reference: str, year: int) -> HttpResponse:
    """One year of one company: its colour, what the colour says, and the published plan of action."""
    publication = queries.newest_publication()
    entry = _entry_or_404(publication, reference)
    result = next((r for r in entry.results if r["covenant_year"] == year), None)
    plan = next((p for p in entry.plans if p["covenant_year"] == year), None)
    if publication is None or publication.year is None or (result is None and plan is None):
        raise Http404
    pack = pack_of(publication.year)
    context = {
        "publication": publication,
        "entry": entry,
        "year": presentation.year_card(result, plan, pack, get_language()),
        "colours": presentation.colours(pack, get_language()),
    }
    return show(request, "register/company_year.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def authorities(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The contracting authorities that take part."""
    publication = queries.newest_publication()
    rows = queries.entries(publication, OrganisationKind.AUTHORITY)
    context = {
        "publication": publication,
        "current": [e for e in rows if e.is_current],
        "former": [e for e in rows if not e.is_current],
    }
    return show(request, "register/authorities.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def quarry_areas(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The quarry areas where members buy, of the newest year or an earlier one; no companies, no counts."""
    publication = _publication(request)
    pack = pack_of(publication.year) if publication and publication.year else None
    areas = queries.areas(publication)
    threshold = pack.disclosure.min_companies_area.value - 1 if pack and pack.disclosure else None
    spots = area_map.spots_of(areas, threshold or 0)
    context = {
        "publication": publication,
        "countries": presentation.areas_by_country(areas, get_language()),
        "total": len(areas),
        "threshold": threshold,
        "spots": spots,
        "unplaced": len(areas) - len(spots),
        "also": sorted({area["country"] for area in areas}),
        "years": queries.published_years(),
        "is_newest": publication is not None and publication == queries.newest_publication(),
    }
    return show(request, "register/quarry_areas.html", context)


def _publication(request: HttpRequest) -> Any:
    """The publication of the year in the address, or the newest."""
    year = request.GET.get("year", "")
    if not year:
        return queries.newest_publication()
    found = queries.publication_of_year(int(year)) if year.isdecimal() and len(year) < 5 else None
    if found is None:
        raise Http404
    return found


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def open_data(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the downloads hold, field by field, and under which licence."""
    context = {
        "publication": queries.newest_publication(),
        "licence": exports.LICENCE,
        "licence_address": exports.LICENCE_ADDRESS,
        "tables": presentation.data_tables(),
    }
    return show(request, "register/open_data.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def download(request: HttpRequest, actor: Actor, table: str, file_format: str) -> HttpResponse:
    """One table of the newest publication as CSV or JSON; the quarry areas also of an earlier year."""
    publication = _publication(request) if table == "quarry-areas" else queries.newest_publication()
    if publication is None:
        raise Http404
    columns: tuple[str, ...] = exports.COMPANY_COLUMNS
    if table == "companies":
        shown = queries.as_shown(publication, queries.entries(publication))
        rows = list(exports.company_rows(publication, shown))
    elif table == "authorities":
        columns = exports.AUTHORITY_COLUMNS
        rows = list(exports.authority_rows(publication, queries.entries(publication, OrganisationKind.AUTHORITY)))
    elif table == "quarry-areas":
        columns, rows = exports.AREA_COLUMNS, list(exports.area_rows(publication, queries.areas(publication)))
    else:
        raise Http404
    if file_format == "csv":
        response = HttpResponse(exports.as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(exports.as_json(publication, columns, rows), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="toetssteen-{table}-{publication.number}.{file_format}"'
    response["Link"] = f'<{exports.LICENCE_ADDRESS}>; rel="license"'
    return response


@page(Audience.SECRETARIAT)
def publication_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was published when, and a new publication."""
    context = {"publications": queries.publications(actor), "years": years()}
    return show(request, "register/publication_list.html", context)


@page(Audience.SECRETARIAT)
def publication_preview(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Exactly what would become public; a coordinator publishes it from here."""
    chosen = _year_or_404(year)
    view = queries.preview(actor, chosen, clock.today())
    form = forms.PublishForm(request.POST or None, initial={"digest": view.digest})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            publication = services.publish(
                actor=actor,
                year_id=chosen.pk,
                expected_digest=form.cleaned_data["digest"],
                note=form.cleaned_data["note"],
                now=clock.now(),
            )
            messages.success(request, _("Publication %(number)s is public now.") % {"number": publication.number})
            return redirect("publication_list")
    pack = pack_of(chosen)
    context = {
        "preview": view,
        "form": form,
        "verdict": services.permissions.can_publish(actor),
        "changes": presentation.changes(view.changes, pack, get_language()),
        "countries": presentation.areas_by_country(view.draft.areas, get_language()),
    }
    return show(request, "register/publication_preview.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def framework(request: HttpRequest, actor: Actor, year: int | None = None) -> HttpResponse:
    """The assessment framework explained: steps, weights, what each year demands, and what is a placeholder."""
    every = years()
    chosen = _year_or_404(year, every)
    pack = pack_of(chosen)
    profile = next((p for p in pack.framework.profiles if p.id == request.GET.get("type")), pack.framework.profiles[0])

    def make() -> dict[str, Any]:
        return {**presentation.framework(pack, profile, get_language()), "year": chosen, "years": every}

    # Every stored version of a pack has its own key and never changes; the names of the years stand on the page.
    key = (chosen.pk, profile.id, *((y.pk, y.pack_id, y.number, str(y)) for y in every))
    about = {"framework": pack.framework, "year": chosen}
    return show_kept(request, "register/framework.html", "register/_framework.html", key, make, about)


def _entry_or_404(publication: object, reference: str):  # type: ignore[no-untyped-def]
    entry = queries.entry(publication, reference)  # type: ignore[arg-type]
    if entry is None or entry.kind != OrganisationKind.COMPANY:
        raise Http404
    return entry


def _year_or_404(number: int | None, every: Any = None):  # type: ignore[no-untyped-def]
    """A covenant year by its number, or the newest."""
    found = next((y for y in reversed(every or years()) if number in (None, y.number)), None)
    if found is None:
        raise Http404
    return found
