"""The first page after signing in, and the home of a company."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from toetssteen.core.access import Actor
from toetssteen.foundation import clock, hooks
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.pages import Audience, page, show
from toetssteen.plans import queries as plans
from toetssteen.workspace import presentation, queries
from toetssteen.workspace.nav import menu_of


@page(Audience.SIGNED_IN)
def start(request: HttpRequest, actor: Actor) -> HttpResponse:
    """On to the first page of the role; somebody without a role lands on their account."""
    _entries, first = menu_of(actor)
    for name in (first, "account_page"):
        try:
            return redirect(reverse(name))
        except NoReverseMatch:
            continue
    return redirect("/")


@page(Audience.MEMBER, methods=("GET", "HEAD"))
def company_home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How far it is to green, what to do next, and what the secretariat asks."""
    home = queries.company_home(actor, today=clock.today())
    language = get_language() or "nl"
    due, left = presentation.deadline(home)
    stones = presentation.years(home)
    rows = presentation.rows(home, language)
    lifted = next((e for e in home.pack.exemptions if e.id == home.exemption), None)
    context = {
        "home": home,
        "stand": home.stand,
        "heading": presentation.heading(home),
        "due": due,
        "left": left,
        "exemption": in_language(lifted.text) if lifted else "",
        "years": stones,
        "marked": any(row.get("mark") for row in stones),
        "meters": presentation.meters(home),
        "steps": presentation.step_rows(home, rows, language),
        "todo": presentation.todo(home, language),
        "too_late": presentation.too_late(home, language),
        "next": presentation.next_question(home, rows),
        "request_items": presentation.request_items(home),
        "messages_of": presentation.messages(home),
        "late_actions": plans.overdue_actions(actor.company_id, clock.today()) if actor.company_id else [],
        "corrections": plans.waiting_corrections(actor.company_id, clock.today()) if actor.company_id else [],
        "chain_steps": [step for steps in hooks.said("chain.next_steps", actor=actor) for step in steps],
    }
    return show(request, "workspace/company_home.html", context)
