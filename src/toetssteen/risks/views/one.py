"""One risk: read, described, rated, moved, taken away and brought back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import number
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.library.shelf import shelf_for
from toetssteen.risks import forms, permissions, presentation, queries, services
from toetssteen.risks.views.reading import may_write, risk_or_404, year_or_404


@page(Audience.SIGNED_IN)
def risk_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One risk: how severe, how known, whose part, and what helps with it; the own part is said here."""
    risk = risk_or_404(actor, pk)
    year = year_or_404(risk.year_number)
    pack = covenant.pack_of(year)
    initial = {"involvement": risk.involvement, "row_version": risk.row_version}
    form = forms.PartForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.say_part(actor=actor, risk_id=pk, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Your part was saved."))
            return done(request, "risk_detail", pk)
    chains = [chain for chain in (risk.chain, *risk.other_chains.all()) if chain is not None]
    sources = queries.sources_of(risk)
    context = presentation.about(risk, pack, chains, sources, clock.today()) | {
        "year": year,
        "form": form,
        "part": form["involvement"].value(),
        "own": risk.organisation_id == actor.company_id,
        "files": queries.files_of(actor, sources),
        "goals": queries.goals_of(actor, [pk]).get(pk, []),
        "guides": shelf_for(actor, themes=[risk.theme], countries=presentation.countries_of(risk, chains), pack=pack),
        "may_edit": permissions.can_edit_risk(actor, risk),
        "scale": pack.severity,
    }
    return show(request, "risks/risk_detail.html", context)


@page(Audience.MEMBER)
def risk_edit(request: HttpRequest, actor: Actor, year: int | None = None, pk: int | None = None) -> HttpResponse:
    """Note a risk or change what is said of one."""
    assert actor.company_id is not None
    risk = risk_or_404(actor, pk) if pk else None
    chosen = year_or_404(risk.year_number if risk else year)
    pack = covenant.pack_of(chosen)
    options = queries.form_options(actor, actor.company_id, risk)
    initial = presentation.initial_of(risk) if risk else {}
    form = forms.RiskForm(request.POST or None, initial=initial, pack=pack, options=options, is_new=risk is None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            saved = services.save_risk(
                actor=actor,
                organisation_id=actor.company_id,
                year_number=chosen.number,
                risk_id=pk,
                data=form.data_in(),
                source=form.source_in(),
                row_version=form.cleaned_data["row_version"],
                pack=pack,
                now=clock.now(),
            )
            messages.success(request, _("The risk was saved."))
            return done(request, "risk_detail" if pk else "risk_rate", saved.pk)
    may = permissions.can_edit_risk(actor, risk) if risk else may_write(actor, actor.company_id, chosen)
    return show(request, "risks/risk_edit.html", {"form": form, "risk": risk, "year": chosen, "may_edit": may})


@page(Audience.MEMBER)
def risk_rate(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Rate how severe and how likely a risk is, in plain questions."""
    risk = risk_or_404(actor, pk)
    year = year_or_404(risk.year_number)
    pack = covenant.pack_of(year)
    initial = {name: getattr(risk, name) for name in ("scale", "scope", "irremediable", "likelihood")} | {
        "severity_reason": risk.severity_reason,
        "row_version": risk.row_version,
    }
    points = presentation.points_of_reasons(pack)
    form = forms.RatingForm(request.POST or None, initial=initial, pack=pack, points=number(points) if points else "")
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
    context = presentation.about(risk, pack, [], []) | {
        "form": form,
        "year": year,
        "scale": pack.severity,
        "may_edit": permissions.can_edit_risk(actor, risk),
    }
    return show(request, "risks/risk_rate.html", context)


@page(Audience.MEMBER)
def risk_move(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Put a risk one place higher or lower; against the order this page asks why first."""
    risk = risk_or_404(actor, pk)
    pack = covenant.pack_of(year_or_404(risk.year_number))
    up = (request.POST.get("to") or request.GET.get("to")) != "down"
    back = reverse("risk_year", args=[risk.year_number])
    if request.method == "POST" and "reason" not in request.POST:
        try:
            services.move_risk(actor=actor, risk_id=pk, up=up, reason="", pack=pack, now=clock.now())
        except ValidationError:
            return done(request, reverse("risk_move", args=[pk]) + ("?to=up" if up else "?to=down"))
        return done(request, f"{back}#r{pk}")
    here, there = queries.beside(actor, risk, pack, up=up)
    if here is None or there is None:  # it stands at the end already
        return done(request, back)
    meant = request.POST.get("passed", "")
    data = {**request.POST.dict(), "passed": there.risk.pk} if request.method == "POST" else None
    form = forms.MoveForm(data, initial={"passed": there.risk.pk})
    if meant and meant != str(there.risk.pk) and form.is_valid():
        form.add_error(None, _("The order changed in the meantime. Look at it again."))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.move_risk(
                actor=actor, risk_id=pk, up=up, reason=form.cleaned_data["reason"], pack=pack,
                passed_id=form.cleaned_data["passed"], now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("The order was changed, and your reason was kept."))
            return done(request, f"{back}#r{pk}")
    this, other = (f"{row.letter} {presentation.theme_name(pack, row.risk.theme)}" for row in (here, there))
    words = {"risk": this, "other": other}
    context = {
        "heading": _("Put this risk higher?") if up else _("Put this risk lower?"),
        "lead": (_("%(risk)s above %(other)s") if up else _("%(risk)s below %(other)s")) % words,
        "what_happens": [
            _("The order then differs from severity and likelihood."),
            _("Your reason is kept with your name and the date. The secretariat can read it."),
        ],
        "form": form,
        "action_label": _("Change the order"),
        "back_url": back,
        "verdict": permissions.can_edit_risk(actor, risk),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def risk_remove(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a risk off the list, after asking; it can be brought back."""
    risk = risk_or_404(actor, pk)
    pack = covenant.pack_of(year_or_404(risk.year_number))
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


@page(Audience.MEMBER, methods=("POST",))
def move_undo(request: HttpRequest, actor: Actor, pk: int, move: int) -> HttpResponse:
    """Undo a move against the order; the reason stays on record as undone."""
    risk = risk_or_404(actor, pk)
    services.undo_move(actor=actor, risk_id=pk, move_id=move, now=clock.now())
    messages.success(request, _("The move was undone."))
    return done(request, reverse("risk_year", args=[risk.year_number]) + f"#r{pk}")
