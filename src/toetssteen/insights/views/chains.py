"""Pages on which the secretariat sees the chains of all companies together. Nobody else ever does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.foundation import clock
from toetssteen.foundation.look.maps import Spot
from toetssteen.foundation.pages import page, show
from toetssteen.insights import chain_exports, chain_queries, mending
from toetssteen.supplychain.choices import LevelState
from toetssteen.supplychain.queries import area_spot

PER_PAGE = 50
FILES = {
    "csv": ("text/csv; charset=utf-8", chain_exports.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", chain_exports.as_xlsx),
}


def _pack() -> Pack:
    try:
        return pack_of(current_year(clock.today()))
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _ways(current: str) -> list[dict[str, Any]]:
    """The pages about the chains of all companies."""
    ways = (
        ("chain_companies", _("Per company")),
        ("all_chains", _("All chains")),
        ("chain_meetings", _("Where companies meet")),
        ("chain_findings", _("To ask and to mend")),
        ("site_list", _("Sites")),
        ("quarry_area_list", _("Quarry areas")),
    )
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in ways]


def _filters(request: HttpRequest) -> chain_queries.AllFilters:
    get = request.GET.get
    return chain_queries.AllFilters(
        search=get("q", "").strip()[:100],
        company=get("company", ""),
        country=get("country", "")[:2],
        material=get("material", "")[:40],
        situation=get("situation", "")[:8],
        gap=get("gap", "")[:30],
        state=get("state", "")[:10],
        area=get("area", "")[:9],
        site=get("site", "")[:9],
        checked=get("checked", ""),
        sort=get("sort", "company"),
    )


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def all_chains(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every open chain of every company, with filters."""
    pack, today, wanted = _pack(), clock.today(), _filters(request)
    number = Paginator(chain_queries.all_chains(actor, pack, today, wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "ways": _ways("all_chains"),
        "page": number,
        "rows": chain_queries.as_rows(number, pack, today),
        "filters": wanted,
        "filtered": wanted != chain_queries.AllFilters(sort=wanted.sort),
        "choices": chain_queries.choices(actor, pack, today),
        "levels": pack.coverage_levels,
        "states": LevelState.choices[1:],
        "situations": [profile.id for profile in pack.framework.profiles],
    }
    return show(request, "insights/all_chains.html", context)


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def all_chains_download(request: HttpRequest, actor: Actor, file_format: str) -> StreamingHttpResponse:
    """The chains that fit the filters as a file, all of them."""
    pack, today = _pack(), clock.today()
    rows = chain_queries.rows_of_file(actor, pack, today, _filters(request))
    content_type, write = FILES[file_format]
    parts = write(chain_exports.heads(pack), chain_exports.table(rows))
    response = StreamingHttpResponse(parts, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{_("chains")}-{today.isoformat()}.{file_format}"'
    return response


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def chain_meetings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Areas, regions and sites that several companies share, and areas where enough of them buy to act together."""
    pack, given = _pack(), request.GET.get("n", "")
    least = pack.disclosure.min_companies_area.value if pack.disclosure else 2
    if given.isdecimal() and len(given) < 4:
        least = max(int(given), 2)
    found = chain_queries.meetings(actor, pack, clock.today(), least)
    tabs = {
        "areas": (_("Areas"), found.areas),
        "sites": (_("Sites"), found.sites),
        "regions": (_("Regions"), found.regions),
    }
    shown = request.GET.get("show", "")
    shown = shown if shown in tabs else "areas"
    spots = _spots(found.areas) if shown == "areas" else []
    context = {
        "ways": _ways("chain_meetings"),
        "found": found,
        "tabs": [(key, f"{label} ({len(rows)})") for key, (label, rows) in tabs.items()],
        "shown": shown,
        "page": Paginator(tabs[shown][1], PER_PAGE).get_page(request.GET.get("page")),
        "spots": spots,
        "drawn": {},
    }
    return show(request, "insights/chain_meetings.html", context)


def _spots(meetings: Sequence[chain_queries.Meeting]) -> list[Spot]:
    """The shared areas on the map, larger where more companies buy."""
    url = reverse("all_chains")
    found = (
        area_spot(m.area, many=m.many, note=_("%(n)s companies") % {"n": m.many}, url=f"{url}?area={m.id}")
        for m in meetings
        if m.area is not None
    )
    return [spot for spot in found if spot is not None]


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def chain_findings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What contradicts itself and what nobody checked for a year, each with the place to ask or mend."""
    every = mending.findings(actor, _pack(), clock.today())
    kind, company = request.GET.get("kind", ""), request.GET.get("company", "")
    counts = Counter(finding.kind for finding in every)
    rows = [f for f in every if kind in ("", f.kind) and company in ("", str(f.company_id))]
    context = {
        "ways": _ways("chain_findings"),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": [(key, str(label), counts[key]) for key, label in mending.KINDS.items() if counts[key]],
        "companies": sorted({(f.company_id, f.company) for f in every if f.company_id}, key=lambda c: c[1].casefold()),
        "kind": kind,
        "company": company,
        "total": len(every),
    }
    return show(request, "insights/chain_findings.html", context)
