"""A company evaluates a goal and takes it along: the conclusion stands in the plan that comes next."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser import Site, axe, no_overflow, watch
from tests.journeys.pictures import take
from tests.journeys.world import sign_in

pytestmark = pytest.mark.browser
GOAL = "kiezen werknemers zelf een vertegenwoordiger"


def press(page: Any, what: Any) -> None:
    with page.expect_navigation():
        what.click()


def test_an_evaluation_goes_into_the_next_plan(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    sign_in(page, demo_site, "importeur")
    results = f"{demo_site.url}/plan/5/results/"
    page.goto(results)
    take(page, "results", phone=True)
    assert axe(page) == []
    behind = page.locator("section.card", has_text=GOAL)
    assert behind.locator("tr", has_text="2023-2024").locator("b.num").inner_text() == "2"
    assert "niet ingevuld" in page.inner_text("main")

    press(page, behind.get_by_role("link", name="Meting noteren"))
    page.check("[name=kind][value=words]")
    page.fill("[name=words]", "Hij vraagt nu zelf om een nieuwe ladder.")
    page.select_option("[name=source]", "interviews")
    page.fill("[name=measured_on]", "2024-10-15")
    assert axe(page) == []
    press(page, page.locator(".foot-actions button.btn").first)
    assert "ladder" in behind.inner_text()

    press(page, behind.get_by_role("link", name="Dit doel evalueren"))
    assert "ladder" in page.inner_text("main")
    page.fill("[name=reached]", "Bij beide leveranciers is een vertegenwoordiger gekozen.")
    page.select_option("[name='with-0-kind']", "representatives")
    page.fill("[name='with-0-who']", "lokale vakbond")
    page.check("[name=conclusion][value=adapt]")
    page.fill("[name=next_step]", "Ook bij de derde leverancier, en een gesprek per half jaar.")
    take(page, "results-evaluate")
    assert axe(page) == []
    press(page, page.locator(".foot-actions button.btn").first)
    assert "lokale vakbond" in behind.inner_text()

    press(page, behind.get_by_role("button", name="Meenemen naar het plan"))
    assert "/plan/5/" in page.url
    assert GOAL in page.inner_text("main")
    page.goto(results)
    assert "die niet in dit plan staan" not in page.inner_text("main")
    assert "derde leverancier" in page.inner_text("main")
    page.set_viewport_size({"width": 320, "height": 740})
    assert no_overflow(page) == 0
    assert page.problems == []
