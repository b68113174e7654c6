"""What a company made known, at which places; and the same for the secretariat, to read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.foundation.pages import done, page, refusals_on, show
from toetssteen.remedy import forms, permissions, presentation, queries, services
from toetssteen.remedy.views.shared import places_of, proof_of, year_or_404

PLACES_ON_A_PAGE = 12


def _overview(actor: Actor, organisation_id: int, year: Any, at: str, only_open: bool = False) -> dict[str, Any]:
    pack = covenant.pack_of(year)
    today, every = clock.today(), covenant.years()
    running = queries.running_since(every, year, today)
    found = queries.overview(actor, organisation_id, year, today, running)
    words = presentation.Words.of(pack)
    return {
        "year": year,
        "years": [one for one in every if one.number != year.number and one.starts_on <= today],
        "for_later": presentation.for_report(running.year) if running else "",
        "found": found,
        "grievance": pack.grievance,
        "page": Paginator(presentation.lines(found, words, only_open), PLACES_ON_A_PAGE).get_page(at),
        "records": presentation.records(found.records, words, year, every),
        "rule": presentation.works_in_words(pack),
        "only_open": only_open,
    }


@page(Audience.MEMBER)
def remedy_overview(request: HttpRequest, actor: Actor, year: int | None = None) -> HttpResponse:
    """Whether people in the company's chains can complain: what was made known, posters, mechanisms, remedy."""
    chosen = year_or_404(year)
    assert actor.company_id is not None
    context = _overview(actor, actor.company_id, chosen, request.GET.get("page", ""), request.GET.get("show") == "open")
    context |= {
        "next": presentation.next_step(context["found"]) if year is None or chosen == year_or_404() else None,
        "may_record": permissions.can_record(actor, actor.company_id),
    }
    return show(request, "remedy/remedy_overview.html", context)


@page(Audience.SECRETARIAT)
def company_remedy(request: HttpRequest, actor: Actor, organisation: int, year: int | None = None) -> HttpResponse:
    """What one company recorded about complaints and remedy, as the secretariat reads it."""
    company = queries.company(actor, organisation)
    if company is None:
        raise Http404
    chosen = year_or_404(year)
    context = _overview(actor, organisation, chosen, request.GET.get("page", "")) | {"company": company}
    pack = covenant.pack_of(chosen)
    context["mechanisms"] = [
        {"place": row.place, "judged": row.judged, "criteria": presentation.criteria(pack, row.judged)}
        for row in context["found"].rows
        if row.judged is not None
    ] + [
        {"place": one.row, "judged": one, "criteria": presentation.criteria(pack, one), "has_left": True}
        for one in context["found"].elsewhere
    ]
    return show(request, "remedy/company_remedy.html", context)


@page(Audience.MEMBER)
def made_known_edit(request: HttpRequest, actor: Actor, pk: int | None = None) -> HttpResponse:
    """Record once what reached several places, or change it."""
    assert actor.company_id is not None
    row = queries.record(actor, pk) if pk else None
    if pk and row is None:
        raise Http404
    year = year_or_404()
    pack, running = covenant.pack_of(year), queries.running_since(covenant.years(), year, clock.today())
    places = places_of(actor, year)
    if row is not None:  # what was recorded stays to choose, also when the chain has changed
        known = {place.key for place in places}
        places += [
            queries.Place(at.key, at.level, at.name, at.place, at.country)
            for at in row.places.all()
            if at.key not in known
        ]
    form = forms.MadeKnownForm(
        request.POST or None,
        request.FILES or None,
        initial=_initial(row, pack) if row else _asked_for(request, actor, year, running),
        words=presentation.Words.of(pack),
        counting=presentation.counting_days(year, running),
        places=places,
        evidence=queries.own_evidence(actor, proof_of(row)),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            saved = services.save_made_known(
                actor=actor,
                organisation_id=actor.company_id,
                pk=pk,
                data=form.data_in(),
                row_version=form.cleaned_data["row_version"],
                pack=pack,
                today=clock.today(),
                now=clock.now(),
            )
            messages.success(request, _said(saved, pack))
            return done(request, "remedy_overview")
    context = {
        "form": form,
        "row": row,
        "may_record": permissions.can_record(actor, actor.company_id),
        "counting": pack.grievance.counting if pack.grievance else None,
    }
    return show(request, "remedy/made_known_edit.html", context)


def _said(saved: Any, pack: Any) -> str:
    """What is said after saving: for which report it counts, if it does."""
    if not queries.count_of([saved], pack):
        return _("It was recorded.")
    year = covenant.year_at(saved.made_on)
    return _("It was recorded, %(report)s.") % {"report": presentation.for_report(year)}


def _initial(row: Any, pack: Any) -> dict[str, Any]:
    names = ("mechanism", "audiences", "way", "made_on", "reached", "note", "row_version")
    listed = presentation.Words.of(pack).languages
    return {name: getattr(row, name) for name in names} | {
        "languages": [one for one in row.languages if one in listed],
        "other_languages": ", ".join(one for one in row.languages if one not in listed),
        "places": [at.key for at in row.places.all()],
        "evidence_ids": proof_of(row),
    }


def _asked_for(request: HttpRequest, actor: Actor, year: Any, running: Any) -> dict[str, Any]:
    """What the link that led here says already: a place, a poster, or all places without anything in this time."""
    asked: dict[str, Any] = {"mechanism": "covenant", "made_on": clock.today()}
    if request.GET.get("missing"):
        found = queries.overview(actor, actor.company_id or 0, year, clock.today(), running)
        asked["places"] = [row.place.key for row in found.open_places]
    elif request.GET.get("place"):
        asked["places"] = [request.GET["place"]]
    if request.GET.get("poster", "").isdigit():
        poster = queries.poster(actor, int(request.GET["poster"]))
        if poster is not None:
            asked |= {"way": "poster", "languages": [poster.language], "places": [poster.key]}
    return asked


@page(Audience.MEMBER)
def made_known_remove(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Remove a record, after asking."""
    row = queries.record(actor, pk)
    if row is None:
        raise Http404
    if request.method == "POST":
        services.remove_made_known(actor=actor, pk=pk, now=clock.now())
        messages.success(request, _("The record was removed."))
        return done(request, "remedy_overview")
    context = {
        "heading": _("Remove this record?"),
        "what_happens": [
            _("It no longer counts in your report."),
            _("The files that prove it stay with your evidence."),
        ],
        "cannot_undo": True,
        "action_label": _("Remove the record"),
        "back_url": reverse("made_known_edit", args=[pk]),
        "verdict": permissions.can_record(actor, row.organisation_id),
    }
    return show(request, "foundation/confirm.html", context)
