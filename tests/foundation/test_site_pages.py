"""Pages of the site itself: errors that say what to do, and what the site promises."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings

from toetssteen.core.access import no
from toetssteen.foundation import views
from toetssteen.foundation.middleware import ErrorReferenceMiddleware
from toetssteen.foundation.pages import Refused

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there_leads_on(client: Client) -> None:
    answer = client.get("/nothing-here/", headers={"accept-language": "nl"})
    said = answer.content.decode()
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in said
    assert "nothing-here" not in said.split("<main")[1]


def test_a_refusal_shows_its_sentence_and_an_error_only_a_reference() -> None:
    middleware = ErrorReferenceMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]
    request: Any = RequestFactory().get("/x/")
    request.resolver_match = None
    refused = middleware.process_exception(request, Refused(no("Het rapport is al ingeleverd.")))
    assert refused is not None
    assert "Het rapport is al ingeleverd." in refused.content.decode()
    failed = middleware.process_exception(request, ValueError("secret of Kikkerdorp"))
    assert failed is not None
    assert failed.status_code == 500
    assert "Kikkerdorp" not in failed.content.decode()
    assert 'class="code"' in failed.content.decode()


def test_pages_of_errors_work_before_anybody_is_known() -> None:
    request = RequestFactory().get("/x/")
    assert "Er is niets opgeslagen" in views.forbidden(request).content.decode()
    assert "Er ging iets mis bij ons" in views.server_error(request).content.decode()


@pytest.mark.parametrize(
    ("address", "nl", "en"),
    [
        ("/accessibility/", "nog niet getest", "have not tested the site yet"),
        ("/privacy/", "er zijn geen trackers", "there are no trackers"),
        ("/what-is-public/", "Het is geen certificaat", "It is not a certificate"),
    ],
)
def test_promises_are_in_both_languages(client: Client, address: str, nl: str, en: str) -> None:
    dutch = client.get(address, headers={"accept-language": "nl"}).content.decode()
    english = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert '<html lang="nl">' in dutch
    assert nl in dutch
    assert '<html lang="en">' in english
    assert en in english


def test_the_gallery_is_for_demonstrations_only(client: Client) -> None:
    assert "Onderdelen en toestanden" in client.get("/gallery/").content.decode()
    with override_settings(DEMO=False):
        answer = client.get("/gallery/")
    assert answer.status_code == 404
    assert "Onderdelen en toestanden" not in answer.content.decode()


def test_the_demonstration_says_what_it_is(client: Client) -> None:
    with override_settings(DEMO=True, DEMO_TODAY="2024-10-21"):
        said = client.get("/accessibility/").content.decode()
    assert "Voorbeeldwereld" in said
    assert "Het is hier 21 oktober 2024." in said
    with override_settings(DEMO=False, DEMO_TODAY=""):
        assert "Voorbeeldwereld" not in client.get("/accessibility/").content.decode()
