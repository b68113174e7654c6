"""What the assessor's check says of goals is what the company's own checker says."""

from __future__ import annotations

import datetime as dt

from tests.cast import TODAY
from tests.plans.conftest import CLEAR
from toetssteen.assessment.quality.cases import Case, Outcome
from toetssteen.assessment.quality.plans import smart
from toetssteen.covenant.queries import pack_of


def test_a_day_before_the_year_is_no_end_date_for_the_assessor_either(cast):
    """By hand: the year begins on 1 October 2019; the day before is too early. Old reports do not say when it began."""
    found = []
    for deadline in (dt.date(2019, 9, 30), dt.date(2019, 10, 1)):
        goal = {**CLEAR, "deadline": deadline.isoformat(), "actions": []}
        for year in ({"number": 1, "starts_on": "2019-10-01"}, {"number": 1}, None):
            content = {"plan": {"objectives": [goal]}, "year": year}
            found.append(smart(Case(pack_of(cast.years[1]), content, TODAY)).outcome)
    assert found == [Outcome.LOOK, Outcome.OK, Outcome.OK] + [Outcome.OK] * 3
