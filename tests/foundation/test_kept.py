"""Parts of pages that are drawn once: the same for everybody, and never anything of a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import NoReverseMatch
from django.urls import reverse as ordinary
from django.utils import translation

from tests.cast import Cast
from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.look.kept import KEPT, Kept, Nobody

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "toetssteen"


def test_a_kept_part_sees_only_what_is_named() -> None:
    """Whatever else the page knows, the person above all, is not there inside."""
    template = Template('{% kept "x" day %}{{ day }}|{{ actor }}|{{ request }}{% csrf_token %}{% endkept %}')
    context = Context({"day": 3, "actor": "Anna", "request": "hers", "csrf_token": "secret"})
    assert template.render(context) == "3||"
    assert template.render(Context({"day": 4, "actor": "Bert"})) == "4||"


def test_a_kept_part_is_drawn_once_per_language_and_value() -> None:
    """The second visitor gets what was drawn, another language or value is drawn anew."""
    drawn = []

    class Day:
        def __init__(self, name: str) -> None:
            self.name = name

        def __hash__(self) -> int:
            return hash(self.name)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Day) and other.name == self.name

        def __str__(self) -> str:
            drawn.append(self.name)
            return self.name

    template = Template('{% kept "y" day %}{{ day }}{% endkept %}')
    for language, name in (("nl", "a"), ("nl", "a"), ("en", "a"), ("nl", "b"), ("en", "a")):
        with translation.override(language):
            assert template.render(Context({"day": Day(name)})) == name
    assert drawn == ["a", "a", "b"]


def test_least_used_parts_are_given_up() -> None:
    """Memory is bounded, whatever is asked for."""
    kept = Kept(10)
    for key in "abcd":
        kept.get(key, lambda key=key: key * 4)  # type: ignore[misc]
    assert kept.size <= 10
    assert set(kept.texts) == {"c", "d"}


@pytest.mark.django_db
def test_public_pages_keep_nothing_of_who_asks(cast: Cast) -> None:
    """A page drawn for a member is shown to a visitor without name, token or menu of that member, and the reverse."""
    pages = ("/register/", "/framework/")
    for first in ("company_admin", "visitor"):
        KEPT.forget()
        for path in pages:
            whole = cast.sign_in(Client(), first).get(path).content.decode()
            assert "csrfmiddlewaretoken" in whole
            assert all("csrfmiddlewaretoken" not in text for text in KEPT.texts.values())
            assert (cast.people["company_admin"].name in whole) is (first == "company_admin")
            seen = Client().get(path).content.decode()
            for person in (cast.people["company_admin"], cast.people["rival"]):
                assert person.name not in seen
                assert all(person.name not in text for text in KEPT.texts.values())


def test_no_kept_block_names_a_person() -> None:
    """The templates name no actor, request, form or permission as something that a kept part may depend on."""
    blocks = 0
    for path in TEMPLATES.rglob("*.html"):
        for values in re.findall(r"\{% kept \"[^\"]+\"([^%]*)%\}", path.read_text(encoding="utf-8")):
            blocks += 1
            assert not re.search(r"\b(actor|request|user|form|messages|organisations|may_\w+|perms)\b", values), path
    assert blocks >= 3


def test_nobody_has_a_query_and_nothing_else() -> None:
    """What components get instead of the request has no user, session or cookies."""
    from django.http import QueryDict

    nobody = Nobody(QueryDict("sort=name"))
    assert nobody.GET["sort"] == "name"
    assert not any(hasattr(nobody, name) for name in ("user", "actor", "session", "COOKIES", "META", "appointments"))


def test_addresses_are_those_of_django() -> None:
    """By name and arguments, each time; what does not exist does not, also the second time."""
    for _time in range(2):
        assert reverse("register") == ordinary("register")
        for number in (1, 2):
            assert reverse("framework_year", [number]) == ordinary("framework_year", args=[number])
            assert reverse("framework_year", None, {"year": number}) == ordinary("framework_year", args=[number])
        with pytest.raises(NoReverseMatch):
            reverse("no_such_page")
    assert reverse("framework_year", [1]) != reverse("framework_year", [2])
