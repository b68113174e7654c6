"""The secretariat assesses, hears the company, decides and publishes; a visitor finds the result on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser import Site, axe, no_overflow, watch
from tests.journeys.pictures import take
from tests.journeys.world import PASSWORD, sign_in

pytestmark = pytest.mark.browser

UNDER_REVIEW = "Nergenshuizen"  # half assessed already
PROVISIONAL = "Kabouterkei"  # may reply to a provisional result
REASON = "De groeves volgen in maart; de bestellingen lopen door, dus meer tijd helpt de mensen daar."


def assess_what_is_left(page: Any) -> int:
    """Give every question that is left a level with the keyboard only: a figure, the reason, Ctrl and Enter."""
    given = 0
    while "/questions/" in page.url and given < 60:
        here = page.url
        page.locator("h1").first.wait_for()
        page.keyboard.press("3")
        if not page.locator("input[data-key]:checked").count():
            page.keyboard.press("1")
        page.keyboard.press("r")
        page.keyboard.type("Gezien.")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(lambda url, here=here: url != here)
        given += 1
    return given


def test_an_assessor_works_with_the_keyboard_and_gives_a_provisional_result(
    demo_site: Site, browser_context: Any
) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    page.goto(f"{demo_site.url}/account/login/")
    page.fill("[name=login]", "beoordelaar@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/account/login/'] button.btn")
    page.wait_for_url("**/2fa/authenticate/")
    take(page, "second-step", phone=True)
    page.fill("[name=code]", page.inner_text("[data-demo-code]").strip())
    page.click("form[action='/account/2fa/authenticate/'] button.btn")
    page.wait_for_url("**/secretariat/queue/")
    take(page, "queue", phone=True)

    page.locator("main a", has_text=UNDER_REVIEW).first.click()
    take(page, "file")
    page.locator("main .head a.btn").click()
    page.wait_for_url("**/questions/**")
    take(page, "desk", phone=True)
    asked = page.url
    page.fill("[name=ask-text]", "Wie keurde het beleid goed, en wanneer?")
    page.locator("form", has=page.locator("[name=ask-text]")).locator("button").click()
    page.wait_for_load_state()
    assert "Wie keurde het beleid goed" in page.inner_text("main")
    assert page.url.split("#")[0] == asked
    assert assess_what_is_left(page) >= 5

    page.goto(f"{demo_site.url}/secretariat/queue/")
    page.locator("main a", has_text=UNDER_REVIEW).first.click()
    page.locator("main .head a.btn").click()
    page.wait_for_url("**/provisional/")
    proposal = page.inner_text("main section .verdict").lower()
    assert "voorstel" in proposal
    for box in page.locator("main [type=radio]").all()[:1]:
        box.check()
    page.fill("main textarea >> nth=0", "Zie de punten per vraag.")
    take(page, "provisional")
    assert axe(page) == []
    page.locator("main .foot-actions button.btn").click()
    page.wait_for_load_state()
    assert "/provisional/" not in page.url, page.inner_text("main")[:600]
    assert "Voorlopig" in page.inner_text("main")
    assert page.problems == []


def test_a_company_replies_and_the_assessor_decides_with_extra_time(demo_site: Site, browser_context: Any) -> None:
    company = sign_in(browser_context(width=360, height=740).new_page(), demo_site, "twee")
    # She acts for two companies, and chooses the one that it is about.
    company.locator("details.menu summary").first.click()
    company.locator("nav.nav button", has_text=PROVISIONAL).click()
    company.wait_for_load_state()
    company.goto(f"{demo_site.url}/home/")
    assert PROVISIONAL in company.inner_text("header")
    company.locator("main a[href*='/assessment/']").first.click()
    take(company, "assessment-of-the-company", phone=True)
    company.fill("[name$=text]", "Wij bezoeken de twee groeves in maart.")
    company.locator("form", has=company.locator("[name$=text]")).locator("button.btn").first.click()
    company.wait_for_load_state()
    assert "Wij bezoeken de twee groeves" in company.inner_text("main")

    page = browser_context(width=1280).new_page()
    watch(page)
    sign_in(page, demo_site, "beoordelaar")
    page.goto(f"{demo_site.url}/secretariat/queue/")
    page.locator("main a", has_text=PROVISIONAL).first.click()
    assert "Wij bezoeken de twee groeves" in page.inner_text("main")
    page.locator("main .head a.btn").click()
    page.wait_for_url("**/decision/")
    page.locator("[name=colour][value=orange]").check()
    page.fill("[name=reason]", REASON)
    if page.locator("[name=improvement_on]").count():
        page.fill("[name=improvement_on]", "2025-03-31")
    page.locator("main summary", has_text="xtra tijd").click()
    page.check("[name=give_extension]")
    page.fill("[name=until_on]", "2025-03-31")
    page.locator("[name=missing]").first.check()
    page.fill("[name=extension_reason]", "De groeves kunnen in de regentijd niet bezocht worden.")
    take(page, "decision")
    assert axe(page) == []
    page.locator("main .foot-actions button.btn").click()
    page.wait_for_selector("[name=confirmed]", state="attached")
    assert "31 maart 2025" in page.inner_text("main")
    take(page, "decision-confirm")
    page.locator("main .foot-actions button.btn").click()
    page.wait_for_load_state()
    assert REASON in page.inner_text("main")

    company.reload()
    said = company.inner_text("main")
    assert REASON in said
    assert "31 maart 2025" in said
    assert page.problems == []


def test_the_coordinator_publishes_and_a_visitor_finds_the_company_on_a_phone(
    demo_site: Site, browser_context: Any
) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    sign_in(page, demo_site, "coordinator")
    page.click("nav.nav >> text=Publicatie")
    take(page, "publication")
    page.locator("main a[href*='/publication/']").first.click()
    page.wait_for_url(re.compile(r"/publication/\d+/"))
    assert "Groeve Quy Hop" not in page.inner_text("main"), "places of companies never become public"
    take(page, "publication-preview")
    assert axe(page) == []
    published = page.locator("form [name=sure]").count() > 0
    if published:
        page.check("[name=sure]")
        page.locator("main form button.btn--wide").click()
        page.wait_for_load_state()
        assert "/publication/" in page.url

    visitor = browser_context(width=360, height=740).new_page()
    watch(visitor)
    visitor.goto(demo_site.url)
    take(visitor, "front", phone=True)
    visitor.goto(f"{demo_site.url}/register/")
    take(visitor, "register", phone=True)
    visitor.fill("[type=search]", "maanmarmer")
    visitor.keyboard.press("Enter")
    visitor.wait_for_load_state()
    visitor.locator("main a", has_text="Maanmarmer").first.click()
    assert "Maanmarmer" in visitor.inner_text("h1")
    take(visitor, "register-company", phone=True)
    assert no_overflow(visitor) == 0
    assert axe(visitor) == []
    plan = visitor.locator("main a", has_text="Lees het plan").last
    plan.click()
    visitor.wait_for_load_state()
    assert "Acties" in visitor.inner_text("main")
    take(visitor, "register-plan", phone=True)
    assert visitor.problems == []
    assert page.problems == []
