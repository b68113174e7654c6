"""A name that ends in a full stop does not get a second one at the end of a sentence."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from toetssteen.organisations.models import Organisation


def test_a_company_with_a_full_stop_in_its_name_gets_no_second_one(cast: Cast, client: Any) -> None:
    mason = cast.organisations["mason"]
    Organisation.objects.filter(pk=mason.pk).update(name="Marmer B.V.")
    cast.sign_in(client, "company_admin")
    page = client.get("/colleagues/", follow=True).content.decode()
    assert "Marmer B.V." in page
    for address in (f"/organisations/{mason.pk}/invite/", "/no-such-page/"):
        text = client.get(address).content.decode()
        assert "Marmer B.V." in text
        assert "B.V.." not in text
