"""The secretariat merges two sites, takes it back, and splits one; a company says that two names are one place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser import Site, axe, no_overflow, watch
from tests.journeys.pictures import take
from tests.journeys.world import sign_in

pytestmark = pytest.mark.browser


def clean(page: Any) -> None:
    assert axe(page) == []
    assert no_overflow(page) == 0


def test_the_secretariat_merges_and_splits_and_takes_both_back(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    sign_in(page, demo_site, "beoordelaar")
    page.goto(f"{demo_site.url}/secretariat/sites/")
    take(page, "sites", phone=True)
    clean(page)

    # Look for one under another spelling, and merge the site beside it into it.
    page.fill("[name=q]", "tanziluri roks")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=tanziluri**")
    page.locator("main tbody th a").first.click()
    kept = page.locator("main .over span").inner_text()
    address, before = page.url, page.locator("#mentions").inner_text()
    page.click("main .head a[href$='/merge/']")
    page.fill("#q", "Zimalluri Exports")
    page.keyboard.press("Enter")
    page.locator("main tbody a.btn").first.click()
    clean(page)
    take(page, "site-merge", phone=True)
    assert "ongedaan" in page.inner_text("#moves >> xpath=..")
    page.click("main .foot-actions button.btn")
    page.wait_for_url(address)
    assert page.locator("#mentions").inner_text() != before
    page.locator("main form[action*='/undo/'] button").click()
    page.wait_for_load_state()
    assert page.url == address
    assert page.locator("#mentions").inner_text() == before

    # Split the first mention off, and take that back too.
    page.click("main .head a[href$='/split/']")
    page.locator("[name=mention]").first.check()
    page.click("main .foot-actions button.btn")
    page.wait_for_url("**look=1**")
    take(page, "site-split", phone=True)
    clean(page)
    page.click("main .foot-actions button.btn")
    page.wait_for_load_state()
    assert page.locator("main .over span").inner_text() != kept
    page.locator("main form[action*='/undo/'] button").click()
    page.wait_for_load_state()
    assert page.url == address
    assert page.locator("#mentions").inner_text() == before

    page.click("main .head a[href$='/close/']")
    take(page, "site-close")
    clean(page)
    assert page.problems == []


def test_questions_are_answered_with_the_keyboard_only(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    sign_in(page, demo_site, "beoordelaar")
    page.goto(f"{demo_site.url}/secretariat/sites/questions/")
    page.wait_for_url("**/questions/*/**")
    take(page, "site-question", phone=True)
    clean(page)
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    here = page.url
    page.keyboard.press("s")
    page.wait_for_url(lambda url: url != here)
    assert "dezelfde plek als" in page.inner_text("main")
    assert page.problems == []


def test_a_company_says_on_a_phone_that_two_names_are_one_place(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=360, height=740, javascript=False).new_page()
    sign_in(page, demo_site, "importeur")
    page.goto(f"{demo_site.url}/chains/")
    page.locator("main .notice a[href='/chains/places/']").first.click()
    take(page, "own-places", phone=True)
    assert page.locator(".twins").count() == 1
    page.locator("button[name=answer][value=same]").click()
    page.wait_for_load_state()
    assert "We onthouden uw antwoord" in page.inner_text("main")
    page.locator("button[name=undo]").first.click()
    page.wait_for_load_state()
    assert "staat weer open" in page.inner_text("main")
