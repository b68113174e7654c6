"""The second factor: demanded of the secretariat, set up in the browser, proved at each sign-in."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction
from django.test import Client

from tests.cast import NOW, PASSWORD, Cast
from toetssteen.accounts import demo
from toetssteen.accounts.models import Person
from toetssteen.foundation.models import AuditEvent
from toetssteen.organisations.models import Appointment

SET_UP = "/account/second-factor/"
SECRETARIAT = ["assessor", "coordinator", "operator"]


@pytest.fixture(autouse=True)
def _commits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's transaction never ends: what waits for its end happens at once, within the request."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_: call())


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    client.cookies["language"] = "en"
    return client.post("/account/login/", {"login": email, "password": password})


def email_of(cast: Cast, name: str) -> str:
    return str(cast.people[name].email)


PROTECTED = [
    "/start/",
    "/organisations/",
    "/account/",
    "/account/sessions/",
    "/account/password/change/",
    "/colleagues/",
]


@pytest.mark.parametrize("name", SECRETARIAT)
def test_without_second_factor_only_the_set_up_pages_open(cast: Cast, client: Client, name: str) -> None:
    assert sign_in(client, email_of(cast, name))["Location"] == "/start/"
    for address in PROTECTED:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, SET_UP), address
        assert b"mason" not in response.content.lower()
    assert b"First set up a second step" in client.get(SET_UP).content
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    give_password_again(client)
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    assert client.get("/account/2fa/webauthn/add/").status_code == 200


def test_a_second_role_at_a_company_is_no_way_around(cast: Cast, client: Client) -> None:
    Appointment.objects.create(
        person=cast.people["assessor"], organisation=cast.organisations["mason"], role="editor", since_at=NOW
    )
    sign_in(client, email_of(cast, "assessor"))
    response = client.get("/colleagues/")
    assert (response.status_code, response["Location"]) == (302, SET_UP)


def test_others_need_none(cast: Cast, client: Client) -> None:
    sign_in(client, email_of(cast, "editor"))
    response = client.get("/colleagues/")
    assert response.status_code == 200
    assert b"Mason Stone" in response.content


def give_password_again(client: Client) -> None:
    """Locks are changed only after the password was given again, whoever found the session open."""
    answer = client.post("/account/reauthenticate/?next=/account/2fa/", {"password": PASSWORD})
    assert answer.status_code == 302, answer.content


def set_up(client: Client) -> str:
    """Set up the app in the browser and give back its secret."""
    give_password_again(client)
    client.get("/account/2fa/totp/activate/")
    secret = str(client.session["mfa.totp.secret"])
    response = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert response.status_code == 302, response.content
    return secret


def test_setting_up_counts_at_once_and_is_asked_from_then_on(cast: Cast, client: Client) -> None:
    sign_in(client, email_of(cast, "assessor"))
    secret = set_up(client)
    assert client.get("/organisations/").status_code == 200
    assert client.get(SET_UP)["Location"] == "/start/"
    codes = client.get("/account/2fa/recovery-codes/")
    assert codes.status_code == 200
    assert AuditEvent.objects.filter(verb="accounts.second_factor_added").exists()

    other = Client()
    assert sign_in(other, email_of(cast, "assessor"))["Location"] == "/account/2fa/authenticate/"
    assert other.get("/organisations/")["Location"].startswith("/account/login/")
    wrong = other.post("/account/2fa/authenticate/", {"code": "000000"})
    assert b"Incorrect code" in wrong.content
    right = other.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert right["Location"] == "/start/"
    assert other.get("/organisations/").status_code == 200


def test_a_code_works_once(cast: Cast) -> None:
    first = Client()
    sign_in(first, email_of(cast, "assessor"))
    secret = set_up(first)
    code = code_of(secret)
    results = []
    for _ in range(2):
        browser = Client()
        sign_in(browser, email_of(cast, "assessor"))
        results.append(browser.post("/account/2fa/authenticate/", {"code": code}).status_code)
    assert results == [302, 200]


def test_a_recovery_code_opens_once(cast: Cast) -> None:
    first = Client()
    sign_in(first, email_of(cast, "coordinator"))
    set_up(first)
    row = Authenticator.objects.get(user=cast.people["coordinator"], type="recovery_codes")
    recovery = row.wrap().get_unused_codes()[0]
    browser = Client()
    sign_in(browser, email_of(cast, "coordinator"))
    assert browser.post("/account/2fa/authenticate/", {"code": recovery}).status_code == 302
    assert browser.get("/organisations/").status_code == 200
    again = Client()
    sign_in(again, email_of(cast, "coordinator"))
    assert b"Incorrect code" in again.post("/account/2fa/authenticate/", {"code": recovery}).content


def test_switching_off_shuts_every_session(cast: Cast, client: Client) -> None:
    sign_in(client, email_of(cast, "assessor"))
    secret = set_up(client)
    other = Client()
    sign_in(other, email_of(cast, "assessor"))
    other.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert other.get("/organisations/").status_code == 200
    gone = client.post("/account/2fa/totp/deactivate/")
    assert gone.status_code == 302
    assert not Authenticator.objects.filter(user=cast.people["assessor"]).exists()
    assert client.get("/organisations/")["Location"] == SET_UP
    assert other.get("/organisations/")["Location"].startswith("/account/login/")


def test_a_passkey_counts_but_other_words_in_the_session_do_not(cast: Cast, client: Client) -> None:
    assessor = cast.people["assessor"]
    client.force_login(assessor, backend="allauth.account.auth_backends.AuthenticationBackend")

    def remember(method: dict[str, Any], of: int) -> int:
        session = client.session
        session["account_authentication_methods"] = [method]
        session["account_authentication_methods_user"] = str(of)
        session.save()
        return int(client.get("/organisations/").status_code)

    passkey = {"method": "mfa", "type": "webauthn", "passwordless": True, "at": NOW.timestamp()}
    assert remember(passkey, assessor.pk) == 200
    assert remember(passkey, cast.people["editor"].pk) == 302  # somebody else's proof
    assert remember({"method": "password", "at": NOW.timestamp()}, assessor.pk) == 302
    assert remember({"method": "mfa", "type": "unheard of", "at": NOW.timestamp()}, assessor.pk) == 302


def test_proving_a_factor_in_a_session_opened_without_it(cast: Cast, client: Client, settings: Any) -> None:
    sign_in(client, email_of(cast, "assessor"))
    demo.set_demo_totp(cast.people["assessor"])  # set up elsewhere in the meantime
    client.cookies["language"] = "en"
    assert b"Prove it now" in client.get(SET_UP).content
    page = client.get("/account/2fa/reauthenticate/?next=/start/")
    code = re.search(rb"data-demo-code>(\d{6})<", page.content)
    assert code
    done = client.post("/account/2fa/reauthenticate/?next=/start/", {"code": code[1].decode()})
    assert done.status_code == 302
    assert client.get("/organisations/").status_code == 200


class TestDemonstration:
    """Invented people of a demonstration read their code on the page; nobody else does."""

    def test_the_page_shows_a_code_that_works(self, cast: Cast, client: Client) -> None:
        demo.set_demo_totp(cast.people["assessor"])
        sign_in(client, email_of(cast, "assessor"))
        page = client.get("/account/2fa/authenticate/")
        assert page["Cache-Control"] == "no-store"
        shown = re.search(rb"data-demo-code>(\d{6})<", page.content)
        assert shown
        assert client.post("/account/2fa/authenticate/", {"code": shown[1].decode()})["Location"] == "/start/"
        assert client.get("/organisations/").status_code == 200

    def test_the_secret_is_fixed_per_person(self, cast: Cast) -> None:
        assert demo.demo_secret("A@demo.example") == demo.demo_secret("a@demo.example")
        assert demo.demo_secret("a@demo.example") != demo.demo_secret("b@demo.example")
        assert demo.set_demo_totp(cast.people["assessor"]).pk == demo.set_demo_totp(cast.people["assessor"]).pk

    def test_not_for_real_addresses(self, cast: Cast, client: Client) -> None:
        real = Person.objects.create_user("somebody@stone.nl", PASSWORD, name="Some Body")
        with pytest.raises(ValueError, match="not a person of a demonstration"):
            demo.set_demo_totp(real)
        Authenticator.objects.create(user=real, type="totp", data={"secret": demo.demo_secret(real.email)})
        assert demo.current_code(real) == ""
        sign_in(client, real.email)
        page = client.get("/account/2fa/authenticate/")
        assert page.status_code == 200
        assert b"data-demo-code" not in page.content

    @pytest.mark.parametrize("setting", [{"DEMO": False}, {"PRODUCTION": True}])
    def test_not_outside_a_demonstration(
        self, cast: Cast, client: Client, settings: Any, setting: dict[str, bool]
    ) -> None:
        demo.set_demo_totp(cast.people["assessor"])
        Person.objects.create_user("importeur@demo.example", PASSWORD, name="Ineke Invented")
        assert b"Ineke Invented" in client.get("/account/login/").content
        for name, value in setting.items():
            setattr(settings, name, value)
        assert b"Ineke Invented" not in client.get("/account/login/").content
        sign_in(client, email_of(cast, "assessor"))
        page = client.get("/account/2fa/authenticate/")
        assert page.status_code == 200
        assert b"data-demo-code" not in page.content

    def test_not_for_a_factor_of_ones_own(self, cast: Cast) -> None:
        Authenticator.objects.create(user=cast.people["assessor"], type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
        assert demo.current_code(cast.people["assessor"]) == ""
        assert demo.current_code(cast.people["editor"]) == ""
