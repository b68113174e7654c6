"""The public map of quarry areas: from publications alone, about the middle of an area, never a site or a count."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.register.conftest import SECRETS, World
from toetssteen.register import area_map
from toetssteen.supplychain.choices import AreaPrecision
from toetssteen.supplychain.models import QuarryArea, Site

PAGE = "/register/quarry-areas/"


@pytest.fixture
def placed(world: World) -> World:
    """Areas with coordinates as exact as a site, a site in one of them, and an area that a company added itself."""
    for code, lat, lon in (("IN-BUN", "25.43871", "75.63712"), ("IN-BUN-BUD", "24.98123", "75.47456")):
        QuarryArea.objects.filter(code=code).update(lat=Decimal(lat), lon=Decimal(lon))
    Site.objects.create(
        code="S1", name=SECRETS[0], country="IN", lat=Decimal("25.11223"), lon=Decimal("75.33445"),
        quarry_area=world.areas["IN-BUN"],
    )  # fmt: skip
    own = QuarryArea.objects.create(
        code="OWN-1", name="Own Hidden Hollow", level="district", country="IN", admin1="Goa", listed=False,
        lat=Decimal("15.2"), lon=Decimal("74.1"),
    )  # fmt: skip
    world.decide(world.company("T900", "Lonely Buyer"), "green", areas=(own.code,))
    return world


def page(client: Any, address: str = PAGE) -> str:
    client.cookies["language"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_map_shows_about_where_the_published_areas_lie(client: Any, placed: World) -> None:
    publication = placed.publish()
    bundi = next(area for area in publication.areas if area["district"] == "Bundi")
    assert (bundi["lat"], bundi["lon"], bundi["precision"]) == ("25.4", "75.6", "district")
    text = page(client)
    assert 'data-lat="25.4" data-lon="75.6"' in text
    assert "1 area is not on the map, but stands in the list." in text
    assert "Yên Định" in text


def test_neither_exact_places_nor_sites_companies_counts_or_areas_of_a_company_are_shown(
    client: Any, placed: World
) -> None:
    publication = placed.publish()
    texts = [page(client), *(page(client, f"/register/data/quarry-areas.{kind}") for kind in ("csv", "json"))]
    texts.append(repr(publication.areas))
    leaks = ("25.43", "24.98", "25.11", "75.33", "Hidden Hollow", "Lonely Buyer", "Mason", "Granite House", *SECRETS)
    for text in texts:
        assert not [leak for leak in leaks if leak in text]
    sizes = {spot.many for spot in area_map.spots_of(publication.areas, 5)}
    assert sizes == {1}  # two companies buy in Bundi, one in Yên Định: the dots say nothing of it


def test_an_area_known_as_a_point_keeps_its_point(placed: World) -> None:
    QuarryArea.objects.filter(code="IN-BUN").update(precision=AreaPrecision.POINT)
    bundi = next(area for area in placed.publish().areas if area["district"] == "Bundi")
    assert not {"lat", "lon"} & set(bundi)


def test_an_area_that_became_part_of_another_counts_there(placed: World) -> None:
    listed = QuarryArea.objects.create(code="IN-GOA", name="Goa Hills", level="district", country="IN", admin1="Goa")
    QuarryArea.objects.filter(code="OWN-1").update(merged_into=listed)
    assert "Goa Hills" in {area["district"] for area in placed.publish().areas}


def test_what_changes_after_publishing_is_not_on_the_map(client: Any, placed: World) -> None:
    placed.publish()
    before = page(client)
    QuarryArea.objects.update(listed=True, lat=Decimal("1.5"), lon=Decimal("2.5"), name="Renamed")
    after = page(client)
    assert ("Renamed" in after, 'data-lat="1.5"' in after, "Hidden Hollow" in after) == (False, False, False)
    assert 'data-lat="25.4"' in before
    assert 'data-lat="25.4"' in after


def test_an_earlier_year_stays_to_be_seen(client: Any, placed: World) -> None:
    placed.publish(year=1)
    QuarryArea.objects.filter(code="OWN-1").update(listed=True)
    placed.publish(year=2)
    assert "Own Hidden Hollow" in page(client)
    assert "Own Hidden Hollow" not in page(client, PAGE + "?year=1")
    assert "Own Hidden Hollow" not in page(client, "/register/data/quarry-areas.csv?year=1")
    assert client.get(PAGE + "?year=4").status_code == 404
    assert client.get(PAGE + "?year=x").status_code == 404


def test_queries_do_not_grow_with_the_areas(client: Any, placed: World) -> None:
    placed.publish()
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    for number in range(3):
        QuarryArea.objects.create(code=f"X{number}", name=f"X{number}", level="district", country="CN", lat=30, lon=110)
    placed.decide(placed.company("T901", "More"), "green", areas=("X0", "X1", "X2"))
    placed.publish()
    page(client)
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(many) == len(few)
