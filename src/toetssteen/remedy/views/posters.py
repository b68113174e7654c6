"""Posters with a code: choose, look, print; and the page that everybody sees who scans one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.remedy import forms, permissions, policies, presentation, printing, queries, services
from toetssteen.remedy.views.shared import places_of, year_or_404


@page(Audience.MEMBER)
def poster_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a place and a language; a place that has a poster in that language keeps its code."""
    assert actor.company_id is not None
    year = year_or_404()
    pack = covenant.pack_of(year)
    known = pack.grievance
    places = places_of(actor, year)
    words = presentation.Words.of(pack)
    form = forms.PosterForm(
        request.POST or None,
        initial=_asked_for(request, actor),
        words=words,
        places=places,
        offered=[(text.code, text.name) for text in known.texts] if known else [],
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            poster, is_new = services.make_poster(
                actor=actor,
                organisation_id=actor.company_id,
                data=form.data_in(),
                seen=form.cleaned_data["poster"],
                pack=pack,
                now=clock.now(),
            )
            if not is_new:
                messages.info(request, _("This place had a poster in this language. It keeps its code."))
            return done(request, "poster_detail", poster.pk)
    context = {
        "form": form,
        "may_record": permissions.can_record(actor, actor.company_id),
        "missing": [words.languages[language.code] for language in known.missing] if known else [],
    }
    return show(request, "remedy/poster_add.html", context)


def _asked_for(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """What the link that led here says already: a place, or a poster with everything that stands on it."""
    asked = request.GET.get("poster", "")
    poster = queries.poster(actor, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
    if poster is None:
        return {"place": request.GET.get("place", "")}
    names = ("language", "contact", "shows_place", "shows_company")
    return {name: getattr(poster, name) for name in names} | {"place": poster.key, "poster": poster.pk}


def _poster_or_404(actor: Actor, pk: int) -> tuple[Any, Any, dict[str, Any]]:
    poster = queries.poster(actor, pk)
    if poster is None:
        raise Http404
    pack = covenant.pack_of(year_or_404())
    context = presentation.poster_context(poster, pack)
    if context is None:
        raise Http404
    return poster, pack, context


@page(Audience.MEMBER)
def poster_detail(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A poster as it will hang, with its PDF and what it does not say."""
    poster, pack, context = _poster_or_404(actor, pk)
    context |= {
        "poster": poster,
        "label": presentation.label_of(poster, presentation.Words.of(pack)) if poster.key else "",
        "withheld": presentation.withheld(pack, poster.language),
        "for_report": presentation.for_report(covenant.year_at(clock.today())),
        "reachable": printing.is_reachable(),
        "unknown_reach": [way for way in pack.grievance.reach if not way.known],
        "may_withdraw": permissions.can_withdraw_poster(actor, poster),
    }
    return show(request, "remedy/poster_detail.html", context)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def poster_pdf(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The poster as a PDF of one page; where that cannot be made, how to print it from the browser."""
    poster, _pack, context = _poster_or_404(actor, pk)
    try:
        content = printing.pdf_of(context)
    except printing.NoPrinter:
        return show(request, "remedy/poster_by_browser.html", {"poster": poster}, status=200)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="poster-{poster.code}.pdf"'
    return response


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def poster_print(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Nothing but the poster, to print from the browser."""
    _poster, _pack, context = _poster_or_404(actor, pk)
    return show(request, "remedy/poster_sheet.html", context)


@page(Audience.MEMBER)
def poster_withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a poster off the list, after asking."""
    poster, _pack, _context = _poster_or_404(actor, pk)
    if request.method == "POST":
        services.withdraw_poster(actor=actor, pk=pk, now=clock.now())
        messages.success(request, _("The poster was taken off the list."))
        return done(request, "remedy_overview")
    context = {
        "heading": _("Take this poster off the list?"),
        "what_happens": [
            _("A new poster for this place gets another code."),
            _("Where the old one still hangs, its page keeps explaining how to complain."),
        ],
        "cannot_undo": True,
        "action_label": _("Take it off the list"),
        "back_url": reverse("poster_detail", args=[pk]),
        "verdict": permissions.can_withdraw_poster(actor, poster),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def complain(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """How to complain, for who scans a poster. Nothing is looked up or kept: every code shows the same page.

    So nobody learns from this page which codes there are, and who looks at it leaves no trace.
    """
    pack = covenant.pack_of(year_or_404())
    asked = request.GET.get("l", "")[:3] or policies.language_of_code(code[:40])
    context = presentation.complain_context(pack, asked)
    if context is None:
        raise Http404
    response = HttpResponse(render_to_string("remedy/complain.html", context))
    response["Content-Language"] = context["text"].code
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
