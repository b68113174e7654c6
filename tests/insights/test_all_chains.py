"""The chains of all companies together: complete and right for the secretariat, and not there for anybody else."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.cast import NOW, PEOPLE, TODAY, Cast
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.pages import Refused
from toetssteen.insights import chain_queries, mending
from toetssteen.insights.raw import Raw
from toetssteen.places import gazetteer
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import Chain, ChainLink, QuarryArea, Site

pytestmark = pytest.mark.django_db
ROOT = "/secretariat/chains/"
PAGES = (
    f"{ROOT}all/",
    f"{ROOT}all.csv",
    f"{ROOT}all.xlsx",
    f"{ROOT}meetings/",
    f"{ROOT}meetings/?show=sites",
    f"{ROOT}questions/",
)
FIRMS = ("mason", "granite", "euro")


@pytest.fixture(autouse=True)
def _day(settings: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()


def chain(cast: Cast, firm: str, **more: Any) -> Chain:
    given = {
        "situation": "C", "material": "granite", "trade_name": f"SECRET-{firm}", "extraction_country": "IN",
        "opened_on": dt.date(2020, 1, 1), "confirmed_on": dt.date(2020, 9, 1), "changed_at": NOW,
    }  # fmt: skip
    return Chain.objects.create(organisation=cast.organisations[firm], **{**given, **more})


def link(of: Chain, level: str, **more: Any) -> ChainLink:
    return ChainLink.objects.create(chain=of, level=level, **{"state": "known", "name": f"{level}-{of.pk}", **more})


@pytest.fixture
def shared(cast: Cast) -> dict[str, Any]:
    """Three firms in one district, two of them at one site that was written twice and joined."""
    district = QuarryArea.objects.create(
        code="IN-BUN", name="Bundi", level="district", country="IN", admin1="Rajasthan", lat=Decimal("25.4"),
        lon=Decimal("75.6"),
    )  # fmt: skip
    inside = QuarryArea.objects.create(
        code="IN-BUD", name="Budhpura", level="locality", country="IN", admin1="Rajasthan", parent=district
    )
    site = Site.objects.create(code="S1", name="Shared Works", country="IN", place="Kota")
    twin = Site.objects.create(code="S2", name="Shared Wrks", country="IN", place="Kota", merged_into=site)
    chains = {firm: chain(cast, firm) for firm in FIRMS}
    link(chains["mason"], "quarry_areas", quarry_area=inside, name="")
    link(chains["granite"], "quarry_areas", quarry_area=district, name="")
    link(chains["euro"], "quarry_areas", quarry_area=inside, name="")
    link(chains["mason"], "factories", site=site)
    link(chains["granite"], "factories", site=twin)
    link(chains["euro"], "factories", state="refused", name="", quarry_area=None)
    return {"district": district, "inside": inside, "site": site, "chains": chains}


def get(cast: Cast, client: Any, address: str, who: str = "assessor") -> Any:
    cast.sign_in(client, who)
    client.cookies["language"] = "en"
    return client.get(address)


@pytest.mark.parametrize("who", ["visitor", *(p for p in PEOPLE if p not in ("assessor", "coordinator"))])
def test_nobody_else_learns_anything(cast: Cast, client: Any, shared: Any, who: str) -> None:
    for address in PAGES:
        answer = get(cast, client, address, who)
        assert answer.status_code in (302, 404)
        assert "SECRET" not in answer.content.decode()
        assert "Shared Works" not in answer.content.decode()
    actor, pack = cast.actor(who), pack_of(cast.years[1])
    for ask in (
        lambda: list(chain_queries.all_chains(actor, pack, TODAY, chain_queries.AllFilters())),
        lambda: chain_queries.meetings(actor, pack, TODAY, 2),
        lambda: mending.findings(actor, pack, TODAY),
    ):
        with pytest.raises(Refused):
            ask()


def test_all_chains_with_their_filters(cast: Cast, client: Any, shared: Any) -> None:
    chain(cast, "mason", trade_name="CLOSED", closed_on=dt.date(2020, 10, 1))
    text = get(cast, client, f"{ROOT}all/").content.decode()
    assert all(f"SECRET-{firm}" in text for firm in FIRMS)
    assert "CLOSED" not in text
    district, site = shared["district"].pk, shared["site"].pk
    for query, found in {
        f"company={cast.organisations['mason'].pk}": {"mason"},
        "gap=factories": {"euro"},
        "state=refused": {"euro"},
        f"area={district}": set(FIRMS),
        f"area={shared['inside'].pk}": {"mason", "euro"},
        f"site={site}": {"mason", "granite"},
        "q=secret-gran": {"granite"},
        "country=CN": set(),
        "company=x&area=y&site=%27&sort=nonsense&page=99": set(FIRMS) - set(),
    }.items():
        text = get(cast, client, f"{ROOT}all/?{query}").content.decode()
        assert {firm for firm in FIRMS if f"SECRET-{firm}" in text} == found, query


def test_the_files_hold_the_same_rows_and_no_formula(cast: Cast, client: Any, shared: Any) -> None:
    chain(cast, "mason", trade_name="=cmd|' /c calc'!A0")
    csv = get(cast, client, f"{ROOT}all.csv?q=secret").getvalue().decode("utf-8-sig")
    assert [f"SECRET-{firm}" in csv for firm in FIRMS] == [True] * 3
    assert ";'=cmd" in get(cast, client, f"{ROOT}all.csv").getvalue().decode("utf-8-sig")
    content = get(cast, client, f"{ROOT}all.xlsx").getvalue()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 4
    assert {row[3] for row in rows[1:]} == {*(f"SECRET-{firm}" for firm in FIRMS), "=cmd|' /c calc'!A0"}


def test_companies_meet_in_the_district_and_at_the_joined_site(cast: Cast, shared: Any) -> None:
    found = chain_queries.meetings(cast.actor("assessor"), pack_of(cast.years[1]), TODAY, 3)
    assert [(m.name, m.many) for m in found.areas] == [("Bundi", 3), ("Budhpura", 2)]
    assert [(m.name, m.many) for m in found.sites] == [("Shared Works", 2)]
    assert [(m.name, m.many) for m in found.regions] == [("Rajasthan", 3)]
    assert [m.name for m in found.together] == ["Bundi"]
    assert found.together[0].themes == []


def test_themes_come_only_where_companies_put_them_first(cast: Cast, shared: Any) -> None:
    first = {"year_number": 1, "is_actual": False, "scale": 5, "scope": 5, "irremediable": 5, "likelihood": 5}
    Risk.objects.create(
        organisation=cast.organisations["mason"], chain=shared["chains"]["mason"], theme="child-labour", **first
    )
    Risk.objects.create(
        organisation=cast.organisations["euro"], quarry_area=shared["inside"], theme="child-labour", **first
    )
    Risk.objects.create(organisation=cast.organisations["euro"], theme="forced-labour", **first)  # elsewhere
    found = chain_queries.meetings(cast.actor("assessor"), pack_of(cast.years[1]), TODAY, 3)
    assert [count for _theme, count in found.together[0].themes] == [2]


def test_what_contradicts_itself_is_a_question(cast: Cast, shared: Any) -> None:
    chains = shared["chains"]
    Site.objects.filter(pk=shared["site"].pk).update(closed_on=dt.date(2020, 5, 1))
    Chain.objects.filter(pk=chains["granite"].pk).update(extraction_country="CN", confirmed_on=None)
    Chain.objects.filter(pk=chains["euro"].pk).update(confirmed_on=dt.date(2019, 11, 1))
    link(chains["euro"], "direct_suppliers", name="Cava  Lumaca")
    link(chains["euro"], "quarries", name="cava lumaca")
    found = mending.findings(cast.actor("assessor"), pack_of(cast.years[1]), TODAY)
    seen = {(f.kind, f.company) for f in found}
    assert seen == {
        ("closed", "Mason Stone BV"), ("origin", "Granite House NV"), ("stale", "Granite House NV"),
        ("stale", "Euro Stone BV"), ("same", "Euro Stone BV"),
    }  # fmt: skip


@pytest.mark.skipif(not gazetteer.available(), reason="there is no gazetteer here")
def test_coordinates_in_another_country_are_a_question_that_knows_the_usual_mistake(cast: Cast, shared: Any) -> None:
    mason = shared["chains"]["mason"]
    link(mason, "quarries", name="Turned Quarry", country="IN", lat=Decimal("75.6"), lon=Decimal("25.4"))
    link(mason, "quarries", position=1, name="Right Quarry", country="India", lat=Decimal("25.4"), lon=Decimal("75.6"))
    QuarryArea.objects.filter(pk=shared["inside"].pk).update(lat=Decimal("50.8"), lon=Decimal("4.3"))
    found = mending.findings(cast.actor("assessor"), pack_of(cast.years[1]), TODAY)
    assert {(f.kind, f.chain) for f in found} == {("country", f.chain) for f in found if f.kind == "country"} | {
        ("area", "Budhpura")
    }
    texts = [f.text for f in found if f.kind == "country"]
    assert len(texts) == 1
    assert "Turned Quarry" in texts[0]


@pytest.mark.parametrize("address", [f"{ROOT}all/", f"{ROOT}all.csv", f"{ROOT}meetings/", f"{ROOT}questions/"])
def test_queries_do_not_grow(cast: Cast, client: Any, shared: Any, address: str) -> None:
    get(cast, client, address).getvalue()
    with CaptureQueriesContext(connection) as few:
        client.get(address).getvalue()
    for firm in ("mason", "granite"):
        for number in range(2):
            one = chain(cast, firm, trade_name=f"more {number}")
            link(one, "quarry_areas", quarry_area=shared["district"])
            link(one, "factories", site=shared["site"])
    with CaptureQueriesContext(connection) as many:
        client.get(address).getvalue()
    assert len(many) == len(few)


def test_an_area_that_became_part_of_another_counts_there_in_frozen_reports(cast: Cast, shared: Any) -> None:
    gone = QuarryArea.objects.create(code="IN-GONE", name="Boondi", country="IN", merged_into=shared["district"])
    areas = Raw(TODAY).areas
    assert areas[gone.code] == areas["IN-BUN"] == shared["district"]
