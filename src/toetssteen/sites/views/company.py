"""What a company is asked and told about places in its own chains."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.pages import Refused, done, page, show
from toetssteen.sites import permissions, queries, services
from toetssteen.sites.choices import Answer
from toetssteen.sites.views.ground import pack_now


@page(Audience.MEMBER)
def own_places(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Is this the same place? Two things that the company wrote itself, side by side."""
    if request.method == "POST":
        return _act(request, actor)
    skipped = request.GET.get("skip", "")
    desk = queries.company_desk(actor, skip=int(skipped) if skipped.isdigit() else 0)
    levels = {level.id: in_language(level.text) for level in pack_now().coverage_levels}
    context = {
        "desk": desk,
        "level": levels.get(desk.question.level, "") if desk.question else "",
        "notices": queries.company_notices(actor),
        "may_answer": actor.holds_any(permissions.EDITORS, actor.company_id),
    }
    return show(request, "sites/own_places.html", context)


def _act(request: HttpRequest, actor: Actor) -> HttpResponse:
    notice = request.POST.get("seen", "")
    if notice:
        return _seen(request, actor, notice)
    undo = request.POST.get("undo", "")
    pk = queries.own_question_id(actor, undo or request.POST.get("question", ""))
    if pk is None:
        raise Http404
    try:
        if undo:
            services.undo_own_answer(actor=actor, question_id=pk, now=clock.now())
            messages.success(request, _("Your answer was taken back. The question is open again."))
        else:
            answer = request.POST.get("answer", "")
            if answer in Answer.values:
                services.answer_own_question(actor=actor, question_id=pk, answer=answer, now=clock.now())
                messages.success(request, _("Thank you. We remember your answer; you can take it back below."))
    except Refused as refused:
        messages.error(request, str(refused.verdict))
    return done(request, "own_places")


def _seen(request: HttpRequest, actor: Actor, notice: str) -> HttpResponse:
    pk = queries.own_notice_id(actor, notice)
    if pk is None:
        raise Http404
    services.mark_notice_seen(actor=actor, notice_id=pk, now=clock.now())
    return done(request, "own_places")
