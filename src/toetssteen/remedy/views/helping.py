"""Mechanisms of suppliers and sites, and remedy itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.remedy import forms, permissions, presentation, queries, services
from toetssteen.remedy.choices import Known, Source
from toetssteen.remedy.views.shared import places_of, proof_of, year_or_404


@page(Audience.MEMBER)
def mechanism_edit(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Whether one place has a mechanism of its own, and how it meets the criteria."""
    assert actor.company_id is not None
    year = year_or_404()
    pack = covenant.pack_of(year)
    row = queries.mechanism_at(actor, key)
    place = next((place for place in places_of(actor, year) if place.key == key), None)
    if place is None and row is not None:  # the chain has changed; what is known of the place stays
        place = queries.Place(row.key, row.level, row.name, row.place, row.country)
    if place is None:
        raise Http404
    said = queries.said_by(actor, place.name, pack)
    form = forms.MechanismForm(
        request.POST or None,
        request.FILES or None,
        initial=_known(row) if request.method == "POST" else _taken_over(request, said, _known(row)),
        pack=pack,
        evidence=queries.own_evidence(actor, proof_of(row)),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_mechanism(
                actor=actor,
                organisation_id=actor.company_id,
                place=place,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                pack=pack,
                today=clock.today(),
                now=clock.now(),
            )
            messages.success(request, _("What you know of this place was saved."))
            return done(request, "remedy_overview")
    context = {
        "form": form,
        "place": place,
        "label": presentation.label_of(place, presentation.Words.of(pack)),
        "row": row,
        "judged": queries.judge(row, pack, clock.today()) if row else None,
        "said": said,
        "rule": presentation.works_in_words(pack),
        "may_record": permissions.can_record(actor, actor.company_id),
    }
    return show(request, "remedy/mechanism_edit.html", context)


def _known(row: Any) -> dict[str, Any]:
    if row is None:
        return {"has_one": Known.UNKNOWN}
    found = {n: getattr(row, n) for n in ("has_one", "description", "source", "said_on", "inquiry_id", "row_version")}
    for one in row.judged.all():
        found[f"fit_{one.criterion}"], found[f"sentence_{one.criterion}"] = one.fit, one.sentence
    return found | {"evidence_ids": proof_of(row)}


def _taken_over(request: HttpRequest, said: list[queries.SupplierSaid], known: dict[str, Any]) -> dict[str, Any]:
    """What is known, with the supplier as its source when the reader chose so; yes or no is for the reader to say."""
    asked = request.GET.get("from", "")
    one = next((one for one in said if str(one.inquiry_id) == asked), None)
    if one is None:
        return known
    return known | {
        "has_one": "" if known["has_one"] == Known.UNKNOWN else known["has_one"],
        "description": known.get("description") or one.text[:1000],
        "source": Source.SUPPLIER,
        "said_on": one.said_on,
        "inquiry_id": one.inquiry_id,
    }


@page(Audience.MEMBER)
def remedy_edit(request: HttpRequest, actor: Actor, pk: int | None = None) -> HttpResponse:
    """Record one case of remedy, or change it."""
    assert actor.company_id is not None
    row = queries.remedy(actor, pk) if pk else None
    if pk and row is None:
        raise Http404
    pack = covenant.pack_of(year_or_404())
    themes = {theme.id: in_language(theme.name) for theme in pack.themes}
    risks = [
        (risk.pk, ": ".join(part for part in (themes.get(risk.theme, risk.theme), risk.description[:80]) if part))
        for risk in queries.own_harm(actor.company_id)
    ]
    form = forms.RemedyForm(
        request.POST or None,
        request.FILES or None,
        initial=_case(row) if row else {"known_on": clock.today()},
        risks=risks,
        evidence=queries.own_evidence(actor, proof_of(row)),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.save_remedy(
                actor=actor,
                organisation_id=actor.company_id,
                pk=pk,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                pack=pack,
                today=clock.today(),
                now=clock.now(),
            )
            messages.success(request, _("The remedy was saved."))
            return done(request, "remedy_overview")
    context = {"form": form, "row": row, "may_record": permissions.can_record(actor, actor.company_id)}
    return show(request, "remedy/remedy_edit.html", context)


def _case(row: Any) -> dict[str, Any]:
    names = (
        "harm", "known_on", "risk_id", "for_whom", "role", "done", "agreed", "state", "done_on", "satisfied",
        "row_version",
    )  # fmt: skip
    return {n: getattr(row, n) for n in names} | {"evidence_ids": proof_of(row)}


@page(Audience.MEMBER)
def remedy_remove(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Remove a case of remedy, after asking."""
    row = queries.remedy(actor, pk)
    if row is None:
        raise Http404
    if request.method == "POST":
        services.remove_remedy(actor=actor, pk=pk, now=clock.now())
        messages.success(request, _("The remedy was removed."))
        return done(request, "remedy_overview")
    context = {
        "heading": _("Remove this remedy?"),
        "what_happens": [_("What you recorded about it disappears. The files stay with your evidence.")],
        "cannot_undo": True,
        "action_label": _("Remove the remedy"),
        "back_url": reverse("remedy_edit", args=[pk]),
        "verdict": permissions.can_record(actor, row.organisation_id),
    }
    return show(request, "foundation/confirm.html", context)
