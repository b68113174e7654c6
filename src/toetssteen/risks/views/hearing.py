"""What stakeholders say of the order: record, correct, remove, bring back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.risks import forms, permissions, presentation, queries, services
from toetssteen.risks.views.reading import year_or_404


def _view_or_404(actor: Actor, pk: int) -> Any:
    view = queries.view_of(actor, pk)
    if view is None:
        raise Http404
    return view


@page(Audience.MEMBER)
def stakeholder_view(request: HttpRequest, actor: Actor, year: int, view: int | None = None) -> HttpResponse:
    """Record what a stakeholder said of the priorities, or correct it."""
    assert actor.company_id is not None
    known = _view_or_404(actor, view) if view else None
    chosen = year_or_404(known.year_number if known else year)
    form = forms.ViewForm(request.POST or None, initial=presentation.view_initial(known) if known else {})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            about: dict[str, Any] = {"actor": actor, "data": form.data_in(), "now": clock.now()}
            if known:
                services.correct_view(view_id=known.pk, **about)
                messages.success(request, _("The view was corrected. The words before it are kept."))
            else:
                services.record_view(organisation_id=actor.company_id, year_number=chosen.number, **about)
                messages.success(request, _("The view was recorded."))
            return done(request, reverse("risk_year", args=[chosen.number]) + "#sv")
    context = {
        "form": form,
        "year": chosen,
        "view": known,
        "may_edit": permissions.can_record_view(actor, actor.company_id, chosen.number),
    }
    return show(request, "risks/stakeholder_view.html", context)


@page(Audience.MEMBER)
def stakeholder_view_remove(request: HttpRequest, actor: Actor, year: int, view: int) -> HttpResponse:
    """Take a view off the page, after asking; it can be brought back."""
    known = _view_or_404(actor, view)
    if request.method == "POST":
        services.remove_view(actor=actor, view_id=view, now=clock.now())
        messages.success(request, _("The view was removed. You can bring it back below the list."))
        return done(request, "risk_year", known.year_number)
    context = {
        "heading": _("Remove this view?"),
        "lead": known.who,
        "what_happens": [
            _("It no longer stands with your order, and not in the report that you hand in."),
            _("You can bring it back until you hand in your report."),
        ],
        "action_label": _("Remove the view"),
        "back_url": reverse("risk_year", args=[known.year_number]),
        "verdict": permissions.can_record_view(actor, known.organisation_id, known.year_number),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def stakeholder_view_restore(request: HttpRequest, actor: Actor, year: int, view: int) -> HttpResponse:
    """Bring a removed view back."""
    found = services.restore_view(actor=actor, view_id=view, now=clock.now())
    messages.success(request, _("The view is back."))
    return done(request, reverse("risk_year", args=[found.year_number]) + "#sv")
