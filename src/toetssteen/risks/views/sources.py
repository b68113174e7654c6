"""How a company knows of a risk: add a source, correct it, take it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.risks import forms, permissions, presentation, queries, services
from toetssteen.risks.views.reading import risk_or_404, year_or_404


def _source_or_404(risk: Any, pk: int) -> Any:
    source = queries.source_of(risk, pk)
    if source is None:
        raise Http404
    return source


@page(Audience.MEMBER)
def risk_source(request: HttpRequest, actor: Actor, pk: int, source: int | None = None) -> HttpResponse:
    """Note one more source of a risk, or correct one, with the file that shows it."""
    risk = risk_or_404(actor, pk)
    known = _source_or_404(risk, source) if source else None
    pack = covenant.pack_of(year_or_404(risk.year_number))
    form = forms.SourceForm(
        request.POST or None,
        request.FILES or None,
        pack=pack,
        evidence=queries.evidence_options(actor, risk.organisation_id),
        initial=presentation.source_initial(known) if known else {},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_source(
                actor=actor,
                risk_id=pk,
                source_id=source,
                data=form.data_in(),
                file=form.file_in(),
                row_version=form.cleaned_data["row_version"],
                now=clock.now(),
            )
            messages.success(request, _("The source was saved."))
            return done(request, "risk_detail", pk)
    context = {
        "form": form,
        "risk": risk,
        "source": known,
        "theme": presentation.theme_name(pack, risk.theme),
        "may_edit": permissions.can_edit_risk(actor, risk),
    }
    return show(request, "risks/risk_source.html", context)


@page(Audience.MEMBER)
def risk_source_remove(request: HttpRequest, actor: Actor, pk: int, source: int) -> HttpResponse:
    """Take a source away, after asking."""
    risk = risk_or_404(actor, pk)
    known = _source_or_404(risk, source)
    if request.method == "POST":
        services.remove_source(actor=actor, risk_id=pk, source_id=source, now=clock.now())
        messages.success(request, _("The source was removed."))
        return done(request, "risk_detail", pk)
    context = {
        "heading": _("Remove this source?"),
        "lead": presentation.source_words(known),
        "what_happens": [
            _("The risk stays, without this source."),
            _("A file that showed it stays among your evidence."),
        ],
        "cannot_undo": True,
        "action_label": _("Remove the source"),
        "back_url": reverse("risk_detail", args=[pk]),
        "verdict": permissions.can_edit_risk(actor, risk),
    }
    return show(request, "foundation/confirm.html", context)
