"""Pages on which a company composes its public report, looks at it as visitors will, and publishes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from toetssteen.communication import forms, judging, permissions, presentation, queries, services
from toetssteen.communication.compose import compose
from toetssteen.communication.sections import BY_ID, LANGUAGES
from toetssteen.communication.selection import Selection, selection_of
from toetssteen.communication.source import Source, source_of
from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show


def _draft_or_404(actor: Actor, number: int) -> Any:
    draft = queries.draft_of(actor, number)
    if draft is None:
        raise Http404
    return draft


def _read(actor: Actor, draft: Any) -> tuple[Source, Selection]:
    return source_of(actor, draft.organisation_id, draft.year), selection_of(draft)


@page(Audience.MEMBER)
def public_report_home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All public reports of the company, and until when the newest one is enough."""
    assert actor.company_id is not None
    today = clock.today()
    year = covenant.current_year(today)
    if request.method == "POST":
        services.start_draft(actor=actor, organisation_id=actor.company_id, year_id=year.pk, now=clock.now())
        return done(request, "public_report_edit", year.number)
    drafts = list(queries.drafts(actor).order_by("-year__number"))
    context = {
        "year": year,
        "drafts": drafts,
        "has_draft": any(draft.year_id == year.pk for draft in drafts),
        "versions": queries.by_version(queries.own_editions(actor), clock.now()),
        "standing": presentation.standing(queries.standing_of(actor.company_id, year, today)),
        "may_write": permissions.can_write_report(actor, actor.company_id),
    }
    return show(request, "communication/public_report_home.html", context)


