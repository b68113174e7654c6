"""The page and the list of suggestions, and where the data come from."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_somebody_who_signed_in_finds_places_on_a_page_without_script(cast: Cast, client: Client) -> None:
    cast.sign_in(client, "editor")
    page = client.get("/places/", {"q": "bundi", "country": "Indië"}).content.decode()
    assert "Rajasthan, India" in page
    assert "district of gemeente" in page
    assert "noord, 75,637" in page
    assert "GeoNames, CC BY 4.0" in page


def test_the_suggestions_are_a_list_with_what_tells_places_apart(cast: Cast, client: Client) -> None:
    cast.sign_in(client, "editor")
    answer = client.get("/places/", {"q": "Ximei", "country": "CN", "format": "json"})
    first = answer.json()["places"][0]
    assert first["id"] == "g1789289"
    assert first["name"] == "Nan'an"
    assert first["detail"].startswith("stad of dorp, Quanzhou Shi, Fujian")
    assert "private" in answer["Cache-Control"]


def test_strange_questions_get_a_sentence(cast: Cast, client: Client) -> None:
    cast.sign_in(client, "editor")
    assert "Er is geen land met deze naam" in client.get("/places/", {"q": "x", "country": "Atlantis"}).content.decode()
    assert "Geen plaats begint" in client.get("/places/", {"q": "qzxwvq"}).content.decode()
    assert client.get("/places/", {"q": "%_'\"<b>" * 40, "format": "json"}).json()["places"] == []
    page = client.get("/places/", {"q": "<script>"}).content.decode()
    assert "<script>alert" not in page
    assert 'value="&lt;script&gt;"' in page


def test_without_a_gazetteer_the_page_says_so(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("TOETSSTEEN_PLACES", str(tmp_path / "none.sqlite3"))
    monkeypatch.setenv("TOETSSTEEN_PLACES_BUILD", "never")
    cast.sign_in(client, "editor")
    answer = client.get("/places/", {"q": "bundi", "format": "json"}).json()
    assert answer["places"] == []
    assert "lukt nu niet" in answer["trouble"]


def test_a_visitor_searches_nothing_but_reads_the_sources(cast: Cast, client: Client) -> None:
    answer = client.get("/places/", {"q": "bundi", "format": "json"})
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    page = client.get(reverse("sources")).content.decode()
    assert "GeoNames" in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    assert 'href="/sources/"' in client.get("/").content.decode()


def test_the_search_asks_the_database_nothing_of_places(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    cast.sign_in(client, "editor")
    client.get("/places/", {"q": "bundi"})
    with django_assert_max_num_queries(12):
        client.get("/places/", {"q": "s", "format": "json"})
