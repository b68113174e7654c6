"""From the importer's own spreadsheet to a chain with its gaps, on a laptop, in minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import Site, axe, no_overflow, watch
from tests.journeys import world
from tests.journeys.pictures import take

pytestmark = pytest.mark.browser

# As importers send it: a title row, a misspelt country, a refusal, a gap, a word where a number should be.
SHEET = """Ketenoverzicht 2024;;;;;;;;
;;;;;;;;
Steensoort;Handelsnaam;Toepassing;Ton;Leverancier;Land;Fabriek;Groevegebied;Groeve
graniet;Avondzwart;grafmonument;124,5;Verzonnen Exports;India;Verzonnen Works;Chittoor;onbekend
graniet;Nero Mistral;grafmonument;42;Marmi Inventati;Italië;geweigerd;geweigerd;
basalt;Regengrijs;tegels;17;Cong Ty Mau;Vietman;;;
graniet;Kikkergrijs;tegels;veel;Kikker Stone;India;;;
"""


@pytest.fixture(scope="module")
def site_with_worker(built_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the demonstration world, and a worker beside it that reads."""
    home = world.copy_world(built_world, tmp_path_factory.mktemp("sheets") / "home")
    yield from world.serve(home, worker=True)


def test_a_sheet_becomes_a_chain_with_its_gaps(site_with_worker: Site, browser_context: Any) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    world.sign_in(page, site_with_worker, "importeur")

    # It uploads the list that it keeps already.
    page.goto(f"{site_with_worker.url}/chains/")
    page.click("text=Uit een spreadsheet")
    assert axe(page) == []
    take(page, "sheet-upload")
    page.set_input_files(
        "[name=upload]", {"name": "leveranciers-2024.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    page.click("text=Uploaden en lezen")

    # The page waits by itself; then it shows which columns were recognised.
    page.wait_for_url("**/columns/", timeout=90_000)
    assert page.locator("text=herkend").count() >= 7
    assert axe(page) == []
    take(page, "sheet-columns")
    page.click("text=Verder met deze kolommen")

    # Every row as it is understood, with what is wrong at its cell.
    page.wait_for_url("**/rows/", timeout=90_000)
    expect(page.locator("#rows")).to_have_text("1 rij heeft uw hulp nodig")
    assert "Vietnam" in page.inner_text("table")
    assert axe(page) == []
    assert no_overflow(page) == 0
    take(page, "sheet-rows", phone=True)
    page.locator("tr", has_text="Kikkergrijs").get_by_label(re.compile("^Ton")).fill("8,5")
    page.locator("button:visible", has_text="Bewaren en opnieuw lezen").first.click()
    expect(page.locator("#rows")).to_have_text("Alle rijen kunnen mee")

    # It says when it asked, and takes the rows over.
    page.click("text=Verder naar overnemen")
    page.fill("[name=asked_on]", "2024-09-12")
    assert axe(page) == []
    take(page, "sheet-take-over")
    page.click("text=4 ketens overnemen")
    expect(page.locator("h1")).to_have_text("Uw ketens zijn bijgewerkt", timeout=90_000)
    take(page, "sheet-done")

    # The chain shows what is known, and that two places were refused.
    page.goto(f"{site_with_worker.url}/chains/?q=Nero+Mistral")
    text = page.inner_text("table.chains")
    assert "Marmi Inventati" in text
    assert text.count("eweigerd") >= 2

    # As long as nothing builds on it, all of it can be taken back.
    page.go_back()
    page.click("text=De import ongedaan maken")
    page.locator(".foot-actions button").click()
    expect(page.locator("h1")).to_have_text("De import is ongedaan gemaakt")
    page.goto(f"{site_with_worker.url}/chains/?q=Nero+Mistral")
    assert "Marmi Inventati" not in page.inner_text("main")
    assert page.problems == []
