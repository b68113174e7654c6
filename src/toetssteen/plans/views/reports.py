"""Pages of reports and pages elsewhere in which a company tells the public about its due diligence."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.plans import forms, permissions, queries, services
from toetssteen.plans.services import publishing


@page(Audience.MEMBER)
def public_report_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The reports and pages in which the company tells the public about its due diligence."""
    assert actor.company_id is not None
    form = forms.PublicReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.add_public_report(
                actor=actor,
                organisation_id=actor.company_id,
                today=clock.today(),
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("The public report was added."))
            return done(request, "public_report_list")
    context = {
        "form": form,
        "reports": queries.public_reports(actor),
        "may_write": permissions.can_write_plan(actor, actor.company_id),
    }
    return show(request, "plans/public_report_list.html", context)


@page(Audience.MEMBER)
def public_report_delete(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a public report off the list, after asking."""
    report = queries.public_reports(actor).filter(organisation_id=actor.company_id or 0, pk=pk).first()
    if report is None:
        raise Http404
    if request.method == "POST":
        services.delete_public_report(actor=actor, public_report_id=pk, now=clock.now())
        messages.success(request, _("The public report was taken off the list."))
        return done(request, "public_report_list")
    context = {
        "heading": _("Take this off the list?"),
        "lead": report.title,
        "what_happens": [_("The platform no longer counts it as public communication.")],
        "cannot_undo": True,
        "action_label": _("Take it off the list"),
        "back_url": reverse("public_report_list"),
        "verdict": permissions.can_write_plan(actor, report.organisation_id) and publishing.may_go(report),
    }
    return show(request, "foundation/confirm.html", context)
