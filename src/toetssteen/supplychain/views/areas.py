"""Pages on which the secretariat keeps the list of quarry areas."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, done, page, refusals_on, show
from toetssteen.places import gazetteer, presentation
from toetssteen.places.gazetteer import Kind, Missing
from toetssteen.supplychain import areas, forms, queries
from toetssteen.supplychain.data import AreaData
from toetssteen.supplychain.views.ground import Ground


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def quarry_area_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list of quarry areas, and the names that companies typed because theirs was missing."""
    search = request.GET.get("q", "").strip()
    rows = queries.quarry_areas(actor, search=search)
    context = {
        "rows": [row for row in rows if row.listed],
        "unlisted": [row for row in rows if not row.listed and row.in_use],
        "search": search,
        "proposed": queries.proposed_areas(actor),
        "merges": queries.area_merges(actor),
    }
    return show(request, "supplychain/quarry_area_list.html", context)


@page(Audience.SECRETARIAT)
def quarry_area_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add an area to the list, looked up in the gazetteer or typed."""
    look_up = request.GET.get("look_up", request.GET.get("name", "")).strip()[:80]
    form = forms.AreaForm(
        request.POST or None,
        pack=Ground.now().pack,
        areas=queries.area_choices(actor),
        initial=_from_gazetteer(request.GET.get("place", "")) or {"name": request.GET.get("name", "")[:120]},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            area = areas.add_quarry_area(actor=actor, data=AreaData(**form.cleaned_data), now=clock.now())
            messages.success(request, _("%(area)s was added.") % {"area": area.name})
            return done(request, "quarry_area_list")
    context = {"form": form, "look_up": look_up, "found": _found(look_up)}
    return show(request, "supplychain/quarry_area_edit.html", context)


def _found(text: str) -> list[presentation.PlaceRow]:
    """Places of the gazetteer that can be an area; none when there is no gazetteer."""
    try:
        return [row for row in presentation.rows(text, None) if row.is_area or row.country != row.name] if text else []
    except Missing:
        return []


def _from_gazetteer(place_id: str) -> dict[str, Any]:
    """What the gazetteer knows of a place, to start the form with."""
    try:
        place = gazetteer.get(place_id) if place_id else None
    except Missing:
        place = None
    if place is None or place.kind is Kind.COUNTRY:
        return {}
    return {
        "code": areas.new_code(place.id, place.country),
        "name": place.name,
        "country": place.country,
        "admin1": place.province,
        "level": areas.LOCALITY if place.kind is Kind.TOWN else areas.DISTRICT,
        "precision": place.kind.value,
        "lat": areas.decimal(place.lat),
        "lon": areas.decimal(place.lon),
        "radius_km": areas.decimal(place.radius_km, "0.1"),
        "place_id": place.id,
    }


@page(Audience.SECRETARIAT)
def quarry_area_edit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change an area of the list."""
    area = queries.quarry_area(actor, pk)
    if area is None:
        raise Http404
    fields = ("code", "name", "country", "admin1", "level", "precision", "lat", "lon", "radius_km", "place_id")
    initial: dict[str, Any] = {name: getattr(area, name) for name in fields}
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


@page(Audience.SECRETARIAT)
def quarry_area_merge(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Say that an area is the same as another, after seeing what follows."""
    area = queries.quarry_area(actor, pk)
    if area is None:
        raise Http404
    form = forms.MergeForm(request.POST or None, areas=queries.same_country_areas(actor, area))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            into = areas.merge_quarry_area(actor=actor, area_id=pk, into_id=form.cleaned_data["into"], now=clock.now())
            said = _("%(area)s is now %(into)s. You can undo this in the list below.")
            messages.success(request, said % {"area": area.name, "into": into.name})
            return done(request, "quarry_area_list")
    context = {"form": form, "area": area, "follows": queries.what_follows(actor, area)}
    return show(request, "supplychain/quarry_area_merge.html", context)


@page(Audience.SECRETARIAT, methods=("POST",))
def quarry_area_unmerge(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Make two areas of one again."""
    if not queries.merge_exists(actor, pk):
        raise Http404
    try:
        area = areas.undo_merge(actor=actor, merge_id=pk, now=clock.now())
    except Refused as refused:
        messages.error(request, str(refused.verdict))
        return done(request, "quarry_area_list")
    messages.success(request, _("%(area)s is an area of its own again.") % {"area": area.name})
    return done(request, "quarry_area_list")
