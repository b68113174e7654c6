"""The questionnaire behind a link: one page per question, for a phone, without an account and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import moment
from toetssteen.foundation.pages import Refused, page, refusals_on, show
from toetssteen.inquiries import forms, limits, presentation, queries, services
from toetssteen.inquiries.services.replying import ATTACHMENT_BYTES

Inner = Callable[[HttpRequest, Actor, str, queries.Sheet], HttpResponse]


def _behind(request: HttpRequest, actor: Actor, token: str, inner: Inner) -> HttpResponse:
    """Open the link and answer in its language; a link that does not work looks the same whatever the reason."""
    address = str(get_adapter(request).get_client_ip(request) or "")
    if limits.too_many_misses(address):
        return _private(show(request, "inquiries/reply_wait.html", status=429))
    sheet = queries.sheet_by_token(token, clock.now())
    if sheet is None:
        limits.note_miss(address)
        return _private(show(request, "inquiries/reply_dead.html", status=404))
    if request.method == "POST" and not limits.may_write(token):
        return _private(show(request, "inquiries/reply_wait.html", status=429))
    with translation.override(sheet.inquiry.language):
        try:
            response = inner(request, actor, token, sheet)
        except Refused as refused:
            response = show(request, "inquiries/reply_refused.html", {"sentence": str(refused.verdict)}, status=409)
        response["Content-Language"] = sheet.inquiry.language
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """Kept nowhere, found by no search engine, and its address is told to no other site."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response._has_been_logged = True  # type: ignore[attr-defined]  # the address of a link is not for the log
    return response


def _page(
    request: HttpRequest, template: str, token: str, sheet: queries.Sheet, context: dict[str, Any] | None = None
) -> HttpResponse:
    basis = {"token": token, "sheet": sheet, "inquiry": sheet.inquiry, "choices": presentation.languages(sheet)}
    return show(request, f"inquiries/{template}.html", basis | (context or {}))


