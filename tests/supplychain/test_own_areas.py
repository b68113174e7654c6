"""Areas that companies add from the gazetteer, questions that a form asks back, and areas that become one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.cast import NOW, Cast
from tests.supplychain.conftest import AddChain, known
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.supplychain import areas, queries
from toetssteen.supplychain.choices import AreaPrecision
from toetssteen.supplychain.data import AreaData, LinkData
from toetssteen.supplychain.models import Chain, ChainLink, QuarryArea, Site

pytestmark = pytest.mark.django_db
LEVEL = "quarry_areas"


def own(place_id: str) -> LinkData:
    return LinkData(level=LEVEL, state="known", place_id=place_id, place="whatever", country="IN")


def names(cast: Cast, who: str) -> set[str]:
    return {label for _country, rows in queries.area_choices(cast.actor(who)) for _id, label in rows}


def link_of(chain: Chain) -> ChainLink:
    return ChainLink.objects.select_related("quarry_area__parent").get(chain=chain, level=LEVEL)


def test_a_company_adds_an_area_from_the_gazetteer_with_the_district_it_lies_in(cast: Cast, add: AddChain) -> None:
    area = link_of(add(own("own.chimakurthy"))).quarry_area
    assert area is not None
    assert (area.name, area.country, area.admin1, area.level) == ("Chimakurthy", "IN", "Andhra Pradesh", "locality")
    assert (area.precision, area.radius_km, area.listed) == (AreaPrecision.TOWN, Decimal(30), False)
    assert area.lat is not None
    assert area.parent is not None
    assert (area.parent.name, area.parent.level, area.parent.listed) == ("Prakasam", "district", False)
    # A second chain with the same place names the same area.
    assert link_of(add(own("own.chimakurthy"))).quarry_area_id == area.pk
    assert AuditEvent.objects.filter(verb="supplychain.add_own_quarry_area").count() == 2


def test_nobody_else_sees_that_a_company_added_an_area(cast: Cast, client: Client, add: AddChain) -> None:
    area = link_of(add(own("own.chimakurthy"))).quarry_area
    assert "Chimakurthy (Prakasam, Andhra Pradesh)" in names(cast, "editor")
    assert "Chimakurthy (Prakasam, Andhra Pradesh)" in names(cast, "coordinator")
    for stranger in ("rival", "outsider"):
        if stranger in cast.people:
            assert not any("Chimakurthy" in label for label in names(cast, stranger)), stranger
    rivals = [who for who in cast.people if cast.actor(who).company_id not in (None, cast.actor("editor").company_id)]
    assert rivals
    for who in rivals:
        assert not any("Chimakurthy" in label or "Prakasam" in label for label in names(cast, who)), who
        cast.sign_in(client, who)
        assert "Chimakurthy" not in client.get("/chains/add/").content.decode()
    assert area is not None
    # A rival who names the same place gets the same area, and learns nothing by it.
    add(own("own.chimakurthy"), by=rivals[0]) if cast.actor(rivals[0]).company_id else None


def test_only_a_district_or_less_becomes_an_area_and_only_for_editors(cast: Cast) -> None:
    editor = cast.actor("editor")
    company = editor.company_id or 0
    for too_large in ("IN", "IN.24", "no such place"):
        with pytest.raises(ValidationError):
            areas.own_area(editor, company, too_large, NOW)
    with pytest.raises(Refused):
        areas.own_area(cast.actor("coordinator"), company, "IN.24.121", NOW)
    assert not QuarryArea.objects.filter(listed=False).exists()


def test_the_secretariat_puts_an_area_on_the_list(cast: Cast, client: Client, add: AddChain) -> None:
    area = link_of(add(own("IN.24.121"))).quarry_area
    assert area is not None
    cast.sign_in(client, "coordinator")
    assert "Door bedrijven toegevoegd" in client.get("/secretariat/areas/").content.decode()
    page = client.get(f"/secretariat/areas/{area.pk}/").content.decode()
    assert "Andere bedrijven zien het nadat u het hier bewaart" in page
    data = AreaData(
        area.code, "Bundi", "IN", "district", "Rajasthan", lat=area.lat, lon=area.lon, place_id=area.place_id
    )
    areas.edit_quarry_area(actor=cast.actor("coordinator"), area_id=area.pk, data=data, now=NOW)
    assert any(label.startswith("Bundi (Rajasthan") for label in names(cast, "editor"))
    area.refresh_from_db()
    assert area.listed


def test_two_areas_become_one_with_everything_that_names_them(cast: Cast, add: AddChain) -> None:
    chain = add(own("g1275103"))
    area = link_of(chain).quarry_area
    assert area is not None
    into = QuarryArea.objects.create(code="IN-BUN-X", name="Bundi town", country="IN", level="district")
    site = Site.objects.create(code="S-1", name="Hidden Pit", quarry_area=area)
    boss = cast.actor("coordinator")
    with pytest.raises(Refused):
        areas.merge_quarry_area(actor=cast.actor("editor"), area_id=area.pk, into_id=into.pk, now=NOW)
    elsewhere = QuarryArea.objects.create(code="BE-X", name="Soignies", country="BE", level="district")
    for wrong in (area.pk, elsewhere.pk, 0):
        with pytest.raises(ValidationError):
            areas.merge_quarry_area(actor=boss, area_id=area.pk, into_id=wrong, now=NOW)
    with pytest.raises(ValidationError):  # the town lies in it
        areas.merge_quarry_area(actor=boss, area_id=area.parent_id or 0, into_id=into.pk, now=NOW)
    areas.merge_quarry_area(actor=boss, area_id=area.pk, into_id=into.pk, now=NOW)
    site.refresh_from_db()
    assert link_of(chain).quarry_area_id == site.quarry_area_id == into.pk
    assert area.pk not in {row.id for row in queries.quarry_areas(boss)}
    # Who names the place from now on gets the other area.
    assert areas.own_area(cast.actor("editor"), cast.actor("editor").company_id or 0, "g1275103", NOW) == into


def post(client: Client, chain: Chain, level: str = LEVEL, **more: str) -> Any:
    sent = {
        f"{level}-TOTAL_FORMS": "1", f"{level}-INITIAL_FORMS": "0", f"{level}-0-state": "known",
        "row_version": str(Chain.objects.get(pk=chain.pk).row_version),
        **{f"{level}-0-{name}": value for name, value in more.items()},
    }  # fmt: skip
    return client.post(f"/chains/{chain.pk}/level/{level}/", sent)


@pytest.fixture
def chain(cast: Cast, client: Client, add: AddChain) -> Chain:
    cast.sign_in(client, "editor")
    return add(known("factories"))


def test_a_name_that_is_one_place_becomes_its_area_without_script(client: Client, chain: Chain) -> None:
    assert post(client, chain, place="Bundi, Rajasthan", country="IN").status_code == 302
    area = link_of(chain).quarry_area
    assert area is not None
    assert (area.name, area.precision, area.place_id) == ("Bundi", AreaPrecision.DISTRICT, "IN.24.121")


def test_a_name_of_several_places_is_asked_back_and_the_answer_counts(client: Client, chain: Chain) -> None:
    page = post(client, chain, place="Prinos", country="GR").content.decode()
    assert "Welke plaats bedoelt u?" in page
    assert 'value="g736067"' in page
    assert "laat de naam staan" in page
    assert link_of(chain).state == "unknown"
    assert post(client, chain, place="Prinos", country="GR", which_place="g736067").status_code == 302
    area = link_of(chain).quarry_area
    assert area is not None
    assert area.admin1 == "East Macedonia and Thrace"


def test_a_name_can_stay_as_it_was_typed(client: Client, chain: Chain) -> None:
    assert post(client, chain, place="Prinos", country="GR", which_place="keep").status_code == 302
    link = link_of(chain)
    assert (link.place, link.quarry_area_id) == ("Prinos", None)
    # It is not asked again when nothing about it changed.
    again = {f"{LEVEL}-INITIAL_FORMS": "1"}
    assert post(client, chain, id=str(link.pk), place="Prinos", country="GR", **again).status_code in (200, 302)


def test_a_province_is_larger_than_an_area(client: Client, chain: Chain) -> None:
    page = post(client, chain, place="Rajasthan", country="IN").content.decode()
    assert "is groter dan een groevegebied" in page
    assert not QuarryArea.objects.filter(listed=False).exists()


def test_country_and_coordinates_that_contradict_each_other_are_a_question(client: Client, chain: Chain) -> None:
    swapped = {"name": "Peacock", "country": "IN", "lat": "75° 38' 14\" N", "lon": "25,44"}
    page = post(client, chain, "factories", **swapped).content.decode()
    assert "Deze coördinaten liggen in zee, niet in India" in page
    assert "verwisseld" in page
    factory = ChainLink.objects.get(chain=chain, level="factories")
    assert factory.lat is None
    assert post(client, chain, "factories", **swapped, which_coordinates="swapped").status_code == 302
    factory = ChainLink.objects.get(chain=chain, level="factories")
    assert (factory.lat, factory.lon) == (Decimal("25.44000"), Decimal("75.63722"))


def test_what_somebody_checked_stays(client: Client, chain: Chain) -> None:
    sent = {"name": "Peacock", "country": "CN", "lat": "25,44", "lon": "75,63", "which_coordinates": "keep"}
    assert post(client, chain, "factories", **sent).status_code == 302
    factory = ChainLink.objects.get(chain=chain, level="factories")
    assert (factory.country, factory.lat) == ("CN", Decimal("25.44000"))


def test_without_a_gazetteer_everything_is_kept_as_typed(
    client: Client, chain: Chain, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("TOETSSTEEN_PLACES", str(tmp_path / "none.sqlite3"))
    monkeypatch.setenv("TOETSSTEEN_PLACES_BUILD", "never")
    assert post(client, chain, place="Bundi", country="IN").status_code == 302
    assert link_of(chain).place == "Bundi"


def test_the_secretariat_starts_an_area_from_the_gazetteer(cast: Cast, client: Client) -> None:
    cast.sign_in(client, "coordinator")
    page = client.get("/secretariat/areas/add/", {"look_up": "pedras salgadas"}).content.decode()
    assert "?place=own.pedras-salgadas" in page
    page = client.get("/secretariat/areas/add/", {"place": "own.pedras-salgadas"}).content.decode()
    assert 'value="Pedras Salgadas"' in page
    assert 'value="Vila Real"' in page
    sent = {
        "code": "PT-X",
        "name": "X",
        "country": "PT",
        "level": "district",
        "precision": "point",
        "lat": "39",
        "lon": "-8",
    }
    assert "Bij een punt horen" in client.post("/secretariat/areas/add/", sent).content.decode()
    wrong = {**sent, "radius_km": "5", "lon": "8"}
    assert "Wat klopt?" in client.post("/secretariat/areas/add/", wrong).content.decode()
    assert client.post("/secretariat/areas/add/", {**sent, "radius_km": "5,5"}).status_code == 302
    area = QuarryArea.objects.get(code="PT-X")
    assert (area.precision, area.radius_km, area.listed) == (AreaPrecision.POINT, Decimal("5.5"), True)


def test_the_secretariat_merges_on_a_page_of_its_own(cast: Cast, client: Client, add: AddChain) -> None:
    area = link_of(add(own("g1275103"))).quarry_area
    assert area is not None
    into = QuarryArea.objects.create(code="IN-BUN-X", name="Bundi town", country="IN", level="district")
    QuarryArea.objects.create(code="BE-X", name="Soignies", country="BE", level="district")
    cast.sign_in(client, "coordinator")
    page = client.get(f"/secretariat/areas/{area.pk}/merge/").content.decode()
    assert "U kunt dit ongedaan maken" in page
    assert "Bundi town" in page
    assert "Soignies" not in page
    assert client.post(f"/secretariat/areas/{area.pk}/merge/", {"into": into.pk}).status_code == 302
    area.refresh_from_db()
    assert area.merged_into_id == into.pk
    assert client.get(f"/secretariat/areas/{area.pk}/").status_code == 404
