"""Pages about what does not fit in a chain: the company mends or keeps it, the secretariat asks."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, done, page, refusals_on, show
from toetssteen.supplychain import checking, forms, permissions, services
from toetssteen.supplychain.views.ground import Ground

PER_PAGE = 25


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def chain_doubts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What does not fit in the own chains, each with where it is mended."""
    ground = Ground.now()
    every = checking.own_doubts(actor, ground.pack, ground.today)
    context = {
        "page": Paginator([d for d in every if d.checked_at is None], PER_PAGE).get_page(request.GET.get("page")),
        "kept": [d for d in every if d.checked_at is not None],
        "may_edit": permissions.can_add_chain(actor, actor.company_id or 0),
    }
    return show(request, "supplychain/chain_doubts.html", context)


@page(Audience.MEMBER, methods=("POST",))
def chain_keep(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Say that something that does not fit is right as it stands, or take that back."""
    if not permissions.visible_chains(actor).filter(pk=pk).exists():
        raise Http404
    form = forms.KeepForm(request.POST)
    if not form.is_valid():
        raise Http404
    sent = form.cleaned_data
    try:
        if "undo" in request.POST:
            checking.undo_keep(actor=actor, chain_id=pk, kind=sent["kind"], key=sent["key"], now=clock.now())
            messages.success(request, _("The question is open again."))
        elif sent["kind"] == "stale":
            services.confirm_chain(actor=actor, chain_id=pk, on=Ground.now().today, now=clock.now())
            messages.success(request, _("The chain is marked as checked today."))
        else:
            checking.keep_doubt(actor=actor, chain_id=pk, pack=Ground.now().pack, now=clock.now(), **sent)
            messages.success(request, _("Kept as it is. The secretariat sees that you checked it."))
    except Refused as refused:
        messages.error(request, str(refused.verdict))
    return done(request, "chain_doubts")


@page(Audience.SECRETARIAT)
def chain_ask(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Ask a company about something in its chain that does not fit."""
    ground = Ground.now()
    kind, key = request.GET.get("kind", "")[:10], request.GET.get("key", "")[:20]
    doubt = checking.doubt_of(actor, pk, kind, key, ground.pack, ground.today)
    if not kind:  # none was named: choose one in the list
        return done(request, "chain_findings")
    if doubt is None:
        raise Http404
    form = forms.AskForm(request.POST or None, initial={"question": doubt.question})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            asked = form.cleaned_data["question"]
            checking.ask_about_chain(
                actor=actor, chain_id=pk, kind=kind, key=key, question=asked, pack=ground.pack, now=clock.now()
            )
            messages.success(request, _("%(company)s has been asked.") % {"company": doubt.company})
            return done(request, "chain_findings")
    context = {
        "heading": _("Ask %(company)s") % {"company": doubt.company},
        "lead": f"{doubt.chain}: {doubt.text}",
        "what_happens": [
            _("The people who keep the chains get a mail that there is a question, without its content."),
            _("They see it on their home and chain pages, and mend it or say that it is right."),
            _("Their answer stands in your list."),
        ],
        "action_label": _("Ask the company"), "back_url": reverse("chain_findings"), "form": form,
    }  # fmt: skip
    return show(request, "foundation/confirm.html", context)
