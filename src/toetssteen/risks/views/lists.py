"""The ordered list of a year, last year's risks taken along, and what the secretariat reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.risks import (
    forms,
    open_years,
    permissions,
    policies,
    presentation,
    proposals,
    queries,
    services,
    steps,
)
from toetssteen.risks.views.reading import board, may_write, year_or_404


@page(Audience.MEMBER)
def risk_list(request: HttpRequest, actor: Actor, year: int | None = None) -> HttpResponse:
    """The risks of a year in their order and as a matrix, with what to do next and what stakeholders say."""
    chosen = year_or_404(year)
    assert actor.company_id is not None
    pack, today = covenant.pack_of(chosen), clock.today()
    found = proposals.proposals_of(actor, actor.company_id, chosen, pack, today)
    signals = proposals.from_suppliers(actor, actor.company_id)
    waiting = [row for row in found if row.earlier is not None and row.rejection is None]
    proposed = [row for row in found if row.earlier is None and row.rejection is None]
    context = board(actor, actor.company_id, chosen)
    todo = steps.next_steps(
        context["board"], pack, today, waiting=len(waiting), proposed=len(proposed) + len(signals),
        aimed_at=context["goals"],
    )  # fmt: skip
    may_propose = permissions.can_propose_risk(actor, actor.company_id)
    is_open = policies.year_open(actor.company_id, chosen.number)
    may = may_propose and is_open
    onward = None if is_open else open_years.next_open_year(actor.company_id, chosen.number + 1)
    if onward is not None:
        todo = [steps.Step("onward", 1)] if may_propose else []
        context["years"] = sorted({onward.number, *context["years"]}, reverse=True)
    context |= {
        "may_write": may,
        "todo": presentation.steps(todo, pack, onward or chosen) if may or onward else [],
        "removed": [
            {"risk": risk, "theme": presentation.theme_name(pack, risk.theme)}
            for risk in queries.removed_risks(actor, chosen.number)
        ],
        "removed_views": queries.removed_views(actor, chosen.number),
    }
    return show(request, "risks/risk_list.html", context)


@page(Audience.MEMBER)
def risk_carry(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Last year's risks in one act: each as it was, changed, or ended."""
    assert actor.company_id is not None
    chosen = year_or_404(year)
    pack = covenant.pack_of(chosen)
    waiting = proposals.to_carry(actor, actor.company_id, chosen.number)
    if not waiting:
        return done(request, "risk_year", chosen.number)
    form = forms.CarryForm(request.POST or None, risk_ids=[risk.pk for risk in waiting])
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            new = services.carry_over(
                actor=actor, organisation_id=actor.company_id, year_number=chosen.number, fates=form.fates(),
                now=clock.now(),
            )  # fmt: skip
            said = ngettext(
                "%(n)s risk was taken along, with its rating and sources.",
                "%(n)s risks were taken along, with their ratings and sources.",
                len(new),
            )
            messages.success(request, said % {"n": len(new)})
            return done(request, "risk_year", chosen.number)
    context = {
        "form": form,
        "year": chosen,
        "lines": presentation.carry_lines(waiting, form, pack),
        "may_edit": may_write(actor, actor.company_id, chosen),
    }
    return show(request, "risks/risk_carry.html", context)


@page(Audience.SECRETARIAT)
def company_risks(request: HttpRequest, actor: Actor, organisation: int, year: int | None = None) -> HttpResponse:
    """The risks of one company as the secretariat reads them."""
    company = queries.company(actor, organisation)
    if company is None:
        raise Http404
    chosen = year_or_404(year)
    return show(request, "risks/company_risks.html", board(actor, organisation, chosen) | {"company": company})


@page(Audience.MEMBER)
def order_reset(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Follow severity and likelihood again, after asking."""
    assert actor.company_id is not None
    chosen = year_or_404(year)
    if request.method == "POST":
        services.reset_order(actor=actor, organisation_id=actor.company_id, year_number=chosen.number, now=clock.now())
        messages.success(request, _("The order follows severity and likelihood again."))
        return done(request, "risk_year", chosen.number)
    context = {
        "heading": _("Follow severity again?"),
        "lead": str(chosen),
        "what_happens": [
            _("Everything that you moved goes back to where severity and likelihood put it."),
            _("Your reasons stay readable, marked as undone. They do not come back by themselves."),
        ],
        "action_label": _("Follow severity again"),
        "back_url": reverse("risk_year", args=[chosen.number]),
        "verdict": may_write(actor, actor.company_id, chosen),
    }
    return show(request, "foundation/confirm.html", context)
