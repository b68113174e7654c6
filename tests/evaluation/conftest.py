"""A goal that Mason Stone carried over two plans into the draft of a third, and one of its rival that could leak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from tests.cast import Cast
from toetssteen.evaluation import services
from toetssteen.evaluation.models import Evaluation, Reading
from toetssteen.plans.models import Objective, Plan

TODAY = dt.date(2022, 11, 15)  # year 3 has ended, its plan is a draft
NOW = dt.datetime(2022, 11, 15, 12, 0, tzinfo=dt.UTC)
LAST = 3
SECRET = "SECRET-OF-GRANITE"
WHO = {"mason": "editor", "granite": "rival"}


@pytest.fixture
def line(cast: Cast) -> Callable[..., list[Objective]]:
    """A goal in the plans of these years, each the continuation of the one before; all but the last handed in."""

    def make(firm: str = "mason", years: tuple[int, ...] = (1, 2, 3), **fields: Any) -> list[Objective]:
        goals: list[Objective] = []
        for number in years:
            plan, _ = Plan.objects.get_or_create(
                organisation=cast.organisations[firm], year=cast.years[number],
                defaults={"state": "draft" if number == LAST else "delivered"},
            )  # fmt: skip
            values = {
                "theme": "ohs", "text": "All saws work with water", "indicator": "share of saws", "baseline": "20 %",
                "target": "80 %", **fields,
            }  # fmt: skip
            goals.append(Objective.objects.create(plan=plan, carried_from=goals[-1] if goals else None, **values))
        return goals

    return make


def data(value: int | str | None = None, year: int = LAST, words: str = "", **fields: Any) -> services.ReadingData:
    return services.ReadingData(
        kind="words" if words else "figure", value=None if value is None else Decimal(value), words=words,
        year_number=year, **{"measured_on": TODAY, "source": "count", **fields},
    )  # fmt: skip


@pytest.fixture
def note(cast: Cast) -> Callable[..., Reading]:
    """Note a reading on the page of a year."""

    def make(goal: Objective, value: Any = None, year: int = LAST, page: int = LAST, firm: str = "mason", **more: Any):
        return services.record_reading(
            actor=cast.actor(WHO[firm]), goal_id=goal.pk, page_year=page, data=data(value, year, **more), today=TODAY,
            now=NOW,
        )  # fmt: skip

    return make


@pytest.fixture
def evaluate(cast: Cast) -> Callable[..., Evaluation]:
    """Evaluate a goal, or with None the year."""

    def make(goal: Objective | None, conclusion: str = "continue", year: int = LAST, firm: str = "mason", **more: Any):
        given = {"evaluated_on": TODAY, "reached": "Nine of twelve saws work with water.", **more}
        version = given.pop("row_version", 0)
        return services.save_evaluation(
            actor=cast.actor(WHO[firm]), organisation_id=cast.organisations[firm].pk, year_number=year,
            goal_id=goal.pk if goal else None, row_version=version, today=TODAY, now=NOW,
            data=services.EvaluationData(**given, conclusion=conclusion if goal else ""),
        )  # fmt: skip

    return make


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences of services as English readers get them."""
    with translation.override("en"):
        yield
