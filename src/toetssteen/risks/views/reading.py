"""What several pages of risks read the same way."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from toetssteen.core.access import Actor
from toetssteen.covenant import queries as covenant
from toetssteen.foundation import clock
from toetssteen.risks import earlier, permissions, policies, presentation, queries


def year_or_404(number: int | None) -> Any:
    """The covenant year of the address, or the current one."""
    year = covenant.current_year(clock.today()) if number is None else covenant.year_by_number(number)
    if year is None:
        raise Http404
    return year


def risk_or_404(actor: Actor, pk: int) -> Any:
    """A risk that the actor may see."""
    risk = queries.risk_of(actor, pk)
    if risk is None:
        raise Http404
    return risk


def may_write(actor: Actor, organisation_id: int, year: Any) -> Any:
    """Whether the actor may change the risks of a year, with the sentence why not."""
    may = permissions.can_propose_risk(actor, organisation_id)
    return may and policies.year_open(organisation_id, year.number)


def board(actor: Actor, organisation_id: int, year: Any) -> dict[str, Any]:
    """The ordered list, the matrix, the reasons, the views and last year, as both readers see them."""
    pack = covenant.pack_of(year)
    found = queries.board_of(actor, organisation_id, year.number, pack)
    goals = queries.goals_of(actor, [row.risk.pk for row in found.rows])
    last = covenant.year_by_number(year.number - 1)
    since = earlier.since_last_year(
        actor, organisation_id, year.number, covenant.pack_of(last) if last else None, found
    )
    before = queries.earlier_views(actor, found.views)
    return {
        "year": year,
        "board": found,
        "goals": goals,
        "plan_is_known": actor.company_id == organisation_id,  # others do not see what a draft of the plan aims at
        "rows": presentation.rows(found, pack, goals, clock.today()),
        "moves": presentation.moves(found, pack),
        "views": [{"view": view, "before": before.get(view.pk)} for view in found.views],
        "since": presentation.since(since, pack),
        "newcomers": presentation.newcomers(found, pack) if since else [],
        "matrix": presentation.matrix(found, pack),
        "key": presentation.key_question(pack),
        "severity": pack.severity,
        "years": [n for n in queries.years_with_risks(actor, organisation_id) if n != year.number],
    }
