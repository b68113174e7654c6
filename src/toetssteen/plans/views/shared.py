"""The secretariat's pages of shared actions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.plans import forms, permissions, presentation, queries, services
from toetssteen.plans.views.finding import year_or_404


@page(Audience.SECRETARIAT)
def shared_action_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The shared actions, with how many companies stand behind each in plans that were handed in."""
    pack = covenant.pack_of(year_or_404(None))
    counts = queries.companies_per_shared_action(actor)
    themes = presentation.theme_names(pack, get_language())
    rows: list[dict[str, Any]] = [
        {"shared": row, "theme": themes.get(row.theme, row.theme), "companies": counts.get(row.pk, 0)}
        for row in queries.shared_actions(actor)
    ]
    context = {
        "open": [row for row in rows if row["shared"].closed_on is None],
        "closed": [row for row in rows if row["shared"].closed_on is not None],
        "may_keep": permissions.can_keep_shared_actions(actor),
    }
    return show(request, "plans/shared_action_list.html", context)


@page(Audience.SECRETARIAT)
def shared_action_edit(request: HttpRequest, actor: Actor, pk: int | None = None) -> HttpResponse:
    """Add a shared action or change what is said of one."""
    shared = queries.shared_actions(actor).filter(pk=pk).first() if pk else None
    if pk and shared is None:
        raise Http404
    pack = covenant.pack_of(year_or_404(None))
    initial = presentation.initial_of(shared, forms.SharedActionForm.base_fields) if shared else {}
    form = forms.SharedActionForm(request.POST or None, initial=initial, pack=pack)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_shared_action(
                actor=actor,
                shared_id=pk,
                data=form.data_in(),
                pack=pack,
                row_version=form.cleaned_data["row_version"],
                now=clock.now(),
            )
            messages.success(request, _("The shared action was saved."))
            return done(request, "shared_action_list")
    return show(request, "plans/shared_action_edit.html", {"form": form, "shared": shared})


@page(Audience.SECRETARIAT)
def shared_action_close(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Close a shared action or open it again, after asking."""
    shared = queries.shared_actions(actor).filter(pk=pk).first()
    if shared is None:
        raise Http404
    if request.method == "POST":
        if shared.closed_on is None:
            services.close_shared_action(actor=actor, shared_id=pk, today=clock.today(), now=clock.now())
            messages.success(request, _("The shared action was closed."))
        else:
            services.reopen_shared_action(actor=actor, shared_id=pk, now=clock.now())
            messages.success(request, _("The shared action is open again."))
        return done(request, "shared_action_list")
    is_open = shared.closed_on is None
    context = {
        "heading": _("Close this shared action?") if is_open else _("Open this shared action again?"),
        "lead": shared.name_nl,
        "what_happens": [
            _("Companies can no longer choose it. Who chose it before keeps it in its plan."),
            _("You can open it again."),
        ]
        if is_open
        else [_("Companies can choose it for their actions again.")],
        "action_label": _("Close it") if is_open else _("Open it again"),
        "back_url": reverse("shared_action_list"),
        "verdict": permissions.can_keep_shared_actions(actor),
    }
    return show(request, "foundation/confirm.html", context)
