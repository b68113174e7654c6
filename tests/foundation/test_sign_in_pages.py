"""The pages around signing in, in a real browser: they look like ours, are accessible and break no security rule."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser import axe, look_at, manage, no_overflow, shot

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "noor@kikkerdorp.example", "vier kleine groene kikkers"
PERSON = f"""
from toetssteen.accounts.models import Person
if not Person.objects.filter(email="{EMAIL}").exists():
    Person.objects.create_user("{EMAIL}", "{PASSWORD}", name="Noor Verbeke")
"""


@pytest.fixture(scope="module")
def person(site):
    manage(site.home, "shell", "-c", PERSON)


@pytest.fixture
def signed_in(site, person, browser_context) -> Any:
    """A visitor who signed in with a password."""
    context = browser_context(width=1280)
    page = context.new_page()
    page.goto(f"{site.url}/account/login/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/account/login/'] button")
    page.wait_for_load_state()
    assert "/account/login" not in page.url
    return context


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/account/login/", "login"),
        ("/account/password/reset/", "password-reset"),
        ("/accessibility/", "accessibility"),
        ("/what-is-public/", "what-is-public"),
    ],
)
def test_pages_for_visitors_are_sound(site, open_page, address, name):
    assert look_at(open_page, site.url + address, name) == []


def test_a_wrong_password_is_told_in_the_summary_and_the_title(site, person, open_page):
    page = open_page(f"{site.url}/account/login/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", "fout")
    page.click("form[action='/account/login/'] button")
    page.wait_for_selector("[data-errors]")
    assert "Het e-mailadres of het wachtwoord klopt niet." in page.inner_text("[data-errors]")
    assert page.title() == "Fout: Inloggen - Toetssteen"
    assert page.evaluate("document.activeElement.hasAttribute('data-errors')")
    assert axe(page) == []
    assert page.problems == []


def test_signing_in_works_without_javascript(site, person, open_page, browser_context):
    page = open_page(f"{site.url}/account/login/", context=browser_context(javascript=False))
    assert not page.is_visible("#passkey_login")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/account/login/'] button")
    assert "/account/login" not in page.url


def show_who_you_are(page: Any) -> None:
    """Give the password once more where the site asks for it."""
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.click("main form button.btn")
        page.wait_for_url(lambda url: "/reauthenticate/" not in url)


SECURITY = (
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/sessions/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/logout/",
)


@pytest.mark.parametrize("address", SECURITY)
def test_security_pages_are_sound(site, signed_in, open_page, address):
    page = open_page(site.url + address, context=signed_in)
    if address != "/account/reauthenticate/":
        show_who_you_are(page)
    assert page.url.endswith(address)
    name = re.sub(r"\W+", "-", address).strip("-")
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if width != 320:
            shot(page, f"{name}-{width}")
        assert no_overflow(page) == 0
        assert axe(page) == []
    assert page.problems == []
    assert "Toetssteen" in page.title()


def test_a_passkey_can_be_added_and_used_under_the_strict_policy(site, signed_in, open_page):
    page = open_page(f"{site.url}/account/2fa/webauthn/add/", context=signed_in)
    show_who_you_are(page)
    device = signed_in.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.fill("[name=name]", "Laptop")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile(r"recovery|webauthn/$|2fa/$"))
    page.goto(f"{site.url}/account/2fa/webauthn/")
    assert "Laptop" in page.inner_text("main")
    assert axe(page) == []
    page.goto(f"{site.url}/account/logout/")
    page.click("main button.btn")
    page.goto(f"{site.url}/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/account/login" not in url)
    assert page.problems == []


CODED = "sara@secretariaat.example"
PERSON_WITH_CODE = f"""
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from toetssteen.accounts.models import Person
person = Person.objects.create_user("{CODED}", "{PASSWORD}", name="Sara Peeters")
TOTP.activate(person, generate_totp_secret())
print(RecoveryCodes.activate(person).get_unused_codes()[0])
"""


def test_the_second_step_is_sound_and_a_recovery_code_gets_you_in(site, browser_context, open_page):
    code = manage(site.home, "shell", "-v0", "-c", PERSON_WITH_CODE).strip().splitlines()[-1]
    page = open_page(f"{site.url}/account/login/", context=browser_context(width=360))
    page.fill("[name=login]", CODED)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/account/login/'] button")
    page.wait_for_url("**/account/2fa/authenticate/")
    shot(page, "second-step-360")
    assert axe(page) == []
    assert no_overflow(page) == 0
    page.fill("[name=code]", "000000")
    page.click("form[action='/account/2fa/authenticate/'] button.btn")
    page.wait_for_selector("[data-errors]")
    assert "De code klopt niet." in page.inner_text("[data-errors]")
    page.fill("[name=code]", code)
    page.click("form[action='/account/2fa/authenticate/'] button.btn")
    page.wait_for_url(lambda url: "/2fa/" not in url)
    page.goto(f"{site.url}/account/2fa/recovery-codes/")
    if "/reauthenticate/" in page.url:
        show_who_you_are(page)
    assert "van 10 codes over" in page.inner_text("main")
    shot(page, "recovery-codes-360")
    assert axe(page) == []
    assert no_overflow(page) == 0
    assert page.problems == []
