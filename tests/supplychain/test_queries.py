"""Coverage, facts and the frozen list: right for one chain and for many, always in as many queries."""

from __future__ import annotations

import datetime as dt
import json
import time
from decimal import Decimal

import pytest

from tests.cast import NOW
from tests.supplychain.conftest import START, asked, known, refused
from toetssteen.core.frameworks import Share
from toetssteen.covenant.queries import pack_of
from toetssteen.supplychain import queries
from toetssteen.supplychain.models import Chain, ChainLink, Site

pytestmark = pytest.mark.django_db
END = dt.date(2020, 9, 30)


@pytest.fixture
def pack(cast):
    return pack_of(cast.years[1])


def bulk(organisation, count, pack):
    chains = Chain.objects.bulk_create(
        Chain(organisation=organisation, situation="C", material="granite", trade_name=f"Stone {n}", opened_on=START,
              extraction_country="IN", processing_country="IN", share_of_volume=Decimal("0.3"), changed_at=NOW)
        for n in range(count)
    )  # fmt: skip
    ChainLink.objects.bulk_create(
        ChainLink(chain=chain, level=level.id, state="known" if n % 2 else "asked", name="Firm", asked_on=START)
        for n, chain in enumerate(chains)
        for level in pack.coverage_levels
    )


def test_one_known_link_makes_a_level_known_and_a_refusal_does_not(cast, add, pack):
    add(
        refused("factories"),
        known("factories"),
        refused("quarries"),
        known("direct_suppliers"),
        share_of_volume=Decimal(70),
    )
    add(known("direct_suppliers"), share_of_volume=Decimal(30))
    add(known("factories"), known("quarries"), situation="A")
    found = queries.coverage_of(cast.organisations["mason"].pk, pack, END)
    assert {level: (c.known, c.total) for level, c in found.levels.items()} == {
        "direct_suppliers": (2, 2), "factories": (1, 2), "quarry_areas": (0, 2), "quarries": (0, 2),
    }  # fmt: skip
    assert found.levels["factories"].by_volume == Share(70, 100)
    assert found.outside_scope == 1


def test_only_chains_that_were_open_on_the_day_count(cast, add, pack):
    add(known("factories"))
    add(known("factories"), opened_on=dt.date(2020, 10, 1))
    Chain.objects.create(
        organisation=cast.organisations["mason"],
        situation="C",
        material="granite",
        opened_on=START,
        closed_on=END,
        changed_at=NOW,
    )
    company = cast.organisations["mason"].pk
    assert queries.coverage_of(company, pack, END).chains == 1
    assert queries.coverage_of(company, pack, END - dt.timedelta(days=1)).chains == 2
    assert queries.coverage_of(company, pack, dt.date(2020, 10, 1)).chains == 2


def test_facts_follow_from_the_rows(cast, add, pack):
    add(
        known("direct_suppliers", "Peacock"),
        asked("factories"),
        refused("quarries"),
        product_group="cobble",
        checked=True,
    )
    add(known("direct_suppliers", "peacock "), refused("factories", dt.date(2019, 9, 1)),
        extraction_country="IT", processing_country="IT", situation="B")  # fmt: skip
    add(asked("quarries"), situation="A")
    add(situation="A")
    facts = queries.chain_facts(cast.organisations["mason"].pk, pack, cast.years[1])
    assert facts == {
        "chains.count": 4,
        "chains.confirmed_share": Share(1, 2),
        "chains.situation_a_count": 2,
        "chains.situation_a_asked_share": Share(1, 2),
        "chains.non_eea_count": 1,
        "chains.hand_work_count": 1,
        "coverage.direct_suppliers": Share(2, 2),
        "coverage.factories": Share(0, 2),
        "coverage.quarry_areas": Share(0, 2),
        "coverage.quarries": Share(0, 2),
        "coverage.gaps_count": 6,
        "requests.gaps_asked_share": Share(2, 6),
        "suppliers.refusing_count": 1,
    }


