"""The page that says what will happen, and makes it happen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext

from toetssteen.core.access import Actor, Audience
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.organisations.queries import situation_on
from toetssteen.sheets import forms, permissions, policies, queries, services
from toetssteen.sheets.views.ground import Ground, address_of, import_or_404, steps


@page(Audience.MEMBER)
def sheet_take_over(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What is new, changed and gone; the user says what holds for all rows and takes them over."""
    ground, kept = Ground.now(), import_or_404(actor, pk)
    if kept.state not in policies.OPEN:
        return redirect(address_of(kept))
    data = request.POST if request.method == "POST" else None
    form, gone_form = _forms(kept, ground, data)
    if request.method == "POST" and form.is_valid() and gone_form.is_valid():
        seen = request.POST.get("row_version", "")
        with refusals_on(form):
            services.take_over(
                actor=actor,
                import_id=pk,
                row_version=int(seen) if seen.isdigit() else -1,
                frame=form.cleaned_data,
                close=[int(n) for n in request.POST.getlist("close") if n.isdigit()],
                closed_on=gone_form.cleaned_data["closed_on"],
                now=clock.now(),
                today=ground.today,
            )
            return done(request, "sheet_import", pk=pk)
        kept = import_or_404(actor, pk)
    counts = queries.counts_of(kept)
    closing = set(request.POST.getlist("close")) if data else {str(n) for n in kept.closing}
    context = {
        "kept": kept,
        "form": form,
        "gone_form": gone_form,
        "counts": counts,
        "gone": queries.gone_chains(kept, ground.pack) if counts.gone else [],
        "closing": closing,
        "refused": queries.refused_without_day(kept),
        "steps": steps(),
        "verdict": _verdict(actor, kept, counts),
        "rows_url": reverse("sheet_rows", args=[pk]),
    }
    return show(request, "sheets/sheet_take_over.html", context)


def _forms(kept: Any, ground: Ground, data: Any) -> tuple[Any, Any]:
    own = [profile.id for profile in ground.pack.framework.profiles if profile.id in ground.pack.own_situations]
    form = forms.FrameForm(
        data,
        pack=ground.pack,
        today=ground.today,
        otherwise=situation_on(kept.organisation_id, ground.today) or (own[0] if own else ""),
        initial={
            "opened_on": kept.opened_on or ground.on, "asked_on": kept.asked_on, "situation": kept.situation,
        },
    )  # fmt: skip
    needed = queries.refused_without_day(kept)
    form.fields["asked_on"].required = bool(needed)
    if kept.facts.get("own") or not (needed or kept.asked_on):
        del form.fields["asked_on"]
    return form, forms.GoneForm(data, initial={"closed_on": kept.closed_on})


def _verdict(actor: Actor, kept: Any, counts: queries.Counts) -> Any:
    verdict = permissions.can_change_sheet_import(actor, kept)
    if verdict and counts.waiting:
        said = ngettext(
            "Possible as soon as %(n)s row has a choice: mend it, or leave it out.",
            "Possible as soon as %(n)s rows have a choice: mend them, or leave them out.",
            counts.waiting,
        )
        return permissions.no(said % {"n": counts.waiting})
    return verdict
