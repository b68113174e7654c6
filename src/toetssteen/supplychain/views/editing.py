"""Pages on which a company adds and changes its chains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, done, page, refusals_on, show
from toetssteen.supplychain import forms, permissions, queries, services
from toetssteen.supplychain.views.compare import differences
from toetssteen.supplychain.views.ground import Ground
from toetssteen.supplychain.views.lists import meters_context


def _or_404(actor: Actor, pk: int) -> Any:
    chain = queries.chain_for_edit(actor, pk)
    if chain is None:
        raise Http404
    return chain


def _must(verdict: Any) -> None:
    if not verdict:
        raise Refused(verdict)


def _formsets(
    actor: Actor, ground: Ground, data: Any = None, links: Sequence[Any] = (), only: str = "", more: str = ""
) -> list[forms.LinkFormSet]:
    """The links per level; `more` names the level that gets one more empty link."""
    areas = queries.area_choices(actor)
    found = []
    for level in ground.pack.coverage_levels:
        if only and level.id != only:
            continue
        own = [link for link in links if link.level == level.id]
        formset = forms.link_formset(
            level.id,
            pack=ground.pack,
            today=ground.today,
            areas=areas,
            data=data,
            links=own,
            extra=int(level.id == more),
        )
        formset.text = level.text  # type: ignore[attr-defined]
        found.append(formset)
    return found


def _one_more(request: HttpRequest) -> Any:
    """What was sent, with one more empty link at the level that was asked for."""
    data = request.POST.copy()
    level = data.get("more", "")
    total = data.get(f"{level}-TOTAL_FORMS", "")
    if total.isdigit():
        data[f"{level}-TOTAL_FORMS"] = str(min(int(total) + 1, 20))
    return data


@page(Audience.MEMBER)
def chain_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add one chain."""
    ground, company = Ground.now(), actor.company_id or 0
    _must(permissions.can_add_chain(actor, company))
    more = "more" in request.POST
    data = _one_more(request) if more else request.POST or None
    form = forms.ChainForm(
        data,
        pack=ground.pack,
        today=ground.today,
        initial={"opened_on": ground.on, "situation": forms.FROM_COUNTRIES, "checked": True},
    )
    formsets = _formsets(actor, ground, data)
    if request.method == "POST" and not more and all([form.is_valid(), *(f.is_valid() for f in formsets)]):
        with refusals_on(form):
            chain = services.add_chain(
                actor=actor,
                organisation_id=company,
                data=form.data_with([link for f in formsets for link in f.links()]),
                year=ground.year,
                now=clock.now(),
            )
            messages.success(request, _("%(chain)s was added.") % {"chain": _named(ground, chain)})
            return done(request, "chain_add" if "another" in request.POST else "chain_list")
    return show(request, "supplychain/chain_edit.html", _edit_context(form, formsets, more=more))


