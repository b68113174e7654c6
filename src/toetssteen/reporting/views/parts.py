"""A part of the questionnaire on one page, saved with one press."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, StaleRow, done, page, show
from toetssteen.reporting import parts, permissions, services
from toetssteen.reporting.views.overview import own_report_or_404

KEEP = "keep"


@page(Audience.MEMBER)
def part_edit(request: HttpRequest, actor: Actor, pk: int, sub_step: str) -> HttpResponse:
    """All questions of one part: confirm together what still holds, answer the rest."""
    report = own_report_or_404(actor, pk)
    found = parts.part_page(report, sub_step, get_language() or "nl", request.POST or None)
    if found is None:
        raise Http404
    problem = ""
    if request.method == "POST" and found.is_valid():
        try:
            confirmed = services.save_part(
                actor=actor, report_id=report.pk, entered=found.entered(), kept=_kept(request.POST.getlist(KEEP)),
                now=clock.now(),
            )  # fmt: skip
        except StaleRow:
            problem = _("Somebody changed an answer of this part in the meantime. Open that question to see both.")
        except Refused as refused:
            problem = str(refused.verdict)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            _say(request, len(found.entered()), len(confirmed))
            after = found.after
            return done(request, "part_edit", pk, after.id) if after else done(request, "report_check", pk)
    context = {
        "report": report,
        "page": found,
        "part": found.part,
        "problem": problem,
        "may_edit": permissions.can_edit_report(actor, report),
    }
    return show(request, "reporting/part_edit.html", context)


def _kept(values: list[str]) -> dict[str, int]:
    """The answers that were ticked, each with the version that was on the screen."""
    pairs = (value.split(":", 1) for value in values if value.count(":") == 1)
    return {question: int(version) for question, version in pairs if version.isdecimal() and len(version) < 10}


def _say(request: HttpRequest, saved: int, confirmed: int) -> None:
    if confirmed:
        words = ngettext(
            "%(n)s answer of last year was confirmed.", "%(n)s answers of last year were confirmed.", confirmed
        )
        messages.success(request, words % {"n": confirmed})
    if saved:
        messages.success(
            request, ngettext("%(n)s answer was saved.", "%(n)s answers were saved.", saved) % {"n": saved}
        )