@page(Audience.PUBLIC)
def reply_start(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Who asks, about which stone, what happens with the answer; then the first question, or what was sent."""
    return _behind(request, actor, token, _start)


def _start(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet) -> HttpResponse:
    if sheet.is_sent:
        return redirect("reply_receipt", token)
    if request.method == "POST":
        services.begin(actor=actor, token=token, now=clock.now())
        if sheet.earlier_on:
            return redirect("reply_earlier", token)
        row = sheet.first_open
        return redirect("reply_question", token, row.question.id) if row else redirect("reply_check", token)
    return _page(request, "reply_start", token, sheet)


@page(Audience.PUBLIC, methods=("POST",))
def reply_language(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Go on in another language."""
    return _behind(request, actor, token, _language)


def _language(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet) -> HttpResponse:
    language = request.POST.get("language", "")
    if language in sheet.questionnaire.languages:
        services.choose_language(actor=actor, token=token, language=language, now=clock.now())
    to = request.POST.get("question", "")
    return redirect("reply_question", token, to) if sheet.row(to) else redirect("reply_start", token)


@page(Audience.PUBLIC)
def reply_earlier(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """You answered before: start from that, or start empty."""
    return _behind(request, actor, token, _earlier)


def _earlier(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet) -> HttpResponse:
    if sheet.earlier_on is None:
        return redirect("reply_start", token)
    if request.method == "POST":
        take = request.POST.get("take") == "yes"
        services.take_over_earlier(actor=actor, token=token, take=take, now=clock.now())
        if take:
            return redirect("reply_check", token)
        return redirect("reply_question", token, sheet.rows[0].question.id)
    return _page(request, "reply_earlier", token, sheet)


@page(Audience.PUBLIC)
def reply_question(request: HttpRequest, actor: Actor, token: str, question: str) -> HttpResponse:
    """One question."""

    def inner(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet) -> HttpResponse:
        return _question(request, actor, token, sheet, question)

    return _behind(request, actor, token, inner)


def _question(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet, question: str) -> HttpResponse:
    if sheet.is_sent:
        return redirect("reply_receipt", token)
    row = sheet.row(question)
    if row is None:
        raise Http404
    more = "more" in request.POST
    rows = _row_count(request) + more
    form = forms.ReplyForm(
        request.POST or None, question=row.question, questionnaire=sheet.questionnaire, given=row.given, rows=rows
    )
    silent = request.headers.get("X-Autosave") == "1"
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if form.answer().is_answered or row.given.is_answered:
                services.save_reply(
                    actor=actor, token=token, question_id=question, given=form.answer(), now=clock.now()
                )
            if silent:
                return HttpResponse(moment(clock.now()), content_type="text/plain; charset=utf-8")
            if not more:
                return _onward(request, token, row)
    if silent:
        return HttpResponse(status=422)
    context = {"row": row, "form": form, "more": more, "before": sheet.before(row)}
    return _page(request, "reply_question", token, sheet, context)


def _row_count(request: HttpRequest) -> int:
    asked = request.POST.get("rows", "")
    return min(int(asked), 50) if asked.isdigit() else 0


def _onward(request: HttpRequest, token: str, row: queries.SheetQuestion) -> HttpResponse:
    """To the next question that fits now, back to the overview if one came from there, or to the files."""
    if request.POST.get("back") == "check":
        return redirect("reply_check", token)
    sheet = queries.sheet_by_token(token, clock.now())
    now_row = sheet.row(row.question.id) if sheet else None
    following = sheet.after(now_row) if sheet and now_row else None
    return redirect("reply_question", token, following.question.id) if following else redirect("reply_files", token)


@page(Audience.PUBLIC)
def reply_files(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Photos and documents with the answer; they may be left out."""
    return _behind(request, actor, token, _files)


def _files(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet) -> HttpResponse:
    if sheet.is_sent:
        return redirect("reply_receipt", token)
    remove = request.POST.get("remove", "")
    if remove.isdigit():
        services.remove_attachment(actor=actor, token=token, attachment_id=int(remove), now=clock.now())
        return redirect("reply_files", token)
    form = forms.AttachmentForm(request.POST or None, request.FILES or None, limit=ATTACHMENT_BYTES)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.add_attachment(actor=actor, token=token, upload=form.cleaned_data["upload"], now=clock.now())
            return redirect("reply_files", token)
    return _page(request, "reply_files", token, sheet, {"form": form})


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def reply_file(request: HttpRequest, actor: Actor, token: str, pk: int) -> HttpResponse | FileResponse:
    """One file of one's own answer."""

    def inner(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet) -> HttpResponse:
        return presentation.download(queries.attachment_for_respondent(token, pk, clock.now()))  # type: ignore[return-value]

    return _behind(request, actor, token, inner)


@page(Audience.PUBLIC)
def reply_check(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Everything that was answered, the question about sharing, and sending."""
    return _behind(request, actor, token, _check)


def _check(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet) -> HttpResponse:
    if sheet.is_sent:
        return redirect("reply_receipt", token)
    form = forms.ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.send_replies(
                actor=actor, token=token, may_share=form.cleaned_data["may_share"] == "yes", now=clock.now()
            )
            return redirect("reply_receipt", token)
    context = {"form": form, "answers": presentation.answer_rows(sheet.questionnaire, sheet.rows)}
    return _page(request, "reply_check", token, sheet, context)


@page(Audience.PUBLIC)
def reply_refuse(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Say that one does not want to answer."""
    return _behind(request, actor, token, _refuse)


def _refuse(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet) -> HttpResponse:
    if sheet.is_sent:
        return redirect("reply_receipt", token)
    form = forms.RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.refuse(actor=actor, token=token, reason=form.cleaned_data["reason"], now=clock.now())
            return redirect("reply_receipt", token)
    return _page(request, "reply_refuse", token, sheet, {"form": form})


@page(Audience.PUBLIC)
def reply_receipt(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """What was sent and when, to read back, with the choice about sharing."""
    return _behind(request, actor, token, _receipt)


def _receipt(request: HttpRequest, actor: Actor, token: str, sheet: queries.Sheet) -> HttpResponse:
    if not sheet.is_sent:
        return redirect("reply_start", token)
    if request.method == "POST":
        may_share = request.POST.get("may_share") == "yes"
        services.change_sharing(actor=actor, token=token, may_share=may_share, now=clock.now())
        return redirect("reply_receipt", token)
    return _page(
        request, "reply_receipt", token, sheet, {"answers": presentation.answer_rows(sheet.questionnaire, sheet.rows)}
    )
