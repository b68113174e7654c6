"""A map is a picture of rows: every place lies where it should, what is close becomes one dot, nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from toetssteen.foundation.look import maps
from toetssteen.foundation.look.maps import Spot, draw

STATIC = Path(maps.__file__).resolve().parents[1] / "static" / "foundation"
spots = st.lists(
    st.builds(
        Spot, st.text("abc", min_size=1, max_size=9), st.floats(-55, 80), st.floats(-179, 179), many=st.integers(1, 40)
    ),
    max_size=25,
)


@given(spots)
@settings(max_examples=80, deadline=None)
def test_every_spot_is_in_the_picture_once_and_dots_keep_apart(given_spots: list[Spot]) -> None:
    drawing = draw(given_spots)
    assert sorted(s.label for dot in drawing.dots for s in dot.spots) == sorted(s.label for s in given_spots)
    for dot in drawing.dots:
        assert -1 <= dot.x <= maps.WIDTH + 1
        assert -1 <= dot.y <= maps.HEIGHT + 1
    for number, dot in enumerate(drawing.dots):
        for other in drawing.dots[number + 1 :]:
            assert (dot.x - other.x) ** 2 + (dot.y - other.y) ** 2 >= maps.TOO_CLOSE**2 - 1e-6


def test_north_is_up_and_east_is_right() -> None:
    south, north = Spot("Madurai", 9.9, 78.1, "IN"), Spot("Laizhou", 37.2, 119.9, "CN")
    at = {dot.label: dot for dot in draw([south, north]).dots}
    assert at["Laizhou"].x > at["Madurai"].x
    assert at["Laizhou"].y < at["Madurai"].y


def test_a_dot_of_two_places_is_unsure_when_one_of_them_is() -> None:
    drawing = draw([Spot("A", 25.0, 75.0), Spot("B", 25.0, 75.0, is_sure=False), Spot("C", 50.0, 4.0)])
    assert {(dot.count, dot.is_sure) for dot in drawing.dots} == {(2, False), (1, True)}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_map_in_a_page_holds_no_style_and_nothing_from_elsewhere(language: str) -> None:
    page = Template("{% map_of title spots note=note %}").render(
        Context(
            {"title": "T", "note": "N", "spots": [Spot('<b>"x"</b>', 25.5, 75.25, "IN", note="<i>", radius_km=30.0)]}
        )
    )
    assert " style=" not in page
    assert not re.search(r"(?:https?:)?//", page)
    assert '<b>"x"' not in page
    assert 'data-lat="25.5" data-lon="75.25" data-radius="30.0"' in page
    assert "Natural Earth" in page


def test_the_scripts_and_shapes_call_nobody_else() -> None:
    for name in ("map.js", "map.css", "leaflet/leaflet-1.9.4.css"):
        text = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"url\(|fetch\([\"']|https?://(?!www\.w3\.org)", text), name
    assert "sourceMappingURL" not in (STATIC / "leaflet/leaflet-1.9.4.min.js").read_text(encoding="utf-8")
    assert (STATIC / "leaflet/LICENSE.txt").is_file()
    assert {"IN", "CN", "VN", "BE"} <= maps.countries_with_provinces()
    assert (STATIC / "map/countries.json").stat().st_size < 250_000
