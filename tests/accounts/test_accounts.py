"""Signing in, the language, the password, the sessions and the own account."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.cast import PASSWORD, Cast
from toetssteen.accounts.models import Person
from toetssteen.accounts.permissions import can_view_account, visible_people

NEW = "brons-ladder-marmer-17"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": email, "password": password})


@pytest.fixture
def page(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


def test_signing_in_with_a_password(cast: Cast, page: Client) -> None:
    assert sign_in(page, "Editor@Mason.example")["Location"] == "/start/"
    assert b"editor@mason.example" in page.get("/account/").content


@pytest.mark.parametrize(("email", "password"), [("editor@mason.example", "wrong"), ("nobody@mason.example", PASSWORD)])
def test_a_wrong_pair_says_nothing_about_which_half(cast: Cast, page: Client, email: str, password: str) -> None:
    answer = sign_in(page, email, password)
    assert answer.status_code == 200
    assert b"address and/or password" in answer.content
    assert page.get("/account/").status_code == 302


def test_somebody_switched_off_does_not_get_in(cast: Cast, page: Client) -> None:
    Person.objects.filter(email="editor@mason.example").update(is_active=False)
    sign_in(page, "editor@mason.example")
    assert page.get("/account/").status_code == 302


def test_attempts_are_limited(cast: Cast, page: Client) -> None:
    for _ in range(5):
        assert b"address and/or password" in sign_in(page, "editor@mason.example", "wrong").content
    refused = sign_in(page, "editor@mason.example")
    assert refused.status_code == 200
    assert b"Too many failed login attempts" in refused.content
    assert page.get("/account/").status_code == 302


TRY = """
import sys, django
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
people = get_user_model().objects
if sys.argv[1] == "first":
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    people.create_user("somebody@mason.example", "the-right-password-1", name="Some Body")
browser = Client(HTTP_HOST="localhost", headers={"accept-language": "en"})
for password in sys.argv[2:]:
    answer = browser.post("/account/login/", {"login": "somebody@mason.example", "password": password})
    print(answer.status_code, "many failed" in answer.content.decode())
