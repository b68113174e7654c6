"""The same site in other ways: keyboard only, no JavaScript, no network, a passkey, an invitation, two languages."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import Site, axe, no_overflow, watch
from tests.journeys.pictures import take
from tests.journeys.world import PASSWORD, sign_in

pytestmark = pytest.mark.browser


def first_question(page: Any, site: Site, number: str = "1.1.2") -> str:
    """Open a question of the own report, and give its address."""
    page.goto(f"{site.url}/reports/")
    page.goto(site.url + page.locator("main a", has_text=number).first.get_attribute("href"))
    return str(page.url)


def tab_to(page: Any, wanted: str, presses: int = 250) -> None:
    """Press Tab until the focus is on what is wanted (a selector); what cannot be reached fails."""
    for _ in range(presses):
        if page.evaluate("s => document.activeElement.matches(s)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted} on {page.url}")


def test_a_company_answers_with_the_keyboard_only(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    page.goto(f"{demo_site.url}/account/login/")
    tab_to(page, "[name=login]")
    page.keyboard.type("collega@demo.example")
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home/")
    # The link to the content skips the menu, and the focus can be seen.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    ring = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"{ring}.outlineStyle !== 'none' || {ring}.boxShadow !== 'none'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/home/#main")
    page.goto(f"{demo_site.url}/home/")
    tab_to(page, "nav.nav a[href='/reports/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")
    tab_to(page, "main a[href$='/questions/q-1-1-02/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/q-1-1-02/")
    tab_to(page, "[name=level]")
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("[name=level]:checked", "value")
    tab_to(page, "form#answer [name=text]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Met het toetsenbord geschreven.")
    tab_to(page, ".foot-actions button.btn")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "q-1-1-02" not in url)
    assert "/questions/" in page.url, "saving leads to the next question"
    page.go_back()
    assert page.input_value("form#answer [name=text]") == "Met het toetsenbord geschreven."
    assert page.get_attribute("[name=level]:checked", "value") == chosen
    tab_to(page, "details.pop summary")
    page.keyboard.press("Enter")
    tab_to(page, "details.pop form[action='/account/logout/'] button")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/questions/" not in url)
    page.goto(f"{demo_site.url}/home/")
    assert "/account/login/" in page.url
    assert page.problems == []


def test_a_company_answers_and_adds_a_chain_without_javascript(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=1280, javascript=False).new_page()
    sign_in(page, demo_site, "klein")
    page.goto(f"{demo_site.url}/reports/")
    if page.locator("main form button.btn").count() and "/questions/" not in page.content():
        page.locator("main form button.btn").first.click()
    page.locator("main a[href*='/questions/q-1-1-02/']").first.click()
    address = page.url
    page.locator("[name=level]").nth(1).check()
    page.fill("form#answer [name=text]", "Zonder script bewaard.")
    page.click(".foot-actions button.btn >> nth=0")
    page.wait_for_load_state()
    page.goto(address)
    assert page.input_value("form#answer [name=text]") == "Zonder script bewaard."
    page.goto(f"{demo_site.url}/chains/add/")
    page.select_option("[name=material]", index=1)
    page.fill("[name=trade_name]", "Zonder script")
    page.select_option("[name=extraction_country]", "PT")
    page.select_option("[name=processing_country]", "PT")
    page.click("form .foot-actions button.btn >> nth=0")
    page.wait_for_load_state()
    page.goto(f"{demo_site.url}/chains/")
    assert "Zonder script" in page.inner_text("table")


def test_what_is_typed_without_a_network_is_kept_and_saved_later(demo_site: Site, browser_context: Any) -> None:
    context = browser_context(width=360, height=740)
    page = sign_in(context.new_page(), demo_site, "importeur")
    address = first_question(page, demo_site)
    context.set_offline(True)
    page.fill("form#answer [name=text]", "In de trein getypt, in een tunnel.")
    expect(page.locator("#autosave-state")).to_contain_text("geen verbinding", timeout=30_000)
    expect(page.locator("[data-autosave-trouble]")).to_be_visible()
    assert page.input_value("form#answer [name=text]") == "In de trein getypt, in een tunnel."
    take(page, "offline")
    context.set_offline(False)
    expect(page.locator("#autosave-state")).to_contain_text("Bewaard om", timeout=40_000)
    expect(page.locator("[data-autosave-trouble]")).to_be_hidden()
    page.goto(address)
    assert page.input_value("form#answer [name=text]") == "In de trein getypt, in een tunnel."


def test_two_tabs_never_overwrite_each_other(demo_site: Site, browser_context: Any) -> None:
    context = browser_context(width=1280)
    first = sign_in(context.new_page(), demo_site, "importeur")
    address = first_question(first, demo_site, "1.1.5")
    second = context.new_page()
    second.goto(address)
    first.fill("form#answer [name=text]", "Van het eerste tabblad.")
    expect(first.locator("#autosave-state")).to_contain_text("Bewaard om", timeout=30_000)
    second.fill("form#answer [name=text]", "Van het tweede tabblad.")
    expect(second.locator("#autosave-state.notice--bad")).to_be_visible(timeout=30_000)
    assert second.input_value("form#answer [name=text]") == "Van het tweede tabblad."
    second.click(".foot-actions button.btn >> nth=0")
    second.wait_for_selector("#both")
    said = second.inner_text("section[aria-labelledby=both]")
    assert "Van het eerste tabblad." in said
    assert second.input_value("form#answer [name=text]") == "Van het tweede tabblad."
    assert axe(second) == []
    take(second, "two-tabs")
    second.locator("section[aria-labelledby=both] button").click()
    second.wait_for_load_state()
    first.goto(address)
    assert first.input_value("form#answer [name=text]") == "Van het tweede tabblad."


def test_an_invited_colleague_comes_in_by_the_mail(demo_site: Site, browser_context: Any) -> None:
    page = sign_in(browser_context(width=1280).new_page(), demo_site, "importeur")
    page.goto(f"{demo_site.url}/colleagues/")
    take(page, "colleagues", phone=True)
    page.locator("main a[href$='/invite/']").first.click()
    page.fill("[name=email]", "nieuw@maanmarmer.example")
    if page.locator("[name=name]").count():
        page.fill("[name=name]", "Nina Nieuw")
    if page.locator("[name=role]").count():
        page.locator("[name=role]").first.check() if page.locator("[name=role][type=radio]").count() else None
    page.locator("main form button.btn").first.click()
    page.wait_for_load_state()
    assert "nieuw@maanmarmer.example" in page.inner_text("main")

    newcomer = browser_context(width=360, height=740).new_page()
    newcomer.goto(link_in_mail(demo_site))
    take(newcomer, "invitation", phone=True)
    assert no_overflow(newcomer) == 0
    assert axe(newcomer) == []
    for box in newcomer.locator("main [type=password]").all():
        box.fill("drie blauwe stenen huizen")
    if newcomer.locator("main [name=name]").count():
        newcomer.fill("main [name=name]", "Nina Nieuw")
    newcomer.locator("main form button.btn").first.click()
    newcomer.wait_for_url("**/home/")
    assert "Maanmarmer" in newcomer.inner_text("header")


def link_in_mail(site: Site) -> str:
    """The address in the last invitation mail, which a site without a mail server writes in its log."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        mail = (site.home / "server.log").read_text(errors="replace").replace("=\n", "").replace("=3D", "=")
        found = re.findall(r"https?://\S+/invitation/\S+", mail)
        if found:
            return str(found[-1])
        time.sleep(0.3)
    raise AssertionError("no invitation was mailed")