@page(Audience.MEMBER)
def public_report_edit(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """The report of a year, part by part: what is in, which criterion it meets, and what is still missing."""
    draft = _draft_or_404(actor, year)
    source, selection = _read(actor, draft)
    language = translation.get_language() or "nl"
    content = compose(source, selection, language if language in LANGUAGES else "en")
    reference = draft.organisation.reference
    length = {"is_short": "yes" if draft.is_short else "no", "row_version": draft.row_version}
    context = {
        "draft": draft,
        "year": draft.year,
        "parts": presentation.parts(source, selection, content),
        "claims": judging.claims(source, selection),
        "length_form": forms.LengthForm(initial=length),
        "fits": presentation.fits_one_page(content),
        "standing": presentation.standing(queries.standing_of(draft.organisation_id, draft.year, clock.today())),
        "versions": queries.by_version(queries.editions_of(reference, draft.year.number), clock.now()),
        "address": queries.address_of(reference, draft.year.number),
        "may_write": permissions.can_write_report(actor, draft.organisation_id),
    }
    return show(request, "communication/public_report_edit.html", context)


@page(Audience.MEMBER, methods=("POST",))
def public_report_length(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """The whole report or one page."""
    draft = _draft_or_404(actor, year)
    form = forms.LengthForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            services.choose_length(actor=actor, draft_id=draft.pk, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Saved. The text that you wrote is kept in both lengths."))
    for error in form.non_field_errors():
        messages.warning(request, str(error))
    return done(request, "public_report_edit", year)


@page(Audience.MEMBER)
def public_report_section(request: HttpRequest, actor: Actor, year: int, section: str) -> HttpResponse:
    """One part of the report: tick what is shown, write your own words, see how it reads."""
    draft = _draft_or_404(actor, year)
    if section not in BY_ID:
        raise Http404
    source, selection = _read(actor, draft)
    form = forms.SectionForm(
        request.POST or None, section=BY_ID[section], selection=selection, source=source,
        initial={"row_version": draft.row_version},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            version = form.cleaned_data["row_version"]
            services.save_section(
                actor=actor, draft_id=draft.pk, section_id=section, data=form.data_in(), row_version=version,
                now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("This part was saved. Nothing of it is public yet."))
            return done(request, f"{reverse('public_report_edit', args=[year])}#{section}")
    context = {
        "draft": draft,
        "year": draft.year,
        "section": BY_ID[section],
        "form": form,
        "criteria": [row for row in judging.judge(source, selection) if row.section == section],
        "claims": [row for row in judging.claims(source, selection) if row.section == section],
        "reads": [
            {"language": language, "section": presentation.section_of(compose(source, selection, language), section)}
            for language in LANGUAGES
        ],
        "may_write": permissions.can_write_report(actor, draft.organisation_id),
    }
    return show(request, "communication/public_report_section.html", context)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def public_report_preview(request: HttpRequest, actor: Actor, year: int, language: str) -> HttpResponse:
    """The report exactly as visitors would read it."""
    draft = _draft_or_404(actor, year)
    if language not in LANGUAGES:
        raise Http404
    source, selection = _read(actor, draft)
    context = {
        "draft": draft,
        "year": draft.year,
        "language": language,
        "codes": LANGUAGES,
        "report": compose(source, selection, language),
        "unwritten": presentation.unwritten(selection, language),
        "claims": judging.claims(source, selection),
    }
    return show(request, "communication/public_report_preview.html", context)


@page(Audience.MEMBER)
def public_report_publish(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """The second look: exactly what becomes public and what stays hidden, and then the company's own yes."""
    draft = _draft_or_404(actor, year)
    source, selection = _read(actor, draft)
    contents = {language: compose(source, selection, language) for language in LANGUAGES}
    written = [language for language in LANGUAGES if not presentation.unwritten(selection, language)]
    initial: dict[str, Any] = {f"digest_{name}": services.digest_of(content) for name, content in contents.items()}
    form = forms.PublishForm(request.POST or None, initial={**initial, "languages": written or ["nl"]})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = services.publish_report(
                actor=actor, draft_id=draft.pk, expected=form.expected(), today=clock.today(), now=clock.now()
            )
            messages.success(
                request, _("Version %(number)s of your report is public now.") % {"number": made[0].number}
            )
            return done(request, "public_report_edit", year)
        form.show_what_is_new()
    context = {
        "draft": draft,
        "year": draft.year,
        "form": form,
        "contents": contents,
        "shown": presentation.shown(source, selection),
        "hidden": presentation.hidden(selection),
        "claims": judging.claims(source, selection),
        "unwritten": {name: presentation.unwritten(selection, name) for name in LANGUAGES},
        "address": queries.address_of(draft.organisation.reference, draft.year.number),
        "verdict": permissions.can_write_report(actor, draft.organisation_id),
        "counts": presentation.counts_later(covenant.current_year(clock.today()), clock.today()),
        "is_first": not queries.editions_of(draft.organisation.reference, draft.year.number),
    }
    return show(request, "communication/public_report_publish.html", context)


@page(Audience.MEMBER)
def public_report_withdraw(request: HttpRequest, actor: Actor, year: int, number: int) -> HttpResponse:
    """Take a published version back, with the reason that visitors read."""
    rows = [row for row in queries.own_editions(actor) if (row.year.number, row.number) == (year, number)]
    if not rows:
        raise Http404
    verdict = permissions.can_withdraw_edition(actor, rows[0])
    form = forms.WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.withdraw_report(
                actor=actor, organisation_id=rows[0].organisation_id, year_number=year, number=number,
                reason=form.cleaned_data["reason"], now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("The version was taken back."))
            return done(request, "public_report_home")
    context = {
        "heading": _("Take version %(number)s back?") % {"number": number},
        "lead": _("Public since %(day)s, about %(year)s.")
        % {"day": presentation.day(rows[0].published_on), "year": rows[0].year},
        "what_happens": presentation.what_withdrawing_does(),
        "cannot_undo": True,
        "form": form,
        "action_label": _("Take it back"),
        "back_url": reverse("public_report_home"),
        "verdict": verdict,
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER, methods=("POST",))
def public_report_pdf(request: HttpRequest, actor: Actor, year: int, number: int) -> HttpResponse:
    """Make the files of a version that are not there once more."""
    assert actor.company_id is not None
    services.make_pdf_again(
        actor=actor, organisation_id=actor.company_id, year_number=year, number=number, now=clock.now()
    )
    messages.success(request, _("The pdf is being made again. Look in about a minute."))
    return done(request, "public_report_home")
