"""Closing a site, with what that undoes, and opening it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, done, page, refusals_on, show
from toetssteen.sites import forms, queries, services
from toetssteen.sites.views.ground import site_or_404


@page(Audience.SECRETARIAT)
def site_close(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What closing this site undoes, and the form to record it."""
    site = site_or_404(actor, pk)
    today = clock.today()
    year = current_year(today)
    effect = queries.closing_effect(actor, site, pack=pack_of(year), year=year, today=today)
    named = [(company.id, company.name) for company in effect.companies if company.has_mention]
    form = forms.ClosingForm(request.POST or None, companies=named, initial={"closed_on": today})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.close_site(actor=actor, site_id=pk, data=form.closing_data(), now=clock.now())
            messages.success(request, _("%(site)s is recorded as closed.") % {"site": site.name})
            return done(request, "site_detail", pk)
    context = {"site": site, "form": form, "effect": effect, "year": year}
    return show(request, "sites/site_close.html", context)


@page(Audience.SECRETARIAT, methods=("POST",))
def site_reopen(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Undo the closing of a site."""
    site = site_or_404(actor, pk)
    try:
        services.reopen_site(actor=actor, site_id=pk, now=clock.now())
        messages.success(request, _("%(site)s is recorded as open again.") % {"site": site.name})
    except Refused as refused:
        messages.error(request, str(refused.verdict))
    return done(request, "site_detail", pk)
