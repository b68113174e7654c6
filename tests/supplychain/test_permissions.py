"""Only the company itself and the secretariat see a chain; only editors change it."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.cast import NOW, PEOPLE
from tests.supplychain.conftest import SECRET, data, known
from toetssteen.foundation.pages import Refused
from toetssteen.supplychain import permissions, queries, services

pytestmark = pytest.mark.django_db
EVERYBODY = [*PEOPLE, "visitor"]
SEE = {"company_admin", "editor", "reader", "assessor", "coordinator"}


@pytest.mark.parametrize("name", EVERYBODY)
def test_rows_and_verdict_agree(cast, add, name):
    own, other = add(known("direct_suppliers")), add(known("direct_suppliers"), by="rival")
    actor = cast.actor(name)
    for chain in (own, other):
        listed = permissions.visible_chains(actor).filter(pk=chain.pk).exists()
        assert listed == bool(permissions.can_view_chain(actor, chain))
    assert permissions.visible_chains(actor).filter(pk=own.pk).exists() == (name in SEE)


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_editors_of_the_company_change_a_chain(cast, add, name):
    chain = add(known("direct_suppliers"))
    actor = cast.actor(name)
    allowed = name in {"company_admin", "editor"}
    assert bool(permissions.can_edit_chain(actor, chain)) == allowed
    with suppress(Refused):
        services.edit_chain(
            actor=actor, chain_id=chain.pk, row_version=0, data=data(trade_name="Changed"), year=cast.years[1], now=NOW
        )
    chain.refresh_from_db()
    assert (chain.trade_name == "Changed") == allowed


PAGES = ["/chains/", "/chains/export.csv", "/chains/{}/", "/chains/{}/edit/", "/chains/{}/level/factories/"]


@pytest.mark.parametrize("name", ["rival", "authority", "union", "committee", "operator", "visitor", "euro"])
@pytest.mark.parametrize("path", [*PAGES, "/secretariat/chains/", "/secretariat/chains/{org}/"])
def test_nobody_else_reads_a_name(cast, add, client, name, path):
    chain = add(known("direct_suppliers"), known("factories"))
    cast.sign_in(client, name)
    answer = client.get(path.format(chain.pk, org=chain.organisation_id), follow=True)
    text = answer.content.decode()
    assert SECRET not in text
    assert "Secret Black" not in text


@pytest.mark.parametrize("path", ["copy", "close", "reopen", "checked"])
def test_a_rival_cannot_do_anything_to_a_chain(cast, add, client, path):
    chain = add(known("direct_suppliers"))
    cast.sign_in(client, "rival")
    answer = client.post(f"/chains/{chain.pk}/{path}/", {"closed_on": "2020-11-01", "reason": "x"})
    chain.refresh_from_db()
    assert answer.status_code == 404
    assert (chain.closed_on, chain.confirmed_on, chain.row_version) == (None, None, 0)
    assert queries.chains(cast.actor("rival"), cast.organisations["granite"].pk) == []


def test_a_reader_reads_and_is_told_why_nothing_can_be_changed(cast, add, client):
    chain = add(known("direct_suppliers"))
    cast.sign_in(client, "reader")
    page = client.get("/chains/", headers={"Accept-Language": "en"}).content.decode()
    assert SECRET in page
    assert "Add a chain" not in page
    refusal = client.post(f"/chains/{chain.pk}/checked/", headers={"Accept-Language": "en"})
    assert "Only administrators and editors" in refusal.content.decode()
    chain.refresh_from_db()
    assert chain.confirmed_on is None


def test_the_secretariat_reads_and_cannot_change(cast, add, client):
    chain = add(known("direct_suppliers"))
    cast.sign_in(client, "assessor")
    page = client.get(f"/secretariat/chains/{chain.organisation_id}/").content.decode()
    assert SECRET in page
    assert f"/chains/{chain.pk}/edit/" not in page
    with pytest.raises(Refused):
        services.close_chain(
            actor=cast.actor("assessor"),
            chain_id=chain.pk,
            closed_on=NOW.date(),
            reason="x",
            year=cast.years[1],
            now=NOW,
        )


def test_companies_do_not_see_how_often_an_area_is_named(cast, add, area):
    add(known("quarry_areas", quarry_area_id=area.pk))
    counts = {name: sum(row.links for row in queries.quarry_areas(cast.actor(name))) for name in EVERYBODY}
    assert {name for name, count in counts.items() if count} == {"assessor", "coordinator"}
    assert all(
        queries.proposed_areas(cast.actor(name)) == [] for name in EVERYBODY if name not in {"assessor", "coordinator"}
    )
