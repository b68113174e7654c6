"""A company asks its supplier; the supplier answers on a phone without scripts; the company decides line by line."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import Site, axe, no_overflow, watch
from tests.journeys.pictures import take
from tests.journeys.test_company import PDF
from tests.journeys.world import PASSWORD

pytestmark = pytest.mark.browser


def link_in_mail(site: Site, seen: int) -> str:
    """The link of the newest mail; a demonstration prints its mail in the log of the site."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = re.findall(r"/ask/([\w-]{43})/", (site.home / "server.log").read_text(errors="replace"))
        if len(found) > seen:
            return f"{site.url}/ask/{found[-1]}/"
        time.sleep(0.2)
    raise AssertionError("no mail with a link was sent")


def press(page: Any, what: str) -> None:
    """Press a button or link and wait for the page behind it."""
    with page.expect_navigation():
        page.click(what)


def test_a_supplier_answers_on_a_phone_and_the_company_takes_it_over(demo_site: Site, browser_context: Any) -> None:
    desk = browser_context(width=1280).new_page()
    watch(desk)
    to = demo_site.url

    # The company sees what it does not know, and asks who stands closest to it.
    desk.goto(f"{to}/account/login/")
    desk.fill("[name=login]", "importeur@demo.example")
    desk.fill("[name=password]", PASSWORD)
    desk.click("form[action='/account/login/'] button.btn")
    desk.wait_for_url("**/home/")
    desk.goto(f"{to}/inquiries/")
    take(desk, "inquiries", phone=True)
    assert axe(desk) == []
    desk.click("main a.btn:has-text('Iemand vragen')")
    take(desk, "inquiry-ask")
    assert axe(desk) == []
    desk.locator("tr", has_text="Crystal White").locator("a.btn").click()
    name = desk.input_value("[name=supplier_name]")
    desk.fill("[name=email]", "fabriek@voorbeeld.example")
    desk.fill("[name=word]", "Fijn dat u even tijd maakt.")
    desk.click(".foot-actions button.btn")
    desk.wait_for_url("**/send/")
    take(desk, "inquiry-send")
    assert axe(desk) == []
    desk.click(".foot-actions button.btn:has-text('Versturen')")
    desk.wait_for_url(re.compile(r"/inquiries/\d+/$"))
    inquiry = desk.url

    # The supplier opens the mail on a phone that runs no scripts.
    phone = browser_context(width=360, javascript=False, height=740).new_page()
    phone.goto(link_in_mail(demo_site, 0))
    assert "Fijn dat u even tijd maakt." in phone.inner_text("main")
    take(phone, "reply-start")
    press(phone, "main form button.btn")
    pages = 0
    while "/questions/" in phone.url:
        pages += 1
        assert pages < 30
        question = phone.url.rstrip("/").rsplit("/", 1)[-1]
        assert no_overflow(phone) == 0, question
        if question == "sq-01":
            phone.check("input[value=factory]")
            take(phone, "reply-question")
        elif question == "sq-03":
            phone.fill("[name='q-0-quarry_name']", "Voorbeeldgroeve 12")
            phone.fill("[name='q-0-share_percent']", "veel")
            press(phone, "main form button.btn--wide")
            assert "Voer een getal in" in phone.inner_text("main")
            assert phone.input_value("[name='q-0-quarry_name']") == "Voorbeeldgroeve 12"
            phone.fill("[name='q-0-share_percent']", "80 %")
            press(phone, "button[name=more]")
            phone.fill("[name='q-1-quarry_name']", "Voorbeeldgroeve 13")
            take(phone, "reply-table")
        elif question == "sq-07":
            phone.check("input[value=piece]")
        elif phone.locator("[value='~do_not_know']").count():
            phone.check("[value='~do_not_know']")
        else:
            phone.check("[value=prefer_not_to_say]")
        press(phone, "main form button.btn--wide")
    assert pages == 18
    phone.set_input_files("[type=file]", {"name": "vergunning.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(phone, "main form[enctype] button")
    assert "vergunning.pdf" in phone.inner_text("main")
    press(phone, "main a.btn")
    assert "Voorbeeldgroeve 13" in phone.inner_text("main")
    take(phone, "reply-check")
    phone.check("[name=may_share][value=yes]")
    press(phone, "main form button.btn--wide")
    assert "verstuurd" in phone.inner_text("h1")
    take(phone, "reply-sent")
    sent = phone.url
    phone.goto(sent.replace("/sent/", "/questions/sq-07/"))
    assert phone.url == sent, "what was sent can be read, not changed"
    assert phone.goto(f"{to}/ask/{'x' * 43}/").status == 404

    # The company reads it; nothing changes in its chain until it takes a line over.
    desk.goto(f"{to}/chains/")
    assert "Voorbeeldgroeve 12" not in desk.inner_text("table")
    desk.goto(inquiry)
    take(desk, "inquiry-answer", phone=True)
    assert axe(desk) == []
    line = desk.locator("li", has_text="Voorbeeldgroeve 12").first
    line.locator("button[value=accept]").click()
    desk.wait_for_load_state()
    desk.locator("li", has_text="leefbaar loon").first.locator("button[value=reject]").click()
    desk.wait_for_load_state()
    desk.goto(f"{to}/chains/")
    assert "Voorbeeldgroeve 12" in desk.inner_text("table")
    desk.goto(inquiry)
    desk.locator("li", has_text="Voorbeeldgroeve 12").first.locator("button[value=undo]").click()
    desk.wait_for_load_state()
    desk.goto(f"{to}/chains/")
    assert "Voorbeeldgroeve 12" not in desk.inner_text("table")
    assert name
    assert desk.problems == []


def test_a_phone_with_scripts_keeps_what_is_typed(demo_site: Site, open_page: Any) -> None:
    page = open_page(f"{demo_site.url}/ask/voorbeeld-voor-een-leverancier/questions/sq-18/", width=360)
    page.fill("textarea", "Bestel eerder")
    expect(page.locator("#saved")).to_contain_text("Bewaard om", timeout=30_000)
    page.reload()
    assert page.input_value("textarea") == "Bestel eerder"
    assert axe(page) == []
    assert page.problems == []
