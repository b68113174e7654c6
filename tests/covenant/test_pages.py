"""The pages with stored versions are for the secretariat only and show what changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import NOW, Cast
from tests.covenant.test_packs import changed_pack
from toetssteen.covenant import services
from toetssteen.covenant.models import PackVersion


@pytest.fixture
def second(cast: Cast) -> PackVersion:
    return services.store_pack(
        actor=cast.actor("coordinator"), raw=changed_pack(), version="second-version", note="secret note", now=NOW
    )


@pytest.mark.parametrize("who", ["visitor", "company_admin", "authority", "union", "committee"])
def test_nobody_else_sees_stored_versions(cast: Cast, second: PackVersion, client: Any, who: str) -> None:
    cast.sign_in(client, who)
    addresses = ("/versions/", f"/versions/{second.pk}/", f"/versions/{cast.pack.pk}/compare/{second.pk}/")
    for address in addresses:
        response = client.get(address, follow=True)
        assert "second-version" not in response.content.decode()
        assert "secret note" not in response.content.decode()
    cast.sign_in(client, "assessor")
    for address in addresses:
        assert "second-version" in client.get(address).content.decode()


def test_the_comparison_shows_place_old_and_new(cast: Cast, second: PackVersion, client: Any) -> None:
    cast.sign_in(client, "assessor")
    page = client.get(f"/versions/{cast.pack.pk}/compare/{second.pk}/").content.decode()
    assert "extension.default_months_after_year_end.value" in page
    same = client.get(f"/versions/{second.pk}/compare/{second.pk}/").content.decode()
    assert "default_months_after_year_end" not in same
    assert client.get(f"/versions/{cast.pack.pk}/compare/9999/").status_code == 404


def test_a_version_marks_what_is_provisional(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "assessor")
    page = client.get(f"/versions/{cast.pack.pk}/", headers={"accept-language": "nl"}).content.decode()
    assert "Provisional norm" in page or "Voorlopige norm" in page
    assert page.count('<sup aria-hidden="true">*</sup>') > 10
