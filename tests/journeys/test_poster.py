"""A company prints a poster for a quarry; what is scanned from it answers on a phone, in the worker's language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import segno

from tests.browser import Site, axe, no_overflow, watch
from tests.journeys.pictures import take
from tests.journeys.world import PASSWORD
from tests.remedy.paper import words_of

pytestmark = pytest.mark.browser


def drawn(address: str) -> str:
    """The drawing that a scanner would read as this address."""
    made = segno.make(address, error="q", micro=False)
    found = re.search(r' d="([^"]+)"', made.svg_inline(border=4, omitsize=True, lineclass=None))
    assert found
    return found.group(1)


def test_a_poster_is_printed_and_its_code_leads_somewhere(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    to = demo_site.url
    page.goto(f"{to}/account/login/")
    page.fill("[name=login]", "importeur@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/account/login/'] button.btn")
    page.wait_for_url("**/home/")
    page.goto(f"{to}/plan/")
    page.click("main a:has-text('Klachten en herstel')")
    take(page, "remedy", phone=True)
    assert axe(page) == []
    page.click("main .head a:has-text('Maak een poster')")
    page.select_option("main [name=place]", index=2)
    page.check("main [name=language][value=en]")
    take(page, "poster-add")
    assert axe(page) == []
    page.click(".foot-actions button.btn")
    page.wait_for_url("**/remedy/posters/*/")
    take(page, "poster")
    assert axe(page) == []

    # On paper: one page with words, and no name of the company or the place.
    with page.expect_download() as loading:
        page.click("a:has-text('Download de PDF')")
    paper = Path(loading.value.path()).read_bytes()
    assert paper.startswith(b"%PDF")
    assert "Scanthiscodewithaphone" in words_of(paper)
    assert "Maanmarmer" not in words_of(paper)

    # In the drawing: the address that stands beside it, and that address answers without an account.
    address = page.inner_text(".poster-address")
    shown = next(
        path.get_attribute("d") for path in page.query_selector_all(".poster-qr path") if path.get_attribute("stroke")
    )
    assert shown == drawn(f"http://{address}/")
    assert address in page.inner_text(".poster-address")
    phone = browser_context(width=360, javascript=False).new_page()
    watch(phone)
    answer = phone.goto(f"{to}/{address.partition('/')[2]}/")
    assert answer is not None
    assert answer.status == 200
    assert phone.get_attribute("html", "lang") == "en"
    assert phone.context.cookies() == []
    assert "Maanmarmer" not in phone.content()
    assert no_overflow(phone) == 0
    take(phone, "poster-page", phone=True)
    phone.click("a:has-text('Nederlands')")
    assert phone.get_attribute("html", "lang") == "nl"
    assert page.problems == []
    assert phone.problems == []
