"""Chains of the cast: two of Mason Stone with names that could leak, one of its rival."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import NOW, TODAY, Cast
from toetssteen.supplychain import services
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.models import Chain, QuarryArea

START = dt.date(2019, 11, 1)
SECRET = "Hidden Peacock Exports"


def known(level: str, name: str = SECRET, **more: Any) -> LinkData:
    return LinkData(level=level, state="known", name=name, place="Kota", country="IN", **more)


def asked(level: str, day: dt.date = dt.date(2020, 3, 3)) -> LinkData:
    return LinkData(level=level, state="asked", asked_on=day)


def refused(level: str, day: dt.date = dt.date(2020, 3, 3)) -> LinkData:
    return LinkData(level=level, state="refused", asked_on=day, answered_on=day)


def data(*links: LinkData, **more: Any) -> ChainData:
    given: dict[str, Any] = {
        "situation": "C", "material": "granite", "opened_on": START, "trade_name": "Secret Black",
        "extraction_country": "IN", "processing_country": "IN",
    }  # fmt: skip
    return ChainData(links=links, **{**given, **more})


AddChain = Callable[..., Chain]


@pytest.fixture(autouse=True)
def _day(settings: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def add(cast: Cast) -> AddChain:
    """Add a chain as a member of the cast."""

    def make(*links: LinkData, by: str = "editor", **more: Any) -> Chain:
        actor = cast.actor(by)
        return services.add_chain(
            actor=actor,
            organisation_id=actor.organisation_id or 0,
            data=data(*links, **more),
            year=cast.years[1],
            now=NOW,
        )

    return make


@pytest.fixture
def area(db: None) -> QuarryArea:
    district = QuarryArea.objects.create(
        code="IN-BUN", name="Bundi", level="district", country="IN", admin1="Rajasthan"
    )
    return QuarryArea.objects.create(
        code="IN-BUN-BUD", name="Budhpura", level="locality", country="IN", admin1="Rajasthan", parent=district
    )
