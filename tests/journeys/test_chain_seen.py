"""The chain as a drawing, on a map and beside the years, what does not fit, and the overviews of the secretariat."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser import Site, axe, no_overflow, watch
from tests.journeys.pictures import take
from tests.journeys.world import sign_in

pytestmark = pytest.mark.browser


def test_a_company_looks_and_the_secretariat_asks(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    sign_in(page, demo_site, "beoordelaar")
    for name, address in (("chain-meetings", "meetings/"), ("chain-findings", "questions/")):
        page.goto(f"{demo_site.url}/secretariat/chains/{address}")
        take(page, name)
        assert axe(page) == []
        assert no_overflow(page) == 0
    page.goto(f"{demo_site.url}/secretariat/chains/questions/")
    page.locator("main a[href*='/secretariat/chains/ask/']").first.click()
    assert axe(page) == []
    page.click("main .foot-actions button.btn")
    page.wait_for_url("**/secretariat/chains/questions/")
    assert "nog geen antwoord" in page.inner_text("main")

    page = browser_context(width=1280).new_page()
    watch(page)
    sign_in(page, demo_site, "importeur")
    for name, address in (
        ("chain-drawing", "drawing/"),
        ("chain-map", "map/"),
        ("chain-coverage", "coverage/"),
        ("chain-doubts", "to-check/"),
    ):
        page.goto(f"{demo_site.url}/chains/{address}")
        take(page, name)
        assert axe(page) == []
        assert no_overflow(page) == 0
    assert page.problems == []
