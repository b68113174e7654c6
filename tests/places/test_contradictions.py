"""A country and coordinates that cannot both be true are always a question."""

from __future__ import annotations

import sqlite3
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from toetssteen.places import gazetteer, store
from toetssteen.places.contradictions import lies_in
from toetssteen.places.geometry import degrees

COUNTRIES = ("IN", "CN", "VN", "BE", "NL", "PT", "BR", "ZW", "TR", "NO", "ZA", "CL", "US", "ID", "FJ")


@cache
def towns() -> list[tuple[str, float, float]]:
    """Some towns of each country, spread over the list."""
    found: list[tuple[str, float, float]] = []
    database: sqlite3.Connection = store.connection()
    for country in COUNTRIES:
        sql = "SELECT country, lat, lon FROM place WHERE kind = 'town' AND country = ? AND id LIKE 'g%' ORDER BY number"
        rows = database.execute(sql, (country,)).fetchall()
        found += rows[:: max(len(rows) // 40, 1)]
    return found


@pytest.fixture(scope="module")
def some_towns() -> list[tuple[str, float, float]]:
    return towns()


def test_no_town_contradicts_its_own_country(some_towns: list[tuple[str, float, float]]) -> None:
    wrong = [town for town in some_towns if gazetteer.contradiction(*town)]
    assert len(some_towns) > 400
    assert wrong == []


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_town_in_another_country_is_a_question(data: st.DataObject) -> None:
    country, lat, lon = data.draw(st.sampled_from(towns()))
    other = data.draw(st.sampled_from(COUNTRIES))
    assume(other != country)
    near = gazetteer.nearest(lat, lon, country=other, within_km=60)
    assume(near is None)
    found = gazetteer.contradiction(other, lat, lon)
    assert found is not None
    assert found.country == other
    assert found.found == country or lies_in(country, lat, lon)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_would_fit_really_fits_and_a_swap_is_seen(data: st.DataObject) -> None:
    country, lat, lon = data.draw(st.sampled_from(towns()))
    assume(abs(lon) <= 90)
    found = gazetteer.contradiction(country, lon, lat)
    if found is None:  # swapped it lies in the country as well
        assert lies_in(country, lon, lat)
        return
    assert ("swapped", lat, lon) in [(fix.how, fix.lat, fix.lon) for fix in found.corrections]
    assert all(lies_in(country, fix.lat, fix.lon) for fix in found.corrections)


@settings(max_examples=300, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(COUNTRIES))
def test_any_point_of_the_globe_gets_an_answer(lat: float, lon: float, country: str) -> None:
    there = gazetteer.country_at(lat, lon)
    found = gazetteer.contradiction(country, lat, lon)
    if there == country:
        assert found is None
    elif found is not None:
        assert found.found == there
    near = gazetteer.nearest(lat, lon)
    if near is not None:
        assert near.km <= 300


@pytest.mark.parametrize(
    ("country", "lat", "lon", "there", "fits"),
    [
        ("IN", 75.64, 25.44, None, "swapped"),  # Bundi, swapped: the Arctic sea
        ("BR", 20.85, -41.11, None, "latitude_sign"),  # Cachoeiro without its minus
        ("PT", 38.84, 7.59, None, "longitude_sign"),  # Estremoz without its minus
        ("ZW", 17.40, 32.23, "SD", "latitude_sign"),  # Mutoko without its minus
        ("CN", 25.44, 75.64, "IN", None),
        ("NL", 0.0, 0.0, None, None),
        ("IN", 123.0, 25.0, None, None),  # on no globe
    ],
)
def test_mistakes_that_people_make(country: str, lat: float, lon: float, there: str | None, fits: str | None) -> None:
    found = gazetteer.contradiction(country, lat, lon)
    assert found is not None
    assert found.found == there
    hows = [fix.how for fix in found.corrections]
    assert (hows[0] if hows else None) == fits


@pytest.mark.parametrize(
    ("country", "lat", "lon"),
    [
        ("BE", 51.33, 3.20),  # the beach of Zeebrugge
        ("NL", 51.44, 4.93),  # beside the Belgian enclaves of Baarle
        ("BE", 51.44, 4.93),
        ("GF", 5.16, -52.64),  # a part of France with a code of its own
        ("CN", 22.30, 114.17),
        ("FJ", -16.78, 179.99),  # beside the date line
        ("IN", 25.44, 75.64),
        ("", 0.0, 0.0),  # no country contradicts nothing
        ("XX", 0.0, 0.0),
    ],
)
def test_borders_coasts_and_codes_are_no_question(country: str, lat: float, lon: float) -> None:
    assert gazetteer.contradiction(country, lat, lon) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("25,441", 25.441), ("25.441", 25.441), ("-17,4", -17.4), ("25.441 N", 25.441), ("S 17,4", -17.4),
        ("25°26'28\"N", 25.44111), ("25° 26′ 28,5″ N", 25.44125), ("75º38'14.5'' E", 75.63736), ("41 7 12 W", -41.12),
        ("17.4S", -17.4), ("25° 26.47' N", 25.44117), ("105°38' O", 105.63333),
    ],
)  # fmt: skip
def test_coordinates_as_people_write_them(written: str, value: float) -> None:
    found = degrees(written)
    assert found is not None
    assert abs(found - value) < 0.00002


def test_what_is_no_coordinate() -> None:
    for text in ("", "onbekend", "25°99'", "25.5°30'", "N25E", "12 34 56 78"):
        assert degrees(text) is None, text
