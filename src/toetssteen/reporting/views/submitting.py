"""Handing the report in, and the frozen report afterwards."""

from __future__ import annotations

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, done, page, show
from toetssteen.reporting import completeness, filed, queries, services, snapshots
from toetssteen.reporting.views.overview import own_report_or_404


@page(Audience.MEMBER)
def report_submit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The last page before handing in: what is frozen, who sees it, what comes next."""
    report = own_report_or_404(actor, pk)
    if not queries.is_editable(report):
        return done(request, "report_overview", pk)
    state = queries.state_of(report)
    found = completeness.findings(state)
    if request.method == "POST":
        try:
            services.submit_report(actor=actor, report_id=report.pk, today=clock.today(), now=clock.now())
        except Refused as refused:
            messages.error(request, str(refused.verdict))
            return done(request, "report_overview", pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return done(request, "report_check", pk)
        messages.success(request, _("Your report was handed in."))
        return done(request, "report_receipt", pk)
    context = {
        "report": report,
        "estimate": state.standing.estimate(state.pack),
        "rule": state.pack.rule(report.situation, report.report_year),
        "may_submit": queries.submit_verdict(actor, report, found),
        "green": [f for f in found if f.severity is completeness.Severity.GREEN],
    }
    return show(request, "reporting/report_submit.html", context)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def report_receipt(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The receipt: when, by whom, and the hash of what was frozen."""
    report = own_report_or_404(actor, pk)
    rows = queries.submissions(actor, report)
    if not rows:
        raise Http404
    return show(request, "reporting/report_receipt.html", {"report": report, "snapshots": rows, "last": rows[-1]})


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def snapshot_page(request: HttpRequest, actor: Actor, pk: int, number: int) -> HttpResponse:
    """The frozen report on one page, to read and to print."""
    snapshot = queries.submission(actor, own_report_or_404(actor, pk), number)
    if snapshot is None:
        raise Http404
    frozen = snapshots.read(snapshot)
    context = {
        "report": snapshot.report,
        "snapshot": snapshot,
        "rows": filed.frozen_rows(frozen, get_language()),
        "chains": filed.frozen_chains(frozen, get_language()),
        "risks": filed.frozen_risks(frozen.pack, frozen.content, get_language()),
        "plan": filed.frozen_plan(frozen, get_language()),
        "results": filed.frozen_results(frozen),
        "publications": filed.frozen_publications(frozen),
        "facts": filed.frozen_facts(frozen, get_language()),
    }
    return show(request, "reporting/snapshot_page.html", context)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def snapshot_file(request: HttpRequest, actor: Actor, pk: int, number: int) -> HttpResponse:
    """The frozen report as a file; the secretariat's own numbers of sites are left out, and the file says so."""
    snapshot = queries.submission(actor, own_report_or_404(actor, pk), number)
    if snapshot is None:
        raise Http404
    text = json.dumps(snapshots.as_file(snapshot), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="report-{report_name(snapshot)}.json"'
    return response


def report_name(snapshot: object) -> str:
    """The name of the file: company number, year and number of the frozen report."""
    report = snapshot.report  # type: ignore[attr-defined]
    return f"{report.organisation.reference}-{report.year.starts_on.year}-{snapshot.number}"  # type: ignore[attr-defined]
