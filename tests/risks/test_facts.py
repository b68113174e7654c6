"""Risk facts beside what somebody works out by hand, and who sees the rows."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from tests.cast import PEOPLE
from tests.reporting import world
from toetssteen.core.frameworks import Share
from toetssteen.covenant.queries import pack_of
from toetssteen.risks import permissions, queries
from toetssteen.risks.models import Risk

SECRET = "SECRET-OF-GRANITE-HOUSE"


def risk(cast, firm="mason", scores=(None, None, None), likelihood=None, year=1, **fields):
    scale, scope, irremediable = scores
    values = {"theme": "child-labour", "is_actual": False, **fields}
    return Risk.objects.create(
        organisation=cast.organisations[firm], year_number=year, scale=scale, scope=scope, irremediable=irremediable,
        likelihood=likelihood, **values,
    )  # fmt: skip


@pytest.fixture
def pack(cast):
    return pack_of(cast.years[1])


def test_severity_follows_the_method_of_the_pack(cast, pack):
    expected = {"mean": Fraction(8, 3), "highest": Fraction(4), "max": Fraction(4)}
    rated = risk(cast, scores=(1, 3, 4))
    assert queries.severity_of(rated, pack) == expected[pack.severity.method]
    assert queries.severity_of(risk(cast, scores=(1, None, 4)), pack) is None
    assert queries.severity_of(risk(cast), pack) is None


def test_the_facts_count_rows_of_one_company_and_year(cast, pack):
    risk(cast, scores=(4, 4, 4), likelihood=4, is_actual=True, severity_reason="Hurt last year.")
    risk(cast, scores=(2, 2, 2), likelihood=None, severity_reason="Dust.")
    risk(cast, scores=(2, 2, 2), likelihood=1)
    risk(cast, likelihood=3)
    risk(cast, year=2, is_actual=True)
    risk(cast, firm="granite", is_actual=True, severity_reason=SECRET)
    facts = queries.risk_facts(cast.organisations["mason"].pk, pack, cast.years[1])
    assert facts["risks.count"] == 4
    assert facts["risks.actual_count"] == 1
    assert facts["risks.prioritised_share"] == Share(2, 4)  # severity and likelihood: the first and the third
    assert facts["risks.severity_complete_share"] == Share(2, 4)  # scores and a reason: the first and the second


def test_a_share_of_no_risks_does_not_apply(cast, pack):
    facts = queries.risk_facts(cast.organisations["mason"].pk, pack, cast.years[1])
    assert facts["risks.count"] == 0
    assert not facts["risks.prioritised_share"].applies
    assert not facts["risks.chains_scanned_share"].applies


def test_what_is_severe_and_likely_enough_comes_first(cast, pack):
    bound, likely = pack.severity.highest_min_severity, pack.severity.highest_min_likelihood
    at = int(bound) if bound == int(bound) else int(bound) + 1
    first = risk(cast, scores=(at, at, at), likelihood=likely)
    mild = risk(cast, scores=(at - 1, at - 1, at - 1), likelihood=likely)
    unlikely = risk(cast, scores=(at, at, at), likelihood=likely - 1)
    unrated = risk(cast, likelihood=likely)
    assert queries.top_priority_ids([first, mild, unlikely, unrated], pack) == {first.pk}


def test_scans_count_own_chains_from_outside_the_free_area_for_24_months(cast, pack):
    world.chain(cast, "mason", risk_scan_on=dt.date(2018, 10, 1))  # one day inside 24 months before 30 September 2020
    world.chain(cast, "mason", risk_scan_on=dt.date(2018, 9, 30))  # too old
    world.chain(cast, "mason")  # never
    world.chain(cast, "mason", extraction_country="DE", processing_country="DE")  # not asked
    world.chain(cast, "granite", risk_scan_on=dt.date(2020, 1, 1))
    facts = queries.scan_facts(cast.organisations["mason"].pk, pack, cast.years[1])
    assert facts == {"risks.chains_scanned_share": Share(1, 3)}


@pytest.mark.parametrize("name", [*PEOPLE, "visitor"])
def test_rows_and_verdict_agree(cast, name):
    own, foreign = risk(cast), risk(cast, firm="granite", severity_reason=SECRET)
    actor = cast.actor(name)
    seen = set(queries.risks(actor))
    assert {r for r in (own, foreign) if permissions.can_view_risk(actor, r)} == seen
    mine = name in {"company_admin", "editor", "reader", "assessor", "coordinator"}
    assert (own in seen) == mine
    assert (foreign in seen) == (name in {"rival", "assessor", "coordinator"})
