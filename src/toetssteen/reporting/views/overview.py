"""The report as a whole: start, steps, division of work, what is missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, show
from toetssteen.organisations import queries as organisations
from toetssteen.reporting import completeness, permissions, presentation, queries, services, variants


def own_report_or_404(actor: Actor, pk: int) -> Any:
    """A report of the company that the actor acts for."""
    report = queries.reports(actor).filter(organisation_id=actor.company_id or 0, pk=pk).first()
    if report is None:
        raise Http404
    return report


def number_in(given: Any, name: str) -> int | None:
    """A number that a form or an address sent; None without a sensible one."""
    word = given.get(name, "")
    return int(word) if word.isdecimal() and len(word) < 10 else None


@page(Audience.MEMBER)
def report_current(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The report that is being made now; without one, why not, or the button to start it."""
    year = covenant.current_year(clock.today())
    assert actor.company_id is not None
    report = queries.report_of(actor.company_id, year.pk)
    if report is not None:
        return done(request, "report_overview", report.pk)
    pack = covenant.pack_of(year)
    if request.method == "POST":
        report = services.open_report(
            actor=actor, organisation_id=actor.company_id, year_id=year.pk, today=clock.today(), now=clock.now()
        )
        messages.success(request, _("Your report is ready to be filled in. What we know is already there."))
        return done(request, "report_overview", report.pk)
    exemption = organisations.exemption(actor.company_id, year, pack)
    reason = next((e.text.in_(get_language()) for e in pack.exemptions if e.id == exemption), "")
    context = {
        "year": year,
        "may_start": services.may_start(actor.company_id, year, pack, clock.today()),
        "may_open": permissions.can_open_report(actor, actor.company_id),
        "exemption": reason,
        "earlier": queries.reports(actor).filter(organisation_id=actor.company_id).order_by("-year__number"),
        "variant": _variant(year, pack, organisations.situation_on(actor.company_id, year.ends_on)),
    }
    return show(request, "reporting/report_start.html", context)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def report_overview(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The steps with their questions, who does what, and how far it is."""
    report = own_report_or_404(actor, pk)
    state = queries.state_of(report)
    people = queries.assignments(report)
    rows = presentation.steps(report, state, people, get_language())
    found = completeness.findings(state)
    context = {
        "report": report,
        "rows": rows,
        "colleagues": queries.colleagues(report),
        "may_edit": permissions.can_edit_report(actor, report),
        "next": presentation.first_open(rows),
        "asked": sum(r.total for r in rows),
        "done": sum(r.done for r in rows),
        "minutes": sum(r.minutes for r in rows),
        "stops": completeness.stops(found),
        "later": any(p.later for r in rows for p in r.parts),
        "variant": _variant(report.year, state.pack, report.situation),
        "earlier": queries.reports(actor).filter(organisation_id=report.organisation_id).exclude(pk=report.pk)
        .order_by("-year__number"),
    }  # fmt: skip
    return show(request, "reporting/report_overview.html", context)


def _variant(year: Any, pack: Any, situation: str) -> str:
    """The name of the lighter profile that this company may ask for; empty without one."""
    offered = variants.offered(year, pack, situation)
    return str(offered.title.in_(get_language())) if offered else ""


@page(Audience.MEMBER, methods=("POST",))
def part_assign(request: HttpRequest, actor: Actor, pk: int, sub_step: str) -> HttpResponse:
    """Let a colleague take care of a part."""
    report = own_report_or_404(actor, pk)
    try:
        services.assign(
            actor=actor,
            report_id=report.pk,
            sub_step=sub_step,
            person_id=number_in(request.POST, "person"),
            now=clock.now(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return done(request, "report_overview", pk)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def report_check(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What is missing, each with a link; and what would make the year green."""
    report = own_report_or_404(actor, pk)
    if not queries.is_editable(report):
        return done(request, "report_overview", pk)
    state = queries.state_of(report)
    found = completeness.findings(state)
    pack = state.pack
    path = queries.path_of(state, clock.today())
    estimate = state.standing.estimate(pack)
    groups = {severity: [] for severity in completeness.Severity}  # type: ignore[var-annotated]
    for finding in found:
        about = finding.about.in_(get_language()) if finding.about else ""
        sentence = finding.sentence.in_(get_language()) if hasattr(finding.sentence, "in_") else finding.sentence
        groups[finding.severity].append(
            {"sentence": sentence, "about": about, "url": presentation.finding_url(report, finding)}
        )
    context = {
        "report": report,
        "submit": groups[completeness.Severity.SUBMIT],
        "green": groups[completeness.Severity.GREEN],
        "advice": groups[completeness.Severity.ADVICE],
        "estimate": estimate,
        "rule": pack.rule(report.situation, report.report_year),
        "path": path,
        "todo": presentation.todo_rows(report, pack, path, get_language()),
        "too_late": presentation.too_late_rows(report, report.year, pack, path, get_language()),
        "may_submit": queries.submit_verdict(actor, report, found),
    }
    return show(request, "reporting/report_check.html", context)
