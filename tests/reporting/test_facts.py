"""Facts counted by hand from a handful of chains, and facts that were recorded."""

from __future__ import annotations

import datetime as dt

from tests.cast import Cast
from tests.reporting import world
from toetssteen.core.frameworks import Share
from toetssteen.reporting import facts, queries
from toetssteen.reporting.models import RecordedFact


def test_facts_are_counted_from_the_rows(cast: Cast) -> None:
    """Three own chains and one that is not imported by itself; the rival's do not count."""
    world.chain(cast, "mason", known=4)
    world.chain(cast, "mason", known=2)
    world.chain(cast, "mason", known=0, confirmed_on=dt.date(2019, 9, 30))  # the day before the year began
    world.chain(cast, "mason", known=0, situation="A", extraction_country="IT", processing_country="IT")
    world.chain(cast, "mason", known=4, opened_on=dt.date(2020, 10, 1))  # the day after the year ended
    for _number in range(3):
        world.chain(cast, "granite", known=4)
    report = world.open_report(cast)
    found = facts.facts_of(report)
    assert found["membership.year"] == 1
    assert found["chains.count"] == 4
    assert found["chains.situation_a_count"] == 1
    assert found["chains.confirmed_share"] == Share(2, 3)
    assert found["coverage.direct_suppliers"] == Share(2, 3)
    assert found["coverage.factories"] == Share(2, 3)
    assert found["coverage.quarry_areas"] == Share(1, 3)
    assert found["coverage.quarries"] == Share(1, 3)
    assert found["coverage.gaps_count"] == 6
    assert found["complaints.open_count"] == 0


def test_a_recorded_fact_goes_before_a_counted_one(cast: Cast) -> None:
    world.chain(cast, "mason", known=0)
    report = world.open_report(cast)
    RecordedFact.objects.create(report=report, fact="coverage.quarries", part=3, whole=4)
    RecordedFact.objects.create(report=report, fact="grievance.promotion_count", number=2)
    RecordedFact.objects.create(report=report, fact="not.in.the.pack", number=9)
    found = facts.facts_of(report)
    assert found["coverage.quarries"] == Share(3, 4)
    assert found["grievance.promotion_count"] == 2
    assert "not.in.the.pack" not in found
    assert queries.estimate(report).coverage["quarries"] == Share(3, 4)


def test_facts_survive_being_frozen() -> None:
    from decimal import Decimal
    from fractions import Fraction

    for value in (None, 0, 7, Share(2, 3), Share(Fraction(1, 3), 2), dt.date(2020, 9, 30)):
        assert facts.from_json(facts.as_json(value)) == value
    assert facts.from_json(facts.as_json(Decimal("0.5"))) == Fraction(1, 2)