def test_a_company_without_chains_has_shares_of_nothing(cast, pack):
    facts = queries.chain_facts(cast.organisations["mason"].pk, pack, cast.years[1])
    assert facts["chains.count"] == 0
    assert facts["coverage.factories"] == Share(0, 0)
    assert not facts["chains.confirmed_share"].applies


@pytest.mark.parametrize("count", [1, 3, 300])
def test_as_many_queries_for_one_chain_as_for_300(cast, pack, count, django_assert_num_queries):
    mason = cast.organisations["mason"]
    bulk(mason, count, pack)
    with django_assert_num_queries(3):
        facts = queries.chain_facts(mason.pk, pack, cast.years[1])
    assert facts["coverage.factories"] == Share(count // 2, count)
    with django_assert_num_queries(2):
        queries.coverage_of(mason.pk, pack, END)
    with django_assert_num_queries(2):
        frozen = queries.frozen_chains(mason.pk, END)
    assert len(frozen) == count
    with django_assert_num_queries(2):
        queries.coverages_on([organisation.pk for organisation in cast.organisations.values()], pack, END)


@pytest.mark.parametrize("path", ["/chains/", "/chains/export.csv", "/chains/checked/", "/chains/?all=1"])
def test_pages_take_as_many_queries_for_one_chain_as_for_three(cast, pack, client, path, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cast.sign_in(client, "editor")
    used = []
    for count in (1, 2):
        bulk(cast.organisations["mason"], count, pack)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(path)
        used.append(len(captured))
    assert used[0] == used[1]
    assert used[0] < 20


@pytest.mark.parametrize("path", ["/chains/", "/chains/?gap=factories&sort=-share"])
def test_the_table_of_300_chains_is_fast(cast, pack, client, path):
    bulk(cast.organisations["mason"], 300, pack)
    cast.sign_in(client, "editor")
    client.get(path)
    best = 9.0
    for _ in range(3):
        started = time.process_time()
        client.get(path)
        best = min(best, time.process_time() - started)
    assert best < 0.25


def test_the_frozen_list_is_plain_data_with_sites_and_areas(cast, add, area):
    chain = add(
        known("quarry_areas", quarry_area_id=area.pk), known("factories", "One"), share_of_volume=Decimal("12.5")
    )
    ChainLink.objects.filter(chain=chain, level="factories").update(site=Site.objects.create(code="S0042", name="One"))
    add(by="rival")
    frozen = queries.frozen_chains(cast.organisations["mason"].pk, END)
    assert json.loads(json.dumps(frozen)) == frozen
    assert [row["id"] for row in frozen] == [chain.pk]
    assert frozen[0]["share_of_volume"] == "12.500"
    links = {link["level"]: link for link in frozen[0]["links"]}
    assert links["factories"]["site"] == "S0042"
    assert (links["quarry_areas"]["quarry_area"], links["quarry_areas"]["quarry_area_parent"]) == (
        "IN-BUN-BUD",
        "IN-BUN",
    )
    assert links["quarries"]["state"] == "unknown"


def test_filters_and_orders(cast, add, pack):
    add(known("factories", "Alpha"), share_of_volume=Decimal(10), trade_name="Aa")
    add(asked("factories"), material="slate", extraction_country="PT", trade_name="Bb", share_of_volume=Decimal(90))
    actor, company = cast.actor("editor"), cast.organisations["mason"].pk

    def names(**wanted):
        found = queries.chains_of(actor, company, pack=pack, on=END, since=START, filters=queries.Filters(**wanted))
        return [row.trade_name for row in found.rows]

    assert names(gap="factories") == ["Bb"]
    assert names(material="granite") == ["Aa"]
    assert names(country="PT") == ["Bb"]
    assert names(state="asked") == ["Bb"]
    assert names(search="alpha") == ["Aa"]
    assert names(shown="closed") == []
    assert names(sort="-share") == ["Bb", "Aa"]
    assert names(sort="nonsense") == ["Aa", "Bb"]
