"""The secretariat's questions: one after the other, by keyboard, and the near-certain ones together."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, page, show
from toetssteen.sites import queries, services
from toetssteen.sites.choices import Answer
from toetssteen.sites.views.ground import kind_words, pack_now

AROUND = 6


def _wanted(request: HttpRequest) -> queries.DeskFilters:
    get = request.GET.get
    state = get("state", "open")
    return queries.DeskFilters(
        state=state if state in ("open", "waiting", "answered") else "open",
        country=get("country", ""), level=get("level", ""),
    )  # fmt: skip


def _query(wanted: queries.DeskFilters) -> str:
    words = {"state": wanted.state if wanted.state != "open" else "", "country": wanted.country, "level": wanted.level}
    found = urlencode({key: value for key, value in words.items() if value})
    return f"?{found}" if found else ""


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def site_questions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """On to the first question, or the page that says that there is none."""
    wanted = _wanted(request)
    order = queries.questions_in_order(actor, wanted)
    if order:
        return redirect(reverse("site_question", args=[order[0]]) + _query(wanted))
    context = {"wanted": wanted, "state": queries.registry_state(actor), "countries": queries.countries_asked(actor)}
    return show(request, "sites/site_questions.html", context)


@page(Audience.SECRETARIAT)
def site_question(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One question with both records side by side."""
    wanted = _wanted(request)
    order = queries.questions_in_order(actor, wanted)
    desk = queries.desk(actor, pk, order)
    if desk is None:
        raise Http404
    if request.method == "POST":
        return _answer(request, actor, pk, wanted, desk)
    pack = pack_now()
    kinds = kind_words(pack)
    context = {
        "desk": desk,
        "kinds": [kinds.get(kind, kind) for kind in desk.site.kinds],
        "level": next((level.text for level in pack.coverage_levels if level.id == desk.mention.level), None),
        "wanted": wanted,
        "query": _query(wanted),
        "state": queries.registry_state(actor),
        "countries": queries.countries_asked(actor),
        "certain": len(queries.near_certain(actor)),
    }
    return show(request, "sites/site_question.html", context)


def _answer(request: HttpRequest, actor: Actor, pk: int, wanted: queries.DeskFilters, desk: Any) -> HttpResponse:
    answer = request.POST.get("answer", "")
    if answer not in Answer.values:
        return redirect(request.get_full_path())
    following = queries.next_of(actor, wanted, pk)
    try:
        services.answer_question(actor=actor, question_id=pk, answer=answer, now=clock.now())
    except Refused as refused:
        messages.error(request, str(refused.verdict))
        return redirect(request.get_full_path())
    words = {
        Answer.SAME: _("%(name)s is the same place as %(site)s."),
        Answer.DIFFERENT: _("%(name)s is another place than %(site)s."),
        Answer.UNSURE: _("%(name)s is put aside for later."),
    }[Answer(answer)]
    messages.success(request, words % {"name": desk.mention.name, "site": desk.site.code})
    if following is None or not queries.desk(actor, following, []):
        return redirect(reverse("site_questions") + _query(wanted))
    return redirect(reverse("site_question", args=[following]) + _query(wanted))


@page(Audience.SECRETARIAT)
def site_questions_accept(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The near-certain questions in a list: take away what you doubt, and accept the rest."""
    if request.method == "POST":
        ids = {int(value) for value in request.POST.getlist("question") if value.isdigit()}
        count = services.accept_questions(actor=actor, question_ids=ids, now=clock.now())
        words = ngettext("%(n)s question was accepted.", "%(n)s questions were accepted.", count)
        messages.success(request, words % {"n": count})
        return redirect("site_questions")
    return show(request, "sites/site_questions_accept.html", {"rows": queries.near_certain(actor)})
