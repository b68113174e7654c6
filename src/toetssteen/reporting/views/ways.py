"""The way to green of this year and the next, and what would happen if."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.reporting import permissions, services, trying, way_presentation, ways
from toetssteen.reporting.views.overview import number_in, own_report_or_404
from toetssteen.reporting.way_forms import StepsForm


@page(Audience.MEMBER)
def report_path(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The fewest steps to green, for this year and the next, with hours and days that the company can change."""
    report = own_report_or_404(actor, pk)
    found = ways.ways_of(report, clock.today())
    posted = number_in(request.POST, "year") if request.method == "POST" else None
    sections = []
    for way in found:
        number = way.year.number
        data = request.POST if posted == number else None
        form = StepsForm(data, rows=way.rows, seen=way.seen, year=number)
        if data is not None and form.is_valid():
            with refusals_on(form):
                services.plan_steps(
                    actor=actor, organisation_id=report.organisation_id, year_number=number, changes=form.changes(),
                    seen=form.cleaned_data["row_version"], now=clock.now(),
                )  # fmt: skip
                messages.success(request, _("Your planning has been saved."))
                return done(request, f"{reverse('report_path', args=[pk])}#year-{number}")
        sections.append(way_presentation.section(report, way, form, get_language() or "nl"))
    context = {
        "report": report,
        "this": sections[0],
        "next": sections[1],
        "sections": sections,
        "may_plan": permissions.can_plan_steps(actor, report.organisation_id),
        "start": way_presentation.where_to_start(sections),
    }
    return show(request, "reporting/report_path.html", context)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def what_if(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Other levels and another coverage: what score, colour and reasons would be. Nothing is stored."""
    report = own_report_or_404(actor, pk)
    filled = {name: str(value) for name, value in request.GET.items() if value}
    if len(filled) < len(request.GET):
        return done(request, f"{reverse('what_if', args=[pk])}?{urlencode(filled)}")
    this, coming = ways.ways_of(report, clock.today())
    way = coming if filled.get(trying.YEAR) == trying.NEXT else this
    wish = trying.wish_of(way.pack, way.standing, filled)
    context: dict[str, Any] = {
        "report": report,
        "way": way,
        "this": this,
        "coming": coming,
        "wish": wish,
        "outcome": trying.outcome(way.pack, way.standing, wish),
    }
    context |= way_presentation.trial(way, wish, context["outcome"], get_language() or "nl")
    return show(request, "reporting/what_if.html", context)
