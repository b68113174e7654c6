"""The lighter profile: a company asks for it, the secretariat records what the parties decided and who may use it."""

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
from toetssteen.foundation.pages import demand, done, page, refusals_on, show
from toetssteen.organisations import queries as organisations
from toetssteen.reporting import permissions, queries, services, variant_presentation, variants
from toetssteen.reporting.variant_forms import AdoptForm, AskForm, DecideForm


@page(Audience.MEMBER)
def variant_ask(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the lighter profile asks and leaves out, whether this company may have it, and the request."""
    year = covenant.current_year(clock.today())
    company, pack, language = actor.company_id or 0, covenant.pack_of(year), get_language() or "nl"
    variant = variants.offered(year, pack, organisations.situation_on(company, year.ends_on))
    if variant is None:
        raise Http404
    case = variants.case_of(company, year.pk)
    form = AskForm(request.POST or None, initial={"staff_fte": case.staff_fte if case else None})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.ask_variant(
                actor=actor, organisation_id=company, year_id=year.pk, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Your request was sent to the secretariat."))
            return done(request, "variant_ask")
    known = variants.known_of(company, year, pack, case.staff_fte if case else None)
    context = {
        "year": year,
        "case": case,
        "form": form,
        "checks": variant_presentation.check_rows(variants.checks(variant, known), language),
        "may_ask": permissions.can_ask_variant(actor, company),
        "report": queries.report_of(company, year.pk),
        **variant_presentation.explanation(pack, variant, language),
    }
    return show(request, "reporting/variant_ask.html", context)


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def variant_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """In which years the parties try a lighter profile, and who asked for it."""
    language = get_language() or "nl"
    adopted = {row.year_id: row for row in variants.adoptions(actor) if row.ended_at is None}
    years = [
        {"year": year, "adopted": adopted.get(year.pk), "variants": variant_presentation.titles(pack, language)}
        for year, pack in ((year, covenant.pack_of(year)) for year in reversed(covenant.years()))
    ]
    context = {
        "years": years,
        "ended": [row for row in variants.adoptions(actor) if row.ended_at is not None],
        "cases": [variant_presentation.case_row(case, language) for case in variants.cases(actor)],
        "may_adopt": permissions.can_adopt_variant(actor),
    }
    return show(request, "reporting/variant_list.html", context)


def _year_or_404(number: int) -> Any:
    year = covenant.year_by_number(number)
    if year is None:
        raise Http404
    return year


@page(Audience.SECRETARIAT)
def variant_adopt(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Record the decision of the parties to try the lighter profile in one covenant year."""
    covenant_year = _year_or_404(year)
    pack, language = covenant.pack_of(covenant_year), get_language() or "nl"
    variant = next(iter(pack.variants.values()), None)
    if variant is None:
        raise Http404
    verdict = permissions.can_adopt_variant(actor)
    form = AdoptForm(request.POST or None, initial={"adopted_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.adopt_variant(
                actor=actor, year_id=covenant_year.pk, variant=variant.id, today=clock.today(), now=clock.now(),
                **form.cleaned_data,
            )  # fmt: skip
            messages.success(request, _("The decision has been recorded. Companies can ask for the lighter profile."))
            return done(request, "variant_list")
    context = {
        "year": covenant_year,
        "form": form,
        "verdict": verdict,
        "adopted": variants.adopted_in(covenant_year.pk),
        **variant_presentation.explanation(pack, variant, language),
        "open_points": variant_presentation.open_points(pack, variant, language),
    }
    return show(request, "reporting/variant_adopt.html", context)


@page(Audience.SECRETARIAT)
def variant_end(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Stop trying the lighter profile in a covenant year."""
    covenant_year = _year_or_404(year)
    adopted = variants.adopted_in(covenant_year.pk)
    if adopted is None:
        return done(request, "variant_list")
    if request.method == "POST":
        demand(permissions.can_adopt_variant(actor))
        services.end_variant(actor=actor, year_id=covenant_year.pk, now=clock.now())
        messages.success(request, _("The lighter profile is not tried in this year any more."))
        return done(request, "variant_list")
    context = {
        "heading": _("Stop the lighter profile in %(year)s?") % {"year": covenant_year},
        "what_happens": [
            _("Drafts ask the whole questionnaire again. What was answered is kept as a suggestion."),
            _("Reports that were handed in stay as they are."),
            _("Your name and the moment are noted in the audit trail."),
        ],
        "action_label": _("Stop it"),
        "back_url": reverse("variant_list"),
        "verdict": permissions.can_adopt_variant(actor),
    }
    return show(request, "foundation/confirm.html", context)


def _decided(case: Any) -> dict[str, Any]:
    """What stands recorded of a request."""
    granted = {"granted": "yes", "refused": "no"}.get(case.state, "")
    return {"row_version": case.row_version, "reason": case.reason, "granted": granted}


@page(Audience.SECRETARIAT)
def variant_decide(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Decide about one request: what the company declared and what is known stand beside the conditions."""
    case = variants.cases(actor).filter(pk=pk).first()
    if case is None:
        raise Http404
    pack, language = covenant.pack_of(case.year), get_language() or "nl"
    form = DecideForm(request.POST or None, initial=_decided(case))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.decide_variant(
                actor=actor, case_id=case.pk, granted=form.cleaned_data["granted"] == "yes",
                reason=form.cleaned_data["reason"], row_version=form.cleaned_data["row_version"], now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("Your decision has been recorded. The company sees it with your reason."))
            return done(request, "variant_list")
    known = variants.known_of(case.organisation_id, case.year, pack, case.staff_fte)
    found = variants.checks(pack.variant(case.variant), known)
    context = {
        "case": case,
        "form": form,
        "checks": variant_presentation.check_rows(found, language),
        "all_met": variants.all_met(found),
        "verdict": permissions.can_decide_variant(actor),
        **variant_presentation.explanation(pack, pack.variant(case.variant), language),
        "open_points": variant_presentation.open_points(pack, pack.variant(case.variant), language),
    }
    return show(request, "reporting/variant_decide.html", context)
