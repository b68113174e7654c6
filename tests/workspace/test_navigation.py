"""The menu marks where the reader is, also on pages that belong to an entry without standing under its address."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.cast import Cast

CURRENT = re.compile(r'<a [^>]*aria-current="page"[^>]*>\s*([^<]+)')


@pytest.mark.parametrize(
    ("who", "address", "marked"),
    [
        ("company_admin", "/home/", "Overzicht"),
        ("company_admin", "/chains/add/", "Keten"),
        ("company_admin", "/public-reports/", "Plan van aanpak"),
        ("coordinator", "/secretariat/areas/", "Keten"),
        ("coordinator", "/years/", "Beoordelingskader"),
        ("coordinator", "/versions/", "Beoordelingskader"),
    ],
)
def test_exactly_one_entry_is_marked(cast: Cast, client: Any, who: str, address: str, marked: str) -> None:
    cast.sign_in(client, who)
    page = client.get(address).content.decode()
    menu = page.split("<main", 1)[0]
    assert [word.strip() for word in CURRENT.findall(menu)] == [marked]
