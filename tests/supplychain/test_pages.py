"""The pages work without a script, keep what was entered, and say at the field what is wrong."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.cast import TODAY
from tests.supplychain.conftest import asked, known
from toetssteen.supplychain.models import Chain, QuarryArea

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}
LEVELS = ("direct_suppliers", "factories", "quarry_areas", "quarries")


@pytest.fixture
def editor(cast, client):
    client.cookies["language"] = "en"
    return cast.sign_in(client, "editor")


def management(**totals):
    sent = {}
    for level in LEVELS:
        total = totals.get(level, 1)
        sent |= {f"{level}-TOTAL_FORMS": str(total), f"{level}-INITIAL_FORMS": "0"}
        sent |= {f"{level}-{n}-state": "unknown" for n in range(total)}
    return sent


def chain_form(**more):
    return {
        "material": "granite", "trade_name": "Star Galaxy", "extraction_country": "IN", "processing_country": "IN",
        "situation": "countries", "opened_on": "2019-11-01", "share_of_volume": "12,5", **management(), **more,
    }  # fmt: skip


def test_adding_a_chain_proposes_the_situation_from_the_countries(cast, editor):
    sent = chain_form(**{"factories-0-state": "known", "factories-0-name": "Blue Works", "factories-0-country": "IN"})
    answer = editor.post("/chains/add/", sent)
    assert answer.status_code == 302
    chain = Chain.objects.get()
    assert (chain.situation, chain.share_of_volume, chain.organisation) == (
        "C",
        Decimal("12.5"),
        cast.organisations["mason"],
    )
    assert chain.links.get(level="factories").name == "Blue Works"


def test_inside_the_eea_it_is_the_lighter_situation_and_unknown_countries_need_a_choice(editor):
    editor.post("/chains/add/", chain_form(extraction_country="IT", processing_country="PT"))
    assert Chain.objects.get().situation == "B"
    answer = editor.post("/chains/add/", chain_form(extraction_country="", processing_country=""))
    assert "Choose the situation that fits" in answer.content.decode()
    assert Chain.objects.count() == 1


def test_mistakes_stand_at_their_field_and_nothing_entered_is_lost(editor):
    sent = chain_form(
        share_of_volume="many",
        **{"factories-0-state": "refused", "factories-0-note": "they laughed", "quarries-0-state": "known"},
    )
    page = editor.post("/chains/add/", sent).content.decode()
    assert not Chain.objects.exists()
    for field in ("id_share_of_volume", "id_factories-0-asked_on", "id_quarries-0-name"):
        assert f'href="#{field}"' in page
        assert re.search(rf'id="{field}"[^>]*aria-invalid|aria-invalid="true"[^>]*id="{field}"', page)
    assert "they laughed" in page
    assert "Star Galaxy" in page


def test_one_more_link_without_a_script_keeps_everything_and_blames_nothing(editor):
    page = editor.post("/chains/add/", chain_form(material="", more="factories")).content.decode()
    assert 'name="factories-1-state"' in page
    assert "Star Galaxy" in page
    assert "data-errors" not in page
    assert not Chain.objects.exists()


def test_two_people_at_once_see_both_versions(cast, editor, add):
    chain = add(known("factories", "Old Works"))
    url = f"/chains/{chain.pk}/edit/"
    link = chain.links.get(level="factories")
    mine = chain_form(row_version="0", trade_name="Mine", situation="C")
    mine |= {
        "factories-INITIAL_FORMS": "1",
        "factories-0-id": str(link.pk),
        "factories-0-state": "known",
        "factories-0-name": "My Works",
    }
    editor.post(url, mine | {"trade_name": "Theirs", "factories-0-name": "Their Works"})
    page = editor.post(url, mine).content.decode()
    chain.refresh_from_db()
    assert chain.trade_name == "Theirs"
    assert "Their Works" in page
    assert "My Works" in page
    assert "changed this in the meantime" in page
    assert 'name="row_version" value="1"' in page
    assert editor.post(url, mine | {"row_version": "1"}).status_code == 302
    chain.refresh_from_db()
    assert chain.trade_name == "Mine"


def test_a_cell_changes_in_the_table_and_the_meters_follow(editor, add):
    chain = add(known("direct_suppliers"), asked("factories"))
    link = chain.links.get(level="factories")
    url = f"/chains/{chain.pk}/level/factories/"
    form = editor.get(url, headers={"HX-Request": "true"}).content.decode()
    assert form.lstrip().startswith(f'<tbody id="chain-{chain.pk}">')
    sent = {
        "row_version": "0", "factories-TOTAL_FORMS": "1", "factories-INITIAL_FORMS": "1",
        "factories-0-id": str(link.pk),
        "factories-0-state": "known", "factories-0-name": "Blue Works",
    }  # fmt: skip
    part = editor.post(url, sent, headers={"HX-Request": "true"}).content.decode()
    assert "Blue Works" in part
    assert 'id="meters"' in part
    assert 'hx-swap-oob="true"' in part
    assert "1 of 1, asked 50%" in part
    stale = editor.post(url, sent | {"factories-0-name": "Late Works"}, headers={"HX-Request": "true"}).content.decode()
    assert "Late Works" in stale
    assert "in the meantime" in stale
    assert chain.links.get(level="factories").name == "Blue Works"


def test_the_same_cell_without_a_script(editor, add):
    chain = add(asked("factories"))
    url = f"/chains/{chain.pk}/level/factories/"
    assert "<html" in editor.get(url).content.decode()
    sent = {
        "row_version": "0", "factories-TOTAL_FORMS": "1", "factories-INITIAL_FORMS": "1",
        "factories-0-id": str(chain.links.get(level="factories").pk), "factories-0-state": "unknown",
    }  # fmt: skip
    answer = editor.post(url, sent)
    assert answer.headers["Location"] == f"/chains/#chain-{chain.pk}"
    assert chain.links.get(level="factories").state == "unknown"


def test_several_chains_in_a_table(cast, editor):
    sent = {"rows-TOTAL_FORMS": "5", "rows-INITIAL_FORMS": "0"}
    sent |= {"rows-0-material": "granite", "rows-0-extraction_country": "India", "rows-0-processing_country": "in"}
    sent |= {"rows-0-share_of_volume": "60", "rows-0-supplier": "Blue Works"}
    sent |= {"rows-3-material": "slate", "rows-3-extraction_country": "Spanje", "rows-3-processing_country": "Spain"}
    bad = editor.post("/chains/add-many/", sent | {"rows-3-extraction_country": "Atlantis"}).content.decode()
    assert "This country is not known" in bad
    assert "Blue Works" in bad
    assert not Chain.objects.exists()
    editor.post("/chains/add-many/", sent)
    rows = list(Chain.objects.order_by("pk").values_list("material", "situation", "extraction_country"))
    assert rows == [("granite", "C", "IN"), ("slate", "B", "ES")]
    assert Chain.objects.first().links.get(level="direct_suppliers").name == "Blue Works"
    empty = editor.post("/chains/add-many/", {"rows-TOTAL_FORMS": "5", "rows-INITIAL_FORMS": "0"}).content.decode()
    assert "Fill in at least one line" in empty


def test_closing_says_what_happens_and_offers_to_undo(editor, add):
    chain = add(known("factories"))
    assert "What happens" in editor.get(f"/chains/{chain.pk}/close/").content.decode()
    answer = editor.post(
        f"/chains/{chain.pk}/close/", {"closed_on": "2020-11-01", "reason": "quarry closed"}, follow=True
    )
    page = answer.content.decode()
    assert f'action="/chains/{chain.pk}/reopen/"' in page
    assert "is closed from 1 November 2020" in page
    editor.post(f"/chains/{chain.pk}/reopen/")
    chain.refresh_from_db()
    assert chain.closed_on is None


def test_checking_all_at_once(editor, add):
    one, two = add(), add()
    page = editor.get("/chains/checked/").content.decode()
    assert f'value="{one.pk}:0"' in page
    editor.post("/chains/checked/", {"on": TODAY.isoformat(), "chain": [f"{one.pk}:0"]})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.confirmed_on, two.confirmed_on) == (TODAY, None)


def test_shares_that_do_not_add_up_warn_and_never_block(editor, add):
    add(share_of_volume=Decimal(40))
    page = editor.get("/chains/").content.decode()
    assert "add up to 40%" in page
    add(share_of_volume=Decimal(60))
    assert "add up to" not in editor.get("/chains/").content.decode()


def test_the_file_holds_own_chains_and_no_formulas(editor, add):
    add(known("factories", "=HYPERLINK(1)"), trade_name="+cmd")
    add(known("factories", "Rival Works"), by="rival")
    text = editor.get("/chains/export.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'+cmd" in text
    assert ";=" not in text
    assert "Rival Works" not in text


def test_an_empty_list_shows_the_first_step(editor):
    page = editor.get("/chains/").content.decode()
    assert "Add your first chain" in page
    assert "<table" not in page


def test_the_meters_show_the_demand_and_what_is_still_to_name(editor, add):
    add(known("direct_suppliers"), asked("factories"))
    add(asked("factories"))
    page = editor.get("/chains/").content.decode()
    assert "Mark = asked in year 1" in page
    assert "0 of 2, asked 50%" in page
    assert "1 still to name" in page


def test_names_are_shown_as_text(editor, add):
    add(known("factories", "<script>alert(1)</script>"))
    page = editor.get("/chains/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_secretariat_keeps_the_list_of_areas(cast, client, area):
    client.cookies["language"] = "en"
    cast.sign_in(client, "coordinator")
    sent = {"code": "PT-EVO", "name": "Évora", "country": "PT", "level": "district", "admin1": "Alentejo", "parent": ""}
    assert client.post("/secretariat/areas/add/", sent).status_code == 302
    assert QuarryArea.objects.get(code="PT-EVO").name == "Évora"
    assert "This code is taken" in client.post("/secretariat/areas/add/", sent).content.decode()
    wrong = {**sent, "parent": str(area.parent_id)}
    assert (
        "another country"
        in client.post(f"/secretariat/areas/{QuarryArea.objects.get(code='PT-EVO').pk}/", wrong).content.decode()
    )
    loop = {"name": "Bundi", "country": "IN", "level": "district", "parent": str(area.pk)}
    assert "cannot lie in itself" in client.post(f"/secretariat/areas/{area.parent_id}/", loop).content.decode()
    cast.sign_in(client, "editor")
    assert client.get("/secretariat/areas/").status_code == 404
