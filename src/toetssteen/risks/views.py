"""Pages on which a company finds, rates and orders its risks, and the secretariat reads them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.risks import forms, permissions, policies, presentation, proposals, queries, services


def _year_or_404(number: int | None) -> Any:
    year = covenant.current_year(clock.today()) if number is None else covenant.year_by_number(number)
    if year is None:
        raise Http404
    return year


def _risk_or_404(actor: Actor, pk: int) -> Any:
    risk = queries.risk_of(actor, pk)
    if risk is None:
        raise Http404
    return risk


def _board(actor: Actor, organisation_id: int, year: Any) -> dict[str, Any]:
    pack = covenant.pack_of(year)
    board = queries.board_of(actor, organisation_id, year.number, pack)
    return {
        "year": year,
        "board": board,
        "rows": presentation.rows(board, pack),
        "moves": presentation.moves(board, pack),
        "matrix": presentation.matrix(board, pack),
        "severity": pack.severity,
        "years": [n for n in queries.years_with_risks(actor, organisation_id) if n != year.number],
    }


def _may_write(actor: Actor, organisation_id: int, year: Any) -> Any:
    may = permissions.can_propose_risk(actor, organisation_id)
    return may and policies.year_open(organisation_id, year.number)


@page(Audience.MEMBER)
def risk_list(request: HttpRequest, actor: Actor, year: int | None = None) -> HttpResponse:
    """The risks of a year in their order and as a matrix, with what stakeholders say of it."""
    chosen = _year_or_404(year)
    assert actor.company_id is not None
    found = proposals.proposals_of(actor, actor.company_id, chosen, covenant.pack_of(chosen), clock.today())
    context = _board(actor, actor.company_id, chosen) | {
        "may_write": _may_write(actor, actor.company_id, chosen),
        "proposed": sum(row.rejection is None for row in found)
        + len(proposals.from_suppliers(actor, actor.company_id)),
        "removed": [
            {"risk": risk, "theme": presentation.theme_name(covenant.pack_of(chosen), risk.theme)}
            for risk in queries.removed_risks(actor, chosen.number)
        ],
    }
    return show(request, "risks/risk_list.html", context)


@page(Audience.SECRETARIAT)
def company_risks(request: HttpRequest, actor: Actor, organisation: int, year: int | None = None) -> HttpResponse:
    """The risks of one company as the secretariat reads them."""
    company = queries.company(actor, organisation)
    if company is None:
        raise Http404
    chosen = _year_or_404(year)
    return show(request, "risks/company_risks.html", _board(actor, organisation, chosen) | {"company": company})


@page(Audience.SIGNED_IN)
def risk_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One risk: how severe, how known, whose part, and what its theme asks attention for."""
    risk = _risk_or_404(actor, pk)
    year = _year_or_404(risk.year_number)
    pack = covenant.pack_of(year)
    chains = [chain for chain in (risk.chain, *risk.other_chains.all()) if chain is not None]
    context = presentation.about(risk, pack, chains) | {
        "year": year,
        "own": risk.organisation_id == actor.company_id,
        "evidence": queries.evidence_of(actor, risk),
        "may_edit": permissions.can_edit_risk(actor, risk),
        "scale": pack.severity,
    }
    return show(request, "risks/risk_detail.html", context)


@page(Audience.MEMBER)
def risk_edit(request: HttpRequest, actor: Actor, year: int | None = None, pk: int | None = None) -> HttpResponse:
    """Note a risk or change what is said of one."""
    assert actor.company_id is not None
    risk = _risk_or_404(actor, pk) if pk else None
    chosen = _year_or_404(risk.year_number if risk else year)
    pack = covenant.pack_of(chosen)
    options = queries.form_options(actor, actor.company_id, risk)
    initial = presentation.initial_of(risk) if risk else {}
    form = forms.RiskForm(request.POST or None, initial=initial, pack=pack, options=options)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            saved = services.save_risk(
                actor=actor,
                organisation_id=actor.company_id,
                year_number=chosen.number,
                risk_id=pk,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                pack=pack,
                now=clock.now(),
            )
            messages.success(request, _("The risk was saved."))
            return done(request, "risk_detail" if pk else "risk_rate", saved.pk)
    may = permissions.can_edit_risk(actor, risk) if risk else _may_write(actor, actor.company_id, chosen)
    return show(request, "risks/risk_edit.html", {"form": form, "risk": risk, "year": chosen, "may_edit": may})


