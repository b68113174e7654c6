"""The help desk: asking, answering, and the questions and answers for everybody."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Audience, Refused, demand, page, refusals_on, show
from toetssteen.library import forms, permissions, queries, services
from toetssteen.library.asked_from import asked_from, question_of, safe_page
from toetssteen.library.naming import without_names
from toetssteen.library.words import seems_english

PER_PAGE = 50


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def faq_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Questions and answers for everybody, by step, to be searched."""
    words, step = request.GET.get("q", "").strip()[:80], request.GET.get("step", "")
    rows = queries.faqs(actor, search=words, step=int(step) if step.isdigit() and len(step) < 3 else None)
    context = {
        "form": forms.FaqSearchForm({"q": words, "step": step}, steps=_steps()),
        "rows": rows,
        "words": words,
        "filtered": bool(words or step),
        "opened": request.GET.get("id", ""),
        "can_ask": permissions.can_ask_help(actor),
        "can_publish": permissions.can_publish_faq(actor),
    }
    return show(request, "library/faq_list.html", context)


@page(Audience.SIGNED_IN)
def help_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the own organisation asked, and a new question; it remembers from which page somebody came."""
    came_from = safe_page(request.POST.get("from") or request.GET.get("from", ""))
    form = forms.AskForm(request.POST or None)
    verdict = permissions.can_ask_help(actor)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.ask_help(actor=actor, text=form.cleaned_data["text"], page=came_from, now=clock.now())
            messages.success(request, _("Your question has been sent. You get a mail when it is answered."))
            return redirect(reverse("help_list") + (f"?{urlencode({'from': came_from})}" if came_from else ""))
    pack = queries.current_pack(clock.today())
    rows = Paginator(queries.own_help_questions(actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "verdict": verdict,
        "page": rows,
        "came_from": came_from,
        "asked_from": asked_from(actor, came_from, pack),
        "faqs_here": queries.faqs_about(actor, question_of(came_from)) if came_from else [],
        "new_answers": queries.new_answers(actor),
        "taken_back": queries.own_help_questions(actor, withdrawn=True)[:PER_PAGE],
    }
    return show(request, "library/help_list.html", context)


def _deed(request: HttpRequest) -> tuple[Any, str]:
    """What the button on the page of a question means, and what is said afterwards."""
    deeds = {
        "withdraw": (services.withdraw_help, _("Your question has been taken back. Below you can ask it after all.")),
        "restore": (services.restore_help, _("Your question has been asked again.")),
        "read": (services.read_answer, _("The answer no longer stands as new.")),
    }
    return next((deed for name, deed in deeds.items() if name in request.POST), (None, ""))


@page(Audience.SIGNED_IN)
def help_question(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One question with its answer; the secretariat answers here, who asked may take it back."""
    question = get_object_or_404(queries.help_questions(actor), pk=pk)
    deed, said = _deed(request)
    if deed is not None:
        try:
            deed(actor=actor, question_id=pk, now=clock.now())
        except Refused as refused:
            messages.error(request, str(refused.verdict))
            return redirect("help_question", pk)
        messages.success(request, said)
        return redirect("help_list")
    given = {"answer": question.answer, "row_version": question.row_version}
    form = forms.AnswerForm(request.POST if "answer" in request.POST else None, initial=given)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.answer_help(actor=actor, question_id=pk, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The answer has been sent."))
            return redirect("help_question", pk)
    context = {
        "question": question,
        "asked_from": asked_from(actor, question.page, queries.current_pack(clock.today())),
        "form": form if permissions.can_answer_help(actor, question) else None,
        "may_withdraw": permissions.can_withdraw_help(actor, question),
        "may_restore": permissions.can_restore_help(actor, question),
        "may_read": permissions.can_read_answer(actor, question),
        "may_publish": permissions.can_publish_faq(actor),
        "shared": queries.faq(actor, question.shared_as_id) if question.shared_as_id else None,
    }
    return show(request, "library/help_question.html", context)


@page(Audience.SECRETARIAT, methods=("GET", "HEAD"))
def help_queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The questions that wait for the secretariat."""
    state = request.GET.get("state", "open")
    words = request.GET.get("q", "")[:80]
    rows = Paginator(queries.help_queue(actor, state=state, search=words), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": forms.QueueForm({"state": state, "q": words}),
        "page": rows,
        "state": state,
        "words": words,
        "waiting": queries.open_help_count(actor),
    }
    return show(request, "library/help_queue.html", context)


@page(Audience.SECRETARIAT)
def faq_edit(request: HttpRequest, actor: Actor, pk: int | None = None) -> HttpResponse:
    """Write a question and answer for everybody, or change one; a question from the help desk can be the start."""
    demand(permissions.can_publish_faq(actor))
    known, start = queries.faq(actor, pk) if pk is not None else None, _start(request, actor)
    if pk is not None and known is None:
        raise Http404
    fields = ("question_nl", "question_en", "answer_nl", "answer_en", "step", "about", "row_version")
    initial = {name: getattr(known, name) for name in fields} if known else _draft(start)
    form = forms.FaqForm(request.POST or None, initial=initial, steps=_steps(), questions=_questions())
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            version = form.cleaned_data.pop("row_version")
            form.cleaned_data.pop("is_read")
            text = services.FaqText(**form.cleaned_data)
            saved = services.save_faq(
                actor=actor,
                text=text,
                faq_id=pk,
                row_version=version,
                help_id=start.pk if start else None,
                now=clock.now(),
            )
            messages.success(request, _("Everybody can read this question and answer now."))
            return redirect(f"{reverse('faq_list')}?id={saved.pk}#faq-{saved.pk}")
    return show(request, "library/faq_edit.html", {"form": form, "known": known, "start": start})


def _start(request: HttpRequest, actor: Actor) -> Any:
    """The question to the help desk that a text for everybody begins with."""
    number = request.GET.get("question", "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    return queries.help_questions(actor).filter(pk=int(number)).first()


def _draft(start: Any) -> dict[str, Any]:
    """A first text without the names that are known, in the language in which it was asked."""
    if start is None:
        return {}
    language = "en" if seems_english(start.text) else "nl"
    return {
        f"question_{language}": without_names(start.text, start)[:300],
        f"answer_{language}": without_names(start.answer, start),
        "about": question_of(start.page),
    }


@page(Audience.SECRETARIAT, methods=("POST",))
def faq_withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a question and answer away from the public list."""
    if queries.faq(actor, pk) is None:
        raise Http404
    services.withdraw_faq(actor=actor, faq_id=pk, now=clock.now())
    messages.success(request, _("Only the secretariat sees this now. You can bring it back below."))
    return redirect(f"{reverse('faq_list')}?id={pk}#faq-{pk}")


@page(Audience.SECRETARIAT, methods=("POST",))
def faq_restore(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Let everybody read a question and answer again."""
    if queries.faq(actor, pk) is None:
        raise Http404
    services.restore_faq(actor=actor, faq_id=pk, now=clock.now())
    messages.success(request, _("Everybody can read this question and answer now."))
    return redirect(f"{reverse('faq_list')}?id={pk}#faq-{pk}")


def _steps() -> list[tuple[int, str]]:
    """The steps of the framework of the current year."""
    language = get_language() or "nl"
    return [(number, f"{number} {title.in_(language)}") for number, title in queries.step_titles(clock.today())]


def _questions() -> list[tuple[str, str]]:
    """The questions of the questionnaire of the current year."""
    language = get_language() or "nl"
    rows = queries.question_titles(clock.today())
    return [(question_id, f"{number} {text.in_(language)}"[:110]) for question_id, number, text in rows]
