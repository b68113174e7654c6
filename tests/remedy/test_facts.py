"""The two figures of a report, worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from tests.cast import TODAY
from tests.remedy.conftest import IN_YEAR
from toetssteen.core.frameworks import Share
from toetssteen.core.frameworks.grievance import WorksRule
from toetssteen.remedy import policies, queries
from toetssteen.remedy.queries import COUNT, WORKING
from toetssteen.reporting import presentation as reporting
from toetssteen.reporting.facts import company_facts
from toetssteen.supplychain.models import ChainLink

NEXT_DAY = IN_YEAR + dt.timedelta(days=1)


def test_each_day_and_way_counts_once_and_only_what_the_pack_counts(cast, pack, places, tell):
    firm, year = cast.organisations["mason"], cast.years[1]
    tell(places=tuple(places.values()))  # one letter to four places: 1
    tell(audiences=("factory_workers",))  # the same day and way: still 1
    tell(way="talk")  # another way: 2
    tell(made_on=NEXT_DAY)  # another day: 3
    tell(way="poster", mechanism="supplier")  # not the covenant's mechanism
    tell(way="phone_message", audiences=("neighbours",))  # neither suppliers nor workers
    tell(way="clause", made_on=TODAY)  # after the year
    tell("rival", way="clause")  # of another company
    facts = queries.remedy_facts(firm.pk, year, pack=pack)
    assert facts[COUNT] == 3
    assert queries.remedy_facts(firm.pk, cast.years[2], pack=pack)[COUNT] == 1
    assert queries.remedy_facts(cast.organisations["granite"].pk, year)[COUNT] == 1


def test_the_share_is_of_known_factories_and_quarries_and_the_same_place_counts_once(cast, pack, places, judge):
    firm, year = cast.organisations["mason"], cast.years[1]
    assert set(places) == {"Delta Exports", "Alpha Works", "Beta Saws", "Gamma Pit"}  # not ALPHA works again
    assert queries.remedy_facts(firm.pk, year)[WORKING] == Share(0, 3)  # no suppliers, and nobody asked yet
    enough = {"accessible": "met", "legitimate": "partly", "predictable": "partly"}
    judge(places["Alpha Works"], fits=enough)  # works
    judge(places["Beta Saws"], fits={**enough, "predictable": "unknown"})  # not knowing is not meeting
    judge(places["Gamma Pit"], has_one="no", fits=enough)  # there is none
    judge(places["Delta Exports"], fits=enough)  # works, but a supplier is not counted
    assert queries.remedy_facts(firm.pk, year)[WORKING] == Share(1, 3)
    judge(places["Beta Saws"], fits={**enough, "learning": "not"})  # what the rule does not ask does not matter
    assert queries.remedy_facts(firm.pk, year)[WORKING] == Share(2, 3)


def test_places_of_importers_and_unnamed_places_do_not_count(cast, pack, places, chain):
    chain(situation="A", factories="Somebody else's factory")
    row = chain(factories="Asked Works", quarries=" ")
    ChainLink.objects.filter(chain=row, level="factories").update(state="asked")
    firm = cast.organisations["mason"]
    assert queries.remedy_facts(firm.pk, cast.years[1])[WORKING] == Share(0, 3)


def test_the_report_gets_them_and_the_chains_that_are_read_already_give_the_same(cast, pack, places, tell, judge):
    firm, year = cast.organisations["mason"], cast.years[1]
    tell()
    judge(places["Alpha Works"], fits={"accessible": "met", "legitimate": "met", "predictable": "met"})
    alone = queries.remedy_facts(firm.pk, year, pack=pack)
    assert alone == {COUNT: 1, WORKING: Share(1, 3)}
    assert {key: company_facts(firm.pk, pack, year)[key] for key in alone} == alone


RULE = WorksRule(("factories",), ("accessible",), False, 24)


@pytest.mark.parametrize(
    ("has_one", "fit", "part_is_enough", "works"),
    [
        ("yes", "met", False, True),
        ("yes", "partly", False, False),
        ("yes", "partly", True, True),
        ("yes", "not", True, False),
        ("unknown", "met", True, False),
    ],
)
def test_the_rule_comes_from_the_pack(has_one, fit, part_is_enough, works):
    rule = WorksRule(("factories",), ("accessible",), part_is_enough, 24)
    assert policies.works(has_one, {"accessible": fit}, rule) == works


@pytest.mark.parametrize(
    ("said_on", "stale"), [(dt.date(2018, 11, 15), False), (dt.date(2018, 11, 14), True), (None, True)]
)
def test_what_is_known_grows_old_after_the_months_of_the_pack(said_on, stale):
    assert policies.is_stale(said_on, RULE, TODAY) == stale


def test_every_figure_that_answers_a_question_says_where_it_comes_from_and_leads_there(cast, pack):
    derived = {one.derived_from for one in pack.framework.questions.values() if one.derived_from}
    assert {COUNT, WORKING} <= derived
    assert {fact for fact in derived if not reporting.corrected_at(fact)} == set()
    assert {fact for fact in derived if fact.split(".")[0] not in reporting.COUNTED_FROM} == set()
    for fact in derived:
        assert reverse(reporting.corrected_at(fact))
    question = next(one for one in pack.framework.questions.values() if one.derived_from == COUNT)
    [row] = reporting.known_facts(pack, question, {COUNT: 2}, (), "en")
    assert (row["value"], row["correct"]) == ("2", "remedy_overview")
    assert row["origin"] == "counted from what you recorded about complaining"


@pytest.mark.parametrize(
    ("year", "today", "starts_on", "runs"),
    [
        (1, dt.date(2020, 10, 1), dt.date(2020, 10, 1), 2),  # the first day after the year
        (1, dt.date(2020, 9, 30), None, None),  # its last day: nothing runs beside it
        (2, dt.date(2020, 11, 15), None, None),  # the running year itself
        (1, dt.date(2022, 11, 15), None, None),  # a year of which the results are out
        (5, dt.date(2024, 10, 21), dt.date(2024, 10, 1), None),  # the next year was not opened yet
    ],
)
def test_what_runs_beside_the_year_whose_report_is_being_made(cast, year, today, starts_on, runs):
    found = queries.running_since(list(cast.years.values()), cast.years[year], today)
    assert (found and found.starts_on, found and found.year) == (starts_on, cast.years.get(runs))
