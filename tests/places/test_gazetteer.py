"""Places that people wrote, found in the gazetteer: cases that were looked up by hand."""

from __future__ import annotations

import json
import time

import pytest

from toetssteen.config.cli import main
from toetssteen.places import gazetteer
from toetssteen.places.gazetteer import Ambiguous, Kind, Place

CASES = [
    # text, country, province -> id
    ("Bundi, Rajasthan", None, None, "IN.24.121"),
    ("Bundi", "IN", "Rajasthan", "IN.24.121"),
    ("Boondi District", "IN", None, "IN.24.121"),
    ("Prakasam", "IN", None, "IN.02.549"),
    ("Prakasham", "IN", "Andhra Pradesh", "IN.02.549"),
    ("Chittoor", "IN", "Andhra Pradesh", "IN.02.554"),
    ("Rangareddy", "IN", "Telangana", "IN.40.537"),
    ("Rangaredi", "IN", "Telangana", "IN.40.537"),
    ("Khamam", "IN", None, "IN.40.541"),
    ("Budh Pura", "IN", None, "g13494602"),
    ("Ongolu", "IN", None, "g1261045"),
    ("Shad Nagar", "IN", None, "g1271940"),
    ("Cheemakurthy", "IN", None, "own.chimakurthy"),
    ("Nan'an", "CN", None, "g1789289"),
    ("Nan An, Fujian", None, None, "g1789289"),
    ("南安", None, None, "g1789289"),
    ("Shuitou Town", "CN", "Fujian", "own.shuitou"),
    ("Yehsien", "CN", None, "g1804578"),
    ("Lai Zhou", "CN", None, "g1804578"),
    ("Yên Định", None, None, "VN.38.394"),
    ("Yen Dinh (Thanh Hoa)", None, None, "VN.38.394"),
    ("Thanhhoa", "VN", None, "VN.38"),
    ("Phu Cat", "VN", "Bình Định", "VN.52.548"),  # the province of before July 2025
    ("Carrara", None, None, "g3180423"),
    ("Toscane", "IT", None, "IT.16"),
    ("Soignies, Hainaut", None, None, "g2786420"),
    ("Comblanchien", "FR", "Bourgogne", "g3024152"),
    ("İscehisar", "TR", None, "TR.03.7732071"),
    ("Mutoko", "ZW", None, "ZW.04.884926"),
]


@pytest.mark.parametrize(("text", "country", "province", "wanted"), CASES)
def test_what_people_write_is_found(text: str, country: str | None, province: str | None, wanted: str) -> None:
    found = gazetteer.resolve(text, country, province)
    assert isinstance(found, Place), found
    assert found.id == wanted


def test_a_town_and_its_district_are_one_place_as_large_as_is_asked_for() -> None:
    district = gazetteer.resolve("Bundi", "IN")
    town = gazetteer.resolve("Bundi", "IN", prefer=Kind.TOWN)
    assert isinstance(district, Place)
    assert isinstance(town, Place)
    assert (district.kind, town.kind) == (Kind.DISTRICT, Kind.TOWN)
    assert town.district_id == district.id
    assert [place.name for place in gazetteer.parents(town)] == ["India", "Rajasthan", "Bundi"]
    # The town lies within the radius that the district is said to have, or nearly so.
    assert gazetteer.distance_km(town.lat or 0, town.lon or 0, district.lat or 0, district.lon or 0) < 45


def test_a_province_that_is_wrong_finds_nothing_and_one_name_for_two_spots_is_ambiguous() -> None:
    assert gazetteer.resolve("Bundi, Tamil Nadu") is None
    assert gazetteer.resolve("Bundi", "BE") is None
    found = gazetteer.resolve("Prinos", "GR")
    assert isinstance(found, Ambiguous)
    assert {place.province for place in found.candidates} >= {"East Macedonia and Thrace", "Thessaly"}


def test_words_that_are_no_place_stay_unknown() -> None:
    for text in ("", "?", "n.v.t.", "12345", "Qzxwv", "unknown quarry"):
        assert gazetteer.resolve(text, "IN") is None, text


@pytest.mark.parametrize(
    ("letters", "country", "wanted"),
    [
        ("bund", None, "g1275103"),
        ("बूं", None, "g1275103"),  # Hindi
        ("南", "CN", "g1789289"),
        ("水头", "CN", "own.shuitou"),
        ("yen di", "VN", "VN.38.394"),
        ("Yên Đị", None, "VN.38.394"),
        ("yen dinh thanh hoa", None, "VN.38.394"),
        ("bundi, raj", None, "IN.24.121"),
        ("pouca de aguiar", None, "g2732517"),
        ("chimakurti", "IN", "own.chimakurthy"),
        ("porrin", None, "g3113157"),
        ("Бунди", None, "g1275103"),
    ],
)
def test_a_few_letters_in_any_script_are_enough(letters: str, country: str | None, wanted: str) -> None:
    assert wanted in [place.id for place in gazetteer.find(letters, country=country, limit=10)]


def test_the_list_of_our_own_says_so_and_invents_no_coordinates() -> None:
    own = gazetteer.get("own.shuitou")
    nanan = gazetteer.get("g1789289")
    assert own is not None
    assert nanan is not None
    assert own.source == "own list"
    assert (own.lat, own.lon) == (nanan.lat, nanan.lon)
    assert own.radius_km == 40
    assert nanan.name == "Nan'an"
    assert nanan.source == "GeoNames"
    assert gazetteer.find("Ximeicun")[0].id == nanan.id


COUNTRIES = (
    "IN=IN Indie=IN Indië=IN Inde=IN भारत=IN Viëtnam=VN Việt_Nam=VN VR_China=CN PRC=CN Chine=CN 中国=CN Turky=TR "
    "Türkiye=TR Cambodja=KH Zimbabw=ZW Ierland=IE Niger=NE Nigeria=NG Belgie=BE Espagne=ES"
)


@pytest.mark.parametrize(
    ("written", "code"),
    [pair.split("=") for pair in COUNTRIES.split()],
)
def test_countries_in_many_languages(written: str, code: str) -> None:
    assert gazetteer.country_code(written.replace("_", " ")) == code


def test_no_country_is_guessed_from_rubbish() -> None:
    for text in ("", "?", "onbekend", "n.v.t.", "xx", "Rajasthan"):
        assert gazetteer.country_code(text) is None, text


def test_suggestions_are_quick() -> None:
    """Less than 20 ms each, with room for a busy machine."""
    letters = ["s", "sa", "san", "sant", "bundi", "南", "yen dinh", "aguiar", "rangaredi", "zzzz"]
    gazetteer.find("warm")
    took = []
    for text in letters:
        for country in (None, "IN", "CN", "ZW"):
            best = min(_seconds(text, country) for _again in range(3))
            took.append((best, text, country))
    assert max(took)[0] < 0.1, max(took)
    assert sorted(took)[len(took) // 2][0] < 0.02


def _seconds(text: str, country: str | None) -> float:
    started = time.perf_counter()
    gazetteer.find(text, country=country)
    return time.perf_counter() - started


def test_the_command_searches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "search", "bundi", "--country", "Indië", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"g1275103", "IN.24.121"} <= {row["id"] for row in found}
    assert {row["country"] for row in found} == {"IN"}
    assert main(["places", "search", "qzxwv"]) == 1
    assert "No place found" in capsys.readouterr().out
    assert main(["places", "search", "x", "--country", "Atlantis"]) == 1
    assert "no country" in capsys.readouterr().err
