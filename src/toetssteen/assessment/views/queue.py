"""The work queue, and who takes what."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from toetssteen.assessment import forms, presentation, queries, services
from toetssteen.core.access import Actor
from toetssteen.covenant.queries import years
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, Refused, done, page, refusals_on, show
from toetssteen.library.queries import open_help_count

PER_PAGE = 50


@page(Audience.SECRETARIAT)
def work_queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Which reports wait, how long, and who has them; a report can be taken from here."""
    if request.method == "POST":
        return _take(request, actor)
    today = clock.today()
    form = forms.QueueFilterForm(request.GET or None, years=years())
    number = queries.queue_page(
        actor, today=today, filters=form.filters(), sort=request.GET.get("sort") or "age",
        number=request.GET.get("page"), per_page=PER_PAGE,
    )  # fmt: skip
    context = {
        "form": form,
        "page": number,
        "rows": [(row, presentation.queue_note(row)) for row in number],
        "total": number.paginator.count,
        "filtered": any(form.filters().values()),
        "actor_id": actor.person_id,
        "asked": open_help_count(actor),
    }
    return show(request, "assessment/work_queue.html", context)


def _take(request: HttpRequest, actor: Actor) -> HttpResponse:
    chosen = request.POST.get("take", "")
    if not chosen.isdigit() or not queries.file_exists(actor, int(chosen)):
        raise Http404
    try:
        services.take_report(actor=actor, report_id=int(chosen), now=clock.now())
    except (Refused, ValidationError) as refused:
        messages.error(request, refused.messages[0] if isinstance(refused, ValidationError) else str(refused.verdict))
        return done(request, "work_queue")
    return done(request, "assess_report", int(chosen))


@page(Audience.SECRETARIAT)
def report_assign(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Hand a report to a colleague of the secretariat."""
    desk = queries.desk(actor, pk, today=clock.today())
    if desk is None:
        raise Http404
    now_with = desk.assessment.assessor_id if desk.assessment else None
    form = forms.AssignForm(request.POST or None, people=queries.assessors(), initial={"assessor": now_with})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.assign_report(
                actor=actor, report_id=pk, assessor_id=form.cleaned_data["assessor"], now=clock.now()
            )
            messages.success(request, _("The report has been handed over."))
            return done(request, "assessment_file", pk)
    return show(request, "assessment/report_assign.html", {"desk": desk, "form": form})
