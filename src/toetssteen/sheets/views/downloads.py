"""Spreadsheets to take away: the own chains, an empty one to start with, and rows that are wrong."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation.pages import demand, page
from toetssteen.sheets import exports, permissions
from toetssteen.sheets.views.ground import Ground, import_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _language() -> str:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def sheet_export(request: HttpRequest, actor: Actor, ending: str) -> HttpResponse:
    """The open chains of the own company, in a form that can be changed and uploaded again."""
    ground, language = Ground.now(), _language()
    if ending == "xlsx":
        content = exports.chains_workbook(actor, actor.company_id or 0, ground.pack, language)
        return _file(content, "ketens.xlsx" if language == "nl" else "chains.xlsx", XLSX)
    if ending == "csv":
        text = exports.chains_csv(actor, actor.company_id or 0, ground.pack, language)
        name = "ketens.csv" if language == "nl" else "chains.csv"
        return _file(text.encode("utf-8-sig"), name, "text/csv; charset=utf-8")
    raise Http404


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def sheet_template(request: HttpRequest, actor: Actor) -> HttpResponse:
    """An empty spreadsheet with the right columns and lists to choose from."""
    demand(permissions.can_upload_sheet(actor, actor.company_id or 0))
    content = exports.template_workbook(Ground.now().pack, _language())
    return _file(content, "toetssteen-ketens.xlsx" if _language() == "nl" else "toetssteen-chains.xlsx", XLSX)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def sheet_wrong(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The rows that are wrong, with their own columns and one more that says what is wrong."""
    kept = import_or_404(actor, pk)
    if kept.wiped_at is not None:
        raise Http404
    return _file(exports.wrong_rows(kept), "na-te-kijken.xlsx" if _language() == "nl" else "to-mend.xlsx", XLSX)
