"""Pages on which the secretariat keeps the list of quarry areas."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.supplychain import areas, forms, queries
from toetssteen.supplychain.data import AreaData
from toetssteen.supplychain.views.ground import Ground


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def quarry_area_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list of quarry areas, and the names that companies typed because theirs was missing."""
    search = request.GET.get("q", "").strip()
    context = {
        "rows": queries.quarry_areas(actor, search=search),
        "search": search,
        "proposed": queries.proposed_areas(actor),
    }
    return show(request, "supplychain/quarry_area_list.html", context)


@page(Audience.SECRETARIAT)
def quarry_area_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add an area to the list."""
    form = forms.AreaForm(
        request.POST or None,
        pack=Ground.now().pack,
        areas=queries.area_choices(actor),
        initial={"name": request.GET.get("name", "")[:120]},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            area = areas.add_quarry_area(actor=actor, data=AreaData(**form.cleaned_data), now=clock.now())
            messages.success(request, _("%(area)s was added.") % {"area": area.name})
            return done(request, "quarry_area_list")
    return show(request, "supplychain/quarry_area_edit.html", {"form": form})


@page(Audience.SECRETARIAT)
def quarry_area_edit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change an area of the list."""
    area = queries.quarry_area(actor, pk)
    if area is None:
        raise Http404
    initial: dict[str, Any] = {k: getattr(area, k) for k in ("code", "name", "country", "admin1", "level")}
    form = forms.AreaForm(
        request.POST or None,
        pack=Ground.now().pack,
        areas=queries.area_choices(actor),
        initial={**initial, "parent": area.parent_id},
    )
    form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            areas.edit_quarry_area(actor=actor, area_id=pk, data=AreaData(**form.cleaned_data), now=clock.now())
            messages.success(request, _("%(area)s was saved.") % {"area": form.cleaned_data["name"]})
            return done(request, "quarry_area_list")
    return show(request, "supplychain/quarry_area_edit.html", {"form": form, "area": area})
