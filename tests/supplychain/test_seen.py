"""The chain seen: the drawing, the map and both years say what the rows say, and nothing of anybody else."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.supplychain.conftest import AddChain, asked, known, refused
from toetssteen.supplychain import graph
from toetssteen.supplychain.graph import Route, Stop
from toetssteen.supplychain.models import ChainLink, QuarryArea, Site

pytestmark = pytest.mark.django_db
PAGES = ("/chains/drawing/", "/chains/map/", "/chains/coverage/")
LEVELS = ("direct_suppliers", "factories", "quarry_areas", "quarries")
WORDS = {"unknown": "Unknown", "asked": "Asked", "refused": "Refused", "known": "Known", "fold": "%(n)s more"}


def text_of(client: Any, address: str) -> str:
    client.cookies["language"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


@pytest.fixture
def editor(cast: Any, client: Any) -> Any:
    return cast.sign_in(client, "editor")


@pytest.fixture
def two_firms(add: AddChain, area: QuarryArea) -> None:
    """A chain of each firm through the same registered site and area, with names and places of its own."""
    QuarryArea.objects.update(lat=Decimal("25.3"), lon=Decimal("75.6"))
    site = Site.objects.create(
        code="S-1", name="REGISTRY-NAME", country="IN", lat=Decimal("24.77777"), lon=Decimal("75.1")
    )
    for who, name, lat in (("editor", "MASON-FACTORY", "24.11111"), ("rival", "GRANITE-FACTORY", "24.22222")):
        chain = add(
            known("direct_suppliers", f"{name}-SUPPLIER"),
            known("factories", name, lat=Decimal(lat), lon=Decimal("75.5")),
            known("quarry_areas", "", quarry_area_id=area.pk), refused("quarries"),
            by=who, trade_name=f"TRADE-{name}", product_group="cobble",
        )  # fmt: skip
        ChainLink.objects.filter(chain=chain, level="factories").update(site=site)


def test_the_three_pages_show_the_own_chain(editor: Any, two_firms: None) -> None:
    drawing = text_of(editor, "/chains/drawing/")
    assert re.search(r"<svg[^>]*class=\"graph\".*MASON-FACTORY.*</svg>", drawing, re.S)
    assert re.search(r"<table.*MASON-FACTORY.*Refused.*</table>", drawing, re.S)
    on_map = text_of(editor, "/chains/map/")
    assert 'data-lat="24.11111" data-lon="75.5"' in on_map
    assert "Budhpura" in on_map
    years = text_of(editor, "/chains/coverage/")
    assert "Name the quarry of 1 chain" in years
    assert "1 of these was refused before." in years


def test_a_supplier_known_by_its_town_stands_there_on_the_map(editor: Any, add: AddChain) -> None:
    """Only where the name and country leave no doubt; a town that is not known stays off the map."""
    add(known("direct_suppliers", "NEAR-TOWN"), by="editor")
    add(replace(known("direct_suppliers", "NOWHERE"), place="Verzonnenstad"), by="editor")
    text = re.sub(r"\s+", " ", text_of(editor, "/chains/map/"))
    spots = re.findall(r'data-lat="24\.78938" data-lon="75\.98424"[^>]*>', text)
    assert len(spots) == 1
    assert "by the name of its place, Kota" in text
    assert re.search(r"NOWHERE.*?not on the map", text)


@pytest.mark.parametrize(("who", "own", "other"), [("editor", "MASON", "GRANITE"), ("rival", "GRANITE", "MASON")])
def test_nobody_sees_a_name_a_place_or_a_site_of_another_company(
    cast: Any, client: Any, two_firms: None, who: str, own: str, other: str
) -> None:
    cast.sign_in(client, who)
    theirs = {"MASON": "24.11111", "GRANITE": "24.22222"}[other]
    seen = ""
    for address in (*PAGES, "/chains/drawing/?group=cobble&as=svg", "/chains/drawing/?all=1"):
        text = text_of(client, address)
        seen += text
        leaks = [word for word in (f"{other}-FACTORY", theirs, "REGISTRY-NAME", "24.77777", "S-1") if word in text]
        assert not leaks, (address, leaks)
    assert f"{own}-FACTORY" in seen  # otherwise this proves nothing
    other_id = cast.organisations[other.lower()].pk
    for page in ("drawing", "map", "coverage"):
        assert client.get(f"/secretariat/chains/{other_id}/{page}/").status_code == 404


def test_the_secretariat_reads_them_and_changes_nothing(cast: Any, client: Any, two_firms: None) -> None:
    cast.sign_in(client, "assessor")
    mason = cast.organisations["mason"].pk
    for page in ("drawing", "map", "coverage"):
        text = text_of(client, f"/secretariat/chains/{mason}/{page}/")
        assert "Mason Stone" in text
        assert "GRANITE-FACTORY" not in text
        assert "/level/" not in text
        assert client.get(f"/secretariat/chains/{cast.organisations['town'].pk}/{page}/").status_code == 404


def test_without_chains_the_pages_say_what_comes(editor: Any) -> None:
    assert "nothing to draw yet" in text_of(editor, "/chains/drawing/")
    assert "No place is known yet" in text_of(editor, "/chains/map/")
    text_of(editor, "/chains/coverage/")


@pytest.mark.parametrize("address", PAGES)
def test_queries_do_not_grow_with_the_chains(editor: Any, add: AddChain, area: QuarryArea, address: str) -> None:
    def one(name: str) -> None:
        add(known("factories", name), known("quarry_areas", "", quarry_area_id=area.pk), asked("quarries"))

    one("Works 1")
    text_of(editor, address)
    with CaptureQueriesContext(connection) as few:
        text_of(editor, address)
    one("Works 2")
    one("Works 3")
    with CaptureQueriesContext(connection) as many:
        text_of(editor, address)
    assert len(many) == len(few)


def test_a_closed_chain_is_not_drawn(editor: Any, add: AddChain) -> None:
    chain = add(known("factories", "GONE-WORKS"))
    chain.closed_on = dt.date(2020, 11, 1)
    chain.save()
    add(known("factories", "OPEN-WORKS"))
    text = text_of(editor, "/chains/drawing/")
    assert ("OPEN-WORKS" in text, "GONE-WORKS" in text) == (True, False)


def test_names_are_escaped_in_the_drawing_that_is_downloaded(editor: Any, add: AddChain) -> None:
    add(known("factories", '<script>alert("x")</script>'), product_group="cobble")
    answer = editor.get("/chains/drawing/?group=cobble&as=svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "<script>" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()


# --- the layout


def route(number: int, *stops: Stop) -> Route:
    return Route(number, f"chain {number}", "", "", True, tuple((stop,) for stop in stops))


def sure(name: str) -> Stop:
    return Stop("known", name.casefold(), name)


def drawn(routes: list[Route], fold: bool = True) -> graph.Graph:
    return graph.drawn(routes, "A company with a long name", ["Supplier", "Factory"], WORDS, fold=fold)


def test_the_same_name_is_one_box_and_a_gap_belongs_to_what_stands_before_it() -> None:
    gap = Stop("unknown", "unknown")
    found = drawn([route(1, sure("A"), gap), route(2, sure("A"), gap), route(3, sure("B"), gap)])
    boxes = {(box.name, box.column): box for box in found.boxes}
    assert boxes[("A", 1)].many == 2
    assert sorted(box.many for box in found.boxes if box.is_gap) == [1, 2]
    assert found.gaps == 2


def test_eighty_chains_fold_into_a_drawing_of_bounded_height_and_lose_nothing() -> None:
    routes = [
        route(n, sure(f"S{n % 40}"), sure(f"F{n}") if n % 3 else Stop("asked", "asked", day=f"{n} May"))
        for n in range(80)
    ]
    folded, whole = drawn(routes), drawn(routes, fold=False)
    assert folded.height < 1100
    assert whole.height > folded.height
    assert folded.folded > 0
    for column in (1, 2):
        in_folded = set().union(*(box.chains for box in folded.boxes if box.column == column))
        assert in_folded == set(range(80))
    ends = {box.key for box in folded.boxes}
    assert len(folded.lines) <= len(ends) ** 2
    places = [(box.column, box.y) for box in folded.boxes]
    assert len(places) == len(set(places))


def test_one_chain_is_one_row() -> None:
    found = drawn([route(1, sure("A"), sure("B"))])
    assert len({box.y for box in found.boxes}) == 1
    assert len(found.lines) == 2


@pytest.mark.parametrize(
    ("text", "letters", "shown"),
    [("short", 10, "short"), ("厦门市岚峤珩石材有限公司", 10, "厦门市岚…"), ("a" * 12, 10, "a" * 9 + "…")],
)
def test_names_that_do_not_fit_are_shortened(text: str, letters: int, shown: str) -> None:
    assert graph.shortened(text, letters) == shown
