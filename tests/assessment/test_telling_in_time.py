"""Beside question 5.1 the assessor sees whether the company told the public in time, from dated facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.assessment import world
from tests.cast import NOW, Cast
from toetssteen.assessment import behind
from toetssteen.core.calendar import Period
from toetssteen.covenant.queries import pack_of

JOINED = (Period(dt.date(2019, 11, 15)),)
YEAR_END = "2021-09-30"


def in_time(cast: Cast, *told: str, situation: str = "C", periods: Any = JOINED, age: int | None = None) -> Any:
    """The date check of a company that published on these days."""
    content = {
        "year": {"ends_on": YEAR_END},
        "report": {"situation": situation},
        "facts": {"publication.age_months": age},
        "public_reports": [{"title": on, "published_on": on, "address": ""} for on in told],
    }
    with translation.override("en"):
        (ground,) = behind.grounds_for(pack_of(cast.years[2]), "5.1", content, dt.date(2021, 11, 1), periods)
        return ground


def test_the_date_check_stands_above_the_reports_newest_first(cast: Cast) -> None:
    ground = in_time(cast, "2019-12-01", "2020-11-15", age=10)
    check, *reports = ground.rows
    assert check.title == "In time on 30 September 2021?"
    # Joined on 15 November 2019: asked from 15 November 2020. From then to 30 September 2021 is ten whole months.
    assert list(check.lines) == [
        "newest report of 15 November 2020",
        "10 whole months old by then",
        "asked from 15 November 2020, 12 months after joining",
    ]
    assert check.mark == ""
    assert [row.title for row in reports] == ["2020-11-15", "2019-12-01"]
    assert reports[0].lines[-1] == "no web address"
    assert ground.summary == "2 public reports"


@pytest.mark.parametrize(
    ("told", "situation", "periods", "mark", "says"),
    [
        ((), "C", JOINED, "late", "nothing published"),
        (("2019-09-29",), "C", JOINED, "late", "newest report of 29 September 2019"),  # 24 months and a day
        (("2019-09-30",), "C", JOINED, "", "newest report of 30 September 2019"),  # 24 months on the day itself
        ((), "C", (Period(dt.date(2020, 11, 15)),), "", "asked from 15 November 2021, 12 months after joining"),
        ((), "B", JOINED, "", "not asked of this company in this year"),
    ],
)
def test_late_is_said_by_the_rules_of_the_pack(
    cast: Cast, told: tuple[str, ...], situation: str, periods: Any, mark: str, says: str
) -> None:
    check = in_time(cast, *told, situation=situation, periods=periods).rows[0]
    assert check.mark == mark
    assert says in check.lines


def test_the_desk_shows_it_beside_the_question(cast: Cast, client: Client, settings: Any) -> None:
    settings.DEMO_TODAY = NOW.date().isoformat()
    report = world.submitted(cast)
    cast.sign_in(client, "assessor")
    text = client.get(reverse("assess_question", args=[report.pk, "q-5-1-01"])).content.decode()
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Op tijd op 30 september 2020?" in text
    assert "niets gepubliceerd" in text
    # Joined on 1 October 2019: first asked on 1 October 2020, the day after this year ended.
    assert "gevraagd vanaf 1 oktober 2020, 12 maanden na de toetreding" in text
