"""Pages on which a company notes what its goals measured, evaluates them, and takes them along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, Audience, Verdict
from toetssteen.covenant import queries as covenant
from toetssteen.evaluation import exports, forms, permissions, policies, presentation, queries, services, shown
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused, done, page, refusals_on, show


def _year_or_404(number: int | None) -> Any:
    year = covenant.current_year(clock.today()) if number is None else covenant.year_by_number(number)
    if year is None:
        raise Http404
    return year


def _goal_or_404(actor: Actor, year: int, pk: int) -> Any:
    """A goal of the own company on the page of this year."""
    goal = queries.goal_on_page(actor, year, pk)
    if goal is None:
        raise Http404
    return goal


def _labels() -> dict[int, str]:
    return {year.number: str(year) for year in covenant.years()}


def _may_write(actor: Actor, year: int) -> Verdict:
    company = actor.company_id or 0
    return permissions.can_write_results(actor, company) and policies.writable(queries.plan_in(company, year))


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def plan_results(request: HttpRequest, actor: Actor, year: int | None = None) -> HttpResponse:
    """What the goals of a plan measured over the years, what was concluded, and what goes on to the next plan."""
    assert actor.company_id is not None
    chosen, labels = _year_or_404(year), _labels()
    board = queries.board_of(actor, actor.company_id, chosen)
    about, pack = shown.page_of(board, chosen.number, labels), covenant.pack_of(chosen)
    numbers = {row.goal.pk: number for number, row in enumerate(board.goals, 1)}
    own = tuple(row for row in board.goals if row.goal.own_practice)
    chain = tuple(row for row in board.goals if not row.goal.own_practice)
    may_write = permissions.can_write_results(actor, actor.company_id) and policies.writable(board.plan)
    context = {
        "year": chosen,
        "board": board,
        "goals": shown.goal_rows(chain, about, pack, numbers),
        "own": shown.goal_rows(own, about, pack, numbers),
        "left_behind": shown.goal_rows(board.left_behind, about, pack, numbers),
        "suggestions": shown.suggestion_rows(board.every),
        "whole": shown.evaluation_row(board.year_evaluation, labels) if board.year_evaluation else None,
        "may_write": may_write,
        "may_take": permissions.can_write_results(actor, actor.company_id),
        "following": labels.get(chosen.number + 1),
        "before": labels.get(chosen.number - 1),
    }
    return show(request, "evaluation/plan_results.html", context)


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def results_export(request: HttpRequest, actor: Actor, year: int, ending: str) -> HttpResponse:
    """The readings of the page as a file."""
    assert actor.company_id is not None
    chosen, made = _year_or_404(year), exports.FORMATS.get(ending)
    if made is None:
        raise Http404
    content_type, make = made
    rows = exports.rows_of(
        queries.board_of(actor, actor.company_id, chosen), _labels(), covenant.pack_of(chosen)
    )  # fmt: skip
    response = HttpResponse(make(rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="results-{chosen.starts_on.year}.{ending}"'
    return response


@page(Audience.MEMBER)
def reading_edit(request: HttpRequest, actor: Actor, year: int, goal: int, pk: int | None = None) -> HttpResponse:
    """Note what was measured or heard for a goal, or correct it with a reason."""
    assert actor.company_id is not None
    chosen, about = _year_or_404(year), _goal_or_404(actor, year, goal)
    old = queries.reading_of(actor, pk) if pk else None
    if pk and old is None:
        raise Http404
    years = queries.years_to_choose(actor.company_id, about, year)
    labels = _labels()
    scale = presentation.scale_of(about.indicator, about.baseline, about.target)
    form = forms.ReadingForm(
        request.POST or None,
        initial=presentation.initial_of(old) if old else {"year_number": year, "measured_on": clock.today()},
        unit=scale.unit,
        years=[(number, labels.get(number, str(number))) for number in reversed(years)],
        evidence=queries.evidence_choices(actor, actor.company_id),
        corrects=old is not None,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            given: dict[str, Any] = {"actor": actor, "goal_id": goal, "page_year": year, "data": form.data_in()}
            moment: dict[str, Any] = {"today": clock.today(), "now": clock.now()}
            if old is None:
                services.record_reading(**given, **moment)
                messages.success(request, _("The reading was saved."))
            else:
                services.correct_reading(**given, reading_id=old.pk, reason=form.cleaned_data["reason"], **moment)
                messages.success(request, _("The reading was corrected. What stood there stays readable."))
            if "another" in request.POST:
                return done(request, "reading_add", year, goal)
            return done(request, _place(year, goal))
    context = {
        "form": form,
        "year": chosen,
        "goal": about,
        "old": {"row": old, "said": presentation.said(old)} if old else None,
        "may_write": _may_write(actor, year),
    }
    return show(request, "evaluation/reading_edit.html", context)


def _place(year: int, goal: int | None = None) -> str:
    return reverse("plan_results", args=[year]) + (f"#goal-{goal}" if goal else "")


@page(Audience.MEMBER)
def reading_remove(request: HttpRequest, actor: Actor, year: int, goal: int, pk: int) -> HttpResponse:
    """Take a reading away with the reason."""
    about, old = _goal_or_404(actor, year, goal), queries.reading_of(actor, pk)
    if old is None:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.remove_reading(
                actor=actor, reading_id=pk, goal_id=goal, page_year=year, reason=form.cleaned_data["reason"],
                now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("The reading was removed. What stood there stays readable."))
            return done(request, _place(year, goal))
    context = {
        "heading": _("Remove this reading?"),
        "lead": presentation.said(old),
        "what_happens": [
            _("The reading no longer counts: without another one its year is not given."),
            _("What was removed stays readable below the goal, with your reason."),
            _("Goal: %(goal)s") % {"goal": about.text},
        ],
        "form": form,
        "action_label": _("Remove the reading"),
        "back_url": _place(year, goal),
        "verdict": _may_write(actor, year),
    }
    return show(request, "foundation/confirm.html", context)


@page(Audience.MEMBER)
def goal_evaluate(request: HttpRequest, actor: Actor, year: int, goal: int | None = None) -> HttpResponse:
    """Write down what became of a goal, or of the whole year."""
    assert actor.company_id is not None
    chosen, labels = _year_or_404(year), _labels()
    about = _goal_or_404(actor, year, goal) if goal else None
    known = queries.evaluation_of(actor, actor.company_id, year, goal)
    initial = presentation.initial_of_evaluation(known) if known else {"evaluated_on": clock.today(), "row_version": 0}
    form = forms.EvaluationForm(request.POST or None, initial=initial, whole_year=about is None)
    consulted = forms.consultation_forms(request.POST or None, presentation.initial_consultations(known))
    if request.method == "POST" and all([form.is_valid(), consulted.is_valid()]):
        with refusals_on(form):
            services.save_evaluation(
                actor=actor,
                organisation_id=actor.company_id,
                year_number=year,
                goal_id=goal,
                data=form.data_in(consulted),
                row_version=form.cleaned_data["row_version"],
                today=clock.today(),
                now=clock.now(),
            )
            messages.success(request, _("The evaluation was saved."))
            return done(request, _place(year, goal))
        clash: list[Any] | None = getattr(form, "clash", None)
        if clash is not None:
            clash += forms.both_consulted(consulted)
    context = {
        "form": form,
        "consulted": consulted,
        "year": chosen,
        "goal": about,
        "known": known,
        "readings": presentation.last_words(queries.history([about], year)[about.pk], labels) if about else [],
        "may_write": _may_write(actor, year),
    }
    return show(request, "evaluation/goal_evaluate.html", context)


@page(Audience.MEMBER, methods=("POST",))
def goal_take_up(request: HttpRequest, actor: Actor, year: int, goal: int) -> HttpResponse:
    """Take a goal along to the plan of the year after its own."""
    _goal_or_404(actor, year, goal)
    try:
        taken = services.take_up(actor=actor, goal_id=goal, now=clock.now())
    except Refused as refused:
        messages.error(request, str(refused.verdict))
        return done(request, _place(year, goal))
    number = taken.plan.year.number
    messages.success(request, _("The goal is in the plan of %(year)s.") % {"year": taken.plan.year})
    return done(request, reverse("plan_year", args=[number]) + f"#goal-{taken.pk}")
