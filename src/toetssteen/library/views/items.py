"""The library: what stands in it for a reader, one item with its versions, and what the secretariat does with them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.files import sent
from toetssteen.foundation.pages import Audience, demand, page, refusals_on, show
from toetssteen.library import forms, permissions, policies, queries, services, shelf
from toetssteen.library.choices import For
from toetssteen.library.forms.items import item_initial, wanted_of


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def library_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The guides, sheets, analyses and model texts that are meant for the reader."""
    pack = queries.current_pack(clock.today())
    may_keep = permissions.can_keep_item(actor)
    wanted = wanted_of(request.GET, withdrawn=bool(may_keep) and request.GET.get("withdrawn") == "1")
    found = shelf.find(actor, pack, wanted)
    context = {
        "form": forms.FindForm(request.GET, facets=found.facets, pack=pack),
        "found": found,
        "wanted": wanted,
        "filtered": wanted != shelf.Wanted(withdrawn=wanted.withdrawn),
        "may_keep": may_keep,
        "can_ask": permissions.can_ask_help(actor),
    }
    return show(request, "library/library_list.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def library_item(request: HttpRequest, actor: Actor, item: str) -> HttpResponse:
    """One item with its versions, on an address that stays."""
    found = queries.item_page(actor, queries.current_pack(clock.today()), item)
    if found is None:
        raise Http404
    context = {"found": found, "row": found.row, "may_keep": permissions.can_keep_item(actor)}
    if found.item is not None:
        context |= {
            "in_use": policies.is_in_use(found.item),
            "audience": [one.label for one in For if one.value in found.item.audience],
        }
    return show(request, "library/library_item.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def library_file(request: HttpRequest, actor: Actor, pk: int) -> FileResponse:
    """A file of the library, for whom its item is meant."""
    copy = queries.copy_to_send(actor, pk)
    if copy is None:
        raise Http404
    return sent(copy.file, copy.file_name, copy.content_type)


@page(Audience.SECRETARIAT)
def item_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add an item with its first version."""
    demand(permissions.can_keep_item(actor))
    form = forms.ItemForm(request.POST or None, pack=queries.current_pack(clock.today()))
    version = forms.VersionForm(
        request.POST or None, request.FILES or None, is_first=True, initial={"dated_on": clock.today()}
    )
    if request.method == "POST" and form.is_valid() & version.is_valid():
        with refusals_on(form):
            item = services.add_item(actor=actor, about=form.about(), version=version.version(), now=clock.now())
            messages.success(request, _("The item stands in the library for whom it is meant."))
            return redirect("library_item", f"{shelf.OWN}{item.pk}")
    return show(request, "library/item_edit.html", {"form": form, "version": version, "lists": form.lists()})


@page(Audience.SECRETARIAT)
def item_edit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change what is said about an item and whom it is for."""
    item = _or_404(queries.item(actor, pk))
    form = forms.ItemForm(request.POST or None, pack=queries.current_pack(clock.today()), initial=item_initial(item))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["row_version"]
        with refusals_on(form):
            services.edit_item(
                actor=actor, item_id=pk, about=form.about(), row_version=-1 if seen is None else seen, now=clock.now()
            )
            messages.success(request, _("The item was changed."))
            return redirect("library_item", f"{shelf.OWN}{pk}")
    context = {
        "form": form,
        "item": item,
        "back": f"{shelf.OWN}{pk}",
        "lists": form.lists(),
        "verdict": permissions.can_keep_item(actor, item),
    }
    return show(request, "library/item_edit.html", context)


@page(Audience.SECRETARIAT)
def version_add(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Publish a new version of an item."""
    item = _or_404(queries.item(actor, pk))
    demand(permissions.can_keep_item(actor, item))
    form = forms.VersionForm(request.POST or None, request.FILES or None, initial={"dated_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.add_version(actor=actor, item_id=pk, version=form.version(), now=clock.now())
            messages.success(request, _("The new version stands in the library. The earlier ones stay readable."))
            return redirect("library_item", f"{shelf.OWN}{pk}")
    return show(request, "library/version_add.html", {"version": form, "item": item, "back": f"{shelf.OWN}{pk}"})


@page(Audience.SECRETARIAT)
def item_withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take an item out of the library, with a reason."""
    item = _or_404(queries.item(actor, pk))
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.withdraw_item(actor=actor, item_id=pk, reason=form.cleaned_data["reason"], now=clock.now())
            messages.success(request, _("Only the secretariat sees this item now. You can bring it back here."))
            return redirect("library_item", f"{shelf.OWN}{pk}")
    context = {
        "heading": _("Withdraw “%(title)s”?") % {"title": item.title.nl},
        "what_happens": [
            _("Nobody but the secretariat finds it any more, with all its versions."),
            _("Nothing is thrown away: you can bring it back."),
        ],
        "action_label": _("Withdraw"),
        "back_url": reverse("library_item", args=[f"{shelf.OWN}{pk}"]),
        "form": form,
        "verdict": permissions.can_keep_item(actor, item),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.SECRETARIAT, methods=("POST",))
def item_restore(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Bring a withdrawn item back."""
    _or_404(queries.item(actor, pk))
    services.restore_item(actor=actor, item_id=pk, now=clock.now())
    messages.success(request, _("The item stands in the library again."))
    return redirect("library_item", f"{shelf.OWN}{pk}")


@page(Audience.SECRETARIAT)
def version_withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take one version away, with a reason."""
    version = _or_404(queries.version(actor, pk))
    back = reverse("library_item", args=[f"{shelf.OWN}{version.item_id}"])
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.withdraw_version(actor=actor, version_id=pk, reason=form.cleaned_data["reason"], now=clock.now())
            messages.success(request, _("Only the secretariat sees this version now. You can bring it back here."))
            return redirect(back)
    context = {
        "heading": _("Withdraw version %(number)s?") % {"number": version.number},
        "lead": version.item.title.nl,
        "what_happens": [
            _("Readers no longer see this version; the other versions stay."),
            _("Is it the only one, then nobody but the secretariat finds the item."),
        ],
        "action_label": _("Withdraw"),
        "back_url": back,
        "form": form,
        "verdict": permissions.can_keep_item(actor, version.item) and policies.is_in_use(version),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.SECRETARIAT, methods=("POST",))
def version_restore(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Bring one version back."""
    version = _or_404(queries.version(actor, pk))
    services.restore_version(actor=actor, version_id=pk, now=clock.now())
    messages.success(request, _("The version can be read again."))
    return redirect("library_item", f"{shelf.OWN}{version.item_id}")


def _or_404(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
