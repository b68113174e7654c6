"""What may play in the company's chains: take it over, or put it aside with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.risks import forms, presentation, proposals, services
from toetssteen.risks.views.reading import may_write, year_or_404


@page(Audience.MEMBER)
def proposal_list(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """What may play in the company's chains, to take over or to put aside with a reason."""
    assert actor.company_id is not None
    chosen = year_or_404(year)
    pack = covenant.pack_of(chosen)
    rows = proposals.proposals_of(actor, actor.company_id, chosen, pack, clock.today())
    signals = proposals.from_suppliers(actor, actor.company_id)
    context = {
        "year": chosen,
        "rows": presentation.proposal_rows([r for r in rows if r.rejection is None and r.earlier is None], pack),
        "waiting": sum(row.rejection is None and row.earlier is not None for row in rows),
        "rejected": presentation.proposal_rows([row for row in rows if row.rejection is not None], pack),
        "signals": [{**row, "theme": presentation.theme_name(pack, row["theme"])} for row in signals],
        "may_write": may_write(actor, actor.company_id, chosen),
    }
    return show(request, "risks/proposal_list.html", context)


@page(Audience.MEMBER, methods=("POST",))
def proposal_confirm(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Take a proposal over as an own risk."""
    assert actor.company_id is not None
    chosen = year_or_404(year)
    risk = services.confirm_proposal(
        actor=actor,
        organisation_id=actor.company_id,
        year=chosen,
        key=request.POST.get("key", ""),
        pack=covenant.pack_of(chosen),
        language=get_language() or "nl",
        today=clock.today(),
        now=clock.now(),
    )
    messages.success(request, _("The risk is on your list. Look whether everything fits your own case."))
    return done(request, "risk_detail", risk.pk)


@page(Audience.MEMBER)
def proposal_reject(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Put a proposal aside with the reason."""
    assert actor.company_id is not None
    chosen = year_or_404(year)
    pack = covenant.pack_of(chosen)
    key = request.GET.get("key", "")
    rows = proposals.proposals_of(actor, actor.company_id, chosen, pack, clock.today())
    proposal = next((row for row in rows if row.key == key and row.rejection is None), None)
    if proposal is None:  # none was named, or it was decided on meanwhile
        return done(request, "risk_proposals", chosen.number)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.reject_proposal(
                actor=actor, organisation_id=actor.company_id, year=chosen, key=key, pack=pack,
                reason=form.cleaned_data["reason"], today=clock.today(), now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("The proposal was put aside. Your reason is kept."))
            return done(request, "risk_proposals", chosen.number)
    context = {
        "heading": _("Put this proposal aside?"),
        "lead": presentation.theme_name(pack, proposal.theme),
        "what_happens": [
            _("The proposal does not come back by itself for these chains, next year neither."),
            _("Your reason stays readable, and you can undo this."),
            _("The secretariat reads your reason once you hand in your report."),
        ],
        "form": form,
        "action_label": _("Put it aside"),
        "back_url": reverse("risk_proposals", args=[chosen.number]),
        "verdict": may_write(actor, actor.company_id, chosen),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def proposal_undo(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """Put a proposal back on the list."""
    assert actor.company_id is not None
    chosen = year_or_404(year)
    key = request.POST.get("key", "")
    services.undo_rejection(actor=actor, organisation_id=actor.company_id, year=chosen, key=key, now=clock.now())
    return done(request, "risk_proposals", chosen.number)
