"""The help desk: asking, answering, and the questions and answers for everybody."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, Refused, demand, page, refusals_on, show
from toetssteen.library import forms, permissions, queries, services, shelf

PER_PAGE = 50


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def library_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The guides, sheets and analyses that are meant for the reader."""
    pack = queries.current_pack(clock.today())
    form = forms.LibraryForm(request.GET, options=shelf.choices(actor, pack) if pack else ([], [], []))
    rows = shelf.shelf(actor, pack, **form.wanted()) if pack else []
    return show(request, "library/library_list.html", {"form": form, "rows": rows})


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def faq_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Questions and answers for everybody, by step, to be searched."""
    words = request.GET.get("q", "")[:80]
    rows = queries.faqs(actor, search=words)
    context = {
        "form": forms.SearchForm({"q": words}),
        "rows": rows,
        "words": words,
        "can_ask": permissions.can_ask_help(actor),
        "can_publish": permissions.can_publish_faq(actor),
    }
    return show(request, "library/faq_list.html", context)


@page(Audience.SIGNED_IN)
def help_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the own organisation asked, and a new question; it remembers from which page somebody came."""
    came_from = _address(request, request.POST.get("from") or request.GET.get("from", ""))
    form = forms.AskForm(request.POST or None)
    verdict = permissions.can_ask_help(actor)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.ask_help(actor=actor, text=form.cleaned_data["text"], page=came_from, now=clock.now())
            messages.success(request, _("Your question has been sent. You get a mail when it is answered."))
            return redirect("help_list")
    rows = Paginator(queries.own_help_questions(actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "verdict": verdict, "page": rows, "came_from": came_from}
    return show(request, "library/help_list.html", context)


@page(Audience.SIGNED_IN)
def help_question(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One question with its answer; the secretariat answers here, who asked may take it back."""
    question = get_object_or_404(queries.help_questions(actor), pk=pk)
    may_answer = permissions.can_answer_help(actor, question)
    given = {"answer": question.answer, "row_version": question.row_version}
    form = forms.AnswerForm(request.POST if "answer" in request.POST else None, initial=given)
    if request.method == "POST" and "withdraw" in request.POST:
        try:
            services.withdraw_help(actor=actor, question_id=pk, now=clock.now())
        except Refused as refused:
            messages.error(request, str(refused.verdict))
            return redirect("help_question", pk)
        messages.success(request, _("Your question has been taken back."))
        return redirect("help_list")
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.answer_help(actor=actor, question_id=pk, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The answer has been sent."))
            return redirect("help_question", pk)
    context = {
        "question": question,
        "form": form if may_answer else None,
        "may_withdraw": permissions.can_withdraw_help(actor, question),
        "may_publish": permissions.can_publish_faq(actor),
    }
    return show(request, "library/help_question.html", context)


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def help_queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The questions that wait for the secretariat."""
    state = request.GET.get("state", "open")
    words = request.GET.get("q", "")[:80]
    rows = Paginator(queries.help_queue(actor, state=state, search=words), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": forms.QueueForm({"state": state, "q": words}), "page": rows, "state": state, "words": words}
    return show(request, "library/help_queue.html", context)


@page(Audience.SECRETARIAT)
def faq_edit(request: HttpRequest, actor: Actor, pk: int | None = None) -> HttpResponse:
    """Write a question and answer for everybody, or change one; a question from the help desk can be the start."""
    demand(permissions.can_publish_faq(actor))
    known = None
    initial: dict[str, object] = {}
    if pk is not None:
        known = queries.faq(actor, pk)
        if known is None:
            raise Http404
        fields = ("question_nl", "question_en", "answer_nl", "answer_en", "step", "row_version")
        initial = {name: getattr(known, name) for name in fields}
    elif request.GET.get("question", "").isdigit():
        start = queries.help_questions(actor).filter(pk=int(request.GET["question"])).first()
        if start is not None:
            initial = {"question_nl": start.text[:300], "answer_nl": start.answer}
    form = forms.FaqForm(request.POST or None, initial=initial, steps=_steps())
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            version = form.cleaned_data.pop("row_version")
            text = services.FaqText(**form.cleaned_data)
            services.save_faq(actor=actor, text=text, faq_id=pk, row_version=version, now=clock.now())
            messages.success(request, _("Everybody can read this question and answer now."))
            return redirect("faq_list")
    return show(request, "library/faq_edit.html", {"form": form, "known": known})


@page(Audience.SECRETARIAT, methods=("POST",))
def faq_withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a question and answer away from the public list."""
    if queries.faq(actor, pk) is None:
        raise Http404
    services.withdraw_faq(actor=actor, faq_id=pk, now=clock.now())
    messages.success(request, _("Only the secretariat sees this now. Save it again to bring it back."))
    return redirect("faq_list")


def _steps() -> list[tuple[int, str]]:
    """The steps of the framework of the current year."""
    language = get_language() or "nl"
    return [(number, f"{number} {title.in_(language)}") for number, title in queries.step_titles(clock.today())]


def _address(request: HttpRequest, address: str) -> str:
    """An address of this site, or nothing."""
    fine = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    return address[:200] if fine else ""
