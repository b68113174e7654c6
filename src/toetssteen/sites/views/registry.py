"""The registry: the list, one site, adding and changing, files, and recognising everything again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import demand, done, page, refusals_on, show
from toetssteen.sites import exports, forms, permissions, queries, services, tasks
from toetssteen.sites.views.ground import kind_words, pack_now, site_or_404

PER_PAGE = 50


def _filters(request: HttpRequest) -> queries.Filters:
    get = request.GET.get
    return queries.Filters(
        search=get("q", "").strip()[:120], country=get("country", ""), kind=get("kind", ""), state=get("state", ""),
        area=get("area", ""), sort=get("sort", "code"),
    )  # fmt: skip


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def site_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All sites, found under any spelling."""
    wanted = _filters(request)
    kinds = kind_words(pack_now())
    ids = queries.sites_found(actor, wanted)
    number = Paginator(ids, PER_PAGE).get_page(request.GET.get("page"))
    rows = queries.site_rows(actor, list(number.object_list))
    form = forms.FilterForm(request.GET or None, kinds=kinds, **queries.filter_choices(actor))
    context = {
        "form": form,
        "filters": wanted,
        "filtered": wanted != queries.Filters(sort=wanted.sort),
        "rows": [(row, [kinds.get(kind, kind) for kind in row.kinds]) for row in rows],
        "page": number,
        "total": len(ids),
        "state": queries.registry_state(actor),
        "query": request.GET.urlencode(),
    }
    return show(request, "sites/site_list.html", context)


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def site_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Everything about one site."""
    pack = pack_now()
    shown = queries.site_page(actor, pk, pack)
    if shown is None:
        raise Http404
    kinds = kind_words(pack)
    context = {"p": shown, "site": shown.site, "kinds": [kinds.get(kind, kind) for kind in shown.site.kinds]}
    return show(request, "sites/site_detail.html", context)


@page(Audience.SECRETARIAT)
def site_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add a site."""
    return _edit(request, actor, None)


@page(Audience.SECRETARIAT)
def site_edit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change a site."""
    return _edit(request, actor, site_or_404(actor, pk))


def _edit(request: HttpRequest, actor: Actor, site: Any) -> HttpResponse:
    pack = pack_now()
    shown = queries.site_page(actor, site.pk, pack) if site else None
    form = forms.SiteForm(request.POST or None, pack=pack, kinds=kind_words(pack), initial=forms.initial_of(site))
    names, numbers = forms.name_rows(request.POST or None, shown), forms.number_rows(request.POST or None, shown)
    if request.method == "POST" and form.is_valid() and names.is_valid() and numbers.is_valid():
        with refusals_on(form):
            data = form.site_data(names, numbers)
            if site is None:
                site = services.add_site(actor=actor, data=data, now=clock.now())
            else:
                services.edit_site(actor=actor, site_id=site.pk, data=data, now=clock.now())
            messages.success(request, _("%(site)s was saved.") % {"site": data.name})
            return done(request, "site_detail", site.pk)
    context = {"form": form, "names": names, "numbers": numbers, "site": site, "has_errors": bool(form.errors)}
    return show(request, "sites/site_edit.html", context)


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def site_export(request: HttpRequest, actor: Actor, ending: str) -> HttpResponse:
    """The registry as a file, as the filters show it."""
    demand(permissions.can_export_sites(actor))
    made = exports.FORMATS.get(ending)
    if made is None:
        raise Http404
    content_type, make = made
    content = make(queries.export_rows(actor, _filters(request)))
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="sites.{ending}"'
    return response


@page(Audience.SECRETARIAT)
def site_recognise(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Recognise everything again, and how far that is."""
    if request.method == "POST":
        before = queries.latest_run(actor)
        run = services.start_run(actor=actor, now=clock.now())
        if before is None or before.pk != run.pk:
            tasks.recognise_everything.enqueue(run.pk)
        return done(request, "site_recognise")
    context = {"run": queries.latest_run(actor), "state": queries.registry_state(actor)}
    return show(request, "sites/site_recognise.html", context, partial="run")