@page(Audience.MEMBER)
def risk_rate(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Rate how severe and how likely a risk is, in plain questions."""
    risk = _risk_or_404(actor, pk)
    year = _year_or_404(risk.year_number)
    pack = covenant.pack_of(year)
    initial = {name: getattr(risk, name) for name in ("scale", "scope", "irremediable", "likelihood")} | {
        "severity_reason": risk.severity_reason,
        "row_version": risk.row_version,
    }
    form = forms.RatingForm(request.POST or None, initial=initial, pack=pack)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.rate_risk(
                actor=actor,
                risk_id=pk,
                scores=form.scores(),
                likelihood=form.cleaned_data.get("likelihood"),
                reason=form.cleaned_data["severity_reason"],
                row_version=form.cleaned_data["row_version"],
                pack=pack,
                now=clock.now(),
            )
            messages.success(request, _("The rating was saved."))
            return done(request, "risk_detail", pk)
    context = presentation.about(risk, pack, []) | {
        "form": form,
        "year": year,
        "scale": pack.severity,
        "may_edit": permissions.can_edit_risk(actor, risk),
    }
    return show(request, "risks/risk_rate.html", context)


@page(Audience.MEMBER)
def risk_move(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Put a risk one place higher or lower; against the order this page asks why first."""
    risk = _risk_or_404(actor, pk)
    pack = covenant.pack_of(_year_or_404(risk.year_number))
    up = (request.POST.get("to") or request.GET.get("to")) != "down"
    asked = request.method == "POST" and "reason" not in request.POST
    form = forms.ReasonForm(request.POST if request.method == "POST" and not asked else None)
    if asked or (request.method == "POST" and form.is_valid()):
        reason = "" if asked else form.cleaned_data["reason"]
        if asked:
            try:
                services.move_risk(actor=actor, risk_id=pk, up=up, reason="", pack=pack, now=clock.now())
            except ValidationError:
                return done(request, reverse("risk_move", args=[pk]) + ("?to=up" if up else "?to=down"))
            return done(request, reverse("risk_year", args=[risk.year_number]) + f"#r{pk}")
        with refusals_on(form):
            services.move_risk(actor=actor, risk_id=pk, up=up, reason=reason, pack=pack, now=clock.now())
            messages.success(request, _("The order was changed, and your reason was kept."))
            return done(request, reverse("risk_year", args=[risk.year_number]) + f"#r{pk}")
    context = {
        "heading": _("Put this risk higher?") if up else _("Put this risk lower?"),
        "lead": presentation.theme_name(pack, risk.theme),
        "what_happens": [
            _("The order then differs from severity and likelihood."),
            _("Your reason is kept with your name and the date. The secretariat can read it."),
        ],
        "form": form,
        "action_label": _("Change the order"),
        "back_url": reverse("risk_year", args=[risk.year_number]),
        "verdict": permissions.can_edit_risk(actor, risk),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def order_reset(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Follow severity and likelihood again."""
    assert actor.company_id is not None
    chosen = _year_or_404(year)
    services.reset_order(actor=actor, organisation_id=actor.company_id, year_number=chosen.number, now=clock.now())
    messages.success(request, _("The order follows severity and likelihood again."))
    return done(request, "risk_year", chosen.number)


@page(Audience.MEMBER)
def risk_remove(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a risk off the list, after asking; it can be brought back."""
    risk = _risk_or_404(actor, pk)
    pack = covenant.pack_of(_year_or_404(risk.year_number))
    if request.method == "POST":
        services.remove_risk(actor=actor, risk_id=pk, now=clock.now())
        messages.success(request, _("The risk was removed. You can bring it back below the list."))
        return done(request, "risk_year", risk.year_number)
    context = {
        "heading": _("Remove this risk?"),
        "lead": presentation.theme_name(pack, risk.theme),
        "what_happens": [
            _("The risk no longer counts in your report and your order."),
            _("Goals of your plan stay, also those about this risk."),
            _("You can bring the risk back until you hand in your report."),
        ],
        "action_label": _("Remove the risk"),
        "back_url": reverse("risk_detail", args=[pk]),
        "verdict": permissions.can_edit_risk(actor, risk),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def risk_restore(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Bring a removed risk back."""
    risk = services.restore_risk(actor=actor, risk_id=pk, now=clock.now())
    messages.success(request, _("The risk is back on the list."))
    return done(request, "risk_year", risk.year_number)


@page(Audience.MEMBER)
def stakeholder_view_add(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Record what a stakeholder said of the priorities."""
    assert actor.company_id is not None
    chosen = _year_or_404(year)
    form = forms.ViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.record_view(
                actor=actor, organisation_id=actor.company_id, year_number=chosen.number, now=clock.now(),
                **form.cleaned_data,
            )  # fmt: skip
            messages.success(request, _("The view was recorded."))
            return done(request, "risk_year", chosen.number)
    may = _may_write(actor, actor.company_id, chosen)
    return show(request, "risks/stakeholder_view_add.html", {"form": form, "year": chosen, "may_edit": may})


@page(Audience.MEMBER)
def proposal_list(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """What may play in the company's chains, to take over or to put aside with a reason."""
    assert actor.company_id is not None
    chosen = _year_or_404(year)
    pack = covenant.pack_of(chosen)
    rows = proposals.proposals_of(actor, actor.company_id, chosen, pack, clock.today())
    signals = proposals.from_suppliers(actor, actor.company_id)
    context = {
        "year": chosen,
        "rows": presentation.proposal_rows([row for row in rows if row.rejection is None], pack),
        "rejected": presentation.proposal_rows([row for row in rows if row.rejection is not None], pack),
        "signals": [{**row, "theme": presentation.theme_name(pack, row["theme"])} for row in signals],
        "may_write": _may_write(actor, actor.company_id, chosen),
    }
    return show(request, "risks/proposal_list.html", context)


@page(Audience.MEMBER, methods=("POST",))
def proposal_confirm(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Take a proposal over as an own risk."""
    assert actor.company_id is not None
    chosen = _year_or_404(year)
    risk = services.confirm_proposal(
        actor=actor,
        organisation_id=actor.company_id,
        year=chosen,
        key=request.POST.get("key", ""),
        pack=covenant.pack_of(chosen),
        language=get_language() or "nl",
        today=clock.today(),
        now=clock.now(),
    )
    messages.success(request, _("The risk is on your list. Look whether everything fits your own case."))
    return done(request, "risk_detail", risk.pk)


@page(Audience.MEMBER)
def proposal_reject(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Put a proposal aside with the reason."""
    assert actor.company_id is not None
    chosen = _year_or_404(year)
    pack = covenant.pack_of(chosen)
    key = request.GET.get("key", "")
    rows = proposals.proposals_of(actor, actor.company_id, chosen, pack, clock.today())
    proposal = next((row for row in rows if row.key == key and row.rejection is None), None)
    if proposal is None:  # none was named, or it was decided on meanwhile
        return done(request, "risk_proposals", chosen.number)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.reject_proposal(
                actor=actor, organisation_id=actor.company_id, year=chosen, key=key, pack=pack,
                reason=form.cleaned_data["reason"], today=clock.today(), now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("The proposal was put aside. Your reason is kept."))
            return done(request, "risk_proposals", chosen.number)
    context = {
        "heading": _("Put this proposal aside?"),
        "lead": presentation.theme_name(pack, proposal.theme),
        "what_happens": [
            _("The proposal does not come back by itself, next year neither."),
            _("Your reason stays readable, and you can undo this."),
        ],
        "form": form,
        "action_label": _("Put it aside"),
        "back_url": reverse("risk_proposals", args=[chosen.number]),
        "verdict": _may_write(actor, actor.company_id, chosen),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def proposal_undo(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Put a proposal back on the list."""
    assert actor.company_id is not None
    chosen = _year_or_404(year)
    key = request.POST.get("key", "")
    services.undo_rejection(actor=actor, organisation_id=actor.company_id, year=chosen, key=key, now=clock.now())
    return done(request, "risk_proposals", chosen.number)
