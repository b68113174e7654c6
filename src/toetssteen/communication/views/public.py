"""Pages on which everybody reads what a company tells about its due diligence."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from toetssteen.communication import presentation, queries, word
from toetssteen.communication.sections import LANGUAGES
from toetssteen.core.access import Actor
from toetssteen.foundation import clock, files
from toetssteen.foundation.pages import Audience, done, page, show
from toetssteen.foundation.word import CONTENT_TYPE

GONE = 410


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def company_reports(request: HttpRequest, actor: Actor, reference: str) -> HttpResponse:
    """All public reports of one company, newest first."""
    rows = queries.editions_of(reference)
    if not rows:
        raise Http404
    context = {"company": rows[0].organisation, "versions": queries.by_version(rows)}
    return show(request, "communication/company_reports.html", context)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def company_report(request: HttpRequest, actor: Actor, reference: str, year: int, language: str = "") -> HttpResponse:
    """The newest report of a company on a year, in the language asked for or else that of the visitor.

    A version need not be in every language: then the newest one in the language that was asked for, or the newest.
    """
    rows = queries.editions_of(reference, year)
    current = queries.current_of(rows, language or translation.get_language() or "nl")
    if not rows or (language and language not in LANGUAGES):
        raise Http404
    if current is None:
        return _gone(request, rows, rows[0])
    if language and current.language != language:
        current = queries.current_of([row for row in rows if row.language == language], language)
        if current is None:
            return done(request, "company_report", reference, year)
    return _shown(request, rows, queries.edition(reference, year, current.language, current.number))


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def company_report_version(
    request: HttpRequest, actor: Actor, reference: str, year: int, language: str, number: int
) -> HttpResponse:
    """One version, also an older one; of one that was taken back only when and why."""
    found = _edition_or_404(reference, year, language, number)
    rows = queries.editions_of(reference, year)
    if queries.is_withdrawn(found):
        return _gone(request, rows, found)
    return _shown(request, rows, found)


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def company_report_pdf(
    request: HttpRequest, actor: Actor, reference: str, year: int, language: str, number: int
) -> HttpResponse:
    """The PDF of one version, once it was made."""
    found = _standing_or_404(reference, year, language, number)
    kept = getattr(found, "pdf", None)
    return files.sent(kept.file if kept else None, presentation.file_name(found, "pdf"), "application/pdf")  # type: ignore[return-value]


@page(Audience.PUBLIC, methods=("GET", "HEAD"))
def company_report_docx(
    request: HttpRequest, actor: Actor, reference: str, year: int, language: str, number: int
) -> HttpResponse:
    """The Word file of one version."""
    found = _standing_or_404(reference, year, language, number)
    response = HttpResponse(word.as_docx(found.content, queries.address_of(reference, year)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{presentation.file_name(found, "docx")}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _edition_or_404(reference: str, year: int, language: str, number: int) -> Any:
    found = queries.edition(reference, year, language, number)
    if found is None:
        raise Http404
    return found


def _standing_or_404(reference: str, year: int, language: str, number: int) -> Any:
    found = _edition_or_404(reference, year, language, number)
    if queries.is_withdrawn(found):
        raise Http404
    return found


def _shown(request: HttpRequest, rows: list[Any], found: Any) -> HttpResponse:
    """The page; the report on it is marked with its own language."""
    current = queries.current_of(rows, found.language)
    context = {
        "edition": found,
        "report": found.content,
        "company": found.organisation,
        "others": [r for r in rows if r.number == found.number and r.language != found.language],
        "versions": queries.by_version(rows),
        "newest": current if current is not None and current.number != found.number else None,
        "pdf": getattr(found, "pdf", None),
        "pdf_state": queries.pdf_state(found, clock.now()),
    }
    return show(request, "communication/company_report.html", context)


def _gone(request: HttpRequest, rows: list[Any], found: Any) -> HttpResponse:
    context = {"edition": found, "company": found.organisation, "versions": queries.by_version(rows)}
    return show(request, "communication/company_report_gone.html", context, status=GONE)