@page(Audience.MEMBER)
def chain_edit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change one chain and all its links."""
    ground, chain = Ground.now(), _or_404(actor, pk)
    if not permissions.can_edit_chain(actor, chain) and request.method != "POST":
        return redirect("chain_detail", pk=pk)
    more = "more" in request.POST
    data = _one_more(request) if more else request.POST or None
    links = list(chain.links.all())
    form = forms.ChainForm(data, pack=ground.pack, today=ground.today, initial=forms.chain_initial(chain))
    formsets = _formsets(actor, ground, data, links)
    if request.method == "POST" and not more and all([form.is_valid(), *(f.is_valid() for f in formsets)]):
        entered = form.data_with([link for f in formsets for link in f.links()])
        with refusals_on(form):
            services.edit_chain(
                actor=actor, chain_id=pk, row_version=_seen(form), data=entered, year=ground.year, now=clock.now()
            )
            messages.success(request, _("%(chain)s was saved.") % {"chain": _named(ground, chain)})
            return done(request, _back_to_row(pk))
        if hasattr(form, "clash"):
            form.clash = differences(ground.pack, chain, entered)  # its links too
    context = _edit_context(form, formsets, more=more)
    context |= {"chain": chain, "title": _named(ground, chain)}
    return show(request, "supplychain/chain_edit.html", context)


def _seen(form: Any) -> int:
    """The version of the row that somebody looked at."""
    seen = form.cleaned_data.get("row_version")
    return int(seen) if seen is not None else -1


def _edit_context(form: Any, formsets: Any, *, more: bool) -> dict[str, Any]:
    if more:  # nothing was sent in yet: what is still missing is no mistake
        for one in (form, *(link for formset in formsets for link in formset.forms)):
            one._errors = ErrorDict()
    broken = form.is_bound and not more and bool(form.errors or any(not formset.is_valid() for formset in formsets))
    return {"form": form, "formsets": formsets, "show_errors": form.is_bound and not more, "has_errors": broken}


def _named(ground: Ground, chain: Any) -> str:
    row = _row(ground, chain)
    return f"{row.material}, {row.trade_name}" if row.trade_name else row.material


def _row(ground: Ground, chain: Any) -> queries.ChainRow:
    return queries.as_row(chain, queries.Words.of(ground.pack), on=ground.on, since=ground.year.starts_on)


def _back_to_row(pk: int) -> str:
    return f"{reverse('chain_list')}#chain-{pk}"


@page(Audience.MEMBER)
def chain_level(request: HttpRequest, actor: Actor, pk: int, level: str) -> HttpResponse:
    """Change what is known of one level, in the table itself or on a small page."""
    ground, chain = Ground.now(), _or_404(actor, pk)
    if level not in {known.id for known in ground.pack.coverage_levels}:
        raise Http404
    if "cancel" in request.GET:
        return _row_response(request, actor, ground, pk)
    _must(permissions.can_edit_chain(actor, chain))
    data = request.POST or None
    formset = _formsets(actor, ground, data, list(chain.links.all()), only=level)[0]
    seen = request.POST.get("row_version", "")
    if request.method == "POST" and formset.is_valid():
        with refusals_on(formset.forms[0]):
            services.set_level(
                actor=actor,
                chain_id=pk,
                level=level,
                row_version=int(seen) if seen.isdigit() else -1,
                links=formset.links(),
                year=ground.year,
                now=clock.now(),
            )
            if request.htmx:  # type: ignore[attr-defined]
                return _row_response(request, actor, ground, pk, saved=level)
            messages.success(request, _("%(chain)s was saved.") % {"chain": _named(ground, chain)})
            return done(request, _back_to_row(pk))
    row = _row(ground, chain)
    context = {
        "row": row,
        "cell": next(cell for cell in row.cells if cell.level == level),
        "formset": formset,
        "level": level,
        "may_edit": True,
        "has_errors": formset.is_bound and any(form.errors for form in formset.forms),
        "columns": len(row.cells) + 5,
    }
    template = "_chain_body.html" if request.htmx else "chain_level.html"  # type: ignore[attr-defined]
    return show(request, f"supplychain/{template}", context)


def _row_response(request: HttpRequest, actor: Actor, ground: Ground, pk: int, saved: str = "") -> HttpResponse:
    """One row of the table as it is now, with the meters that changed with it."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_back_to_row(pk))
    chain = _or_404(actor, pk)
    table = ground.table(actor, chain.organisation_id)
    context = {
        **meters_context(ground, table, chain.organisation_id),
        "row": table.row(pk),
        "table": table,
        "may_edit": permissions.can_add_chain(actor, chain.organisation_id),
        "focus": saved or request.GET.get("cancel", ""),
        "oob": True,
    }
    return show(request, "supplychain/_chain_saved.html", context)


@page(Audience.MEMBER)
def chain_add_many(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Add several chains in a table."""
    ground, company = Ground.now(), actor.company_id or 0
    _must(permissions.can_add_chain(actor, company))
    data: Any = request.POST or None
    more = "more" in request.POST
    if more:
        data = request.POST.copy()
        total = data.get("rows-TOTAL_FORMS", "5")
        data["rows-TOTAL_FORMS"] = str(min(int(total) + 5, 60)) if total.isdigit() else "5"
    rows = forms.quick_rows(pack=ground.pack, opened_on=ground.on, data=data)
    form = None
    if request.method == "POST" and not more and rows.is_valid():
        filled = [row.chain() for row in rows.forms if row.has_changed()]
        if filled:
            form = rows.forms[0]
            with refusals_on(form):
                made = services.add_chains(
                    actor=actor, organisation_id=company, chains=filled, year=ground.year, now=clock.now()
                )
                said = ngettext("%(n)s chain was added.", "%(n)s chains were added.", len(made)) % {"n": len(made)}
                messages.success(request, said)
                return done(request, "chain_list")
    nothing = request.method == "POST" and not more and rows.is_valid() and form is None
    context = {
        "rows": rows, "countries": forms.all_country_names(), "opened_on": ground.on, "nothing": nothing,
        "show_errors": not more, "has_errors": nothing or (rows.is_bound and not more and not rows.is_valid()),
    }  # fmt: skip
    return show(request, "supplychain/chain_add_many.html", context)