"""


@pytest.mark.slow
def test_attempts_are_counted_together_by_all_processes(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TOETSSTEEN_", "DATABASE_URL"))}
    environment |= {
        "TOETSSTEEN_HOME": str(tmp_path),
        "TOETSSTEEN_DEBUG": "1",  # plain static files
        "DJANGO_SETTINGS_MODULE": "toetssteen.config.settings",
    }

    def run(*arguments: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", TRY, *arguments], env=environment, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    assert run("first", *["wrong"] * 5) == ["200 False"] * 5
    assert run("second", "the-right-password-1") == ["200 True"]


def test_a_forgotten_password_is_replaced_by_a_mailed_link(cast: Cast, page: Client) -> None:
    person = cast.people["editor"]
    Person.objects.filter(pk=person.pk).update(language="nl")
    page.post("/account/password/reset/", {"email": "editor@mason.example"})
    message = mail.outbox[0]
    assert message.to == ["editor@mason.example"]
    assert message.subject == "Kies een nieuw wachtwoord"
    assert "Beste Editor" in message.body
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", message.body)
    assert link
    form = page.get(link[1], follow=True)
    address = form.redirect_chain[-1][0]
    page.post(address, {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert mail.outbox[-1].subject == "Uw wachtwoord is vervangen"
    assert sign_in(page, "editor@mason.example", NEW)["Location"] == "/start/"


def test_a_link_of_a_mail_works_once(cast: Cast, page: Client) -> None:
    page.post("/account/password/reset/", {"email": "editor@mason.example"})
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert link
    address = page.get(link[1], follow=True).redirect_chain[-1][0]
    page.post(address, {"password1": NEW, "password2": NEW})
    other = Client()
    again = other.get(link[1], follow=True)
    assert not again.redirect_chain
    assert b'name="password1"' not in again.content


def test_an_unknown_address_gets_a_mail_without_a_link(cast: Cast, page: Client) -> None:
    known = page.post("/account/password/reset/", {"email": "editor@mason.example"})
    unknown = page.post("/account/password/reset/", {"email": "nobody@else.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert mail.outbox[1].to == ["nobody@else.example"]
    assert mail.outbox[1].subject == "No account with this address"
    assert "/account/" not in mail.outbox[1].body


def test_changing_the_password_is_told_by_mail(cast: Cast, page: Client) -> None:
    sign_in(page, "editor@mason.example")
    page.post("/account/password/change/", {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert not Person.objects.get(email="editor@mason.example").check_password(NEW)
    page.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert Person.objects.get(email="editor@mason.example").check_password(NEW)
    assert [(m.to, m.subject) for m in mail.outbox] == [(["editor@mason.example"], "Your password has been changed")]


def test_signing_out_elsewhere(cast: Cast, page: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere, "editor@mason.example")
    sign_in(page, "editor@mason.example")
    stranger = Client()
    sign_in(stranger, "admin@granite.example")
    assert b"2 places" in page.get("/account/").content
    page.post("/account/sessions/")
    assert elsewhere.get("/account/").status_code == 302
    assert page.get("/account/").status_code == 200
    assert stranger.get("/account/").status_code == 200


def test_nobody_signs_up_without_an_invitation(cast: Cast, page: Client) -> None:
    before = Person.objects.count()
    page.post("/account/signup/", {"email": "me@else.example", "password1": NEW})
    assert Person.objects.count() == before


def test_the_address_is_not_changed_by_oneself(cast: Cast, page: Client) -> None:
    sign_in(page, "editor@mason.example")
    for answer in (
        page.get("/account/email/"),
        page.post("/account/email/", {"email": "coordinator@x.example", "action_add": ""}),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert Person.objects.get(pk=cast.people["editor"].pk).email == "editor@mason.example"


class TestLanguage:
    """Dutch first; then the browser's, the cookie's, the person's own."""

    @pytest.mark.parametrize(
        ("asked", "spoken"),
        [("", "nl"), ("en-GB,en;q=0.9", "en"), ("fr-FR,fr", "nl"), ("fr,en;q=0.5", "en"), ("nl-BE", "nl")],
    )
    def test_by_browser(self, cast: Cast, client: Client, asked: str, spoken: str) -> None:
        answer = client.get("/account/login/", headers={"accept-language": asked} if asked else {})
        assert f'<html lang="{spoken}"' in answer.content.decode()
        assert answer["Content-Language"] == spoken
        assert "Accept-Language" in answer["Vary"]

    def test_by_cookie_before_browser(self, cast: Cast, client: Client) -> None:
        client.post("/language/", {"language": "nl", "next": "/account/login/"})
        answer = client.get("/account/login/", headers={"accept-language": "en"})
        assert '<html lang="nl"' in answer.content.decode()

    def test_chosen_language_follows_the_person_to_another_browser(self, cast: Cast, page: Client) -> None:
        sign_in(page, "editor@mason.example")
        page.post("/language/", {"language": "nl", "next": "/account/"})
        assert Person.objects.get(pk=cast.people["editor"].pk).language == "nl"
        other = Client(headers={"accept-language": "en"})
        sign_in(other, "editor@mason.example")
        assert '<html lang="nl"' in other.get("/account/").content.decode()

    @pytest.mark.parametrize(
        ("to", "lands"),
        [
            ("/account/?a=1", "/account/?a=1"),
            ("https://evil.example/", "/"),
            ("//evil.example", "/"),
            ("javascript:1", "/"),
            ("/\\evil.example", "/"),
            ("", "/"),
        ],
    )
    def test_no_way_out_of_the_site(self, cast: Cast, client: Client, to: str, lands: str) -> None:
        assert client.post("/language/", {"language": "en", "next": to})["Location"] == lands

    def test_unknown_languages_are_not_kept(self, cast: Cast, client: Client) -> None:
        answer = client.post("/language/", {"language": "xx", "next": "/"})
        assert "language" not in answer.cookies
        assert client.get("/language/").status_code == 405


def test_the_account_page_saves_name_and_language(cast: Cast, page: Client) -> None:
    sign_in(page, "editor@mason.example")
    empty = page.post("/account/", {"name": " ", "language": "en"})
    assert b"Error:" in empty.content
    saved = page.post("/account/", {"name": "Edie Tor", "language": "nl"}, follow=True)
    assert "Uw account is bewaard" in saved.content.decode()
    person = Person.objects.get(pk=cast.people["editor"].pk)
    assert (person.name, person.language) == ("Edie Tor", "nl")


@pytest.mark.parametrize("name", ["visitor", "editor", "company_admin", "assessor", "operator"])
def test_only_the_own_account_is_seen(cast: Cast, name: str) -> None:
    actor = cast.actor(name)
    seen = set(visible_people(actor))
    assert seen == ({cast.people[name]} if name != "visitor" else set())
    for person in Person.objects.all():
        assert bool(can_view_account(actor, person)) is (person in seen)


def test_signed_in_pages_are_not_kept_by_browsers(cast: Cast, page: Client) -> None:
    sign_in(page, "editor@mason.example")
    assert "no-store" in page.get("/account/")["Cache-Control"]
