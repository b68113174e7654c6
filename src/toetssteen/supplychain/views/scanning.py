"""State of which chains the risks were looked at, over all themes; in one act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, done, page, refusals_on, show
from toetssteen.supplychain import forms, permissions, queries, scanning
from toetssteen.supplychain.views.ground import Ground
from toetssteen.supplychain.views.moments import seen_in


@page(Audience.MEMBER)
def chain_scan(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The chains from outside the free area whose risks were not looked at since the year began."""
    ground, company = Ground.now(), actor.company_id or 0
    verdict = permissions.can_add_chain(actor, company)
    if not verdict:
        raise Refused(verdict)
    form = forms.ScanForm(request.POST or None, initial={"on": ground.today})
    rows = queries.chains_to_scan(actor, company, pack=ground.pack, on=ground.on, since=ground.year.starts_on)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            scanned = scanning.record_risk_scan(
                actor=actor, organisation_id=company, seen=seen_in(request.POST.getlist("chain")),
                on=form.cleaned_data["on"], now=clock.now(),
            )  # fmt: skip
            words = ngettext(
                "You looked at the risks of %(n)s chain.", "You looked at the risks of %(n)s chains.", len(scanned)
            )
            messages.success(request, words % {"n": len(scanned)})
            return done(request, "chain_list")
    return show(request, "supplychain/chain_scan.html", {"form": form, "rows": rows, "year": ground.year})
