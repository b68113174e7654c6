"""Single deeds: look at a chain, copy, close, reopen and confirm it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import day
from toetssteen.foundation.pages import Refused, demand, done, page, refusals_on, show
from toetssteen.supplychain import forms, permissions, queries, services
from toetssteen.supplychain.views.ground import Ground


def _or_404(actor: Actor, pk: int) -> Any:
    chain = queries.chain_for_edit(actor, pk)
    if chain is None:
        raise Http404
    return chain


@page(Audience.PARTIES, methods=("GET", "HEAD"))
def chain_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One chain to read, with everything that is known of its links."""
    ground, chain = Ground.now(), _or_404(actor, pk)
    row = queries.as_row(chain, queries.Words.of(ground.pack), on=ground.on, since=ground.year.starts_on)
    links = list(chain.links.all())
    levels = [(level, [link for link in links if link.level == level.id]) for level in ground.pack.coverage_levels]
    context = {
        "chain": chain, "row": row, "levels": levels, "profile": _profile(ground, chain),
        "can_edit": permissions.can_edit_chain(actor, chain), "can_close": permissions.can_close_chain(actor, chain),
        "can_copy": permissions.can_copy_chain(actor, chain), "can_reopen": permissions.can_reopen_chain(actor, chain),
        "own": actor.company_id == chain.organisation_id,
    }  # fmt: skip
    return show(request, "supplychain/chain_detail.html", context)


def _profile(ground: Ground, chain: Any) -> Any:
    try:
        return ground.pack.profile(chain.situation)
    except LookupError:
        return None


@page(Audience.MEMBER, methods=("POST",))
def chain_copy(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Start a new chain with the content of this one."""
    _or_404(actor, pk)
    copy = services.copy_chain(actor=actor, chain_id=pk, year=Ground.now().year, now=clock.now())
    messages.success(request, _("This is the copy. Change what differs; the share of your volume is still empty."))
    return done(request, "chain_edit", pk=copy.pk)


@page(Audience.MEMBER)
def chain_close(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Close a chain from a day on, after saying why."""
    ground, chain = Ground.now(), _or_404(actor, pk)
    verdict = permissions.can_close_chain(actor, chain)
    if not verdict:
        raise Refused(verdict)
    form = forms.CloseForm(request.POST or None, initial={"closed_on": ground.today})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.close_chain(actor=actor, chain_id=pk, year=ground.year, now=clock.now(), **form.cleaned_data)
            return done(request, f"{reverse('chain_list')}?closed={pk}")
    row = queries.as_row(chain, queries.Words.of(ground.pack), on=ground.on, since=ground.year.starts_on)
    context = {
        "heading": _("Close %(chain)s?") % {"chain": row.title},
        "what_happens": [
            _("From that day it no longer counts in your coverage and your volume."),
            _("Reports that you handed in keep it. So does the report if it was still open on %(day)s.")
            % {"day": day(ground.year.ends_on)},
            _("You can undo this until a report that says so is handed in."),
        ],
        "action_label": _("Close this chain"), "back_url": reverse("chain_edit", args=[pk]), "form": form,
    }  # fmt: skip
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def chain_reopen(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Undo the closing of a chain."""
    _or_404(actor, pk)
    services.reopen_chain(actor=actor, chain_id=pk, year=Ground.now().year, now=clock.now())
    messages.success(request, _("The chain is open again."))
    return done(request, f"{reverse('chain_list')}#chain-{pk}")


@page(Audience.MEMBER, methods=("POST",))
def chain_confirm(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """State that one chain is still right today."""
    ground = Ground.now()
    _or_404(actor, pk)
    services.confirm_chain(actor=actor, chain_id=pk, on=ground.today, now=clock.now())
    if request.htmx:  # type: ignore[attr-defined]
        table = ground.table(actor, actor.company_id or 0)
        context = {"row": table.row(pk), "table": table, "may_edit": True, "focus": "checked"}
        return show(request, "supplychain/_chain_confirmed.html", context)
    messages.success(request, _("The chain is marked as checked today."))
    return done(request, f"{reverse('chain_list')}#chain-{pk}")


@page(Audience.MEMBER)
def chain_confirm_all(request: HttpRequest, actor: Actor) -> HttpResponse:
    """State that all open chains are right, with the day on which that was checked."""
    ground, company = Ground.now(), actor.company_id or 0
    verdict = permissions.can_add_chain(actor, company)
    if not verdict and request.method != "POST":
        return redirect("chain_list")  # who only reads was led here by a list of what is missing
    demand(verdict)
    form = forms.ConfirmForm(request.POST or None, initial={"on": ground.today})
    table = ground.table(actor, company)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            seen = seen_in(request.POST.getlist("chain"))
            confirmed = services.confirm_chains(
                actor=actor, organisation_id=company, seen=seen, on=form.cleaned_data["on"], now=clock.now()
            )
            _say_confirmed(request, len(confirmed), len(seen))
            return done(request, "chain_list")
    return show(request, "supplychain/chain_confirm_all.html", {"form": form, "table": table, "year": ground.year})


def seen_in(chosen: list[str]) -> dict[int, int]:
    """The chains that were ticked, each with the version that was on the screen."""
    pairs = (value.split(":", 1) for value in chosen if value.count(":") == 1)
    return {int(pk): int(version) for pk, version in pairs if pk.isdigit() and version.isdigit()}


def _say_confirmed(request: HttpRequest, confirmed: int, chosen: int) -> None:
    said = ngettext("%(n)s chain is marked as checked.", "%(n)s chains are marked as checked.", confirmed)
    messages.success(request, said % {"n": confirmed})
    if confirmed < chosen:
        left = ngettext(
            "%(n)s chain was changed by somebody else in the meantime. Look at it again.",
            "%(n)s chains were changed by somebody else in the meantime. Look at them again.",
            chosen - confirmed,
        )
        messages.warning(request, left % {"n": chosen - confirmed})
