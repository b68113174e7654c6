"""A company files its year: from signing in to the receipt, with everything a report asks for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import Site, axe, watch
from tests.journeys.pictures import take
from tests.journeys.world import PASSWORD

pytestmark = pytest.mark.browser

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def saved(page: Any) -> str:
    """Wait until the page says that what was typed is kept, and give its words."""
    expect(page.locator("#autosave-state")).to_contain_text("Bewaard om", timeout=30_000)
    return str(page.inner_text("#autosave-state"))


def percentage(page: Any) -> float:
    """The share of chains of which the quarry is known, as the page says it."""
    return float(re.search(r"Groeves.*?([\d,]+)\s%", page.inner_text(".meters"), re.DOTALL).group(1).replace(",", "."))


def test_a_company_files_its_year(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    to = demo_site.url

    # It signs in and sees how far it is and what comes first.
    page.goto(f"{to}/account/login/")
    take(page, "sign-in", phone=True)
    page.fill("[name=login]", "importeur@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/account/login/'] button.btn")
    page.wait_for_url("**/home/")
    assert "punten tot groen" in page.inner_text("h1")
    take(page, "company-home", phone=True)

    # It learns where one more quarry is: the coverage moves at once, without a new page.
    page.click("nav.nav >> text=Keten")
    take(page, "chains", phone=True)
    before = percentage(page)
    page.locator("tr", has_text="Crystal White").locator("a.cell", has_text="Onbekend").click()
    page.locator("tr.quick .choice", has_text="Bekend").first.click()
    page.fill("tr.quick [name$=name]", "Groeve Quy Hop 3")
    page.fill("tr.quick [name$=place]", "Quỳ Hợp")
    page.select_option("tr.quick [name$=country]", "VN")
    take(page, "chain-level")
    page.click("tr.quick button.btn")
    page.wait_for_selector("tr.quick", state="detached")
    assert "Groeve Quy Hop 3" in page.inner_text("table")
    assert percentage(page) > before

    # It adds a chain of which it does not know everything yet.
    page.click("text=Keten toevoegen")
    page.select_option("[name=material]", index=1)
    page.fill("[name=trade_name]", "Avondrood")
    page.select_option("[name=extraction_country]", "IN")
    page.select_option("[name=processing_country]", "IN")
    page.fill("[name=share_of_volume]", "1,5")
    page.click("form .foot-actions button.btn >> nth=0")
    page.wait_for_url("**/chains/**")
    page.goto(f"{to}/chains/")
    assert "Avondrood" in page.inner_text("table")

    # It answers; what is typed is kept by itself.
    page.click("nav.nav >> text=Vragenlijst")
    take(page, "questionnaire", phone=True)
    page.locator("main a", has_text="3.2.4").first.click()
    page.locator("label.choice", has_text="Grotendeels").click()
    page.fill("[name=text]", "Twee zagers zonder masker: nat zagen afgesproken op 3 maart, in juni teruggeweest.")
    assert "Bewaard" in saved(page)
    take(page, "question", phone=True)
    page.reload()
    assert "nat zagen afgesproken" in page.input_value("[name=text]")

    # It adds evidence, which only it and the secretariat can open.
    page.locator("#evidence summary").click()
    page.set_input_files(
        "#evidence [type=file]", {"name": "afspraak.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.fill("#evidence [name$=title]", "Afspraak nat zagen")
    page.select_option("#evidence [name$=kind]", index=1)
    take(page, "evidence")
    page.locator("#evidence form", has=page.locator("[type=file]")).locator("button.btn").click()
    page.wait_for_load_state()
    assert "Afspraak nat zagen" in page.inner_text("#evidence")

    # What it answered last year is confirmed with one press each.
    page.goto(f"{to}/reports/")
    assert axe(page) == []
    for _ in range(30):
        open_ = page.locator("main a", has_text=re.compile("Verder met vraag"))
        if not open_.count():
            break
        open_.first.click()
        page.locator("form[action$='/confirm/'] button").click()
        page.wait_for_load_state()
        page.goto(f"{to}/reports/")
    assert "Alle vragen" in page.inner_text("h1")

    # Its plan of action gets a goal with an action, and a public version that it approves.
    page.click("nav.nav >> text=Plan van aanpak")
    take(page, "plan", phone=True)
    page.locator("main a[href$='/goals/add/']").first.click()
    page.fill("[name=text]", "Alle zagers bij onze vaste leveranciers werken met water.")
    page.select_option("[name=theme]", index=1)
    page.fill("[name=indicator]", "aandeel zagen met water")
    page.fill("[name=baseline]", "60 %")
    page.fill("[name=target]", "100 %")
    page.fill("[name=deadline]", "2025-09-30")
    page.click(".foot-actions button.btn")
    page.wait_for_url("**/examples/")
    page.locator("main a[href$='/actions/add/']").first.click()
    page.fill("[name=text]", "Waterkoeling betalen, samen met twee andere leden.")
    page.fill("[name=owner]", "directie")
    page.fill("[name=due_on]", "2025-06-30")
    page.click(".foot-actions button.btn")
    page.wait_for_load_state()
    assert "Waterkoeling betalen" in page.inner_text("main")
    page.locator("main a[href$='/public/']").first.click()
    public = page.inner_text("main .cols > :first-child")
    assert "Alle zagers" in public
    assert "directie" not in public, "who does it is not public"
    take(page, "plan-public")
    for box in page.locator("main form [type=checkbox]").all():
        box.check()
    page.click("main form button.btn")
    page.wait_for_load_state()
    assert "Ineke Importeur" in page.inner_text("main aside")

    # Nothing is missing any more; it hands in and gets a receipt.
    page.goto(f"{to}/reports/")
    page.locator("main a.btn[href$='/check/']").first.click()
    take(page, "check", phone=True)
    assert axe(page) == []
    page.locator("main a.btn[href$='/submit/']").first.click()
    take(page, "submit")
    page.click(".foot-actions button.btn")
    page.wait_for_url("**/receipt/")
    assert re.search(r"[0-9a-f]{16}", page.inner_text("main"))
    take(page, "receipt", phone=True)

    # Now nothing can be changed any more, and the pages say why.
    page.goto(f"{to}/reports/")
    page.locator("main a", has_text="3.2.4").first.click()
    assert page.is_disabled("[name=text]")
    assert page.problems == []
