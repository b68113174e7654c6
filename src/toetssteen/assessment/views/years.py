"""The overview of a covenant year, what did not arrive, and the trail of acts."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import exports, forms, presentation, queries, services
from toetssteen.core.access import Actor
from toetssteen.covenant.queries import current_year, pack_of, year_by_number, years
from toetssteen.foundation import audit, clock
from toetssteen.foundation.pages import Audience, done, page, refusals_on, show

PER_PAGE = 100
COMPANIES_PER_PAGE = 50


def _year_or_404(number: int | None) -> Any:
    """The covenant year with this number, or the current one."""
    found = year_by_number(number) if number is not None else current_year(clock.today())
    if found is None:
        raise Http404
    return found


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def year_overview(request: HttpRequest, actor: Actor, number: int | None = None) -> HttpResponse:
    """Every company of a covenant year: due, exempt or not handed in, how far, and which colour."""
    year = _year_or_404(number)
    pack = pack_of(year)
    form = forms.YearFilterForm(request.GET or None, colours=presentation.colour_names(pack))
    found = queries.year_page(
        actor,
        year,
        colours=[c.colour for c in pack.decision.colours],
        filters=form.filters(),
        sort=request.GET.get("sort") or "name",
        number=request.GET.get("page"),
        per_page=COMPANIES_PER_PAGE,
    )
    context = {
        "year": year,
        "years": years(),
        "form": form,
        "counts": found.counts,
        "page": found.page,
        "total": found.total,
        "term_has_passed": clock.today() > year.report_due_on,
        "may_declare": actor.is_coordinator,
    }
    return show(request, "assessment/year_overview.html", context)


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def year_export(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """The same rows as a file."""
    year = _year_or_404(number)
    form = forms.YearFilterForm(request.GET or None, colours=presentation.colour_names(pack_of(year)))
    rows = queries.filtered(queries.year_rows(actor, year), form.filters())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="year-{year.number}.csv"'
    csv.writer(response).writerows(exports.year_table(rows))
    return response


@page(Audience.SECRETARIAT)
def undelivered_remind(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Mail a reminder to the companies whose report has not arrived."""
    year = _year_or_404(number)
    waiting = [r for r in queries.year_rows(actor, year) if r.group == "undelivered"]
    choices = [(r.organisation_id, presentation.reminder_label(r)) for r in waiting]
    form = forms.RemindForm(request.POST or None, companies=choices, initial={"companies": [c for c, _l in choices]})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = services.remind_undelivered(
                actor=actor, year_id=year.pk, organisation_ids=form.cleaned_data["companies"], now=clock.now()
            )
            sent = sum(r.people for r in made)
            told = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", sent) % {"n": sent}
            messages.success(request, told)
            return done(request, "year_overview", year.number)
    context = {
        "heading": _("Remind companies"),
        "lead": _("Report %(year)s, due on %(day)s")
        % {"year": year, "day": presentation.day_words(year.report_due_on)},
        "what_happens": [
            _("Everybody who acts for a chosen company gets a mail, in his or her own language."),
            _("The mail says which report is expected and when, and nothing else about the company."),
        ],
        "action_label": _("Send reminders"),
        "back_url": reverse("year_overview", args=[year.number]),
        "form": form,
        "verdict": None,
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.SECRETARIAT)
def undelivered_declare(request: HttpRequest, actor: Actor, number: int, organisation: int) -> HttpResponse:
    """Establish that a report was not delivered; the company may reply before the decision."""
    year = _year_or_404(number)
    row = next((r for r in queries.year_rows(actor, year) if r.organisation_id == organisation), None)
    if row is None or row.group != "undelivered":
        raise Http404
    pack = pack_of(year)
    proposal = queries.undelivered_proposal(year, row)
    initial = {"colour": proposal.colour}
    colours = presentation.colours_without_report(pack)
    form = forms.DecisionForm(request.POST or None, colours=colours, initial=initial)
    form.fields["reason"].required = True
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            decision = services.declare_undelivered(
                actor=actor,
                year_id=year.pk,
                organisation_id=organisation,
                terms=form.terms(),
                now=clock.now(),
                today=clock.today(),
            )
            messages.success(request, _("The company has the provisional result and can reply."))
            return done(request, "assessment_file", decision.assessment.report_id)
    context = {"year": year, "row": row, "form": form, "proposal": proposal}
    return show(request, "assessment/undelivered_declare.html", context)


@page(Audience.SIGNED_IN)
def audit_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The trail of acts, and whether its chain of hashes holds."""
    if not queries.may_view_trail(actor):
        raise Http404
    result = None
    if request.method == "POST":
        result = audit.verify()
    form = forms.TrailFilterForm(request.GET or None)
    number = Paginator(queries.trail(actor, form.filters()), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": number, "rows": queries.trail_rows(list(number)), "result": result}
    return show(request, "assessment/audit_list.html", context)