def test_a_language_once_chosen_is_remembered(demo_site: Site, browser_context: Any) -> None:
    visitor = browser_context(width=360, height=740).new_page()
    visitor.goto(f"{demo_site.url}/register/")
    assert visitor.get_attribute("html", "lang") == "nl"
    visitor.locator("form[action='/language/'] button").first.click()
    visitor.wait_for_load_state()
    assert visitor.url == f"{demo_site.url}/register/", "one stays on the page"
    visitor.goto(f"{demo_site.url}/figures/")
    assert visitor.get_attribute("html", "lang") == "en"

    # Somebody with an account finds the language again on another machine.
    page = sign_in(browser_context(width=1280).new_page(), demo_site, "vakbond")
    page.locator("form[action='/language/'] button[lang=en]").first.click()
    page.wait_for_load_state()
    elsewhere = sign_in(browser_context(width=1280, language="nl").new_page(), demo_site, "vakbond")
    assert elsewhere.get_attribute("html", "lang") == "en"


def test_a_form_that_is_too_old_says_so_in_our_own_words(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=320).new_page()
    page.goto(f"{demo_site.url}/register/")
    page.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(field => field.remove())")
    page.locator("form[action='/language/'] button").first.click()
    page.wait_for_load_state()
    assert "Toetssteen" in page.title()
    assert page.get_attribute("html", "lang") == "nl"
    assert page.locator("main h1").count() == 1
    assert axe(page) == []
    assert no_overflow(page) == 0


def test_a_passkey_signs_in_without_a_password(demo_site: Site, browser_context: Any) -> None:
    context = browser_context(width=1280)
    page = sign_in(context.new_page(), demo_site, "overheid")
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{demo_site.url}/account/2fa/webauthn/add/")
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.locator("main form button.btn").first.click()
        page.wait_for_url("**/webauthn/add/")
    page.fill("[name=name]", "Laptop")
    page.check("[name=passwordless]")
    take(page, "passkey")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile(r"recovery|webauthn/$|2fa/$"))
    context.clear_cookies()
    page.goto(f"{demo_site.url}/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/account/login" not in url)
    page.goto(f"{demo_site.url}/account/")
    assert "overheid@demo.example" in page.inner_text("main")
