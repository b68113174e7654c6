"""Plans of action of Mason Stone, and one of its rival that could leak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.cast import NOW, Cast
from toetssteen.plans import services
from toetssteen.plans.models import Objective, Plan, PlannedAction

SECRET = "SECRET-PLAN"
THEME = "child_labour"
RIVAL_SECRET = "SECRET-OF-GRANITE-HOUSE"
CLEAR = {
    "text": "All saws of our suppliers work with water",
    "theme": THEME,
    "indicator": "share of saws",
    "baseline": "20 %",
    "target": "100 %",
    "deadline": dt.date(2021, 6, 30),
}


@pytest.fixture
def start(cast: Cast) -> Callable[..., Plan]:
    """Start the plan of a company for a year."""

    def make(who: str = "editor", year: int = 1) -> Plan:
        actor = cast.actor(who)
        return services.start_plan(
            actor=actor, organisation_id=actor.organisation_id or 0, year_id=cast.years[year].pk, now=NOW
        )

    return make


@pytest.fixture
def goal(cast: Cast) -> Callable[..., Objective]:
    """Add or change a goal."""

    def make(plan: Plan, who: str = "editor", pk: int | None = None, version: int | None = None, **fields: Any) -> Any:
        data = services.ObjectiveData(**{**CLEAR, **fields})
        return services.save_objective(
            actor=cast.actor(who), plan_id=plan.pk, objective_id=pk, data=data, row_version=version, now=NOW
        )

    return make


@pytest.fixture
def action(cast: Cast) -> Callable[..., PlannedAction]:
    """Add or change an action."""

    def make(
        of: Objective, who: str = "editor", pk: int | None = None, version: int | None = None, **fields: Any
    ) -> Any:
        data = services.ActionData(**{"text": "Pay for water", **fields})
        return services.save_action(
            actor=cast.actor(who), plan_id=of.plan_id, objective_id=of.pk, action_id=pk, data=data,
            row_version=version, now=NOW,
        )  # fmt: skip

    return make


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences of services as English readers get them."""
    with translation.override("en"):
        yield
