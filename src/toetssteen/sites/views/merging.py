"""Merging two sites, splitting mentions off, and undoing both, each with a preview of what changes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, done, page, show
from toetssteen.sites import queries, services
from toetssteen.sites.queries.sides import side_by_side
from toetssteen.sites.views.ground import pack_now, site_or_404


@page(Audience.SECRETARIAT)
def site_merge(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Choose the site that is the same, look at both and at what moves, and merge."""
    site, pack = site_or_404(actor, pk), pack_now()
    chosen = request.POST.get("with") or request.GET.get("with", "")
    other = site_or_404(actor, int(chosen)) if chosen.isdigit() else None
    if request.method == "POST" and other is not None:
        try:
            services.merge_sites(actor=actor, kept_id=pk, gone_id=other.pk, now=clock.now())
        except Refused as refused:
            messages.error(request, str(refused.verdict))
            return done(request, "site_detail", pk)
        words = _("%(gone)s is now part of %(kept)s. You can undo this below.")
        messages.success(request, words % {"gone": other.code, "kept": site.code})
        return done(request, "site_detail", pk)
    search = request.GET.get("q", "").strip()[:120]
    context = {
        "site": site,
        "other": other,
        "search": search,
        "rows": [] if other else queries.like(actor, site, search),
        "lines": side_by_side(site, other) if other else (),
        "p": queries.site_page(actor, pk, pack) if other else None,
        "moving": queries.site_page(actor, other.pk, pack) if other else None,
    }
    return show(request, "sites/site_merge.html", context)


@page(Audience.SECRETARIAT)
def site_split(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Choose the mentions that are another place, look at what moves, and split them off."""
    site_or_404(actor, pk)
    shown = queries.site_page(actor, pk, pack_now())
    sent = request.POST if request.method == "POST" else request.GET
    ids = {int(value) for value in sent.getlist("mention") if value.isdigit()}
    if request.method == "POST":
        try:
            change = services.split_mentions(actor=actor, site_id=pk, mention_ids=ids, now=clock.now())
        except (Refused, ValidationError) as refused:
            words = refused.messages[0] if isinstance(refused, ValidationError) else str(refused.verdict)
            messages.error(request, words)
            return done(request, "site_split", pk)
        count = len(ids)
        words = ngettext(
            "%(n)s mention is now a site of its own. You can undo this below.",
            "%(n)s mentions are now a site of their own. You can undo this below.",
            count,
        )
        messages.success(request, words % {"n": count})
        return done(request, "site_detail", change.gone_id)
    rows = [row for company in shown.companies for row in company.rows if row.mention.pk in ids] if shown else []
    context = {
        "p": shown,
        "site": shown.site if shown else None,
        "chosen": rows,
        "ids": ids,
        "chains": len({chain for row in rows for chain, *_rest in row.chains}),
        "all_of_it": bool(rows) and shown is not None and len(rows) == shown.mention_count,
        "asked": "look" in request.GET,
    }
    return show(request, "sites/site_split.html", context)


@page(Audience.SECRETARIAT, methods=("POST",))
def site_undo(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Put back what an answer, a merge or a split moved."""
    try:
        change = services.undo_change(actor=actor, change_id=pk, now=clock.now())
    except Refused as refused:
        messages.error(request, str(refused.verdict))
        return done(request, "site_questions" if request.POST.get("back") == "desk" else "site_list")
    messages.success(request, _("Everything is back where it was."))
    if request.POST.get("back") == "desk" and change.question_id:
        return done(request, "site_question", change.question_id)
    return done(request, "site_detail", change.kept_id) if change.kept_id else done(request, "site_list")
