"""What does not fit in a chain: the company sees its own, the secretariat asks, and an answer counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, PEOPLE, Cast
from tests.supplychain.conftest import SECRET, AddChain, data, known
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.supplychain import areas, checking, services
from toetssteen.supplychain.bulk import Batch, import_chains
from toetssteen.supplychain.data import LinkData
from toetssteen.supplychain.models import AreaMerge, Chain, ChainDoubt, ChainLink, QuarryArea, Site
from toetssteen.supplychain.placing import placed

pytestmark = pytest.mark.django_db
SAME = "staat er als leverancier en als groeve"


@pytest.fixture
def chain(add: AddChain) -> Chain:
    """A chain of which supplier and quarry have one name."""
    made = add(known("direct_suppliers"), known("quarries"))
    Chain.objects.filter(pk=made.pk).update(confirmed_on=dt.date(2020, 9, 1))
    return made


def ask_address(client: Client) -> str:
    """The address behind "Ask the company" on the page of the secretariat."""
    page = client.get("/secretariat/chains/questions/?kind=same").content.decode()
    start = page.index("/secretariat/chains/ask/")
    return page[start : page.index('"', start)].replace("&amp;", "&")


def test_the_company_sees_its_own_and_nothing_of_others(
    cast: Cast, client: Client, chain: Chain, add: AddChain
) -> None:
    other = add(known("direct_suppliers", "Rival Pit"), known("quarries", "Rival Pit"), by="rival")
    cast.sign_in(client, "editor")
    assert "1 punt in uw keten klopt niet" in client.get("/chains/").content.decode()
    page = client.get("/chains/to-check/").content.decode()
    assert SECRET in page
    assert SAME in page
    assert f"/chains/{chain.pk}/edit/" in page
    assert "Rival Pit" not in page
    rivals = checking.own_doubts(cast.actor("rival"), pack_of(cast.years[1]), NOW.date())[0]
    assert client.post(f"/chains/{other.pk}/keep/", {"kind": "same", "key": rivals.key}).status_code == 404
    assert not ChainDoubt.objects.exists()
    # What the registry knows of a site stays with the secretariat.
    site = Site.objects.create(code="S9", name="Registered Elsewhere", closed_on=dt.date(2020, 1, 1))
    ChainLink.objects.filter(chain=chain).update(site=site)
    assert "Registered Elsewhere" not in client.get("/chains/to-check/").content.decode()


def test_the_secretariat_asks_and_the_company_says_that_it_is_right(cast: Cast, client: Client, chain: Chain) -> None:
    cast.sign_in(client, "assessor")
    address = ask_address(client)
    assert SECRET in client.get(address).content.decode()
    assert client.post(address, {"question": "Is the quarry yours?"}).status_code == 302
    assert mail.outbox == [] or all(SECRET not in m.body and "quarry" not in m.body for m in mail.outbox)
    assert "nog geen antwoord" in client.get("/secretariat/chains/questions/?kind=same").content.decode()
    cast.sign_in(client, "editor")
    for shown in ("/chains/", "/home/"):
        assert "Het secretariaat vraagt naar 1 punt in uw keten" in client.get(shown).content.decode(), shown
    assert "Is the quarry yours?" in client.get("/chains/to-check/").content.decode()
    row = ChainDoubt.objects.get()
    sent = {"kind": row.kind, "key": row.key, "remark": "One family owns both."}
    assert client.post(f"/chains/{chain.pk}/keep/", sent).status_code == 302
    assert "Het secretariaat vraagt" not in client.get("/chains/").content.decode()
    assert "Door u nagekeken" in client.get("/chains/to-check/").content.decode()
    cast.sign_in(client, "assessor")
    assert "One family owns both." in client.get("/secretariat/chains/questions/").content.decode()
    assert AuditEvent.objects.filter(verb__in=["supplychain.ask_about_chain", "supplychain.keep_doubt"]).count() == 2
    # Another name is another doubt.
    ChainLink.objects.filter(chain=chain).update(name="Another Pit")
    found = checking.own_doubts(cast.actor("editor"), pack_of(cast.years[1]), NOW.date())
    assert [(d.kind, d.checked_at) for d in found] == [("same", None)]


def test_an_answer_can_be_taken_back_and_a_stale_chain_is_checked(cast: Cast, client: Client, chain: Chain) -> None:
    editor, pack = cast.actor("editor"), pack_of(cast.years[1])
    found = checking.own_doubts(editor, pack, NOW.date())[0]
    sent = {"kind": found.kind, "key": found.key}
    cast.sign_in(client, "editor")
    client.post(f"/chains/{chain.pk}/keep/", sent)
    client.post(f"/chains/{chain.pk}/keep/", {**sent, "undo": "1"})
    assert ChainDoubt.objects.get().checked_at is None
    Chain.objects.filter(pk=chain.pk).update(confirmed_on=dt.date(2018, 1, 1))
    stale = next(d for d in checking.own_doubts(editor, pack, NOW.date()) if d.kind == "stale")
    client.post(f"/chains/{chain.pk}/keep/", {"kind": "stale", "key": stale.key})
    chain.refresh_from_db()
    assert chain.confirmed_on is not None
    assert chain.confirmed_on.year > 2018


@pytest.mark.parametrize("who", PEOPLE)
def test_only_the_secretariat_asks_and_only_editors_answer(cast: Cast, chain: Chain, who: str) -> None:
    actor, pack = cast.actor(who), pack_of(cast.years[1])
    found = checking.own_doubts(cast.actor("editor"), pack, NOW.date())[0]
    about: dict[str, Any] = {
        "actor": actor, "chain_id": chain.pk, "kind": found.kind, "key": found.key, "pack": pack, "now": NOW,
    }  # fmt: skip
    if not actor.is_secretariat:
        with pytest.raises(Refused):
            checking.ask_about_chain(question="?", **about)
    if actor.is_secretariat or actor.company_id != chain.organisation_id or who not in ("admin", "editor"):
        try:
            checking.keep_doubt(remark="", **about)
        except Refused:
            assert not ChainDoubt.objects.exists()
        else:
            assert actor.company_id == chain.organisation_id


def test_queries_do_not_grow(cast: Cast, client: Client, chain: Chain, add: AddChain) -> None:
    cast.sign_in(client, "editor")
    client.get("/chains/to-check/")
    with CaptureQueriesContext(connection) as few:
        client.get("/chains/to-check/")
    add(known("direct_suppliers", "More"), known("quarries", "More"))
    add(known("direct_suppliers", "Most"), known("quarries", "Most"))
    with CaptureQueriesContext(connection) as many:
        client.get("/chains/to-check/")
    assert len(many) == len(few)


# --- merging that can be undone


def test_a_merge_can_be_undone_with_all_that_followed(cast: Cast, client: Client, add: AddChain) -> None:
    boss = cast.actor("coordinator")
    one, two, three = (
        QuarryArea.objects.create(code=f"IN-{n}", name=f"Area {n}", country="IN", level="district") for n in (1, 2, 3)
    )
    link = LinkData(level="quarry_areas", state="known", country="IN", quarry_area_id=one.pk)
    first, second = add(link), add(link)
    site = Site.objects.create(code="S-1", name="Pit", quarry_area=one)
    areas.merge_quarry_area(actor=boss, area_id=one.pk, into_id=two.pk, now=NOW)
    areas.merge_quarry_area(actor=boss, area_id=two.pk, into_id=three.pk, now=NOW)
    one.refresh_from_db()
    assert one.merged_into_id == three.pk  # what became part of it follows
    earlier, later = AreaMerge.objects.get(area=one), AreaMerge.objects.get(area=two)
    with pytest.raises(Refused):
        areas.undo_merge(actor=boss, merge_id=earlier.pk, now=NOW)
    with pytest.raises(Refused):
        areas.undo_merge(actor=cast.actor("editor"), merge_id=later.pk, now=NOW)
    areas.undo_merge(actor=boss, merge_id=later.pk, now=NOW)
    ChainLink.objects.filter(chain=second, level="quarry_areas").update(quarry_area=three)  # changed in the meantime
    cast.sign_in(client, "coordinator")
    page = client.get("/secretariat/areas/").content.decode()
    assert "Gebieden die één werden" in page
    assert client.post(f"/secretariat/areas/merges/{earlier.pk}/undo/").status_code == 302
    site.refresh_from_db()
    one.refresh_from_db()
    named = ChainLink.objects.filter(level="quarry_areas").order_by("chain").values_list("chain", "quarry_area")
    assert dict(named) == {first.pk: one.pk, second.pk: three.pk}
    assert site.quarry_area_id == one.pk
    assert one.merged_into_id is None
    cast.sign_in(client, "editor")
    assert client.post(f"/secretariat/areas/merges/{earlier.pk}/undo/").status_code == 404


def test_the_page_of_a_merge_says_what_follows(cast: Cast, client: Client, add: AddChain, area: QuarryArea) -> None:
    add(LinkData(level="quarry_areas", state="known", country="IN", quarry_area_id=area.pk))
    cast.sign_in(client, "coordinator")
    page = client.get(f"/secretariat/areas/{area.pk}/merge/").content.decode()
    assert "1 schakel in de ketens van bedrijven" in page
    assert "ongedaan maken" in page


# --- words become areas


def test_a_text_becomes_the_place_it_means_and_stays_when_it_is_unclear() -> None:
    link = LinkData(level="quarry_areas", state="known", place="Bundi, Rajasthan", name="Bundi")
    assert (placed(link, "IN").place_id, placed(link, "IN").name) == ("IN.24.121", "")
    for text, country in (("Prinos", "GR"), ("Rajasthan", "IN"), ("", "IN"), ("Zzzyxw", "IN")):
        unclear = LinkData(level="quarry_areas", state="known", place=text)
        assert placed(unclear, country) == unclear


def test_many_chains_at_once_get_one_area_and_count_it(cast: Cast) -> None:
    editor = cast.actor("editor")
    link = LinkData(level="quarry_areas", state="known", place="Bundi", country="IN", place_id="IN.24.121")
    done = import_chains(
        actor=editor, organisation_id=editor.company_id or 0, batch=Batch(add=[data(link), data(link)]),
        subject="x:1", year=cast.years[1], now=NOW,
    )  # fmt: skip
    areas_named = ChainLink.objects.filter(level="quarry_areas").values_list("quarry_area__name", "place")
    assert list(areas_named) == [("Bundi", ""), ("Bundi", "")]
    assert len(done) == 2
    assert AuditEvent.objects.filter(verb="supplychain.add_own_quarry_area").count() == 1
    services.confirm_chain(actor=editor, chain_id=done[0].chain_id, on=NOW.date(), now=NOW)
